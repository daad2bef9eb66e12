// auth/answers.h - what the DNS was asked and what it said, as values.
//
// A check is a function of its input and of the answers so far. It returns either the questions
// that it still needs or its result; the caller asks, adds the answers and calls again:
//
//   Answers answers;
//   auto step = check_spf(input, answers);
//   while (!step.needs.empty()) {
//     for (const auto& question : step.needs) answers.put(question, ask(question));
//     step = check_spf(input, answers);
//   }
//
// The answers are kept across calls, so that SPF, DKIM, DMARC and ARC share them. A question that
// has been answered is never asked for again, and every check has a bound on its questions, so the
// loop ends. The caller owns sockets, timeouts and cache.
//
// Names:   labels joined by dots, lower case, no final dot, no escapes; octets of any value may
//          stand in them, since macros carry what a sender wrote.
// Threads: values, share freely.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "dns/message.h"
#include "dns/name.h"

namespace weir::auth {

struct Question {
  std::string name;
  dns::Type type = dns::Type::txt;  // a, aaaa, mx, ptr or txt

  friend auto operator<=>(const Question&, const Question&) = default;
};

struct Answer {
  enum class Status : std::uint8_t {
    found,    // at least one record of the type
    no_data,  // the name is there, the type is not
    no_name,  // NXDOMAIN
    failed,   // timeout, SERVFAIL, REFUSED, bad DNSSEC: nobody knows
  };
  Status status = Status::failed;
  // txt: the character-strings of one record joined; ptr: the name; mx: the exchange, best
  // preference first. Aliases (CNAME) are followed by the asker.
  std::vector<std::string> texts;
  std::vector<Address> addresses;  // a, aaaa

  [[nodiscard]] bool found() const { return status == Status::found; }
  [[nodiscard]] bool failed() const { return status == Status::failed; }
};

class Answers {
 public:
  void put(Question question, Answer answer);
  // nullptr: not answered yet. Valid until the answer to the same question is put again.
  [[nodiscard]] const Answer* find(const Question& question) const;
  // The same, noting the question in `needs` (once) if there is no answer.
  [[nodiscard]] const Answer* ask(const Question& question, std::vector<Question>& needs) const;

 private:
  std::map<Question, Answer> answers_;
};

template <class T>
struct Step {
  std::vector<Question> needs;  // not empty: put their answers and call again
  T result{};                   // meant only if needs is empty
  [[nodiscard]] bool done() const { return needs.empty(); }
};

// Lower case, without the final dot.
[[nodiscard]] std::string canonical_name(std::string_view name);
// Labels of 1 to 63 octets, at most 253 in all, at least two labels, and the last one not a number.
[[nodiscard]] bool is_domain(std::string_view canonical);
// The name as the wire has it. Errc::invalid if a label or the whole is too long, or a label empty.
[[nodiscard]] Result<dns::Name> to_dns_name(std::string_view name);

}  // namespace weir::auth
