#include <gif_lib.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "image/decoders.h"

namespace weir::image {
namespace {

// Extensions in front of the first picture: more is no animation but an attempt to keep us busy.
constexpr int kRecords = 1'000;

struct Input {
  std::string_view rest;
};

int take(GifFileType* file, GifByteType* out, int count) {
  auto& rest = static_cast<Input*>(file->UserData)->rest;
  const auto got = std::min(rest.size(), static_cast<std::size_t>(count));
  std::memcpy(out, rest.data(), got);
  rest.remove_prefix(got);
  return static_cast<int>(got);
}

struct Close {
  void operator()(GifFileType* file) const {
    int error = 0;
    (void)DGifCloseFile(file, &error);
  }
};
using File = std::unique_ptr<GifFileType, Close>;

// False: there is no picture.
bool skip_to_picture(GifFileType* file) {
  for (int i = 0; i < kRecords; ++i) {
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(file, &kind) == GIF_ERROR || kind == TERMINATE_RECORD_TYPE) return false;
    if (kind == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(file) != GIF_ERROR;
    int code = 0;
    GifByteType* block = nullptr;
    if (kind != EXTENSION_RECORD_TYPE || DGifGetExtension(file, &code, &block) == GIF_ERROR)
      return false;
    while (block != nullptr)
      if (DGifGetExtensionNext(file, &block) == GIF_ERROR) return false;
  }
  return false;
}

// Row of the picture that is stored as the n-th (GIF89a, appendix E).
std::size_t interlaced_row(std::size_t n, std::size_t height) {
  constexpr std::size_t kFirst[] = {0, 4, 2, 1}, kStep[] = {8, 8, 4, 2};
  for (std::size_t pass = 0; pass < 4; ++pass) {
    const auto rows =
        height > kFirst[pass] ? (height - kFirst[pass] + kStep[pass] - 1) / kStep[pass] : 0;
    if (n < rows) return kFirst[pass] + n * kStep[pass];
    n -= rows;
  }
  return height;  // not reached for n < height
}

}  // namespace

Result<Size> gif_size(std::string_view octets) {
  constexpr std::size_t kHeader = 10;
  if (octets.size() < kHeader) return damaged("GIF", "it ends in its header");
  return Size{octet(octets, 6) | octet(octets, 7) << 8U, octet(octets, 8) | octet(octets, 9) << 8U};
}

Result<Grey> gif_grey(std::string_view octets, Size size) {
  Input input{octets};
  int error = 0;
  const File file(DGifOpen(&input, take, &error));
  if (!file) return damaged("GIF", "its header cannot be read");
  if (!skip_to_picture(file.get())) return damaged("GIF", "there is no picture in it");
  const auto& frame = file->Image;
  const ColorMapObject* colours = frame.ColorMap != nullptr ? frame.ColorMap : file->SColorMap;
  if (frame.Width <= 0 || frame.Height <= 0 || frame.Left < 0 || frame.Top < 0 ||
      static_cast<std::size_t>(frame.Left) + static_cast<std::size_t>(frame.Width) > size.width ||
      static_cast<std::size_t>(frame.Top) + static_cast<std::size_t>(frame.Height) > size.height ||
      colours == nullptr)
    return damaged("GIF", "its first picture does not fit the screen it names");
  Grey grey{size.width, size.height, std::vector<std::uint8_t>(size.width * size.height, 255)};
  const auto width = static_cast<std::size_t>(frame.Width);
  const auto height = static_cast<std::size_t>(frame.Height);
  std::vector<GifPixelType> line(width);
  for (std::size_t n = 0; n < height; ++n) {
    if (DGifGetLine(file.get(), line.data(), frame.Width) == GIF_ERROR) break;  // cut short
    const auto row = frame.Interlace ? interlaced_row(n, height) : n;
    auto* to = grey.pixels.data() + (static_cast<std::size_t>(frame.Top) + row) * size.width +
               static_cast<std::size_t>(frame.Left);
    for (const auto index : line) {
      if (index < colours->ColorCount) {
        const auto& colour = colours->Colors[index];
        *to = luma(colour.Red, colour.Green, colour.Blue);
      }
      ++to;
    }
  }
  return grey;
}

}  // namespace weir::image
