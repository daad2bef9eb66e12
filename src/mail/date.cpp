// RFC 5322 3.3 and 4.3: date-time with two-digit years, named zones, comments anywhere, missing
// seconds, the day of the week wrong or missing. And what is really written instead of it: the
// asctime order ("Thu Jan 10 12:00:00 2002"), "Sep, 11 2002 7:19:14 PM", ISO 8601 and its relatives
// with / and with the signs for year, month and day, months in the sender's language.
//
// One pass makes words (comments left out), at most kMaxWords of them; the first word that is a
// month or a whole date decides the order in which the others are read. A date of which it cannot
// be said which number is the month is no date.
#include <array>

#include "base/ascii.h"
#include "mail/trace.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxWords = 16;
constexpr std::size_t kMaxOctets = 256;  // a date-time has about 40

struct Words {
  std::array<std::string_view, kMaxWords> word;
  std::size_t count = 0;

  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < count ? word[i] : std::string_view{};
  }
};

struct Zone {
  std::string_view name;
  int minutes;
};
// RFC 5322 4.3. Other names, the military letters among them, carry no usable meaning there and
// count as +0000; the few below that it does not name are unambiguous in Received lines and differ
// from it by many hours. (BST, IST and SST are not: they are several places' names.)
constexpr std::array<Zone, 30> kZones = {
    {{"ut", 0},     {"utc", 0},    {"gmt", 0},    {"z", 0},      {"est", -300}, {"edt", -240},
     {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
     {"wet", 0},    {"west", 60},  {"cet", 60},   {"met", 60},   {"mez", 60},   {"cest", 120},
     {"mest", 120}, {"mesz", 120}, {"mes", 120},  {"eet", 120},  {"eest", 180}, {"msk", 180},
     {"hkt", 480},  {"sgt", 480},  {"jst", 540},  {"kst", 540},  {"aest", 600}, {"nzst", 720}}};

constexpr std::uint32_t key_of(std::string_view text) {
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < 3; ++i)
    key = (key << 8) | static_cast<unsigned char>(to_lower(text[i]));
  return key;
}

struct Month {
  std::uint32_t key;  // the first three octets, ASCII letters in lower case
  int number;
};
constexpr std::array<Month, 41> kMonths = {{
    {key_of("jan"), 1},
    {key_of("feb"), 2},
    {key_of("mar"), 3},
    {key_of("apr"), 4},
    {key_of("may"), 5},
    {key_of("jun"), 6},
    {key_of("jul"), 7},
    {key_of("aug"), 8},
    {key_of("sep"), 9},
    {key_of("oct"), 10},
    {key_of("nov"), 11},
    {key_of("dec"), 12},
    // German, Dutch, Scandinavian
    {key_of("m\xC3\xA4"), 3},
    {key_of("m\xE4r"), 3},
    {key_of("mrz"), 3},
    {key_of("mrt"), 3},
    {key_of("mai"), 5},
    {key_of("mei"), 5},
    {key_of("maj"), 5},
    {key_of("okt"), 10},
    {key_of("dez"), 12},
    {key_of("des"), 12},
    // French; juin and juillet have one key and are told apart below
    {key_of("f\xC3\xA9"), 2},
    {key_of("f\xE9v"), 2},
    {key_of("avr"), 4},
    {key_of("jui"), 0},
    {key_of("ao\xC3"), 8},
    {key_of("ao\xFB"), 8},
    {key_of("d\xC3\xA9"), 12},
    {key_of("d\xE9"
            "c"),
     12},
    // Spanish, Portuguese, Italian
    {key_of("ene"), 1},
    {key_of("gen"), 1},
    {key_of("fev"), 2},
    {key_of("abr"), 4},
    {key_of("mag"), 5},
    {key_of("giu"), 6},
    {key_of("lug"), 7},
    {key_of("ago"), 8},
    {key_of("set"), 9},
    {key_of("out"), 10},
    {key_of("dic"), 12},
}};

// "month" behind the number, as Chinese, Japanese and Korean locales write it: UTF-8, then the
// legacy charsets.
constexpr std::array<std::string_view, 7> kMonthSigns = {
    "\xE6\x9C\x88", "\xEC\x9B\x94", "\xD4\xC2", "\xA4\xEB", "\xB7\xEE", "\x8C\x8E", "\xBF\xF9"};

// Half of the day before the time, in the same languages (UTF-8).
struct HalfOfDay {
  std::string_view text;
  bool afternoon;
};
constexpr std::array<HalfOfDay, 6> kHalves = {{{"\xE4\xB8\x8A\xE5\x8D\x88", false},
                                               {"\xE4\xB8\x8B\xE5\x8D\x88", true},
                                               {"\xE5\x8D\x88\xE5\x89\x8D", false},
                                               {"\xE5\x8D\x88\xE5\xBE\x8C", true},
                                               {"\xEC\x98\xA4\xEC\xA0\x84", false},
                                               {"\xEC\x98\xA4\xED\x9B\x84", true}}};

// A whole number of at most 9 digits.
std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> month_of(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  if (is_digit(text[0])) {
    const std::size_t digits = is_digit(text[1]) ? 2 : 1;
    const std::string_view sign = text.substr(digits);
    for (const std::string_view known : kMonthSigns)
      if (sign == known) {
        const auto month = number(text.substr(0, digits));
        return month && *month >= 1 && *month <= 12 ? month : std::nullopt;
      }
    return std::nullopt;
  }
  const std::uint32_t key = key_of(text);
  for (const Month& month : kMonths) {
    if (month.key != key) continue;
    if (month.number > 0) return month.number;
    return text.size() > 3 && to_lower(text[3]) == 'l' ? 7 : 6;
  }
  return std::nullopt;
}

// The hyphens of "10-Jan-2002", but not the sign of a zone.
bool joins_month(std::string_view text, std::size_t begin, std::size_t at) {
  if (at == begin || at + 1 >= text.size()) return false;
  return (is_digit(text[at - 1]) && is_alpha(text[at + 1])) ||
         (is_digit(text[at + 1]) && at - begin == 3 && month_of(text.substr(begin, 3)));
}

Words words_of(std::string_view text) {
  Words words;
  std::size_t depth = 0;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    if (end > begin && words.count < kMaxWords)
      words.word[words.count++] = text.substr(begin, end - begin);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') {
      if (depth++ == 0) flush(i);
    } else if (c == ')') {
      // One that nothing opened ends a comment whose beginning was cut off.
      if (depth > 0)
        --depth;
      else
        words.count = 0;
      begin = i + 1;
    } else if (depth > 0) {
      begin = i + 1;
    } else if (is_space(c) || c == ',' || c == '<' || (c == '-' && joins_month(text, begin, i))) {
      flush(i);
    }
  }
  if (depth == 0) flush(text.size());
  return words;
}

// "hh:mm[:ss[.fraction]]" in seconds; a leap second is the second before it.
std::optional<int> time_of_day(std::string_view text) {
  std::optional<bool> afternoon;
  for (const HalfOfDay& half : kHalves)
    if (text.starts_with(half.text)) {
      afternoon = half.afternoon;
      text.remove_prefix(half.text.size());
      break;
    }
  std::array<int, 3> part{};
  std::size_t count = 0;
  text = text.substr(0, text.find_first_of("+-Zz"));  // a zone may be glued on
  for (const std::string_view mark : {"AM", "PM"})
    if (text.size() > 2 && iequals(text.substr(text.size() - 2), mark)) {
      afternoon = mark == "PM";
      text.remove_suffix(2);
      break;
    }
  if (const auto dot = text.find_last_of(".,");
      dot != std::string_view::npos && text.find(':') < dot)
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
  if (afternoon && part[0] <= 12) part[0] = part[0] % 12 + (*afternoon ? 12 : 0);
  return part[0] * 3600 + part[1] * 60 + std::min(part[2], 59);
}

// Minutes east of Greenwich. "+0800", "GMT+08:00", "+8", "PDT"; without meaning: 0.
int zone_minutes(std::string_view text) {
  const std::size_t sign = text.find_first_of("+-");
  if (sign == std::string_view::npos) {
    for (const Zone& zone : kZones)
      if (iequals(zone.name, text)) return zone.minutes;
    return 0;
  }
  int value = 0;
  std::size_t digits = 0;
  for (const char c : text.substr(sign + 1)) {
    if (c == ':') continue;
    if (!is_digit(c) || digits == 5) break;
    value = value * 10 + (c - '0');
    ++digits;
  }
  if (digits == 0 || digits == 5) return 0;
  if (digits <= 2) value *= 100;  // hours alone
  const int hours = value / 100;
  const int minutes = value % 100;
  if (hours > 15 || minutes > 59) return 0;  // no zone on Earth: not to be trusted
  return (text[sign] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// RFC 5322 4.3; a year of the second century was counted from 1900 and then filled up with zeros.
std::optional<int> full_year(std::string_view text) {
  const auto written = number(text);
  if (!written || text.size() < 2 || text.size() > 4) return std::nullopt;
  if (text.size() == 2) return *written < 50 ? *written + 2000 : *written + 1900;
  return *written < 200 ? *written + 1900 : *written;
}

struct Day {
  int year;
  int month;
  int day;
};

std::optional<UnixMillis> moment(const Day& day, int seconds, int zone) {
  const std::chrono::year_month_day date{std::chrono::year{day.year},
                                         std::chrono::month{static_cast<unsigned>(day.month)},
                                         std::chrono::day{static_cast<unsigned>(day.day)}};
  if (!date.ok()) return std::nullopt;
  return UnixMillis{std::chrono::sys_days{date}.time_since_epoch() + std::chrono::seconds{seconds} -
                    std::chrono::minutes{zone}};
}

// The time in words[at], AM or PM and the zone behind it.
std::optional<UnixMillis> with_time(const Day& day, const Words& words, std::size_t at) {
  std::string_view time = words.at(at);
  std::optional<int> seconds;
  if (time.ends_with(':')) {  // "04:32: 58"
    time.remove_suffix(1);
    const auto rest = number(words.at(++at));
    seconds = time_of_day(time);
    if (!rest || !seconds || *rest > 60) return std::nullopt;
    *seconds += std::min(*rest, 59);
  } else {
    seconds = time_of_day(time);
  }
  if (!seconds) return std::nullopt;
  if (iequals(words.at(at + 1), "AM") || iequals(words.at(at + 1), "PM")) {
    const bool afternoon = iequals(words.at(++at), "PM");
    if (const int hour = *seconds / 3600; hour <= 12)
      *seconds = *seconds % 3600 + (hour % 12 + (afternoon ? 12 : 0)) * 3600;
  }
  const bool glued = time.find_first_of("+-") != std::string_view::npos;
  int zone = zone_minutes(glued ? time : words.at(at + 1));
  if (!glued && iequals(words.at(at + 2), "DST")) zone += 60;  // "MET DST"
  return moment(day, *seconds, zone);
}

// The date whose month is words[at].
std::optional<UnixMillis> date_around(const Words& words, std::size_t at, int month) {
  if (at > 0)
    if (const auto day = number(words.at(at - 1))) {
      const auto year = full_year(words.at(at + 1));
      if (!year) return std::nullopt;
      return with_time({*year, month, *day}, words, at + 2);
    }
  const auto day = number(words.at(at + 1));
  if (!day) return std::nullopt;
  // "Sep 11 2002 7:19:14"
  if (const auto year = full_year(words.at(at + 2)))
    return with_time({*year, month, *day}, words, at + 3);
  // asctime: month day time [zone] year [zone]
  const auto seconds = time_of_day(words.at(at + 2));
  if (!seconds) return std::nullopt;
  if (const auto year = full_year(words.at(at + 3)))
    return moment({*year, month, *day}, *seconds, zone_minutes(words.at(at + 4)));
  if (const auto year = full_year(words.at(at + 4)))
    return moment({*year, month, *day}, *seconds, zone_minutes(words.at(at + 3)));
  return std::nullopt;
}

// "2024-03-05", "2024/3/5", with signs for year, month and day behind the numbers, "26/07/2002":
// three numbers in one word; `rest` is what follows them ("T10:00:00Z").
std::optional<Day> numeric_day(std::string_view text, std::string_view& rest) {
  std::array<int, 3> part{};
  std::array<std::size_t, 3> digits{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at]) && at - begin < 5) ++at;
    digits[i] = at - begin;
    const auto value = number(text.substr(begin, digits[i]));
    if (!value) return std::nullopt;
    part[i] = *value;
    const std::size_t gap = at;
    while (at < text.size() && at - gap < 3 && is_8bit(text[at])) ++at;
    if (i == 2) break;
    if (at == gap && at < text.size() && (text[at] == '-' || text[at] == '/' || text[at] == '.'))
      ++at;
    if (at == gap) return std::nullopt;
  }
  rest = text.substr(at);
  if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) return Day{part[0], part[1], part[2]};
  if (digits[2] != 4 || digits[0] > 2 || digits[1] > 2) return std::nullopt;
  if (part[0] > 12) return Day{part[2], part[1], part[0]};
  if (part[1] > 12 || part[0] == part[1]) return Day{part[2], part[0], part[1]};
  return std::nullopt;
}

std::optional<UnixMillis> numeric_date(const Words& words, std::size_t at) {
  std::string_view rest;
  const auto day = numeric_day(words.at(at), rest);
  if (!day) return std::nullopt;
  if (rest.size() > 1 && (rest[0] == 'T' || rest[0] == 't')) {
    Words tail = words;
    tail.word[at] = rest.substr(1);
    return with_time(*day, tail, at);
  }
  if (!rest.empty()) return std::nullopt;
  // A word between them: the day of the week.
  if (const auto date = with_time(*day, words, at + 1)) return date;
  return with_time(*day, words, at + 2);
}

// "Tue, 05 Mar 2024 10:00:00 +0800 (CST)" exactly, as nearly all are; nullopt: read it word by
// word.
std::optional<UnixMillis> usual_date(std::string_view text) {
  std::size_t at = 0;
  const auto skip_blanks = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
  };
  skip_blanks();
  if (at + 4 < text.size() && is_alpha(text[at]) && text[at + 3] == ',') {
    at += 4;
    skip_blanks();
  }
  const std::size_t digits = at + 1 < text.size() && is_digit(text[at + 1]) ? 2 : 1;
  const std::string_view day = text.substr(std::min(at, text.size()), digits);
  const std::string_view rest = text.substr(std::min(at + digits, text.size()));
  // " Mar 2024 10:00:00 +0800"
  if (rest.size() < 24 || (rest.size() > 24 && !is_space(rest[24]))) return {};
  if (rest[0] != ' ' || rest[4] != ' ' || rest[9] != ' ' || rest[12] != ':' || rest[15] != ':' ||
      rest[18] != ' ' || (rest[19] != '+' && rest[19] != '-'))
    return {};
  const std::uint32_t key = key_of(rest.substr(1));
  int month = 0;
  for (std::size_t i = 0; i < 12 && month == 0; ++i)
    if (kMonths[i].key == key) month = kMonths[i].number;
  int wrong = month == 0 ? 1 : 0;
  const auto value = [&](std::string_view part) {
    int sum = 0;
    for (const char c : part) {
      wrong |= is_digit(c) ? 0 : 1;
      sum = sum * 10 + (c - '0');
    }
    return sum;
  };
  const Day date{value(rest.substr(5, 4)), month, value(day)};
  const int hours = value(rest.substr(10, 2));
  const int minutes = value(rest.substr(13, 2));
  const int seconds = value(rest.substr(16, 2));
  const int zone_hours = value(rest.substr(20, 2));
  const int zone_minutes = value(rest.substr(22, 2));
  if (wrong != 0 || date.year < 1000 || hours > 23 || minutes > 59 || seconds > 60 ||
      zone_hours > 15 || zone_minutes > 59)
    return {};
  const int zone = (rest[19] == '-' ? -1 : 1) * (zone_hours * 60 + zone_minutes);
  return moment(date, hours * 3600 + minutes * 60 + std::min(seconds, 59), zone);
}

}  // namespace

std::optional<UnixMillis> parse_date(std::string_view text) {
  if (const auto date = usual_date(text)) return date;
  const Words words = words_of(text.substr(0, kMaxOctets));
  // A word before the date may start like a month.
  for (std::size_t i = 0; i < words.count; ++i) {
    const std::string_view word = words.word[i];
    if (const auto month = month_of(word)) {
      if (const auto date = date_around(words, i, *month)) return date;
    } else if (word.size() >= 8 && is_digit(word[0])) {
      if (const auto date = numeric_date(words, i)) return date;
    }
  }
  return std::nullopt;
}

}  // namespace weir::mail
