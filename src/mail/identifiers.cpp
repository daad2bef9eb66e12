#include "mail/identifiers.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/identifiers_checks.h"
#include "mail/identifiers_parts.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMinToken = 26;  // the shortest address of money
constexpr std::size_t kMaxToken = 120;

constexpr std::array<std::string_view, static_cast<std::size_t>(IdentifierKind::kCount)> kNames = {
    "mail",     "phone",    "qq",       "qq_group", "wechat",  "line",
    "kakao",    "telegram", "whatsapp", "skype",    "bitcoin", "litecoin",
    "dogecoin", "tron",     "ethereum", "monero",   "iban",    "bank_card"};

// What may stand at a pair of octets, as bits: most pairs of ordinary text are none.
enum Start : std::uint8_t { kMail = 1, kNumber = 2, kAccount = 4 };

class Pairs {
 public:
  Pairs() {
    for (unsigned second = 0; second < 256; ++second) {
      for (char c = '0'; c <= '9'; ++c) set(c, second, kNumber);
      set('@', second, kMail);
    }
    for (char c = '0'; c <= '9'; ++c) set('+', static_cast<unsigned char>(c), kNumber);
    for (const char open : {'(', '[', '{', '<'})
      for (const char c : {'a', 'A', '@'}) set(open, static_cast<unsigned char>(c), kMail);
    for (const char c : {'a', 'A'}) set(' ', static_cast<unsigned char>(c), kMail);
    // Full-width signs, digits and letters; circled digits; U+4E00 and the like before a number.
    for (const std::string_view text :
         {"\uFF20", "\uFF10", "\u2460", "\u2776", "\u2780", "\u278A", "\u4E00", "\u58F9", "\u5E7A",
          "\U0001D7CE", "\u2488", "\u2474"})
      set(text[0], static_cast<unsigned char>(text[1]), kNumber);
    for (const std::string_view text : {"\uFF20", "\uFE6B", "\u827E", "\uFF08", "\u3010"})
      set(text[0], static_cast<unsigned char>(text[1]), kMail);
    for (const std::string_view word : account_words()) {
      if (word.empty()) continue;
      const auto second = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
      if (word.size() == 1 || word == "qq") {
        for (unsigned next = 0; next < 256; ++next) both_cases(word[0], next);
      } else {
        both_cases(word[0], second(1));
        if (is_alpha(word[1])) both_cases(word[0], second(1) & ~0x20U);
      }
    }
    for (const std::string_view wide : {"\uFF21", "\uFF41"})
      set(wide[0], static_cast<unsigned char>(wide[1]), kAccount);
  }
  [[nodiscard]] std::uint8_t at(const char* p) const {
    return bits_[static_cast<std::size_t>(static_cast<unsigned char>(p[0])) << 8 |
                 static_cast<unsigned char>(p[1])];
  }

 private:
  void set(char first, unsigned second, Start start) {
    bits_[static_cast<std::size_t>(static_cast<unsigned char>(first)) << 8 | second] |= start;
  }
  void both_cases(char first, unsigned second) {
    set(first, second, kAccount);
    if (is_alpha(first)) set(static_cast<char>(first & ~0x20), second, kAccount);
  }
  std::array<std::uint8_t, 65'536> bits_{};
};

const Pairs& pairs() {
  static const std::unique_ptr<const Pairs> table = std::make_unique<const Pairs>();
  return *table;
}

// Long runs of letters and digits: looking at every 26th octet meets each of them.
void find_tokens(IdentifierText& in) {
  const std::string_view text = in.text;
  for (std::size_t at = kMinToken - 1; at < text.size(); at += kMinToken) {
    if (!is_alnum(text[at])) continue;
    std::size_t begin = at;
    while (begin > 0 && at - begin < kMinToken && is_alnum(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_alnum(text[end])) ++end;
    if (end - begin >= kMinToken && end - begin <= kMaxToken) token_at(in, begin, end);
    if (end > at + kMinToken) at = end - 1;
  }
}

std::uint64_t key_of(IdentifierKind kind, std::string_view value) {
  return std::hash<std::string_view>{}(value) * 31 + static_cast<std::uint64_t>(kind);
}

// The commonest characters that share their first two octets with something of interest.
bool is_worth_it(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return !is_8bit(text[at]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  if (text[at] == '\xEF' && text[at + 1] == '\xBC')  // full-width: "(", digits, "@", letters
    return third == 0x88 || (third >= 0x90 && third <= 0x99) || third >= 0xA0;
  if (text[at] == '\xE4' && text[at + 1] == '\xB8') return third == 0x80;  // U+4E00
  return true;
}

bool starts_number(std::string_view text, std::size_t at) {
  if (!is_8bit(text[at])) return true;  // a digit, or '+' before one
  return is_digit(fold_beyond_ascii(text, at).c) || numeral_at(text, at).c == '1';
}

}  // namespace

std::string_view identifier_kind_name(IdentifierKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return index < kNames.size() ? kNames[index] : std::string_view();
}

void token_at(IdentifierText& in, std::size_t begin, std::size_t end) {
  std::string_view token = in.text.substr(begin, end - begin);
  const auto add = [&](IdentifierKind kind, std::string value) {
    in.found(kind, std::move(value), begin, end);
  };
  if (token.size() == 42 && token[0] == '0' && to_lower(token[1]) == 'x') {
    if (is_ethereum(token.substr(2))) add(IdentifierKind::ethereum, lower(token));
    return;
  }
  if (token.size() == 95 || token.size() == 106) {
    if (is_monero(token)) add(IdentifierKind::monero, std::string(token));
    return;
  }
  if (istarts_with(token, "bc1") || istarts_with(token, "ltc1")) {
    const std::string prefix = segwit_prefix(token);
    if (prefix == "bc") add(IdentifierKind::bitcoin, lower(token));
    if (prefix == "ltc") add(IdentifierKind::litecoin, lower(token));
    return;
  }
  if (token.size() > 35 || std::string_view("123DTLMA9").find(token[0]) == std::string_view::npos)
    return;
  const auto version = base58check_version(token);
  if (!version) return;
  switch (*version) {
    case 0x00:
    case 0x05: return add(IdentifierKind::bitcoin, std::string(token));
    case 0x30:
    case 0x32: return add(IdentifierKind::litecoin, std::string(token));
    case 0x1E:
    case 0x16: return add(IdentifierKind::dogecoin, std::string(token));
    case 0x41: return add(IdentifierKind::tron, std::string(token));
    default: return;
  }
}

void IdentifierCollector::add(IdentifierKind kind, std::string value, std::string_view text,
                              std::size_t begin, std::size_t end) {
  if (value.size() > kIdentifierOctetsMax) return;
  std::uint64_t key = key_of(kind, value);
  for (auto known = index_.find(key); known != index_.end(); known = index_.find(++key)) {
    Identifier& same = found_[known->second];
    if (same.kind != kind || same.value != value) continue;
    if (same.times < 0xFFFFFFFFU) ++same.times;
    return;
  }
  if (found_.size() >= limits_.count) {
    cut_ = true;
    return;
  }
  index_.emplace(key, found_.size());
  found_.push_back({kind, std::move(value),
                    std::string(utf8_prefix(text.substr(begin, end - begin), kIdentifierOctetsMax)),
                    begin, 1});
}

void IdentifierCollector::add_text(std::string_view text) {
  const std::size_t first = found_.size();
  IdentifierText in{*this, text, 0};
  const Pairs& starts = pairs();
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (!cut_) {
    const char* const p = text.data();
    while (at + 4 < size && (starts.at(p + at) | starts.at(p + at + 1) | starts.at(p + at + 2) |
                             starts.at(p + at + 3)) == 0)
      at += 4;
    while (at + 1 < size && starts.at(text.data() + at) == 0) ++at;
    if (at + 1 >= size) break;
    const std::uint8_t start = starts.at(text.data() + at);
    if (!is_worth_it(text, at)) {
      at += 3;
      continue;
    }
    std::size_t end = at;
    if ((start & kMail) != 0) end = mail_address_at(in, at);
    if (end == at && (start & kAccount) != 0 &&
        (at == 0 || is_8bit(text[at]) || !is_alnum(text[at - 1])))
      end = account_at(in, at);
    if (end == at && (start & kNumber) != 0 && starts_number(text, at)) end = number_at(in, at);
    at = end > at ? end : at + 1;
  }
  if (!cut_) find_tokens(in);
  // Tokens are found after the rest, and one identifier may begin inside another.
  const auto begin = found_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto by_offset = [](const Identifier& a, const Identifier& b) {
    return std::pair(a.offset, a.kind) < std::pair(b.offset, b.kind);
  };
  if (std::is_sorted(begin, found_.end(), by_offset)) return;
  std::sort(begin, found_.end(), by_offset);
  index_.clear();
  for (std::size_t i = 0; i < found_.size(); ++i) {
    std::uint64_t key = key_of(found_[i].kind, found_[i].value);
    while (!index_.emplace(key, i).second) ++key;
  }
}

std::vector<Identifier> find_identifiers(std::string_view utf8, IdentifierLimits limits) {
  IdentifierCollector collector(limits);
  collector.add_text(utf8);
  return collector.take();
}

}  // namespace weir::mail
