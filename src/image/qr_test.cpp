#include "image/qr.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "image/test_pictures.h"

namespace weir::image {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kLink = "https://login.example.com/verify?id=93f2a1";

TEST(Qr, IsReadFromEveryKindOfFile) {
  const auto code = qr_picture(kLink, 300);
  for (const auto& file : {as_png(code), as_jpeg(code), as_webp(code), as_gif(code)})
    EXPECT_EQ(read_qr(decode_grey(file).value()), Texts{kLink});
}

TEST(Qr, ChineseTextComesBack) {
  const std::string text = "加微信 weir_example 领取发票";
  EXPECT_EQ(read_qr(qr_picture(text, 400)), Texts{text});
}

TEST(Qr, LightOnDarkIsReadToo) {
  auto code = qr_picture(kLink, 300);
  for (auto& pixel : code.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  EXPECT_EQ(read_qr(code), Texts{kLink});
}

TEST(Qr, InsideALargerPictureTwoOfThem) {
  const auto first = qr_picture("https://one.example/", 200);
  const auto second = qr_picture("https://two.example/", 240);
  Grey page{900, 600, std::vector<std::uint8_t>(900 * 600, 250)};
  const auto place = [&page](const Grey& what, std::size_t left, std::size_t top) {
    for (std::size_t y = 0; y < what.height; ++y)
      std::copy_n(what.pixels.begin() + static_cast<std::ptrdiff_t>(y * what.width), what.width,
                  page.pixels.begin() + static_cast<std::ptrdiff_t>((top + y) * page.width + left));
  };
  place(first, 40, 60);
  place(second, 560, 300);
  auto texts = read_qr(page);
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(texts, (Texts{"https://one.example/", "https://two.example/"}));
}

// A thousand corner squares: every three of them would be tried.
TEST(Qr, APictureOfCornersAloneEnds) {
  constexpr std::size_t kSide = 600, kStep = 18;
  Grey page{kSide, kSide, std::vector<std::uint8_t>(kSide * kSide, 255)};
  for (std::size_t y = 0; y < kSide; ++y)
    for (std::size_t x = 0; x < kSide; ++x) {
      const auto column = x % kStep / 2, row = y % kStep / 2;
      if (column < 1 || column > 7 || row < 1 || row > 7) continue;
      const bool rim = column == 1 || column == 7 || row == 1 || row == 7;
      const bool core = column >= 3 && column <= 5 && row >= 3 && row <= 5;
      if (rim || core) page.pixels[y * kSide + x] = 0;
    }
  EXPECT_TRUE(read_qr(page).empty());
}

TEST(Qr, ALargeCodeIsFoundInNoise) {
  auto code = qr_picture(kLink, 600);
  std::uint32_t state = 1;
  for (auto& pixel : code.pixels) {
    state = state * 1'664'525 + 1'013'904'223;
    pixel = static_cast<std::uint8_t>(pixel / 3 + (state >> 25));
  }
  EXPECT_EQ(read_qr(code), Texts{kLink});
}

TEST(Qr, NothingIsFoundInPicturesWithoutOne) {
  EXPECT_TRUE(read_qr(Grey{}).empty());
  EXPECT_TRUE(read_qr(Grey{100, 100, std::vector<std::uint8_t>(10'000, 0)}).empty());
}

RC_GTEST_PROP(Qr, EveryTextComesBack, ()) {
  const auto letters =
      *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('!', '~')));
  const auto text = letters.substr(0, 100);
  RC_ASSERT(read_qr(qr_picture(text, 320)) == Texts{text});
}

}  // namespace
}  // namespace weir::image
