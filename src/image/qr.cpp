#include "image/qr.h"

#define ZX_USE_UTF8 1  // text() as UTF-8, which later versions always give
#include <ZXing/ReadBarcode.h>

#include <algorithm>

#include "base/utf8.h"

namespace weir::image {
namespace {

// A code has at least 21 modules to a side; less than two pixels a module cannot be read.
constexpr std::size_t kLeastSide = 42;

std::vector<std::string> read_once(const Grey& image) {
  const ZXing::ImageView view(image.pixels.data(), static_cast<int>(image.width),
                              static_cast<int>(image.height), ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode | ZXing::BarcodeFormat::MicroQRCode);
  hints.setTryHarder(true);
  hints.setMaxNumberOfSymbols(kMostCodes);
  std::vector<std::string> texts;
  for (const auto& code : ZXing::ReadBarcodes(view, hints))
    if (code.isValid()) texts.push_back(to_valid_utf8(code.text()));
  return texts;
}

}  // namespace

std::vector<std::string> read_qr(const Grey& image) {
  if (image.width < kLeastSide || image.height < kLeastSide) return {};
  try {
    auto texts = read_once(image);
    if (!texts.empty()) return texts;
    // Light modules on a dark ground.
    auto inverted = image;
    for (auto& pixel : inverted.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    return read_once(inverted);
  } catch (const std::exception&) {
    return {};  // the library's way to say that it found none
  }
}

}  // namespace weir::image
