// image/decoders.h - one function for each library. Only image/ includes this.
#pragma once

#include <fmt/format.h>

#include "image/image.h"

namespace weir::image {

[[nodiscard]] Result<Size> png_size(std::string_view octets);
[[nodiscard]] Result<Size> jpeg_size(std::string_view octets);
[[nodiscard]] Result<Size> gif_size(std::string_view octets);
[[nodiscard]] Result<Size> webp_size(std::string_view octets);
// The size was looked at before: it is within the limits.
[[nodiscard]] Result<Grey> png_grey(std::string_view octets, Size size);
[[nodiscard]] Result<Grey> jpeg_grey(std::string_view octets, Size size, std::size_t kept_pixels);
[[nodiscard]] Result<Grey> gif_grey(std::string_view octets, Size size);
[[nodiscard]] Result<Grey> webp_grey(std::string_view octets, Size size);

[[nodiscard]] inline std::unexpected<Error> damaged(std::string_view kind, std::string_view why) {
  return fail(Errc::invalid, fmt::format("the {} file is damaged: {}", kind, why));
}
// ITU-R BT.601 luma.
[[nodiscard]] constexpr std::uint8_t luma(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((299 * red + 587 * green + 114 * blue + 500) / 1000);
}
// Big-endian 32 bits and little-endian 16 and 24 bits at an offset that is inside.
[[nodiscard]] constexpr std::size_t octet(std::string_view octets, std::size_t at) {
  return static_cast<unsigned char>(octets[at]);
}

}  // namespace weir::image
