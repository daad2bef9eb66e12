#include "image/qr.h"

#define ZX_USE_UTF8 1  // text() as UTF-8, which later versions always give
#include <ZXing/ReadBarcode.h>

#include "base/utf8.h"
#include "image/finders.h"

namespace weir::image {
namespace {

// A code has at least 21 modules to a side; less than two pixels a module cannot be read.
constexpr std::size_t kLeastSide = 42;

// Every three of them are tried: so many cost some milliseconds.
constexpr std::size_t kMostFinders = 100;

std::vector<std::string> read_once(const Grey& black_and_white) {
  const ZXing::ImageView view(black_and_white.pixels.data(),
                              static_cast<int>(black_and_white.width),
                              static_cast<int>(black_and_white.height), ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  // The very pixels that were counted.
  hints.setBinarizer(ZXing::Binarizer::BoolCast);
  hints.setTryDownscale(false);
  hints.setTryRotate(false);  // the corners are found whichever way they lie
  hints.setTryHarder(true);
  hints.setMaxNumberOfSymbols(kMostCodes);
  std::vector<std::string> texts;
  try {
    for (const auto& code : ZXing::ReadBarcodes(view, hints))
      if (code.isValid()) texts.push_back(to_valid_utf8(code.text()));
  } catch (const std::exception&) {
    return texts;  // the library's way to say that there are no more
  }
  return texts;
}

// Smaller copies are looked through as well: noise goes with the size, and so do the many small
// squares that would keep the reader busy. Their pixels together are a third of the first one's.
std::vector<std::string> read_dark_on_light(Grey picture) {
  for (; picture.width >= kLeastSide && picture.height >= kLeastSide;
       picture = shrink(picture, 2)) {
    const auto pixels = black_and_white(picture);
    if (count_finders(pixels, kMostFinders) > kMostFinders) continue;
    auto texts = read_once(pixels);
    if (!texts.empty()) return texts;
  }
  return {};
}

}  // namespace

std::vector<std::string> read_qr(const Grey& image) {
  auto texts = read_dark_on_light(image);
  if (!texts.empty()) return texts;
  auto inverted = image;
  for (auto& pixel : inverted.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  return read_dark_on_light(inverted);
}

}  // namespace weir::image
