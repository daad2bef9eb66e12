#include "evidence/record.h"

#include "base/json_writer.h"

namespace weir::evidence {

void showValue(const Record& record, std::ostream& out) { out << serialise(record); }

namespace {

constexpr std::string_view kExample =
    R"({"domains":["example.com","example.net"],"features":"AQID","features_version":1,)"
    R"("kind":"verdict_spam","languages":["en","zh"],)"
    R"("message":"00000000000000000000000000000000000000000000000000000000000000ff",)"
    R"("observed_at":"2026-01-31T12:00:00Z","recorded_at":"2026-01-31T12:00:05.250Z",)"
    R"("reporter":"local","source":"192.0.2.1","spam_permille":993,"v":1})";

Record example() {
  Record record;
  record.kind = Kind::verdict_spam;
  record.observed_at = parse_rfc3339("2026-01-31T12:00:00Z").value();
  record.recorded_at = parse_rfc3339("2026-01-31T12:00:05.250Z").value();
  record.reporter = "local";
  record.source = Address::v4(0xC0000201);
  record.message[31] = 0xff;
  record.spam_permille = 993;
  record.domains = {"example.com", "example.net"};
  record.languages = {"en", "zh"};
  record.features_version = 1;
  record.features = "\x01\x02\x03";
  return record;
}

Address some_address() {
  if (*rc::gen::arbitrary<bool>()) return Address::v4(*rc::gen::arbitrary<std::uint32_t>());
  return Address::v6(
      *rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>()));
}

// Any values at all, in bounds or not.
Record any_record() {
  Record record;
  record.kind = static_cast<Kind>(*rc::gen::inRange(0, 5));
  record.observed_at = from_unix_millis(*rc::gen::arbitrary<std::int64_t>() / 1'000'000);
  record.recorded_at = from_unix_millis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
  record.reporter = *rc::gen::arbitrary<std::string>();
  if (*rc::gen::arbitrary<bool>()) record.source = some_address();
  record.message = *rc::gen::container<Digest>(rc::gen::arbitrary<std::uint8_t>());
  record.spam_permille = *rc::gen::inRange(0U, 1'200U);
  record.domains = *rc::gen::arbitrary<std::vector<std::string>>();
  record.languages = *rc::gen::arbitrary<std::vector<std::string>>();
  record.features_version = *rc::gen::inRange(-1, 3);
  record.features = *rc::gen::arbitrary<std::string>();
  return record;
}

std::string changed(std::string_view from, std::string_view to) {
  std::string text(kExample);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Error error_of(std::string_view text) {
  const auto result = parse(text);
  EXPECT_FALSE(result.has_value()) << text;
  return result ? Error{} : result.error();
}

TEST(Record, IsWrittenAsTheFormatPageShows) {
  EXPECT_EQ(serialise(example()), kExample);
  EXPECT_EQ(parse(kExample), example());
}

TEST(Record, LeavesOutWhatSaysNothing) {
  Record record;
  record.reporter = "arf:example.net";
  EXPECT_EQ(serialise(record),
            R"({"kind":"report","message":")" + std::string(64, '0') +
                R"(","observed_at":"1970-01-01T00:00:00Z","recorded_at":"1970-01-01T00:00:00Z",)"
                R"("reporter":"arf:example.net","v":1})");
  EXPECT_EQ(parse(serialise(record)), record);
}

RC_GTEST_PROP(Record, ParsingWhatWasWrittenGivesTheRecordInItsBounds, ()) {
  const auto record = any_record();
  const auto text = serialise(record);
  const auto read = parse(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT((*read == bounded(record)));
  RC_ASSERT((serialise(*read) == text));
  RC_ASSERT((id(*read) == id(record)));
}

RC_GTEST_PROP(Record, BoundingTwiceIsBoundingOnce, ()) {
  const auto once = bounded(any_record());
  RC_ASSERT((bounded(once) == once));
}

RC_GTEST_PROP(Record, AChangedOctetIsRefusedOrReadsBackAsItself, ()) {
  auto text = std::string(kExample);
  text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  const auto read = parse(text);
  if (read) RC_ASSERT((serialise(*read) == text));
}

TEST(Record, ANewerVersionOrKindIsUnsupportedWhateverElseItHolds) {
  EXPECT_EQ(error_of(R"({"v":2,"new":{"a":[1.5,null]}})").code, Errc::unsupported);
  EXPECT_EQ(error_of(changed("\"v\":1", "\"v\":7")).code, Errc::unsupported);
  EXPECT_EQ(error_of(changed("verdict_spam", "relay_test")).code, Errc::unsupported);
}

TEST(Record, EveryErrorNamesTheKey) {
  const std::pair<std::string, std::string_view> cases[] = {
      {changed("\"v\":1", "\"v\":\"1\""), "'v'"},
      {changed("\"kind\":\"verdict_spam\",", ""), "'kind'"},
      {changed("2026-01-31T12:00:00Z", "yesterday"), "'observed_at'"},
      {changed("2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"), "'observed_at'"},
      {changed("\"local\"", "5"), "'reporter'"},
      {changed("192.0.2.1", "192.0.2.01"), "'source'"},
      {changed("00ff\"", "00fg\""), "'message'"},
      {changed(":993", ":1001"), "'spam_permille'"},
      {changed(":993", ":-1"), "'spam_permille'"},
      {changed(":993", ":0.5"), "'spam_permille'"},
      {changed("\"AQID\"", "\"AQI\""), "'features'"},
      {changed("[\"en\",\"zh\"]", "[1]"), "'languages'"},
      {changed("[\"en\",\"zh\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]"), "'languages'"},
      {changed("[\"en\",\"zh\"]", "\"en\""), "'languages'"},
  };
  for (const auto& [text, key] : cases) {
    const auto error = error_of(text);
    EXPECT_EQ(error.code, Errc::invalid) << text;
    EXPECT_NE(error.detail.find(key), std::string::npos) << error.detail;
  }
}

TEST(Record, OneRecordHasOneText) {
  for (const auto& text :
       {changed("{\"domains", "{ \"domains"), changed("\"v\":1}", "\"v\":1}\n"),
        changed("\"v\":1", "\"v\":1,\"x\":1"), changed("\"v\":1", "\"v\":1,\"v\":1"),
        changed("\"example.com\",\"example.net\"", "\"example.net\",\"example.com\""),
        changed("\"example.com\",\"example.net\"", "\"example.com\",\"example.com\""),
        changed("local", "loc\\u0061l"), changed("12:00:00Z", "12:00:00+00:00"),
        changed("192.0.2.1", "::ffff:192.0.2.1"), changed("00ff\"", "00FF\""),
        changed("verdict_spam", "report"), changed("\"local\"", "\"\"")})
    EXPECT_EQ(error_of(text).code, Errc::invalid) << text;
}

TEST(Record, WhatIsNoJsonObjectIsInvalidAndSaysWhere) {
  for (const auto* text : {"", "[]", "null", "{", "{}{}", "\"v\"", "{\"v\":1", "\xff"})
    EXPECT_EQ(error_of(text).code, Errc::invalid) << text;
  EXPECT_EQ(error_of(std::string(100'000, '[')).code, Errc::invalid);
  EXPECT_EQ(error_of(std::string((1U << 20) + 1, ' ')).code, Errc::too_large);
}

TEST(Record, ALargestRecordFitsALog) {
  Record record = example();
  record.reporter = std::string(kMaxReporterOctets, '\x01');
  record.domains.clear();
  for (int i = 0; i < 40; ++i)
    record.domains.push_back(fmt::format("{:02}{}", i, std::string(251, '\x02')));
  record.features = std::string(kMaxFeatureOctets, '\xff');
  const auto text = serialise(record);
  EXPECT_LT(text.size(), std::size_t{1} << 20);
  EXPECT_EQ(parse(text)->domains.size(), kMaxDomains);
  record.features.push_back('x');
  EXPECT_EQ(parse(serialise(record))->features_version, 0);
}

TEST(Record, TheIdTellsObservationsApartAndKeepsARepeatedOneTogether) {
  const auto record = example();
  auto again = record;
  again.recorded_at += Millis{5'000};
  again.spam_permille = 1;
  again.domains.clear();
  EXPECT_EQ(id(again), id(record));
  EXPECT_EQ(to_string(id(record)).size(), 32U);

  std::vector<Record> others(5, record);
  others[0].kind = Kind::report;
  others[1].reporter = "locam";
  others[2].message[0] = 1;
  others[3].source = Address::v4(0xC0000202);
  others[4].source.reset();
  for (const auto& other : others) EXPECT_NE(id(other), id(record));
}

TEST(Record, TheIdStaysAsItIsAcrossVersions) {
  EXPECT_EQ(to_string(id(example())), "d9d0580a13f6da8c4966a971f84298e9");
}

}  // namespace
}  // namespace weir::evidence
