#include "auth/authentication_results.h"

namespace weir::auth {
namespace {

AuthenticationResults parsed(std::string_view value) {
  auto result = parse_authentication_results(value);
  if (!result) ADD_FAILURE() << value << ": " << result.error().detail;
  return result ? std::move(*result) : AuthenticationResults();
}

TEST(AuthenticationResults, NothingCheckedIsNone) {
  for (const auto* value :
       {" mx.weir.test; none", " mx.weir.test 1; none (at all)", "mx.weir.test;NONE "}) {
    const auto results = parsed(value);
    EXPECT_EQ(results.host, "mx.weir.test");
    EXPECT_TRUE(results.results.empty());
  }
}

TEST(AuthenticationResults, MethodsReasonsAndPropertiesAreRead) {
  const auto results = parsed(
      " (c) mx.weir.test (x(y)\\)) 1 ;\r\n\tspf = pass (good) smtp . mailfrom = a@b.test ;\r\n"
      " dkim/1=Fail reason=\"not; \\\"good\\\"\" header.d=b.test header.i=@b.test;"
      " auth=pass (cram-md5) smtp.auth=\"a b\"@c.test; x-other=strange policy.x-y=1");
  ASSERT_EQ(results.results.size(), 4U);
  EXPECT_EQ(results.results[0].method, "spf");
  EXPECT_EQ(results.results[0].outcome, Outcome::pass);
  EXPECT_EQ(results.results[0].property("smtp", "mailfrom"), "a@b.test");
  EXPECT_EQ(results.results[1].outcome, Outcome::fail);
  EXPECT_EQ(results.results[1].reason, "not; \"good\"");
  EXPECT_EQ(results.results[1].property("header", "i"), "@b.test");
  EXPECT_EQ(results.results[2].property("smtp", "auth"), "a b@c.test");
  EXPECT_EQ(results.results[3].word, "strange");
  EXPECT_EQ(results.results[3].outcome, std::nullopt);
  EXPECT_EQ(results.results[3].property("smtp", "mailfrom"), "");
}

TEST(AuthenticationResults, ANullSenderIsAnEmptyValue) {
  EXPECT_EQ(parsed("mx.weir.test; spf=none smtp.mailfrom=; dkim=none").results.size(), 2U);
}

TEST(AuthenticationResults, WhatIsNotTheGrammarIsRefused) {
  for (const auto* value :
       {"", ";", "mx.weir.test", "mx.weir.test;", "mx.weir.test 2; none", "mx.weir.test; spf",
        "mx.weir.test; spf=", "mx.weir.test; =pass", "mx.weir.test; spf/2=pass",
        "mx.weir.test; none; spf=pass", "mx.weir.test; spf=pass smtp=x",
        "mx.weir.test; spf=pass (open", "mx.weir.test; spf=pass reason=\"open",
        "mx.weir.test; spf=pass smtp.=x"})
    EXPECT_FALSE(parse_authentication_results(value)) << value;
  std::string many = "mx.weir.test";
  for (int i = 0; i < 200; ++i) many += "; spf=pass";
  EXPECT_FALSE(parse_authentication_results(many));
}

TEST(AuthenticationResults, OnlyThoseOfATrustedHostCount) {
  const std::string message =
      "Authentication-Results: MX.weir.test; spf=fail\n"
      "Authentication-Results: forged.test; spf=pass\n"
      "Authentication-Results: broken\n"
      "Authentication-Results: mx.weir.test; dkim=pass\n\n";
  const std::vector<std::string> trusted = {"mx.weir.test"};
  const auto results = trusted_results(Header(message), trusted);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].results.at(0).outcome, Outcome::fail);
  EXPECT_EQ(results[1].results.at(0).method, "dkim");
  EXPECT_TRUE(trusted_results(Header(message), {}).empty());
}

RC_GTEST_PROP(AuthenticationResults, WhatIsWrittenIsReadBack, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror"));
  RC_PRE(!words.empty() && words.size() <= kMaxMethodResults);
  std::string value = "mx.weir.test";
  for (const auto& word : words) value += "; dkim=" + word + " header.d=weir.test";
  const auto read = parse_authentication_results(value);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->results.size() == words.size());
  for (std::size_t i = 0; i < words.size(); ++i)
    RC_ASSERT(to_string(*read->results[i].outcome) == words[i]);
}

}  // namespace
}  // namespace weir::auth
