// image/qr.h - what QR codes in a picture say, as UTF-8, in no fixed order; at most kMostCodes.
// Pure. Source: ISO/IEC 18004; the reader is ZXing-C++.
#pragma once

#include <string>
#include <vector>

#include "image/image.h"

namespace weir::image {

inline constexpr std::size_t kMostCodes = 8;

[[nodiscard]] std::vector<std::string> read_qr(const Grey& image);

}  // namespace weir::image
