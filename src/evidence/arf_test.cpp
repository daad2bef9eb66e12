#include "evidence/arf.h"

#include <fstream>
#include <iterator>

#include "base/bytes.h"

namespace weir::evidence {
namespace {

std::string sample(std::string_view name) {
  std::ifstream in(fmt::format("{}/arf/{}.eml", WEIR_TESTDATA, name), std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<ArfReport> read(std::string_view name) { return read_report(sample(name), {}); }

Address address(std::string_view text) { return Address::parse(text).value(); }

TEST(Arf, ReadsEveryFieldOfAFullReport) {
  const auto report = read("full");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->feedback_type, "abuse");
  EXPECT_EQ(report->user_agent, "Reporter/1.0");
  EXPECT_EQ(report->source_ip, address("203.0.113.7"));
  EXPECT_EQ(report->arrival_date, parse_rfc3339("2026-01-31T12:00:00Z").value());
  EXPECT_EQ(report->reporter_domain, "example.net");
  EXPECT_TRUE(report->original.starts_with("Received: from mail.example.com"));
  EXPECT_NE(report->original.find("http://shop.example.com/"), std::string::npos);
  EXPECT_EQ(report->original.find("--b1"), std::string::npos);
}

TEST(Arf, WithoutSourceIpTheTraceOfTheCopySaysIt) {
  const auto report = read("minimal");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->source_ip, address("203.0.113.7"));
  EXPECT_FALSE(report->arrival_date);
}

TEST(Arf, BracketsCommentsAndReceivedDateAreTaken) {
  const auto report = read("brackets");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->feedback_type, "fraud");
  EXPECT_EQ(report->source_ip, address("203.0.113.9"));
  EXPECT_EQ(report->arrival_date, parse_rfc3339("2026-01-31T12:00:00Z").value());
  EXPECT_EQ(read("ipv6")->source_ip, address("2001:db8::25"));
}

TEST(Arf, AReportThatAMailWasGoodIsToldApart) {
  const auto report = read("not-spam");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->feedback_type, "not-spam");
  EXPECT_EQ(report->source_ip, address("203.0.113.7"));
}

TEST(Arf, TheHeaderAloneIsACopyToo) {
  const auto report = read("headers-only");
  ASSERT_TRUE(report);
  EXPECT_NE(report->original.find("Subject: Earn money"), std::string::npos);
  EXPECT_EQ(report->original.find("Buy now"), std::string::npos);
}

TEST(Arf, FormsThatAreAlmostRightAreRead) {
  for (const auto* name : {"no-report-type", "mixed", "leading-blank-line", "list-footer",
                           "copy-as-text", "unterminated", "encoded"}) {
    const auto report = read(name);
    ASSERT_TRUE(report) << name;
    EXPECT_EQ(report->user_agent, "Reporter/1.0") << name;
    EXPECT_EQ(report->source_ip, address("203.0.113.7")) << name;
    EXPECT_NE(report->original.find("Subject: Earn money"), std::string::npos) << name;
  }
}

TEST(Arf, MissingFieldsOrAMissingPartAreAbuse) {
  for (const auto* name : {"empty-feedback", "no-feedback-part"}) {
    const auto report = read(name);
    ASSERT_TRUE(report) << name;
    EXPECT_EQ(report->feedback_type, "abuse") << name;
    EXPECT_EQ(report->source_ip, address("203.0.113.7")) << name;
  }
}

TEST(Arf, WithoutACopyThereIsNoOriginal) {
  const auto report = read("no-copy");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->original, "");
  EXPECT_EQ(report->source_ip, address("203.0.113.7"));
}

TEST(Arf, MicrosoftsFormIsReadByItsOwnFieldAndSubject) {
  const auto report = read("jmrp");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->feedback_type, "abuse");
  EXPECT_EQ(report->source_ip, address("198.51.100.25"));
  EXPECT_TRUE(report->original.starts_with("X-HmXmrOriginalRecipient"));
}

TEST(Arf, OtherMailIsNoReport) {
  EXPECT_FALSE(read("forwarded"));  // a person forwards a mail
  EXPECT_FALSE(read("inside"));     // the report is what is complained of
  EXPECT_FALSE(read_report("", {}));
  EXPECT_FALSE(read_report("Subject: x\n\nFeedback-Type: abuse\n", {}));
  EXPECT_FALSE(read_report("Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n", {}));
}

TEST(Arf, LineEndsDoNotMatter) {
  std::string crlf;
  for (const char c : sample("full")) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  const auto report = read_report(crlf, {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->source_ip, address("203.0.113.7"));
  EXPECT_EQ(report->user_agent, "Reporter/1.0");
}

RC_GTEST_PROP(Arf, AnyCopyComesBackAsItWas, ()) {
  // Text without the boundary, in base64 or as it is.
  const auto lines = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
  std::string copy = "Subject: x\n\n";
  for (const auto& line : lines) copy += line + "\n";
  const bool encoded = *rc::gen::arbitrary<bool>();
  const auto mail = fmt::format(
      "Content-Type: multipart/report; report-type=feedback-report; boundary=B\n\n"
      "--B\nContent-Type: text/plain\n\nComplaint\n"
      "--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n"
      "--B\nContent-Type: message/rfc822\n{}\n{}\n--B--\n",
      encoded ? "Content-Transfer-Encoding: base64\n" : "", encoded ? to_base64(copy) : copy);
  const auto report = read_report(mail, {});
  RC_ASSERT(report.has_value());
  RC_ASSERT((report->original == copy));
}

}  // namespace
}  // namespace weir::evidence
