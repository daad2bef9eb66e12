// mail/test_messages.h - what the tests of mail/ share. For tests only.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

#include "mail/message.h"

namespace weir::mail {

// The spans of a message live as long as its octets: these stay.
inline Message parse_text(std::string raw, const Limits& limits = {}) {
  static std::deque<std::string> kept;
  return parse(kept.emplace_back(std::move(raw)), limits);
}

// Of a Message or a Reading.
template <class Read>
bool has_problem(const Read& read, std::string_view what) {
  return std::any_of(read.problems.begin(), read.problems.end(),
                     [&](const Problem& p) { return p.what == what; });
}

}  // namespace weir::mail
