#include <algorithm>
#include <set>

#include "judge/judge.h"
#include "judge/readings.h"
#include "judge/views.h"

namespace weir::judge {
namespace {

std::size_t shared(const Features& a, const Features& b) {
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(a.hashes, b.hashes, std::back_inserter(both));
  return both.size();
}

Features only_new(const Features& with, const Features& without) {
  Features out;
  std::ranges::set_difference(with.hashes, without.hashes, std::back_inserter(out.hashes));
  return out;
}

TEST(Features, AreSortedUniqueAndInRange) {
  const auto f = extract(reading_of("hello hello", "hello hello hello 免费免费"));
  EXPECT_FALSE(f.hashes.empty());
  EXPECT_TRUE(std::ranges::is_sorted(f.hashes));
  EXPECT_EQ(std::set<std::uint32_t>(f.hashes.begin(), f.hashes.end()).size(), f.hashes.size());
  EXPECT_LT(f.hashes.back(), 1U << kHashBits);
}

TEST(Features, RepeatedTextAddsNothing) {
  EXPECT_EQ(extract(reading_of("", "abcabcabcabc")).hashes,
            extract(reading_of("", "abcabcabcabcabcabcabc")).hashes);
}

TEST(Features, DenseScriptsGiveRunsOfOneToThreeCharactersAndOthersRunsOfFour) {
  const Features none = extract(reading_of("", ""));
  EXPECT_EQ(only_new(extract(reading_of("", "免费发票")), none).hashes.size(), 4U + 3U + 2U);
  EXPECT_EQ(only_new(extract(reading_of("", "abcdef")), none).hashes.size(), 3U);
  EXPECT_EQ(only_new(extract(reading_of("", "ab")), none).hashes.size(), 1U);
}

TEST(Features, NoStepAssumesSpacesBetweenWords) {
  const Features none = extract(reading_of("", ""));
  const auto a = only_new(extract(reading_of("", "今天代开发票优惠")), none);
  const auto b = only_new(extract(reading_of("", "我们代开发票请联系")), none);
  EXPECT_GE(shared(a, b), 4U + 3U + 2U);  // 代开发票 inside both
}

TEST(Features, OneTextInAnotherViewIsAnotherFeature) {
  const Features none = extract(reading_of("", ""));
  auto hidden = reading_of("", "");
  hidden.texts.front().hidden = "wonderful prices";
  const auto seen = only_new(extract(reading_of("", "wonderful prices")), none);
  EXPECT_EQ(shared(seen, only_new(extract(hidden), none)), 0U);
  auto field = reading_of("", "");
  field.fields.push_back({"x-note", "wonderful prices"});
  EXPECT_EQ(shared(seen, only_new(extract(field), none)), 0U);
}

TEST(Features, SubjectWordsAreKnownInTheTextToo) {
  const Features none = extract(reading_of("", ""));
  const auto text = only_new(extract(reading_of("", "wonderful prices")), none);
  const auto subject = only_new(extract(reading_of("wonderful prices", "")), none);
  EXPECT_EQ(shared(text, subject), text.hashes.size());
  EXPECT_EQ(subject.hashes.size(), 2 * text.hashes.size());
}

TEST(Features, WhatOtherFiltersAndMailboxesWroteIsNotRead) {
  const auto plain = extract(reading_of("a", "b"));
  for (const char* name :
       {"x-spam-status", "x-spam-flag", "x-bogosity", "x-dspam-result", "x-pyzor",
        "x-ms-exchange-scl", "x-forefront-antispam-report", "x-virus-scanned", "status", "x-status",
        "x-keywords", "lines", "x-uid", "x-mozilla-keys"}) {
    auto marked = reading_of("a", "b");
    marked.fields.insert(marked.fields.begin() + 1, {name, "Yes, score=99 spam"});
    EXPECT_EQ(extract(marked).hashes, plain.hashes) << name;
  }
}

TEST(Features, WhatTheReceivingHostMadeUpIsNotRead) {
  auto a = reading_of("a", "b");
  a.fields.push_back({"received",
                      "from x.example by y.example with ESMTP id AB12CD for <u@y.example>; Mon, 1 "
                      "Jan 2024 00:00:00 +0000"});
  auto b = reading_of("a", "b");
  b.fields.push_back({"received",
                      "from x.example by y.example with ESMTP id ZZ99 for <u@y.example>; Tue, 2 "
                      "Feb 2025 10:10:10 +0000"});
  EXPECT_EQ(extract(a).hashes, extract(b).hashes);
  EXPECT_EQ(without_host_ids("from a by b id\t 77 for c; date"), "from a by b  for c");
  EXPECT_EQ(without_host_ids("id"), "id");
  EXPECT_EQ(without_host_ids("from id"), "from id");
  EXPECT_EQ(without_host_ids("idaho widget side"), "idaho widget side");
}

TEST(Features, AMessageWithoutAnythingHasAFewFeatures) {
  EXPECT_LT(extract(mail::Reading{}).hashes.size(), 5U);
}

TEST(Features, AreBoundedWhateverIsInTheMessage) {
  std::string dense;
  for (char32_t c = 0x4E00; c < 0x9F00; ++c) append_utf8(dense, c);
  mail::Reading reading;
  reading.subject = dense;
  for (int i = 0; i < 500; ++i) {
    reading.fields.push_back(
        {"x-" + std::to_string(i), dense.substr(static_cast<std::size_t>(i) * 30)});
    reading.links.push_back({dense, "", "", ""});
    reading.attachments.push_back({0, dense, dense, 0});
    reading.problems.push_back({dense, 0, ""});
  }
  for (std::size_t i = 0; i < 500; ++i) {
    auto part = text_part(dense.substr(i * 90), dense.substr(i * 60));
    part.type = part.charset_declared = dense;
    reading.texts.push_back(std::move(part));
  }
  const auto f = extract(reading);
  EXPECT_LE(f.hashes.size(), kMaxFeatures);
  EXPECT_GT(f.hashes.size(), 15'000U);
}

TEST(Features, IllFormedTextIsReadAsReplacementCharacters) {
  EXPECT_EQ(extract(reading_of("", "ab\xE4\xB8 cd\xFF\x80")).hashes,
            extract(reading_of("", to_valid_utf8("ab\xE4\xB8 cd\xFF\x80"))).hashes);
}

TEST(FeaturesCode, RefusesWhatEncodeDoesNotWrite) {
  const std::string good = encode(extract(reading_of("a", "some text")));
  ASSERT_TRUE(decode_features(good));
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(decode_features(std::string_view(good).substr(0, length))) << length;
  EXPECT_EQ(decode_features(good + "x").error().code, Errc::corrupt);
  std::string other = good;
  other[0] = kFeaturesVersion + 1;
  EXPECT_EQ(decode_features(other).error().code, Errc::unsupported);
  EXPECT_EQ(decode_features(std::string("\x02\x02\x05\x00", 4)).error().code,
            Errc::corrupt);  // the same twice
  EXPECT_EQ(decode_features("\x02\x01\x80\x80\x80\x02").error().code, Errc::corrupt);  // 2^22
}

RC_GTEST_PROP(FeaturesCode, DecodesWhatItEncoded, ()) {
  Features f;
  for (const auto hash : *rc::gen::container<std::set<std::uint32_t>>(
           rc::gen::inRange<std::uint32_t>(0, 1U << kHashBits)))
    f.hashes.push_back(hash);
  const auto back = decode_features(encode(f));
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->hashes == f.hashes);
}

RC_GTEST_PROP(Features, AreAFunctionOfTheReading, ()) {
  const auto reading = *any_reading();
  RC_ASSERT(extract(reading).hashes == extract(mail::Reading(reading)).hashes);
}

}  // namespace
}  // namespace weir::judge
