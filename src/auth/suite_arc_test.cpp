// The suite for validating ARC, where it is at hand (standards_test.h). It exercises DKIM's
// canonical forms, keys and tags as well.
#include "auth/arc.h"
#include "auth/standards_test.h"
#include "base/ascii.h"

namespace weir::auth {
namespace {

TEST(ArcSuite, OfValidationHoldsThroughout) {
  const auto suite = load_suite("arc/arc-draft-validation-tests.yml");
  if (!suite.why_not.empty()) GTEST_SKIP() << suite.why_not;
  int passed = 0;
  int run = 0;
  for (const auto& scenario : suite.scenarios) {
    const auto file = answers_of(scenario.as_object());
    for (const auto& value : scenario.at("tests").as_array()) {
      const auto& test = value.as_object();
      const auto message = field(test, "message");
      const Header header(message);
      Answers answers;
      const auto result =
          finish([&](const Answers& a) { return check_arc(header, a); }, file, answers);
      ++run;
      auto expected = lower(field(test, "cv"));
      // Left open by the suite where a seal says cv=fail; RFC 8617 5.2 (2) has it fail.
      if (expected.empty()) expected = "fail";
      // A signature that covers no field, not even From, passes there and not here: From could be
      // anybody's (RFC 6376 5.4, which RFC 8617 4.1.2 builds on).
      if (field(test, "name") == "ams_fields_h_empty") expected = "fail";
      const bool good = expected == to_string(result.outcome);
      EXPECT_TRUE(good) << field(test, "name") << " (" << field(test, "description")
                        << "): " << expected << ", not " << to_string(result.outcome) << ": "
                        << result.reason;
      if (good) ++passed;
    }
  }
  RecordProperty("passed", passed);
  EXPECT_EQ(passed, run);
  EXPECT_GE(run, 150);
}

}  // namespace
}  // namespace weir::auth
