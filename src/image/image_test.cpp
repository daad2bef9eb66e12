#include "image/image.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "image/test_pictures.h"

namespace weir::image {
namespace {

Grey slope(std::size_t width, std::size_t height) {
  Grey grey{width, height, {}};
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x)
      grey.pixels.push_back(static_cast<std::uint8_t>((x * 7 + y * 3) % 256));
  return grey;
}

void put_number(std::string& png, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) png[at + i] = static_cast<char>(number >> (24 - 8 * i));
}

RC_GTEST_PROP(Image, FilesWithoutLossGiveTheirPixelsBack, ()) {
  const auto width = *rc::gen::inRange<std::size_t>(1, 60);
  const auto height = *rc::gen::inRange<std::size_t>(1, 60);
  const auto grey = slope(width, height);
  for (const auto& file : {as_png(grey), as_webp(grey), as_gif(grey), as_gif(grey, true)}) {
    const auto again = decode_grey(file);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->width == width && again->height == height);
    RC_ASSERT(again->pixels == grey.pixels);
  }
}

TEST(Image, AJpegIsNearlyItself) {
  const Grey flat{40, 30, std::vector<std::uint8_t>(1'200, 128)};
  const auto again = decode_grey(as_jpeg(flat)).value();
  EXPECT_EQ(again.width, 40U);
  for (const auto pixel : again.pixels) EXPECT_NEAR(pixel, 128, 3);
}

TEST(Image, LargePicturesAreScaledDown) {
  const auto grey = slope(400, 300);
  Limits limits;
  limits.kept_pixels = 10'000;
  for (const auto& file : {as_png(grey), as_jpeg(grey), as_webp(grey), as_gif(grey)}) {
    const auto small = decode_grey(file, limits);
    ASSERT_TRUE(small) << small.error().detail;
    EXPECT_LE(small->pixels.size(), 10'000U);
    EXPECT_EQ(small->pixels.size(), small->width * small->height);
    EXPECT_GE(small->pixels.size(), 1'000U);
  }
}

TEST(Image, TooManyPixelsAreRefusedBeforeAnythingIsDecoded) {
  auto png = as_png(slope(8, 8));
  put_number(png, 16, 100'000);
  put_number(png, 20, 100'000);
  EXPECT_EQ(decode_grey(png).error().code, Errc::too_large);
  put_number(png, 16, 0xFFFFFFFF);
  put_number(png, 20, 0xFFFFFFFF);
  EXPECT_EQ(decode_grey(png).error().code, Errc::too_large);
  put_number(png, 16, 0);
  EXPECT_EQ(decode_grey(png).error().code, Errc::invalid);
}

TEST(Image, WhatIsNoPictureIsSaidToBeNone) {
  EXPECT_EQ(decode_grey("").error().code, Errc::unsupported);
  EXPECT_EQ(decode_grey("BM and so on").error().code, Errc::unsupported);
  EXPECT_EQ(decode_grey("GIF89a").error().code, Errc::invalid);
}

TEST(Image, FilesCutShortNeverFailBadly) {
  const auto grey = slope(64, 64);
  for (const auto& file : {as_png(grey), as_jpeg(grey), as_webp(grey), as_gif(grey)})
    for (std::size_t size = 0; size < file.size(); size += 7) {
      const auto part = decode_grey(std::string_view(file).substr(0, size));
      if (part) {
        EXPECT_EQ(part->pixels.size(), 64U * 64U);
      }
    }
}

}  // namespace
}  // namespace weir::image
