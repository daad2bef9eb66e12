// auth/standards_test.h - published test suites, where a folder of them is at hand.
//
// The folder is named by the environment variable WEIR_DATA_STANDARDS; without it these tests are
// skipped and say so. Expected inside: spf/rfc7208-tests.yml and arc/arc-draft-*-tests.yml.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "auth/answer_file.h"

namespace weir::auth {

// Empty `why_not`: the suite is in `scenarios`.
struct Suite {
  boost::json::array scenarios;
  std::string why_not;
};
[[nodiscard]] Suite load_suite(const std::string& path_below_folder);

// The answers of a scenario. Asserts that they can be read.
[[nodiscard]] AnswerFile answers_of(const boost::json::object& scenario);
// A field of a test; empty if it has none.
[[nodiscard]] std::string field(const boost::json::object& test, std::string_view key);

}  // namespace weir::auth
