#include "auth/standards_test.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace weir::auth {

Suite load_suite(const std::string& path_below_folder) {
  Suite suite;
  const char* folder = std::getenv("WEIR_DATA_STANDARDS");
  if (folder == nullptr) {
    suite.why_not = "no data: WEIR_DATA_STANDARDS names no folder";
    return suite;
  }
  const auto path = std::filesystem::path(folder) / path_below_folder;
  if (!std::filesystem::exists(path)) {
    suite.why_not = "no data: " + path.string() + " is not there";
    return suite;
  }
  const auto command = "python3 '" WEIR_SOURCE_DIR "/tools/auth_suite' '" + path.string() + "'";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string json;
  std::array<char, 65'536> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    json.append(buffer.data(), got);
  if (pclose(pipe) != 0) {
    suite.why_not = "tools/auth_suite failed: python3-yaml may be missing";
    return suite;
  }
  suite.scenarios = boost::json::parse(json).at("scenarios").as_array();
  return suite;
}

AnswerFile answers_of(const boost::json::object& scenario) {
  auto file = AnswerFile::parse(boost::json::serialize(scenario.at("answers")));
  WEIR_ASSERT(file.has_value());
  return std::move(*file);
}

std::string field(const boost::json::object& test, std::string_view key) {
  const auto* value = test.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

}  // namespace weir::auth
