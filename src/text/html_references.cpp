#include "text/html_references.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/utf8.h"

namespace weir::text {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;  // UTF-8, in Names::texts
  bool without_semicolon = false;
};

std::size_t hash_of(std::string_view name) {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash ^ hash >> 15;
}

char32_t hex_number(std::string_view digits) {
  char32_t number = 0;
  for (const char c : digits)
    number = number * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : c - 'A' + 10);
  return number;
}

// The table, by open addressing.
class Names {
 public:
  Names() {
    texts_.reserve(kReferenceNames.size());  // more than enough: views into it stay valid
    rows_.reserve(2'200);
    std::string_view left = kReferenceNames;
    while (!left.empty()) {
      const std::size_t name_end = left.find_first_of(" *");
      const std::size_t end = std::min(left.find(' ', name_end + 1), left.size());
      const std::string_view points = left.substr(name_end + 1, end - name_end - 1);
      const std::size_t plus = std::min(points.find('+'), points.size());
      const std::size_t begin = texts_.size();
      append_utf8(texts_, hex_number(points.substr(0, plus)));
      if (plus < points.size()) append_utf8(texts_, hex_number(points.substr(plus + 1)));
      add({.name = left.substr(0, name_end),
           .text = std::string_view(texts_).substr(begin),
           .without_semicolon = left[name_end] == '*'});
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }

  [[nodiscard]] const Row* find(std::string_view name) const {
    for (std::size_t slot = hash_of(name) % kSlots; slots_[slot] != 0; slot = (slot + 1) % kSlots)
      if (rows_[slots_[slot] - 1U].name == name) return &rows_[slots_[slot] - 1U];
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlots = 8'192;
  void add(const Row& row) {
    rows_.push_back(row);
    std::size_t slot = hash_of(row.name) % kSlots;
    while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
    slots_[slot] = static_cast<std::uint16_t>(rows_.size());
  }
  std::string texts_;
  std::vector<Row> rows_;
  std::array<std::uint16_t, kSlots> slots_{};
};

const Row* find_name(std::string_view name) {
  static const Names names;
  return names.find(name);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

constexpr char16_t kWindows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

char32_t meant(std::uint32_t number) {
  if (number >= 0x80 && number <= 0x9F) return kWindows1252[number - 0x80];
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))
    return kReplacement;
  return number;
}

// The length of the numeric reference at the start of raw ("&#..."), 0 if there is none.
std::size_t append_numeric(std::string& out, std::string_view raw) {
  const bool hex = raw.size() > 2 && (raw[2] == 'x' || raw[2] == 'X');
  const std::size_t begin = hex ? 3 : 2;
  std::size_t at = begin;
  std::uint32_t number = 0;
  for (; at < raw.size(); ++at) {
    const int value = hex ? hex_value(raw[at]) : is_digit(raw[at]) ? raw[at] - '0' : -1;
    if (value < 0) break;
    number = std::min(number * (hex ? 16U : 10U) + static_cast<std::uint32_t>(value), 0x110000U);
  }
  if (at == begin) return 0;
  append_utf8(out, meant(number));
  return at < raw.size() && raw[at] == ';' ? at + 1 : at;
}

std::size_t append_named(std::string& out, std::string_view raw, Place place, std::size_t& steps) {
  if (raw.starts_with("&nbsp;")) {  // nine of ten
    out.append("\xC2\xA0");
    return 6;
  }
  std::size_t end = 1;
  while (end < raw.size() && end < kReferenceOctetsMax && is_alphanumeric(raw[end])) ++end;
  steps += end;
  if (end < raw.size() && raw[end] == ';') {
    if (const Row* row = find_name(raw.substr(1, end - 1))) {
      out.append(row->text);
      return end + 1;
    }
  }
  constexpr std::size_t kLongestWithoutSemicolon = 6;  // frac14, iquest, Agrave
  for (std::size_t size = std::min(end - 1, kLongestWithoutSemicolon); size >= 2; --size) {
    const Row* row = find_name(raw.substr(1, size));
    if (row == nullptr || !row->without_semicolon) continue;
    const char next = size + 1 < raw.size() ? raw[size + 1] : '\0';
    if (place == Place::attribute && (next == '=' || is_alphanumeric(next))) return 0;
    out.append(row->text);
    return size + 1;
  }
  return 0;
}

}  // namespace

void append_dereferenced(std::string& out, std::string_view raw, Place place, std::size_t& steps) {
  steps += raw.size();
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('&'), raw.size());
    out.append(raw.substr(0, plain));
    raw.remove_prefix(plain);
    if (raw.empty()) return;
    const std::size_t used = raw.size() > 1 && raw[1] == '#' ? append_numeric(out, raw)
                                                             : append_named(out, raw, place, steps);
    if (used == 0) out.push_back('&');
    raw.remove_prefix(std::max<std::size_t>(1, used));
  }
}

std::string_view dereferenced(std::string_view raw, Place place, std::string& scratch,
                              std::size_t& steps) {
  if (raw.find('&') == std::string_view::npos) return raw;
  scratch.clear();
  append_dereferenced(scratch, raw, place, steps);
  return scratch;
}

}  // namespace weir::text
