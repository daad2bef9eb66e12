#include <turbojpeg.h>

#include <memory>

#include "image/decoders.h"

namespace weir::image {
namespace {

struct Close {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Close>;

const unsigned char* begin(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

}  // namespace

Result<Size> jpeg_size(std::string_view octets) {
  const Handle handle(tjInitDecompress());
  if (!handle) return fail(Errc::io, "libjpeg-turbo could not start");
  int width = 0, height = 0, subsampling = 0, colours = 0;
  if (tjDecompressHeader3(handle.get(), begin(octets), octets.size(), &width, &height, &subsampling,
                          &colours) != 0 ||
      width <= 0 || height <= 0)
    return damaged("JPEG", tjGetErrorStr2(handle.get()));
  return Size{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
}

Result<Grey> jpeg_grey(std::string_view octets, Size size, std::size_t kept_pixels) {
  const Handle handle(tjInitDecompress());
  if (!handle) return fail(Errc::io, "libjpeg-turbo could not start");
  int width = static_cast<int>(size.width), height = static_cast<int>(size.height);
  // Halves, quarters and eighths cost less than the whole.
  for (int part = 2; part <= 8; part *= 2) {
    if (static_cast<std::size_t>(width) * static_cast<std::size_t>(height) <= kept_pixels) break;
    const tjscalingfactor factor{1, part};
    width = TJSCALED(static_cast<int>(size.width), factor);
    height = TJSCALED(static_cast<int>(size.height), factor);
  }
  Grey grey;
  grey.width = static_cast<std::size_t>(width);
  grey.height = static_cast<std::size_t>(height);
  grey.pixels.resize(grey.width * grey.height);
  // A warning (a file cut short) leaves what was decoded; TJFLAG_LIMITSCANS bounds progressive
  // files made to be slow.
  if (tjDecompress2(handle.get(), begin(octets), octets.size(), grey.pixels.data(), width, 0,
                    height, TJPF_GRAY, TJFLAG_LIMITSCANS | TJFLAG_FASTDCT) != 0 &&
      tjGetErrorCode(handle.get()) == TJERR_FATAL)
    return damaged("JPEG", tjGetErrorStr2(handle.get()));
  return grey;
}

}  // namespace weir::image
