// auth/answer_file.h - DNS answers out of a JSON file, for tests and for people who want to see
// what a check would say.
//
//   [{"name": "example.com", "type": "TXT", "data": ["v=spf1 -all"]},
//    {"name": "slow.example", "status": "failed"}]
//
// type:   A, AAAA, MX (names, best first), PTR, TXT or CNAME (one name, followed here at most eight
//         times). Several entries of one name and type add up.
// status: "failed" instead of data: for that type, or without a type for every other type of the
//         name. A name that the file does not have does not exist; a type that a name does not have
//         is no_data.
// Errors: Errc::invalid with what is wrong. Threads: immutable after parse.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "auth/answers.h"

namespace weir::auth {

class AnswerFile {
 public:
  [[nodiscard]] static Result<AnswerFile> parse(std::string_view json);
  [[nodiscard]] Answer answer(const Question& question) const;

 private:
  Answers answers_;
  std::map<std::string, std::string> aliases_;
  std::set<std::string> names_;
  std::set<std::string> failing_;  // names whose other types fail
};

// Runs a check to its end with the answers of a file. `check` is Answers -> Step<T>.
template <class Check>
[[nodiscard]] auto finish(Check check, const AnswerFile& file, Answers& answers) {
  auto step = check(answers);
  while (!step.done()) {
    for (const auto& question : step.needs) answers.put(question, file.answer(question));
    step = check(answers);
  }
  return std::move(step.result);
}

}  // namespace weir::auth
