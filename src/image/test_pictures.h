// image/test_pictures.h - pictures for tests: a grey picture in each kind of file, a QR code as a
// picture.
#pragma once

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/TextUtfEncoding.h>
#include <gif_lib.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <string>

#include "image/image.h"

namespace weir::image {

inline Grey qr_picture(const std::string& utf8, std::size_t side) {
  ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
  writer.setEncoding(ZXing::CharacterSet::UTF8);
  const auto matrix = writer.encode(ZXing::TextUtfEncoding::FromUtf8(utf8), static_cast<int>(side),
                                    static_cast<int>(side));
  Grey grey;
  grey.width = static_cast<std::size_t>(matrix.width());
  grey.height = static_cast<std::size_t>(matrix.height());
  for (int y = 0; y < matrix.height(); ++y)
    for (int x = 0; x < matrix.width(); ++x)
      grey.pixels.push_back(matrix.get(x, y) ? std::uint8_t{0} : std::uint8_t{255});
  return grey;
}

inline std::string as_png(const Grey& grey) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(grey.width);
  image.height = static_cast<png_uint_32>(grey.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, grey.pixels.data(), 0, nullptr);
  std::string out(size, '\0');
  png_image_write_to_memory(&image, out.data(), &size, 0, grey.pixels.data(), 0, nullptr);
  out.resize(size);
  return out;
}

inline std::string as_jpeg(const Grey& grey) {
  auto* handle = tjInitCompress();
  unsigned char* octets = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, grey.pixels.data(), static_cast<int>(grey.width), 0,
              static_cast<int>(grey.height), TJPF_GRAY, &octets, &size, TJSAMP_GRAY, 90, 0);
  std::string out(reinterpret_cast<const char*>(octets), size);
  tjFree(octets);
  tjDestroy(handle);
  return out;
}

inline std::string as_webp(const Grey& grey) {
  std::vector<std::uint8_t> colours;
  for (const auto pixel : grey.pixels) colours.insert(colours.end(), 3, pixel);
  std::uint8_t* octets = nullptr;
  const auto size = WebPEncodeLosslessRGB(colours.data(), static_cast<int>(grey.width),
                                          static_cast<int>(grey.height),
                                          static_cast<int>(3 * grey.width), &octets);
  std::string out(reinterpret_cast<const char*>(octets), size);
  WebPFree(octets);
  return out;
}

// With a palette of 256 greys.
inline std::string as_gif(const Grey& grey, bool interlaced = false) {
  std::string out;
  int error = 0;
  auto* file = EGifOpen(
      &out,
      [](GifFileType* to, const GifByteType* octets, int count) {
        static_cast<std::string*>(to->UserData)
            ->append(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(count));
        return count;
      },
      &error);
  GifColorType greys[256];
  for (int i = 0; i < 256; ++i) {
    const auto value = static_cast<GifByteType>(i);
    greys[i] = {value, value, value};
  }
  auto* map = GifMakeMapObject(256, greys);
  const auto width = static_cast<int>(grey.width), height = static_cast<int>(grey.height);
  EGifPutScreenDesc(file, width, height, 8, 0, map);
  EGifPutImageDesc(file, 0, 0, width, height, interlaced, nullptr);
  const int first[] = {0, 4, 2, 1}, step[] = {8, 8, 4, 2};
  for (int pass = interlaced ? 0 : 3; pass < 4; ++pass)
    for (int y = interlaced ? first[pass] : 0; y < height; y += interlaced ? step[pass] : 1)
      EGifPutLine(
          file,
          const_cast<GifPixelType*>(grey.pixels.data()) + static_cast<std::size_t>(y) * grey.width,
          width);
  GifFreeMapObject(map);
  EGifCloseFile(file, &error);
  return out;
}

}  // namespace weir::image
