// How often the choice is right, over sentences of many languages at many lengths, bare and in
// markup, without a label, with the right one and with wrong ones.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/charset_samples.h"

namespace weir::text {
namespace {

// Empty if the charset lacks a character.
std::string encode(std::string_view utf8, const char* iconv_name) {
  iconv_t handle = iconv_open(iconv_name, "UTF-8");
  EXPECT_NE(handle, reinterpret_cast<iconv_t>(-1)) << iconv_name;
  std::string out(utf8.size() * 4 + 64, '\0');
  char* in = const_cast<char*>(utf8.data());
  std::size_t in_left = utf8.size();
  char* to = out.data();
  std::size_t left = out.size();
  const auto status = iconv(handle, &in, &in_left, &to, &left);
  iconv_close(handle);
  if (status == static_cast<std::size_t>(-1)) return {};
  out.resize(out.size() - left);
  return out;
}

std::vector<std::size_t> starts_of(std::string_view utf8) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < utf8.size();) {
    starts.push_back(at);
    (void)next_code_point(utf8, at);
  }
  starts.push_back(utf8.size());
  return starts;
}

// Pieces of `length` characters from several places; the sentences are repeated where they do not
// last.
std::vector<std::string> pieces(std::string_view text, std::size_t length) {
  std::string endless(text);
  while (starts_of(endless).size() <= length + 1) endless += text;
  const auto starts = starts_of(endless);
  const std::size_t last = starts.size() - 1 - length;
  std::vector<std::string> out;
  const std::size_t step = std::max<std::size_t>(1, last / 12);
  for (std::size_t at = 0; at <= last; at += step) {
    std::size_t from = at;
    // A piece begins with a word where words are written apart.
    if (text.find(' ') != std::string_view::npos)
      while (from > 0 && endless[starts[from] - 1] != ' ') --from;
    std::string piece = endless.substr(starts[from], starts[from + length] - starts[from]);
    bool beyond_ascii = false;
    for (const char c : piece) beyond_ascii = beyond_ascii || static_cast<unsigned char>(c) >= 0x80;
    if (beyond_ascii) out.push_back(std::move(piece));
  }
  return out;
}

constexpr std::string_view kMarkup[] = {
    "",
    "<html><body><p><font color=red size=2>%</font></p>\r\n<a href=http://www.example.com/>"
    "www.example.com</a> 2005-03-17 10:25</body></html>\r\n",
    "Hello,\r\n\r\n%\r\n\r\nTel. 010-5550123, price 1,280.00 (20% off)\r\n-- \r\nSent from "
    "example.org"};

std::string wrap(std::string_view markup, const std::string& piece) {
  if (markup.empty()) return piece;
  std::string out(markup);
  return out.replace(out.find('%'), 1, piece);
}

struct Count {
  std::size_t tried = 0, wrong = 0;
};

TEST(CharsetChoice, IsRightForSentencesOfManyLanguages) {
  const bool verbose = std::getenv("WEIR_CHARSET_VERBOSE") != nullptr;
  constexpr std::size_t kLengths[] = {2, 4, 6, 10, 20, 40, 80, 160, 320, 500};
  std::map<std::size_t, Count> unlabelled, labelled, mislabelled;
  std::map<std::string, Count> by_language;
  for (const Sample& sample : charset_samples()) {
    for (const std::size_t length : kLengths) {
      for (const std::string& piece : pieces(sample.text, length)) {
        for (const char* code : sample.codes) {
          for (const std::string_view markup : kMarkup) {
            const std::string text = wrap(markup, piece);
            const std::string octets = encode(text, code);
            if (octets.empty()) continue;
            const auto check = [&](std::string_view label, std::map<std::size_t, Count>& into) {
              const Decoded decoded = to_utf8(octets, label);
              Count& count = into[length];
              ++count.tried;
              if (decoded.text == text) return;
              ++count.wrong;
              if (length >= 10) ++by_language[fmt::format("{} {}", sample.language, code)].wrong;
              if (verbose && length >= 10)
                fmt::print("{} {} {} label '{}' used {}: {}\n", sample.language, code, length,
                           label, decoded.used, piece.substr(0, 100));
            };
            check("", unlabelled);
            check(code, labelled);
            for (const std::string_view label :
                 {"iso-8859-1", "us-ascii", "utf-8", "gb2312", "big5", "euc-kr", "shift_jis",
                  "euc-jp", "windows-1251", "koi8-r", "windows-1250", "iso-2022-jp", "utf-7"})
              if (canonical_charset(label) != canonical_charset(code)) check(label, mislabelled);
          }
        }
      }
    }
  }
  const auto total = [&](std::string_view name, const std::map<std::size_t, Count>& counts) {
    Count sum;
    for (const auto& [length, count] : counts) {
      if (verbose) fmt::print("{} {:>3}: {} of {} wrong\n", name, length, count.wrong, count.tried);
      if (length < 10) continue;
      sum.tried += count.tried;
      sum.wrong += count.wrong;
    }
    return static_cast<double>(sum.wrong) / static_cast<double>(sum.tried);
  };
  if (verbose)
    for (const auto& [language, count] : by_language) fmt::print("{}: {}\n", language, count.wrong);
  // Shares of texts of ten characters and more with any character wrong. Nearly all are letters of
  // sibling charsets: windows-1250, 1254 and 1257 taken for windows-1252, koi8-u for koi8-r.
  EXPECT_LE(total("labelled", labelled), 0.025);
  EXPECT_LE(total("unlabelled", unlabelled), 0.17);
  EXPECT_LE(total("mislabelled", mislabelled), 0.20);
  for (const auto& [language, count] : by_language) {
    if (language.starts_with("zh") || language.starts_with("ja") || language.starts_with("ko")) {
      EXPECT_LE(count.wrong, 70U) << language;
    }
  }
}

}  // namespace
}  // namespace weir::text
