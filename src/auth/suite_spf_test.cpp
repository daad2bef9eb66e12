// The test suite of RFC 7208, where it is at hand (standards_test.h).
#include "auth/spf.h"
#include "auth/standards_test.h"

namespace weir::auth {
namespace {

bool expects(const boost::json::object& test, Outcome outcome) {
  const auto& result = test.at("result");
  const auto is = [&](const boost::json::value& word) {
    return std::string_view(word.as_string().data(), word.as_string().size()) == to_string(outcome);
  };
  if (result.is_string()) return is(result);
  return std::ranges::any_of(result.as_array(), is);
}

TEST(SpfSuite, OfRfc7208HoldsThroughout) {
  const auto suite = load_suite("spf/rfc7208-tests.yml");
  if (!suite.why_not.empty()) GTEST_SKIP() << suite.why_not;
  int passed = 0;
  int run = 0;
  for (const auto& scenario : suite.scenarios) {
    const auto file = answers_of(scenario.as_object());
    for (const auto& value : scenario.at("tests").as_array()) {
      const auto& test = value.as_object();
      SpfInput input;
      input.client = *Address::parse(field(test, "host"));
      input.helo = field(test, "helo");
      input.mail_from = field(test, "mailfrom");
      Answers answers;
      const auto result =
          finish([&](const Answers& a) { return check_spf(input, a); }, file, answers);
      ++run;
      const bool good = expects(test, result.outcome);
      EXPECT_TRUE(good) << field(test, "name") << ": " << test.at("result") << ", not "
                        << to_string(result.outcome) << ": " << result.reason;
      auto explanation = field(test, "explanation");
      if (explanation == "DEFAULT") explanation.clear();  // ours is to have none
      const bool explained = !test.contains("explanation") || explanation == result.explanation;
      EXPECT_TRUE(explained) << field(test, "name") << ": \"" << result.explanation << '"';
      if (good && explained) ++passed;
    }
  }
  RecordProperty("passed", passed);
  EXPECT_EQ(passed, run);
  EXPECT_GE(run, 200);
}

}  // namespace
}  // namespace weir::auth
