// auth/outcome.h - the words in which a check of who sent a message ends (RFC 8601 2.7).
//
// none:      there was nothing to check. neutral: the domain says nothing either way, or what was
//            there could not be used. policy: true by the mathematics, and not accepted all the
//            same. temperror: ask again later; never evidence against anybody. permerror: what the
//            domain published or the message carries is broken.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::auth {

enum class Outcome : std::uint8_t {
  none,
  neutral,
  pass,
  fail,
  softfail,
  policy,
  temperror,
  permerror,
};

[[nodiscard]] std::string_view to_string(Outcome outcome);
// Case ignored. "hardfail", an old name of fail (RFC 8601 2.7.2 knows it no more), is taken as
// fail.
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view word);

}  // namespace weir::auth
