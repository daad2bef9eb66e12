// image/image.h - the pixels of a picture that came by mail, as grey values.
//
// Input:  octets of a PNG, JPEG, GIF (its first frame) or WebP file; told by their first octets,
// never by a label. Output: grey values 0 black to 255 white, row by row; see-through pixels lie on
// white. A JPEG larger than
//         kept_pixels is scaled down while it is decoded, others afterwards.
// Errors: Errc::unsupported: none of these kinds. Errc::too_large: more pixels than Limits::pixels,
// told before
//         anything is decoded. Errc::invalid: damaged.
// Bounds: memory about 5 octets a pixel (libraries' own buffers included); time O(pixels + octets).
// Threads: pure. The decoders are libpng, libjpeg-turbo, giflib and libwebp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace weir::image {

enum class Kind { png, jpeg, gif, webp };

struct Limits {
  std::size_t pixels = 25'000'000;
  std::size_t kept_pixels = 1'500'000;
};

struct Grey {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // width * height
};

[[nodiscard]] std::optional<Kind> kind_of(std::string_view octets);

struct Size {
  std::size_t width = 0, height = 0;
};
// From the header alone.
[[nodiscard]] Result<Size> size_of(std::string_view octets);

// Mean of each block of `part` by `part` pixels; what is left over at the edges is dropped.
[[nodiscard]] Grey shrink(const Grey& from, std::size_t part);

[[nodiscard]] Result<Grey> decode_grey(std::string_view octets, const Limits& limits = {});

}  // namespace weir::image
