// Numbers that people call or pay to. Telephone numbers are told by their groups and separators,
// by a country's prefix, or by a word before them; a bare run of digits only where its first three
// digits say that it is a Chinese mobile number.
#include <algorithm>

#include "base/ascii.h"
#include "mail/folded.h"
#include "mail/identifiers_checks.h"
#include "mail/identifiers_parts.h"

namespace weir::mail {
namespace {

constexpr std::size_t kBefore = 24;  // octets in which a word may stand that announces a number

// Country calling codes (ITU-T E.164): of one digit 1 and 7, of two these, all others of three.
constexpr std::array<std::uint8_t, 45> kTwoDigits = {
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55,
    56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 99};

bool has_country_code(std::string_view digits) {
  if (digits.size() < 9 || digits.size() > 15 || digits[0] == '0') return false;
  if (digits[0] == '1') return digits.size() == 11 && digits[1] >= '2';
  if (digits[0] == '7') return digits.size() == 11;
  const int two = (digits[0] - '0') * 10 + digits[1] - '0';
  if (std::find(kTwoDigits.begin(), kTwoDigits.end(), two) != kTwoDigits.end()) return true;
  return two == 21 || two == 22 || two == 23 || two == 24 || two == 25 || two == 26 || two == 29 ||
         two == 35 || two == 37 || two == 38 || two == 42 || two == 50 || two == 59 || two == 67 ||
         two == 68 || two == 69 || two == 85 || two == 88 || two == 96 || two == 97;
}

bool is_cn_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

bool is_nanp(std::string_view digits) {
  return digits.size() == 10 && digits[0] >= '2' && digits[3] >= '2' &&
         digits.substr(1, 2) != "11" && digits.substr(4, 2) != "11" &&
         digits.substr(0, 3) != digits.substr(3, 3);
}

// A word that announces a telephone number, and nothing but signs and blanks behind it.
bool is_announced(std::string_view text, std::size_t at,
                  std::initializer_list<std::string_view> words) {
  std::size_t begin = at > kBefore ? at - kBefore : 0;
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  std::string_view before = text.substr(begin, at - begin);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view filler : {" ",
                                          "\t",
                                          ":",
                                          "\uFF1A",
                                          ".",
                                          "-",
                                          "#",
                                          "(",
                                          "\uFF08",
                                          "=",
                                          "\u3000",
                                          "\u53F7\u7801",
                                          "\u53F7",
                                          "\u865F\u78BC",
                                          "\u756A\u53F7",
                                          "\u8F6C",
                                          "no",
                                          "number",
                                          "\xC2\xA0",
                                          "+",
                                          "*",
                                          "\u662F",
                                          "\u4E3A",
                                          "\u70BA",
                                          "\uBC88\uD638"})
      if (before.size() >= filler.size() &&
          iequals(before.substr(before.size() - filler.size()), filler)) {
        before.remove_suffix(filler.size());
        again = true;
      }
  }
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (before.size() < word.size() || !iequals(before.substr(before.size() - word.size()), word))
      return false;
    // "hotel" does not announce one.
    return is_8bit(word[0]) || before.size() == word.size() ||
           !is_alnum(before[before.size() - word.size() - 1]);
  });
}

bool is_phone_announced(std::string_view text, std::size_t at) {
  return is_announced(text, at,
                      {"tel",
                       "telephone",
                       "phone",
                       "fax",
                       "mobile",
                       "mob",
                       "cell",
                       "hotline",
                       "call us at",
                       "call",
                       "sms",
                       "t",
                       "m",
                       "\u7535\u8BDD",
                       "\u96FB\u8A71",
                       "\u624B\u673A",
                       "\u624B\u6A5F",
                       "\u4F20\u771F",
                       "\u50B3\u771F",
                       "\u70ED\u7EBF",
                       "\u71B1\u7DDA",
                       "\u8054\u7CFB",
                       "\u806F\u7D61",
                       "\u81F4\u7535",
                       "\u4E13\u7EBF",
                       "\u5C0F\u7075\u901A",
                       "\u79FB\u52A8",
                       "\u643A\u5E2F",
                       "\u643A\u5E2F\u96FB\u8A71",
                       "\uC804\uD654",
                       "\uC5F0\uB77D\uCC98",
                       "\uD734\uB300\uD3F0",
                       "\uD578\uB4DC\uD3F0",
                       "\uBB38\uC758",
                       "\u260E",
                       "\u260F",
                       "\u2706",
                       "\u2121",
                       "\U0001F4DE",
                       "\U0001F4F1",
                       "\uFE0F"});
}

bool is_card_announced(std::string_view text, std::size_t at) {
  return is_announced(
      text, at,
      {"card", "account", "a/c", "\u5361", "\u8D26", "\u5E10", "\u5E33", "\u6236", "\u6237",
       "\uACC4\uC88C", "\uCE74\uB4DC", "\u53E3\u5EA7", "\u884C", "visa", "mastercard"});
}

bool has_hangul_near(std::string_view text, std::size_t at, std::size_t end) {
  const std::size_t begin = at > kBefore ? at - kBefore : 0;
  const auto in = [&](std::string_view part) {
    return std::any_of(part.begin(), part.end(),
                       [](char c) { return c == '\xEA' || c == '\xEB' || c == '\xEC'; });
  };
  return in(text.substr(begin, at - begin)) || in(text.substr(end, kBefore));
}

// Groups as a number, 3-4-4 is 344; 0 if there are more than five or one is longer than nine.
unsigned shape_of(const Digits& d) {
  if (d.groups > 5) return 0;
  unsigned shape = 0;
  for (std::size_t i = 0; i < d.groups; ++i) {
    if (d.group[i] > 9) return 0;
    shape = shape * 10 + d.group[i];
  }
  return shape;
}

bool is_issuer(std::string_view digits) {
  const int two = (digits[0] - '0') * 10 + digits[1] - '0';
  return digits[0] == '4' || (two >= 51 && two <= 55) || two == 62 || two == 35 || two == 65 ||
         (two >= 22 && two <= 27) || digits.starts_with("6011");
}

bool is_card(std::string_view text, std::size_t at, const Digits& d) {
  if (d.count < 15 || d.count > 19 || !passes_luhn(d.view())) return false;
  const std::string_view all = d.view();
  if (std::all_of(all.begin(), all.end(), [&](char c) { return c == all[0]; })) return false;
  const unsigned shape = shape_of(d);
  if (shape == 4444 && is_issuer(all)) return true;
  if (shape == 465 && (all.starts_with("34") || all.starts_with("37"))) return true;
  if (d.count == 19 && d.groups == 1 && all.starts_with("62")) return true;
  return d.count >= 16 && is_card_announced(text, at);
}

// What the number is by itself, or empty: the canonical telephone number.
std::string national(std::string_view text, std::size_t at, const Digits& d) {
  const std::string_view all = d.view();
  const unsigned shape = shape_of(d);
  const char separator = d.groups > 1 ? d.separator[1] : '\0';
  const bool dashed = separator == '-' || separator == ')' || separator == '.';
  if (is_cn_mobile(all)) {
    const bool apart =
        std::all_of(d.group.begin(), d.group.begin() + static_cast<std::ptrdiff_t>(d.groups),
                    [](std::uint8_t size) { return size == 1; });
    if (d.groups == 1 || shape == 344 || shape == 38 || shape == 74 || shape == 443 ||
        shape == 434 || shape == 335 || apart || d.odd)
      return "+86" + std::string(all);
  }
  if (d.count == 13 && all.starts_with("86") && is_cn_mobile(all.substr(2)) &&
      (d.groups > 1 || d.odd))
    return "+" + std::string(all);
  if (d.count == 10 && all.starts_with("400") && (shape == 334 || shape == 343 || shape == 433))
    return std::string(all);
  if (all[0] >= '2' && shape == 334 && dashed && is_nanp(all)) return "+1" + std::string(all);
  if (all[0] == '1' && shape == 1334 && is_nanp(all.substr(1))) return "+" + std::string(all);
  if (shape == 44 && separator == '-' && all[0] == '1' &&
      (all[1] == '5' || all[1] == '6' || all[1] == '8') && has_hangul_near(text, at, d.end))
    return std::string(all);
  if (all[0] != '0' || d.count < 9 || all[1] == '0' || !dashed) return {};
  switch (shape) {
    case 344:
      // A Korean mobile number, or Beijing's.
      return all.starts_with("010") && has_hangul_near(text, at, d.end)
                 ? "+82" + std::string(all.substr(1))
                 : std::string(all);
    case 334:
    case 433:
    case 424:
    case 444:
    case 38:
    case 37:
    case 48:
    case 47: return std::string(all);
    case 234:
      if (all[1] != '2') return {};
      [[fallthrough]];
    case 244: return all[1] >= '2' && all[1] <= '8' ? std::string(all) : std::string();
    default: return {};
  }
}

// "DE89 3704 ...": text[at] is the first digit behind the country's two letters.
std::size_t iban_at(IdentifierText& in, std::size_t at) {
  const std::string_view text = in.text;
  if (at < in.floor + 2 || at + 1 >= text.size() || !is_digit(text[at + 1])) return at;
  const std::size_t begin = at - 2;
  if (begin > 0 && is_alnum(text[begin - 1])) return at;
  const std::size_t length = iban_length(text.substr(begin, 2));
  if (length == 0) return at;
  std::string value;
  std::size_t i = begin;
  while (i < text.size() && value.size() < length) {
    const bool blank = (text[i] == ' ' || text[i] == '-') && value.size() % 4 == 0 && i > begin &&
                       is_alnum(text[i - 1]);
    if (!blank && !is_alnum(text[i])) return at;
    if (!blank)
      value.push_back(text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 32) : text[i]);
    ++i;
  }
  if ((i < text.size() && is_alnum(text[i])) || !is_iban(value)) return at;
  in.found(IdentifierKind::iban, std::move(value), begin, i);
  return i;
}

}  // namespace

Digits digits_at(std::string_view text, std::size_t at, Numerals numerals) {
  Digits out;
  const auto digit_at = [&](std::size_t i) -> Folded {
    if (i >= text.size()) return {};
    Folded f = fold_at(text, i);
    if (f.c == '\0' && numerals == Numerals::yes) f = numeral_at(text, i);
    return f;
  };
  std::size_t i = at;
  char separator = '\0';
  bool fresh = true;
  while (out.count < Digits::kMax) {
    const Folded f = digit_at(i);
    if (is_digit(f.c)) {
      if (fresh) {
        if (out.groups == out.group.size()) return out;
        out.separator[out.groups++] = separator;
        fresh = false;
      }
      ++out.group[out.groups - 1];
      out.digit[out.count++] = f.c;
      out.odd |= f.octets > 1;
      i += f.octets;
      out.end = i;
      continue;
    }
    // At most three octets of blanks and signs before the next digit.
    std::size_t next = i;
    separator = '\0';
    for (int n = 0; n < 3 && next < text.size(); ++n) {
      const Folded s = fold_at(text, next);
      if (s.c == kInvisible) {
        next += s.octets;
        continue;
      }
      if (s.c == ' ' || s.c == '-' || s.c == '.' || s.c == ')' || s.c == '(' || s.c == '*' ||
          s.c == '_') {
        if (text[next] == '\n' || text[next] == '\r') break;
        if (separator == '\0' || separator == ' ')
          separator = s.c == '(' ? ')' : s.c;
        else if (s.c != ' ' && s.c != '-' && s.c != '(')
          return out;
        next += s.octets;
        continue;
      }
      break;
    }
    if (next == i || !is_digit(digit_at(next).c)) return out;
    i = next;
    fresh = true;
  }
  // More digits than any number has.
  if (is_digit(digit_at(i).c)) {
    out.many = out.groups > 1;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (!out.many) out.count = 0;
    out.end = i;
  }
  return out;
}

// Several telephone numbers with one blank between them are read as one row of groups: cut behind
// the first. Each has signs of its own, or is a Chinese mobile number in one piece.
void cut_behind_first(Digits& d, std::string_view text, std::size_t first) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < d.groups; ++i) {
    count += d.group[i - 1];
    if (d.separator[i] != ' ') continue;
    const bool signs = i > 1 && i + 1 < d.groups && d.separator[i + 1] != ' ' && count >= 8 &&
                       d.count - count >= 8;
    const bool mobile = i == 1 && is_cn_mobile(d.view().substr(0, count)) && d.group[1] == 11;
    if (!signs && !mobile) return;
    d.groups = i;
    d.count = count;
    d.many = false;
    for (d.end = first; count > 0;) {
      const Folded f = fold_at(text, d.end);
      count -= is_digit(f.c) ? 1 : 0;
      d.end += f.octets;
    }
    return;
  }
}

std::size_t number_at(IdentifierText& in, std::size_t at) {
  const std::string_view text = in.text;
  const bool plus = text[at] == '+';
  const std::size_t first = plus ? at + 1 : at;
  if (plus && (first >= text.size() || !is_digit(text[first]))) return at;
  if (!plus && at >= 2 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && text[at - 2] >= 'A' &&
      text[at - 2] <= 'Z') {
    if (const std::size_t end = iban_at(in, at); end > at) return end;
  }
  Digits d = digits_at(text, first, Numerals::no);
  const std::size_t plain_end = std::max(d.end, at);
  if (d.count >= 16 && !plus) cut_behind_first(d, text, first);
  if (d.many) d.count = 0;
  if ((d.count < 11 && d.end < text.size() && is_8bit(text[d.end]) && text[first] == '1') ||
      d.count == 0) {
    const Digits spelled = digits_at(text, first, Numerals::yes);
    if (is_cn_mobile(spelled.view())) d = spelled;
  }
  if (d.count < 7) return std::max(plain_end, at);
  const std::size_t end = d.end;

  // What stands on both sides: letters, paths and decimals make it something else.
  std::size_t begin = at;
  if (begin > in.floor && text[begin - 1] == '(') --begin;
  const Folded before = begin > 0 ? fold_at(text, code_point_before(text, begin)) : Folded{' ', 1};
  const Folded after = end < text.size() ? fold_at(text, end) : Folded{' ', 1};
  const bool loose =
      before.c == '\0' ||
      std::string_view(" :;,(<[{\"'|*\t\r\n>~!?+").find(before.c) != std::string_view::npos ||
      before.c == kInvisible;
  const bool number_before =
      begin > 1 && (before.c == ',' || before.c == ':') && is_digit(text[begin - 2]);
  const bool ends = !is_alnum(after.c) && after.c != '_' && after.c != '@' && after.c != '%' &&
                    after.c != '=' && after.c != '/' && after.c != '&' &&
                    !((after.c == '.' || after.c == ':' || after.c == ',' || after.c == '-') &&
                      end + 1 < text.size() && is_digit(text[end + 1]));
  if (!ends || goes_on_as_mail(text, end)) return end;

  if (plus) {
    std::string value(d.view());
    // "+44 (0)20": the zero is dialled at home only.
    if (d.groups > 2 && d.group[1] == 1 && d.digit[d.group[0]] == '0' && d.separator[1] == ')')
      value.erase(d.group[0], 1);
    if (loose && has_country_code(value)) in.found(IdentifierKind::phone, "+" + value, at, end);
    return end;
  }
  // "010-12345678-801": the last group is an extension.
  if (d.groups > 1 && d.group[d.groups - 2] >= 7 && d.group[d.groups - 1] <= 5 &&
      !is_cn_mobile(d.view()))
    d.count -= d.group[--d.groups];
  const bool announced = is_phone_announced(text, begin);
  if (!announced && (!loose || number_before)) return end;
  if (d.count >= 15 && !d.view().starts_with("00")) {
    if (is_card(text, begin, d))
      in.found(IdentifierKind::bank_card, std::string(d.view()), at, end);
    return end;
  }
  std::string value;
  if (d.view().starts_with("00") && has_country_code(d.view().substr(2)) &&
      (announced || d.groups > 1 ||
       is_cn_mobile(d.view().substr(std::min<std::size_t>(d.count, 4)))))
    value = "+" + std::string(d.view().substr(2));
  else
    value = national(text, begin, d);
  if (value.empty() && announced && d.count <= 13 && d.groups <= 4)
    value = is_nanp(d.view()) ? "+1" + std::string(d.view()) : std::string(d.view());
  if (!value.empty()) in.found(IdentifierKind::phone, std::move(value), begin, end);
  return end;
}

}  // namespace weir::mail
