// base/time.h - time as a value, and clocks as something handed in.
//
// UnixMillis counts milliseconds since 1970-01-01T00:00:00Z without leap seconds. Text is RFC 3339
// in UTC
// ("2026-01-31T12:00:00Z", milliseconds only when they are not zero).
// Core code never asks for the time: it is given a UnixMillis or a Clock&.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/error.h"

namespace weir {

using Millis = std::chrono::milliseconds;
using UnixMillis = std::chrono::sys_time<Millis>;

[[nodiscard]] constexpr UnixMillis from_unix_millis(std::int64_t millis) {
  return UnixMillis{Millis{millis}};
}
[[nodiscard]] constexpr std::int64_t to_unix_millis(UnixMillis time) {
  return time.time_since_epoch().count();
}

// A time outside the years 0 to 9999 is written as the nearest end of that range; parse_rfc3339()
// gives none outside it.
[[nodiscard]] std::string to_rfc3339(UnixMillis time);
[[nodiscard]] Result<UnixMillis> parse_rfc3339(std::string_view text);

// "90s", "15m", "48h", "7d"; a whole number and one unit. At most 3650d.
[[nodiscard]] Result<Millis> parse_duration(std::string_view text);
[[nodiscard]] std::string to_string_duration(Millis duration);  // the largest unit that divides it

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UnixMillis now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixMillis now() const override;
};

}  // namespace weir
