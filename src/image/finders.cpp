#include "image/finders.h"

#include <algorithm>
#include <array>

namespace weir::image {
namespace {

constexpr std::size_t kLeastWindow =
    24;  // pixels; a finder of two pixels a module, and some ground

// Five neighbouring runs, dark at both ends.
using Runs = std::array<std::size_t, 5>;

// Dark and light as 1:1:3:1:1, each run off by at most half a module and a pixel.
bool like_a_finder(const Runs& runs) {
  std::size_t all = 0;
  for (const auto run : runs) all += run;
  if (all < 7) return false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto expected = (i == 2 ? 3 : 1) * all;  // in sevenths of a pixel
    const auto found = 7 * runs[i];
    const auto off = found > expected ? found - expected : expected - found;
    if (2 * off > all + 14) return false;
  }
  return true;
}

// Runs along a column through (x, y), which is dark: the dark one around it and two to each side.
bool crosses_downwards(const Grey& image, std::size_t x, std::size_t y) {
  const auto run = [&](std::size_t from, bool down, std::uint8_t colour) {
    std::size_t length = 0;
    for (auto at = from; at < image.height && image.pixels[at * image.width + x] == colour;) {
      ++length;
      if (!down && at == 0) break;
      at = down ? at + 1 : at - 1;
    }
    return length;
  };
  Runs runs{};
  const auto up = run(y, false, 0), down = run(y, true, 0);
  runs[2] = up + down - 1;
  std::size_t top = y + 1 - up;   // first dark row
  std::size_t bottom = y + down;  // first row below
  if (top == 0 || bottom >= image.height) return false;
  runs[1] = run(top - 1, false, 255);
  top -= runs[1];
  runs[0] = top == 0 ? 0 : run(top - 1, false, 0);
  runs[3] = run(bottom, true, 255);
  bottom += runs[3];
  runs[4] = bottom >= image.height ? 0 : run(bottom, true, 0);
  return like_a_finder(runs);
}

// Candidates seen in the rows above, to count each square once.
struct Seen {
  std::size_t x = 0, last_row = 0, reach = 0;
};

}  // namespace

Grey black_and_white(const Grey& image) {
  const auto width = image.width, height = image.height;
  const auto half = std::max(std::max(width, height) / 8, kLeastWindow / 2);
  // Sums of all pixels above and to the left; a picture has less than 2^32 / 255 of them.
  std::vector<std::uint32_t> sums((width + 1) * (height + 1), 0);
  for (std::size_t y = 0; y < height; ++y) {
    std::uint32_t row = 0;
    for (std::size_t x = 0; x < width; ++x) {
      row += image.pixels[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  // Half the mean of the picture: inside a black area larger than the square nothing is darker than
  // its surroundings.
  const auto black = width * height == 0 ? 0 : sums.back() / (width * height) / 2;
  Grey out{width, height, std::vector<std::uint8_t>(width * height)};
  for (std::size_t y = 0; y < height; ++y) {
    const auto top = y > half ? y - half : 0, bottom = std::min(height, y + half + 1);
    for (std::size_t x = 0; x < width; ++x) {
      const auto left = x > half ? x - half : 0, right = std::min(width, x + half + 1);
      const std::uint64_t sum = sums[bottom * (width + 1) + right] -
                                sums[top * (width + 1) + right] -
                                sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
      const auto pixels = (bottom - top) * (right - left);
      const std::uint64_t pixel = image.pixels[y * width + x];
      const auto dark = pixel * pixels * 8 < sum * 7 || pixel < black;
      out.pixels[y * width + x] = dark ? 0 : 255;
    }
  }
  return out;
}

std::size_t count_finders(const Grey& image, std::size_t most) {
  std::size_t count = 0;
  std::vector<Seen> seen;
  for (std::size_t y = 0; y < image.height && count <= most; ++y) {
    std::erase_if(seen, [&](const Seen& s) { return s.last_row + s.reach < y; });
    const auto* row = image.pixels.data() + y * image.width;
    Runs runs{};
    std::size_t x = 0;
    while (x < image.width && row[x] != 0) ++x;
    for (bool dark = true; x < image.width && count <= most; dark = !dark) {
      const auto begin = x;
      while (x < image.width && (row[x] == 0) == dark) ++x;
      std::rotate(runs.begin(), runs.begin() + 1, runs.end());
      runs[4] = x - begin;
      if (!dark || runs[0] == 0 || !like_a_finder(runs)) continue;
      const auto centre = x - runs[4] - runs[3] - runs[2] / 2 - 1;
      if (row[centre] != 0 || !crosses_downwards(image, centre, y)) continue;
      const auto reach = std::max<std::size_t>(2, runs[2] / 2);
      const auto known = std::find_if(seen.begin(), seen.end(), [&](const Seen& s) {
        return (s.x > centre ? s.x - centre : centre - s.x) <= reach;
      });
      if (known != seen.end()) {
        known->last_row = y;
        continue;
      }
      seen.push_back({centre, y, reach});
      ++count;
    }
  }
  return count;
}

}  // namespace weir::image
