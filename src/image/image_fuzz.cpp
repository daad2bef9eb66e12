// Any octets: a picture, or an error; a picture has the pixels that it says, and looking for codes
// in it ends.
#include <cstdlib>

#include "image/image.h"
#include "image/qr.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  image::Limits limits;
  limits.pixels = 250'000;
  limits.kept_pixels = 40'000;
  const auto grey = image::decode_grey(octets, limits);
  if (!grey) return 0;
  if (grey->pixels.size() != grey->width * grey->height) std::abort();
  if (grey->pixels.size() > limits.kept_pixels) std::abort();
  (void)image::read_qr(*grey);
  return 0;
}
