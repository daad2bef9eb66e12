#include <png.h>

#include "image/decoders.h"

namespace weir::image {

Result<Size> png_size(std::string_view octets) {
  constexpr std::size_t kHeader = 24;  // signature, length and name of IHDR, width, height
  if (octets.size() < kHeader || octets.substr(12, 4) != "IHDR")
    return damaged("PNG", "it does not begin with IHDR");
  const auto number = [&](std::size_t at) {
    return octet(octets, at) << 24U | octet(octets, at + 1) << 16U | octet(octets, at + 2) << 8U |
           octet(octets, at + 3);
  };
  return Size{number(16), number(20)};
}

Result<Grey> png_grey(std::string_view octets, Size size) {
  // libpng's simplified interface: its errors are values, and it checks the size again.
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, octets.data(), octets.size()) == 0)
    return damaged("PNG", image.message);
  Grey grey;
  if (image.width != size.width || image.height != size.height) {
    png_image_free(&image);
    return damaged("PNG", "it names two sizes");
  }
  image.format = PNG_FORMAT_GRAY;
  grey.width = size.width;
  grey.height = size.height;
  grey.pixels.resize(size.width * size.height);
  const png_color white{255, 255, 255};
  // A file cut short still shows its beginning; what is missing stays as it is.
  const auto whole = png_image_finish_read(&image, &white, grey.pixels.data(), 0, nullptr);
  const std::string why = whole == 0 ? image.message : "";
  png_image_free(&image);
  if (whole == 0) return damaged("PNG", why);
  return grey;
}

}  // namespace weir::image
