#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace weir {
namespace {

// Reads exactly `digits` decimal digits at `at`.
bool read_number(std::string_view text, std::size_t at, std::size_t digits, int& value) {
  if (at + digits > text.size()) return false;
  value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  return true;
}

// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: what a year of four digits can say.
constexpr UnixMillis kFirst{Millis{-62'167'219'200'000}};
constexpr UnixMillis kLast{Millis{253'402'300'799'999}};

}  // namespace

std::string to_rfc3339(UnixMillis time) {
  time = std::clamp(time, kFirst, kLast);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (const auto millis = clock.subseconds().count(); millis != 0)
    text += fmt::format(".{:03}", millis);
  return text + "Z";
}

Result<UnixMillis> parse_rfc3339(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::invalid,
                fmt::format("'{}' is not a time such as 2026-01-31T12:00:00Z", text.substr(0, 60)));
  };
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (text.size() < 20 || !read_number(text, 0, 4, year) || text[4] != '-' ||
      !read_number(text, 5, 2, month) || text[7] != '-' || !read_number(text, 8, 2, day) ||
      (text[10] != 'T' && text[10] != 't') || !read_number(text, 11, 2, hour) || text[13] != ':' ||
      !read_number(text, 14, 2, minute) || text[16] != ':' || !read_number(text, 17, 2, second))
    return bad();
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return bad();
  std::size_t at = 19;
  int millis = 0;
  if (text[at] == '.') {
    int scale = 100;
    const auto first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      millis += (text[at] - '0') * scale;
    if (at == first) return bad();
  }
  int offset_minutes = 0;
  if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    // UTC
  } else if (int h = 0, m = 0; at + 6 == text.size() && (text[at] == '+' || text[at] == '-') &&
                               read_number(text, at + 1, 2, h) && text[at + 3] == ':' &&
                               read_number(text, at + 4, 2, m) && h < 24 && m < 60) {
    offset_minutes = (h * 60 + m) * (text[at] == '-' ? -1 : 1);
  } else {
    return bad();
  }
  const auto time = UnixMillis{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
                    std::chrono::minutes{minute - offset_minutes} + std::chrono::seconds{second} +
                    Millis{millis};
  if (time < kFirst || time > kLast) return bad();
  return time;
}

Result<Millis> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
  std::int64_t seconds = 0;
  if (unit == "s") seconds = 1;
  if (unit == "m") seconds = 60;
  if (unit == "h") seconds = 3600;
  if (unit == "d") seconds = 86400;
  if (error != std::errc{} || seconds == 0 || count < 0)
    return fail(Errc::invalid, fmt::format("'{}' is not a duration such as 90s, 15m, 48h or 7d",
                                           text.substr(0, 60)));
  if (count > std::int64_t{3650} * 86400 / seconds)
    return fail(Errc::too_large, fmt::format("'{}' is longer than 3650d", text));
  return std::chrono::seconds{count * seconds};
}

std::string to_string_duration(Millis duration) {
  const auto seconds = duration.count() / 1000;
  if (duration.count() % 1000 != 0) return fmt::format("{}ms", duration.count());
  if (seconds % 86400 == 0) return fmt::format("{}d", seconds / 86400);
  if (seconds % 3600 == 0) return fmt::format("{}h", seconds / 3600);
  if (seconds % 60 == 0) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

UnixMillis SystemClock::now() const {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

}  // namespace weir
