// RFC 5322 3.3 and 4.3: date-time with two-digit years, named zones, comments anywhere, missing
// seconds, the day of the week wrong or missing; and the asctime order ("Thu Jan 10 12:00:00
// 2002"), which old mailers write.
#include <array>
#include <charconv>

#include "mail/ascii.h"
#include "mail/trace.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxTokens = 16;
constexpr std::size_t kMaxOctets = 256;  // a date-time has about 40

struct Zone {
  std::string_view name;
  int minutes;
};
// RFC 5322 4.3. Other names, the military letters among them, carry no usable meaning there and
// count as +0000; the few below that it does not name are unambiguous in Received lines and differ
// from it by many hours.
constexpr std::array<Zone, 16> kZones = {{{"ut", 0},
                                          {"utc", 0},
                                          {"gmt", 0},
                                          {"z", 0},
                                          {"est", -300},
                                          {"edt", -240},
                                          {"cst", -360},
                                          {"cdt", -300},
                                          {"mst", -420},
                                          {"mdt", -360},
                                          {"pst", -480},
                                          {"pdt", -420},
                                          {"cest", 120},
                                          {"cet", 60},
                                          {"jst", 540},
                                          {"kst", 540}}};
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

std::optional<int> month_of(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (iequals(text.substr(0, 3), kMonths[i])) return static_cast<int>(i) + 1;
  return std::nullopt;
}

// The hyphens of "10-Jan-2002", but not the sign of a zone.
bool joins_month(std::string_view text, std::size_t begin, std::size_t at) {
  if (at == begin || at + 1 >= text.size()) return false;
  return (is_digit(text[at - 1]) && is_alpha(text[at + 1])) ||
         (is_digit(text[at + 1]) && at - begin == 3 && month_of(text.substr(begin, 3)));
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t depth = 0;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    if (end > begin && tokens.size() < kMaxTokens)
      tokens.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') {
      if (depth++ == 0) flush(i);
    } else if (c == ')' && depth > 0) {
      --depth;
      begin = i + 1;
    } else if (depth > 0) {
      begin = i + 1;
    } else if (is_space(c) || c == ',' || (c == '-' && joins_month(text, begin, i))) {
      flush(i);
    }
  }
  if (depth == 0) flush(text.size());
  return tokens;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || !is_digit(text[0]) || error != std::errc() ||
      end != text.data() + text.size())
    return std::nullopt;
  return value;
}

// "hh:mm[:ss[.fraction]]" in seconds; a leap second is the second before it.
std::optional<int> time_of_day(std::string_view text) {
  std::array<int, 3> part{};
  std::size_t count = 0;
  text = text.substr(0, text.find_first_of("+-"));  // a zone may be glued on
  if (const auto dot = text.rfind('.'); dot != std::string_view::npos && text.find(':') < dot)
    text = text.substr(0, dot);
  while (count < 3) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto value = number(text.substr(0, colon));
    if (!value || colon > 2) return std::nullopt;
    part[count++] = *value;
    if (colon == text.size()) {
      text = {};
      break;
    }
    text = text.substr(colon + 1);
  }
  if (!text.empty() || count < 2 || part[0] > 23 || part[1] > 59 || part[2] > 60)
    return std::nullopt;
  return part[0] * 3600 + part[1] * 60 + std::min(part[2], 59);
}

// Minutes east of Greenwich.
int zone_minutes(std::string_view text) {
  std::size_t sign = text.find_first_of("+-");
  if (sign == std::string_view::npos) {
    for (const Zone& zone : kZones)
      if (iequals(zone.name, text)) return zone.minutes;
    return 0;
  }
  std::string digits;
  for (const char c : text.substr(sign + 1))
    if (is_digit(c)) digits.push_back(c);
  if (digits.size() != 4) return 0;
  const int hours = (digits[0] - '0') * 10 + digits[1] - '0';
  const int minutes = (digits[2] - '0') * 10 + digits[3] - '0';
  if (hours > 15 || minutes > 59) return 0;  // no zone on Earth: not to be trusted
  return (text[sign] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

int full_year(int written, std::size_t digits) {
  if (digits == 2) return written < 50 ? written + 2000 : written + 1900;
  return digits == 3 ? written + 1900 : written;
}

// The date whose month is tokens[month_at].
std::optional<UnixMillis> date_around(const std::vector<std::string_view>& tokens,
                                      std::size_t month_at) {
  const auto named = month_of(tokens[month_at]);
  if (!named) return std::nullopt;
  const int month = *named;
  std::optional<int> day, time;
  std::optional<std::string_view> year;
  std::size_t rest = 0;  // where a zone may stand
  if (month_at > 0 && (day = number(tokens[month_at - 1]))) {
    if (month_at + 2 >= tokens.size()) return std::nullopt;
    year = tokens[month_at + 1];
    time = time_of_day(tokens[month_at + 2]);
    rest = month_at + 3;
  } else {
    // asctime: month day time [zone] year
    if (month_at + 3 >= tokens.size()) return std::nullopt;
    day = number(tokens[month_at + 1]);
    time = time_of_day(tokens[month_at + 2]);
    const bool zone_first = !number(tokens[month_at + 3]) && month_at + 4 < tokens.size();
    year = tokens[month_at + (zone_first ? 4U : 3U)];
    rest = month_at + (zone_first ? 3U : 4U);
  }
  const auto written = number(*year);
  if (!day || !time || !written || year->size() < 2 || year->size() > 4) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{full_year(*written, year->size())},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  if (tokens[month_at + 2].find_first_of("+-") != std::string_view::npos) rest = month_at + 2;
  const int zone = rest < tokens.size() ? zone_minutes(tokens[rest]) : 0;
  return UnixMillis{std::chrono::sys_days{date}.time_since_epoch() + std::chrono::seconds{*time} -
                    std::chrono::minutes{zone}};
}

}  // namespace

std::optional<UnixMillis> parse_date(std::string_view text) {
  const auto tokens = tokens_of(text.substr(0, kMaxOctets));
  // A word before the date may start like a month.
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (month_of(tokens[i]))
      if (const auto date = date_around(tokens, i)) return date;
  return std::nullopt;
}

}  // namespace weir::mail
