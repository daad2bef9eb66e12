#include <webp/decode.h>

#include <memory>

#include "image/decoders.h"

namespace weir::image {
namespace {

const std::uint8_t* begin(std::string_view octets) {
  return reinterpret_cast<const std::uint8_t*>(octets.data());
}

struct Free {
  void operator()(std::uint8_t* pixels) const { WebPFree(pixels); }
};

}  // namespace

Result<Size> webp_size(std::string_view octets) {
  int width = 0, height = 0;
  if (WebPGetInfo(begin(octets), octets.size(), &width, &height) == 0)
    return damaged("WebP", "its header cannot be read");
  return Size{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
}

Result<Grey> webp_grey(std::string_view octets, Size size) {
  int width = 0, height = 0;
  const std::unique_ptr<std::uint8_t, Free> pixels(
      WebPDecodeRGBA(begin(octets), octets.size(), &width, &height));
  if (!pixels) return damaged("WebP", "its picture cannot be read");
  if (static_cast<std::size_t>(width) != size.width ||
      static_cast<std::size_t>(height) != size.height)
    return damaged("WebP", "it names two sizes");
  Grey grey{size.width, size.height, std::vector<std::uint8_t>(size.width * size.height)};
  const auto* from = pixels.get();
  for (auto& pixel : grey.pixels) {
    const unsigned alpha = from[3];
    const unsigned ink = luma(from[0], from[1], from[2]);
    pixel = static_cast<std::uint8_t>((ink * alpha + 255U * (255U - alpha)) / 255U);
    from += 4;
  }
  return grey;
}

}  // namespace weir::image
