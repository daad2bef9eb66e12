#include "base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace weir {
namespace {

TEST(Hex, IsWrittenInLowerCaseAndReadInBoth) {
  EXPECT_EQ(to_hex(std::string("\x00\xff\x1a", 3)), "00ff1a");
  EXPECT_EQ(parse_hex("00Ff1A"), std::string("\x00\xff\x1a", 3));
  EXPECT_EQ(parse_hex(""), "");
}

TEST(Hex, ErrorSaysWhere) {
  const auto parsed = parse_hex("00f");
  ASSERT_FALSE(parsed);
  const auto wrong = parse_hex("00fg");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().offset, 2U);
  for (const std::string_view text : {"0x", " 0", "0 ", "/0", ":0", "@0", "`0", "\xff\xff"})
    EXPECT_FALSE(parse_hex(text)) << text;
}

TEST(Hex, DigestHasExactly64Digits) {
  const std::string digits(64, 'a');
  const auto digest = parse_digest(digits);
  ASSERT_TRUE(digest);
  EXPECT_EQ(to_hex(as_octets(*digest)), digits);
  EXPECT_FALSE(parse_digest(digits.substr(2)));
  EXPECT_FALSE(parse_digest(digits + "aa"));
  EXPECT_FALSE(parse_digest(std::string(63, 'a') + "x"));
}

// RFC 4648 section 10.
TEST(Base64, PublishedVectorsHold) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(to_base64(plain), encoded);
    EXPECT_EQ(parse_base64(encoded), plain);
  }
}

TEST(Base64, OneTextForOneValueSoThatASignedTextCannotBeRewritten) {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zg==Zg==", "====",
                                      "Z===", "Zm 9", "Zm9v\n", "Zm9-", "Zm9_", "=Zm9", "Zm=v"})
    EXPECT_FALSE(parse_base64(text)) << text;
}

RC_GTEST_PROP(Hex, AnyOctetsComeBack, (const std::string& octets)) {
  RC_ASSERT((parse_hex(to_hex(octets)) == octets));
}

RC_GTEST_PROP(Base64, AnyOctetsComeBack, (const std::string& octets)) {
  RC_ASSERT((parse_base64(to_base64(octets)) == octets));
}

RC_GTEST_PROP(Base64, TextThatIsReadIsTheOnlyTextOfItsValue, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('A', 'Q', 'g', 'w', 'Z', '/', '+', '='));
  if (const auto parsed = parse_base64(text)) RC_ASSERT(to_base64(*parsed) == text);
}

TEST(ByteReader, IntegersAreLittleEndian) {
  ByteWriter w;
  w.u8(1);
  w.u16(0x0302);
  w.u32(0x07060504);
  w.u64(0x0f0e0d0c0b0a0908);
  EXPECT_EQ(w.str(), "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f");
}

TEST(ByteReader, FailureSticksAndNothingIsReadPastTheEnd) {
  ByteReader r(
      "\x05"
      "abc");
  EXPECT_EQ(r.sized(), "");
  EXPECT_FALSE(r.ok());
  EXPECT_EQ(r.u8(), 0);
  EXPECT_EQ(r.octets(0), "");
  EXPECT_FALSE(r.at_end());
}

TEST(ByteReader, LengthNearTheEndOfTheNumbersIsNoOverflow) {
  ByteWriter w;
  w.varint(UINT64_MAX);
  w.octets("abc");
  ByteReader r(w.str());
  EXPECT_EQ(r.sized(), "");
  EXPECT_FALSE(r.ok());
}

TEST(ByteReader, VarintOfMoreThan64BitsFails) {
  ByteReader eleven(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
  EXPECT_EQ(eleven.varint(), 0U);
  EXPECT_FALSE(eleven.ok());
  ByteReader high(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"));
  EXPECT_EQ(high.varint(), 0U);
  EXPECT_FALSE(high.ok());
  ByteReader cut(std::string_view("\xff"));
  EXPECT_EQ(cut.varint(), 0U);
  EXPECT_FALSE(cut.ok());
  ByteReader most(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
  EXPECT_EQ(most.varint(), UINT64_MAX);
  EXPECT_TRUE(most.at_end());
}

RC_GTEST_PROP(ByteReader, WhatIsWrittenIsRead,
              (std::uint8_t a, std::uint16_t b, std::uint32_t c, std::uint64_t d, std::uint64_t e,
               const std::string& f, const std::string& g)) {
  ByteWriter w;
  w.u8(a);
  w.u16(b);
  w.u32(c);
  w.u64(d);
  w.varint(e);
  w.sized(f);
  w.octets(g);
  ByteReader r(w.str());
  RC_ASSERT(r.u8() == a);
  RC_ASSERT(r.u16() == b);
  RC_ASSERT(r.u32() == c);
  RC_ASSERT(r.u64() == d);
  RC_ASSERT(r.varint() == e);
  RC_ASSERT(r.sized() == f);
  RC_ASSERT(r.octets(g.size()) == g);
  RC_ASSERT(r.at_end());
}

RC_GTEST_PROP(ByteReader, AnyOctetsAreReadInsideTheirBounds, (const std::string& octets)) {
  ByteReader r(octets);
  while (r.ok() && !r.at_end()) {
    const auto before = r.offset();
    const auto piece = r.sized();
    RC_ASSERT(r.offset() <= octets.size());
    RC_ASSERT(!r.ok() || r.offset() > before);
    RC_ASSERT(piece.size() <= octets.size());
  }
}

TEST(ByteWriter, TakeLeavesAnEmptyWriter) {
  ByteWriter w;
  w.octets("abc");
  EXPECT_EQ(w.take(), "abc");
  EXPECT_EQ(w.str(), "");
}

}  // namespace
}  // namespace weir
