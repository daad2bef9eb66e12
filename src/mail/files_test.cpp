#include "mail/files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace weir::mail {
namespace {

std::string three_cards() {
  std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 3; ++i)
    raw +=
        "--b\nContent-Type: text/vcard\n\nBEGIN:VCARD\nVERSION:3.0\nFN:Example\n"
        "NOTE:0123456789012345678901234567890123456789\nEND:VCARD\n";
  return raw + "--b--\n";
}

TEST(Files, TheTextOfAllDocumentsTogetherIsBounded) {
  ReadOptions options;
  const auto octets_of = [&] {
    std::size_t octets = 0;
    for (const TextPart& text : read(three_cards(), options).texts) octets += text.text.size();
    return octets;
  };
  EXPECT_GT(octets_of(), 120U);
  options.files.text_octets = 60;
  EXPECT_LE(octets_of(), 60U);
  const Reading cut = read(three_cards(), options);
  EXPECT_EQ(cut.documents.size(), 3U);
  EXPECT_TRUE(std::any_of(cut.problems.begin(), cut.problems.end(),
                          [](const Problem& p) { return p.what == "text_cut"; }));
}

}  // namespace
}  // namespace weir::mail
