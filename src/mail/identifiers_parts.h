// mail/identifiers_parts.h - the recognizers behind identifiers.h, one idea each.
//
// Each is called with the place of a hit and adds what it recognizes; it answers how far the text
// need not be looked at again (`at`: nothing of it). `floor` is the end of what was recognized
// before: scans to the left stop there. Bounded: at most some hundred octets are looked at for one
// call, whatever the text; the driver never calls one twice for the same octet.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "mail/identifiers.h"

namespace weir::mail {

struct IdentifierText {
  IdentifierCollector& out;
  std::string_view text;
  std::size_t floor = 0;

  void found(IdentifierKind kind, std::string value, std::size_t begin, std::size_t end) {
    out.add(kind, std::move(value), text, begin, end);
    floor = std::max(floor, end);
  }
};

// '@', U+FF20, "(at)", " at " and their kin at text[at].
[[nodiscard]] std::size_t mail_address_at(IdentifierText& in, std::size_t at);
// A digit in any form, or '+' before one: telephone numbers, cards, IBANs.
[[nodiscard]] std::size_t number_at(IdentifierText& in, std::size_t at);
// The first character of a word that names a service.
[[nodiscard]] std::size_t account_at(IdentifierText& in, std::size_t at);
// The words it knows, lower case; unused entries are empty.
[[nodiscard]] const std::array<std::string_view, 96>& account_words();
// Whether what ends at text[end] is the beginning of a mail address: "400-123-4567-@example.com".
[[nodiscard]] bool goes_on_as_mail(std::string_view text, std::size_t end);
// A run of ASCII letters and digits text[begin, end): addresses of money.
void token_at(IdentifierText& in, std::size_t begin, std::size_t end);

// Digits in any form from text[at] on, with what separates them.
struct Digits {
  static constexpr std::size_t kMax = 24;
  std::array<char, kMax> digit{};
  std::size_t count = 0;
  std::array<std::uint8_t, 16> group{};  // how many stand together
  std::array<char, 16> separator{};      // before each group: ' ', '-', '.', ')', '/'
  std::size_t groups = 0;
  bool odd = false;   // full-width, circled or spelled ones
  bool many = false;  // there are more in further groups
  std::size_t end = 0;
  [[nodiscard]] std::string_view view() const { return {digit.data(), count}; }
};
enum class Numerals { no, yes };
[[nodiscard]] Digits digits_at(std::string_view text, std::size_t at, Numerals numerals);

}  // namespace weir::mail
