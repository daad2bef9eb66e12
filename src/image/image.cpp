#include "image/image.h"

#include <fmt/format.h>

#include "image/decoders.h"

namespace weir::image {
namespace {

std::unexpected<Error> unknown_kind() {
  return fail(Errc::unsupported, "neither PNG, JPEG, GIF nor WebP by its first octets");
}

Result<Grey> decode(Kind kind, std::string_view octets, Size size, std::size_t kept_pixels) {
  switch (kind) {
    case Kind::png: return png_grey(octets, size);
    case Kind::jpeg: return jpeg_grey(octets, size, kept_pixels);
    case Kind::gif: return gif_grey(octets, size);
    case Kind::webp: return webp_grey(octets, size);
  }
  return fail(Errc::unsupported, "no picture that this program reads");
}

}  // namespace

Grey shrink(const Grey& from, std::size_t part) {
  Grey to;
  to.width = from.width / part;
  to.height = from.height / part;
  to.pixels.resize(to.width * to.height);
  for (std::size_t y = 0; y < to.height; ++y)
    for (std::size_t x = 0; x < to.width; ++x) {
      std::size_t sum = 0;
      for (std::size_t dy = 0; dy < part; ++dy)
        for (std::size_t dx = 0; dx < part; ++dx)
          sum += from.pixels[(y * part + dy) * from.width + x * part + dx];
      to.pixels[y * to.width + x] = static_cast<std::uint8_t>(sum / (part * part));
    }
  return to;
}

std::optional<Kind> kind_of(std::string_view octets) {
  if (octets.starts_with("\x89PNG\r\n\x1a\n")) return Kind::png;
  if (octets.starts_with("\xff\xd8\xff")) return Kind::jpeg;
  if (octets.starts_with("GIF87a") || octets.starts_with("GIF89a")) return Kind::gif;
  if (octets.size() >= 12 && octets.starts_with("RIFF") && octets.substr(8, 4) == "WEBP")
    return Kind::webp;
  return std::nullopt;
}

Result<Size> size_of(std::string_view octets) {
  const auto kind = kind_of(octets);
  if (!kind) return unknown_kind();
  switch (*kind) {
    case Kind::png: return png_size(octets);
    case Kind::jpeg: return jpeg_size(octets);
    case Kind::gif: return gif_size(octets);
    case Kind::webp: return webp_size(octets);
  }
  return fail(Errc::unsupported, "no picture that this program reads");
}

Result<Grey> decode_grey(std::string_view octets, const Limits& limits) {
  const auto kind = kind_of(octets);
  if (!kind) return unknown_kind();
  WEIR_TRY(const auto size, size_of(octets));
  if (size.width == 0 || size.height == 0) return fail(Errc::invalid, "a picture without pixels");
  if (size.width > limits.pixels / size.height)
    return fail(Errc::too_large, fmt::format("{} by {} pixels are more than {}", size.width,
                                             size.height, limits.pixels));
  WEIR_TRY(auto grey, decode(*kind, octets, size, limits.kept_pixels));
  std::size_t part = 1;
  while (grey.width / part * (grey.height / part) > limits.kept_pixels) ++part;
  if (part > 1) return shrink(grey, part);
  return grey;
}

}  // namespace weir::image
