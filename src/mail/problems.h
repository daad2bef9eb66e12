// mail/problems.h - the list of what is wrong with a message, bounded: a hostile message cannot
// make it long.
//
// At most kEach entries of one name and kAll in total; the first ones are kept. The names are in
// README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "mail/message.h"

namespace weir::mail {

inline constexpr std::size_t kEach = 8;  // enough to see a habit
inline constexpr std::size_t kAll = 100;
inline constexpr std::size_t kDetailOctets = 200;

// False if there are enough of that name, or of all.
inline bool add_problem(std::vector<Problem>& problems, std::string_view what, std::uint64_t offset,
                        std::string_view detail = {}) {
  if (problems.size() >= kAll) return false;
  std::size_t same = 0;
  for (const Problem& p : problems) same += p.what == what ? 1 : 0;
  if (same >= kEach) return false;
  problems.push_back(
      Problem{std::string(what), offset, to_valid_utf8(detail.substr(0, kDetailOctets))});
  return true;
}

}  // namespace weir::mail
