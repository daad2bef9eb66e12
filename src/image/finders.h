// image/finders.h - where a picture in black and white may hold the corner squares of QR codes.
//
// A reader of codes tries every three of them, so their number must be known before it is asked: a
// picture made of nothing else would keep it busy for minutes. Counted is what could be one, by a
// wider rule than the reader's own; the count stops at `most` + 1. O(pixels). Pure. Source: ISO/IEC
// 18004, 6.3.3: dark and light modules 1:1:3:1:1.
#pragma once

#include "image/image.h"

namespace weir::image {

// 0 black, 255 white: darker than the mean of the square around the pixel by an eighth, or than
// half the mean of all.
[[nodiscard]] Grey black_and_white(const Grey& image);

[[nodiscard]] std::size_t count_finders(const Grey& black_and_white, std::size_t most);

}  // namespace weir::image
