// Mail addresses, also with a disguised '@' and disguised dots, full-width letters, and local parts
// in other alphabets (RFC 6531). A host counts if its top-level domain is in the Public Suffix
// List.
#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/identifiers_parts.h"
#include "mail/links_names.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxPath = 256;  // looked at to the left

// The '@' at text[at]: its length with the blanks around it, and whether it must be followed by a
// disguised dot because the words alone are everyday ones.
struct At {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool spoken = false;
  bool disguised = false;
};

std::size_t bracketed_at(std::string_view text, std::size_t at) {
  const char open = text[at];
  const char close = open == '('   ? ')'
                     : open == '[' ? ']'
                     : open == '{' ? '}'
                     : open == '<' ? '>'
                                   : '\0';
  if (close == '\0') {
    for (const std::string_view whole :
         {"\uFF08at\uFF09", "\u3010at\u3011", "\uFF08@\uFF09", "\u3010@\u3011"})
      if (istarts_with(text.substr(at), whole)) return whole.size();
    return 0;
  }
  for (const std::string_view inner : {"at", "@", "a"})
    if (istarts_with(text.substr(at + 1), inner) &&
        text.substr(at + 1 + inner.size(), 1).starts_with(close))
      return inner.size() + 2;
  return 0;
}

At sign_at(std::string_view text, std::size_t at) {
  if (text[at] == '@') {
    // "a @ b.com" is written by those who hide; "a@b.com" by all.
    const bool blanks = at > 1 && text[at - 1] == ' ' && at + 2 < text.size() &&
                        text[at + 1] == ' ' && is_alnum(text[at - 2]) && is_alnum(text[at + 2]);
    return blanks ? At{at - 1, at + 2, true, true} : At{at, at + 1, false, false};
  }
  if (is_8bit(text[at])) {
    for (const std::string_view sign : {"\uFF20", "\uFE6B", "\u827E\u7279"})
      if (text.substr(at).starts_with(sign)) return {at, at + sign.size(), false, true};
  }
  if (const std::size_t octets = bracketed_at(text, at); octets > 0) {
    const std::size_t begin = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
    const std::size_t end = at + octets;
    return {begin, end < text.size() && text[end] == ' ' ? end + 1 : end, false, true};
  }
  if (text[at] == ' ' && istarts_with(text.substr(at + 1), "at ")) return {at, at + 4, true, true};
  return {};
}

// Of RFC 5322's atext those that text around an address hardly ever ends in: of "to=a/b*c@..." only
// c is taken.
bool is_local(char c) {
  return is_alnum(c) || std::string_view(".!#$%&'+-_~").find(c) != std::string_view::npos;
}

// Where the local part begins that ends at `end`; == end: there is none.
std::size_t local_begin(std::string_view text, std::size_t end, std::size_t floor) {
  std::size_t begin = end;
  while (begin > floor && end - begin < 3 * kMaxLocal) {
    const std::size_t before = code_point_before(text, begin);
    if (before < floor) break;
    const Folded f = fold_at(text, before);
    if (f.octets != begin - before) break;
    if (f.c == '\0') {
      std::size_t next = before;
      if (!is_spaced_letter(next_code_point(text, next))) break;
    } else if (!is_local(f.c)) {
      break;
    }
    begin = before;
  }
  if (begin == end && end > floor) {
    // Letters of a writing without blanks are a local part only if they stand alone.
    std::size_t letters = end;
    while (letters > floor && end - letters < kMaxLocal && is_8bit(text[letters - 1]))
      letters = code_point_before(text, letters);
    const bool alone = letters == 0 || is_space(text[letters - 1]) || text[letters - 1] == '<' ||
                       text[letters - 1] == ':';
    if (alone && letters < end) {
      for (std::size_t i = letters; i < end;) {
        const char32_t c = next_code_point(text, i);
        if (c < 0x3040 || (c >= 0xFE00 && c < 0x20000)) return end;  // signs, not letters
      }
      return letters;
    }
  }
  // Quotes, full stops and the like stand before it.
  while (begin < end && !is_alnum(text[begin]) && !is_8bit(text[begin]) && text[begin] != '_')
    ++begin;
  return begin;
}

// Whether text[begin] stands in the path of a URL: what looks like an address there is the name of
// a page, as in archives of mailing lists, or the user of a host.
bool is_in_path(std::string_view text, std::size_t begin) {
  if (begin == 0 || text[begin - 1] != '/') return false;
  const std::size_t limit = begin > kMaxPath ? begin - kMaxPath : 0;
  for (std::size_t i = begin - 1; i > limit && !is_space(text[i]) && !is_8bit(text[i]); --i) {
    if (text[i] == '?' || text[i] == '#') return false;
    if (text[i - 1] == ':' && text.substr(i).starts_with("//"))
      return i < 7 || !iequals(text.substr(i - 7, 7), "mailto:");
  }
  return false;
}

}  // namespace

bool goes_on_as_mail(std::string_view text, std::size_t end) {
  const std::size_t limit = std::min(text.size(), end + kMaxLocal);
  while (end < limit && is_local(text[end])) ++end;
  return end + 1 < limit && text[end] == '@' && (is_alnum(text[end + 1]) || is_8bit(text[end + 1]));
}

std::size_t mail_address_at(IdentifierText& in, std::size_t at) {
  const std::string_view text = in.text;
  const At sign = sign_at(text, at);
  if (sign.end == 0 || sign.end >= text.size() || sign.begin <= in.floor) return at;
  const std::size_t begin = local_begin(text, sign.begin, in.floor);
  if (begin == sign.begin || (text[at] == '@' && is_in_path(text, begin))) return at;
  const NameText name = bare_name(text, sign.end, sign.disguised ? Dot::worded : Dot::plain);
  if (name.labels < 2 || (sign.spoken && name.dots < Dot::bracketed && text[at] != '@')) return at;
  const std::string_view written = name.plain.empty() ? text.substr(sign.end, name.end - sign.end)
                                                      : std::string_view(name.plain);
  const std::size_t dot = written.rfind('.');
  if (dot + 2 >= written.size()) return at;
  const auto host = canonical_host(written);
  if (!host || host->literal || !in.out.domains().of(host->name).listed)
    return std::max(at, name.end);
  std::string value;
  for (std::size_t i = begin; i < sign.begin;) {
    const Folded f = fold_at(text, i);
    if (f.c == '\0')
      value += text.substr(i, f.octets);
    else if (f.c != kInvisible)
      value.push_back(to_lower(f.c));
    i += f.octets;
  }
  while (value.ends_with('.')) value.pop_back();
  if (value.empty() || value.size() > kMaxLocal) return std::max(at, name.end);
  // The local part of an address at QQ is its owner's number.
  if (host->name == "qq.com" && value.size() >= 5 && value.size() <= 11 && value[0] != '0' &&
      std::all_of(value.begin(), value.end(), is_digit))
    in.found(IdentifierKind::qq, value, begin, sign.begin);
  value += '@';
  value += host->name;
  in.found(IdentifierKind::mail, std::move(value), begin, name.end);
  return name.end;
}

}  // namespace weir::mail
