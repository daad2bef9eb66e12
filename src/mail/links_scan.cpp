#include "mail/links_scan.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/links_tables.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxScheme = 12;
constexpr std::size_t kMaxPath = 8'192;     // of one URL in text; what follows is left out
constexpr std::size_t kMaxBrokenLines = 8;  // that one URL is put together from
constexpr std::size_t kSoftBreakFrom = 70;  // quoted-printable breaks its lines near 76

// Octets at which a link can be recognized; one table look-up per octet of text. The leads of
// U+3002, U+FF0E, U+70B9 and U+9EDE are among them.
constexpr std::array<bool, 256> kStarts = [] {
  std::array<bool, 256> table{};
  for (const char c : {':', '.', '[', '(', '{', '<', 'd', 'D', '\xE3', '\xEF', '\xE7', '\xE9'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool ends_authority(char c) { return c == '/' || c == '?' || c == '#' || c == '\\'; }

// Where a URL ends at once: blanks, quotes, brackets that no URL has.
bool ends_url(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= 32 || u == 127 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' ||
         c == '|' || c == '^' || c == '`';
}

// "/", "\" and their full-width forms.
std::size_t slash_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '/' || text[at] == '\\') return 1;
  if (text[at] != '\xEF') return 0;
  const char c = fold_at(text, at).c;
  return c == '/' || c == '\\' ? 3 : 0;
}

struct Slashes {
  std::size_t count = 0;
  std::size_t octets = 0;
  bool odd = false;  // backward or full-width ones
};
Slashes slashes_at(std::string_view text, std::size_t at) {
  Slashes out;
  while (const std::size_t octets = slash_length(text, at + out.octets)) {
    out.odd |= text[at + out.octets] != '/';
    out.octets += octets;
    ++out.count;
  }
  return out;
}

// "user:password@" before the host in running text; 0 if there is none.
std::size_t userinfo_length(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMaxHostText);
  std::size_t found = 0;
  for (std::size_t i = at;
       i < limit && !ends_url(text[i]) && !is_8bit(text[i]) && !ends_authority(text[i]); ++i)
    if (text[i] == '@') found = i + 1 - at;
  return found;
}

bool is_top_level_shape(std::string_view label) {
  if (label.size() < 2 || label.size() > 24) return false;
  return std::all_of(label.begin(), label.end(), is_alpha) || istarts_with(label, "xn--");
}

// "www. example. com": what stands behind ". " may belong to a name.
bool may_go_on_behind_blank(std::string_view text, std::size_t dot) {
  if (dot >= 3 && iequals(text.substr(dot - 3, 3), "www")) return true;
  std::size_t end = dot + 2;
  while (end < text.size() && end - dot < 10 && text[end] >= 'a' && text[end] <= 'z') ++end;
  return end > dot + 2 &&
         top_level_kind(text.substr(dot + 2, end - dot - 2)) == TopLevelKind::strong;
}

}  // namespace

std::size_t path_end(std::string_view text, std::size_t begin, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMaxPath);
  std::size_t end = at;
  while (end < limit) {
    const char c = text[end];
    if (!is_8bit(c)) {
      if (ends_url(c)) break;
      if (c == '&') {
        // Markup that was shown as text.
        const std::string_view rest = text.substr(end, 6);
        if (istarts_with(rest, "&gt;") || istarts_with(rest, "&lt;") ||
            istarts_with(rest, "&quot;") || istarts_with(rest, "&nbsp;"))
          break;
      }
      ++end;
      continue;
    }
    std::size_t next = end;
    if (!is_spaced_letter(next_code_point(text, next)) || next > limit) break;
    end = next;
  }
  int round = 0;
  int square = 0;
  for (const char c : text.substr(begin, end - begin)) {
    round += c == ')' ? 1 : c == '(' ? -1 : 0;
    square += c == ']' ? 1 : c == '[' ? -1 : 0;
  }
  while (end > at) {
    const char c = text[end - 1];
    if (c == ')' && round-- <= 0) break;
    if (c == ']' && square-- <= 0) break;
    if (std::string_view(".,;:!?\'*_])").find(c) == std::string_view::npos) break;
    --end;
  }
  return end;
}

bool is_odd_port(std::string_view scheme, std::string_view digits) {
  while (digits.starts_with('0')) digits.remove_prefix(1);
  if (digits.empty()) return false;
  if (scheme.empty()) return digits != "80" && digits != "443";
  const bool secure = to_lower(scheme.back()) == 's';
  if (to_lower(scheme.front()) == 'f') return digits != (secure ? "990" : "21");
  return digits != (secure ? "443" : "80");
}

std::optional<TextLink> LinkScanner::next() {
  while (true) {
    while (at_ < text_.size() && !kStarts[static_cast<unsigned char>(text_[at_])]) ++at_;
    if (at_ >= text_.size()) return std::nullopt;
    const std::size_t hit = at_++;
    TextLink link;
    bool found = false;
    switch (text_[hit]) {
      case ':':
        // "To: x", "10:30 " and the like: what follows tells most of them at once.
        if (hit + 2 < text_.size() && !is_space(text_[hit + 1])
                ? text_[hit + 1] != ':'
                : text_.substr(hit + 1, 1) == " " && slash_length(text_, hit + 2) > 0)
          found = scheme_at(hit, 1, link);
        break;
      case '.': {
        if (hit == done_ || hit + 1 >= text_.size()) break;
        const char before = text_[hit - 1];
        const char after = text_[hit + 1];
        if (is_alnum(before) && is_alnum(after)) {
          const std::size_t run = skip_plain_run(hit);
          if (run > hit) {
            at_ = run;  // a number, a file name, an abbreviation
            break;
          }
        }
        if ((is_alnum(before) || is_8bit(before) || before == '-' || before == '_') &&
            (is_alnum(after) || is_8bit(after) || after == '-' || after == '_'))
          found = name_at(hit, Dot::plain, link);
        else if (before == ' ' && hit >= done_ + 2 && is_alnum(text_[hit - 2]) &&
                 (after == ' ' || is_alpha(after)))
          found = name_at(hit - 1, Dot::spaced, link);
        else if (after == ' ' && is_alnum(before) && may_go_on_behind_blank(text_, hit))
          found = name_at(hit, Dot::spaced, link);
        break;
      }
      case 'd':
      case 'D':
        if (hit >= done_ + 2 && text_[hit - 1] == ' ' && istarts_with(text_.substr(hit), "dot "))
          found = name_at(hit - 1, Dot::worded, link);
        break;
      case '\xE7':
      case '\xE9':
        if (hit > done_ && (is_alnum(text_[hit - 1]) || text_[hit - 1] == ' ') &&
            dot_at(text_, hit, Dot::worded).octets > 0)
          found = name_at(hit, Dot::worded, link);
        break;
      case '\xEF':
        if (text_.substr(hit, 3) == "\uFF1A") {
          found = scheme_at(hit, 3, link);
          break;
        }
        [[fallthrough]];
      default: {
        if (hit == done_) break;
        if (text_.substr(hit, 5) == "[:]//") {
          found = scheme_at(hit, 3, link);
          break;
        }
        const std::size_t dot = hit > done_ + 1 && text_[hit - 1] == ' ' ? hit - 1 : hit;
        const DotToken token = dot_at(text_, dot, Dot::plain);
        if (token.octets > 0) found = name_at(dot, token.kind, link);
      }
    }
    if (!found) continue;
    at_ = done_ = std::max(hit + 1, link.end);
    return link;
  }
}

// The end of the run of ASCII name octets and dots around text_[dot] if its last label can be no
// top-level domain; else `dot`.
std::size_t LinkScanner::skip_plain_run(std::size_t dot) {
  std::size_t end = dot + 1;
  std::size_t last = end;
  while (end < text_.size() &&
         (is_alnum(text_[end]) || text_[end] == '-' || text_[end] == '_' || text_[end] == '.')) {
    if (text_[end] == '.') {
      if (end + 1 >= text_.size() || !is_alnum(text_[end + 1])) break;
      last = end + 1;
    }
    ++end;
  }
  if (end - dot > kMaxHostText) return end;  // no name is that long
  if (end < text_.size() && (is_8bit(text_[end]) || text_[end] == '[' || text_[end] == '(' ||
                             text_[end] == '{' || text_[end] == '%'))
    return dot;
  if (end < text_.size() && text_[end] == '@') return end;  // a mail address
  const std::string_view label = text_.substr(last, end - last);
  // Four numbers and a path are an address.
  if (end < text_.size() && text_[end] == '/' && is_digit(label.back())) return dot;
  if (!is_top_level_shape(label)) return end;
  std::array<char, 24> lower_label{};
  std::transform(label.begin(), label.end(), lower_label.begin(), to_lower);
  // Of two letters any may have rules for its second level alone.
  return label.size() == 2 || cache_.is_top_level({lower_label.data(), label.size()}) ? dot : end;
}

bool LinkScanner::scheme_at(std::size_t colon, std::size_t octets, TextLink& link) {
  // The letters before the colon, and the same in ASCII, right-aligned.
  std::array<char, kMaxScheme> letters{};
  std::array<std::size_t, kMaxScheme + 1> begins{};
  std::size_t count = 0;
  std::size_t begin = colon;
  const bool blank_before =
      begin > done_ + 4 && text_[begin - 1] == ' ' && slashes_at(text_, colon + octets).count >= 2;
  if (blank_before) --begin;
  bool odd = octets > 1 || blank_before;
  while (begin > done_ && count < kMaxScheme) {
    const std::size_t before = code_point_before(text_, begin);
    if (before < done_) break;
    const Folded folded = fold_at(text_, before);
    if (folded.octets != begin - before ||
        (!is_alnum(folded.c) && folded.c != '*' && folded.c != '+'))
      break;
    begin = before;
    ++count;
    letters[kMaxScheme - count] = folded.c;
    begins[count] = begin;
  }
  // "Seehttp://": the longest scheme that the letters end in.
  for (; count > 1; --count) {
    const std::string_view scheme(letters.data() + kMaxScheme - count, count);
    const Scheme kind = scheme_kind(scheme);
    if (kind == Scheme::none || kind == Scheme::inner) continue;
    begin = begins[count];
    odd |= is_8bit(text_[begin]);
    const std::size_t after = colon + octets;
    switch (kind) {
      case Scheme::web: return web_at(begin, colon, after, odd, link);
      case Scheme::disguised: return web_at(begin, colon, after, true, link);
      case Scheme::data: return opaque_at(begin, after, LinkTrait::data, link);
      case Scheme::script: return opaque_at(begin, after, LinkTrait::script, link);
      default: return opaque_at(begin, after, LinkTrait::contact, link);
    }
  }
  return false;
}

bool LinkScanner::web_at(std::size_t begin, std::size_t colon, std::size_t after, bool disguised,
                         TextLink& link) {
  const std::size_t gap = after < text_.size() && text_[after] == ' ' ? 1 : 0;
  const Slashes slashes = slashes_at(text_, after + gap);
  if (gap > 0 && slashes.count < 2) return false;
  std::size_t host = after + gap + slashes.octets;
  disguised |= gap > 0 || slashes.odd || slashes.count != 2;
  const bool doubtful = slashes.count < 2;
  bool blank = false;
  if (slashes.count >= 2 && host + 1 < text_.size() && is_space(text_[host]) &&
      (is_alnum(text_[host + 1]) || is_8bit(text_[host + 1]))) {
    ++host;
    blank = true;
  }
  if (const std::size_t user = userinfo_length(text_, host); user > 0) {
    link.traits.set(LinkTrait::userinfo);
    host += user;
  }
  NameText name = name_after_scheme(text_, host, cache_);
  if (name.end == host) return false;
  if (is_broken_at(name.end)) {
    // "http://example .com/": what stands before the blank is no name, all of it is one.
    const NameText whole = bare_name(text_, host, Dot::spaced);
    const auto named = whole.labels > 1 && whole.end > name.end && !whole.plain.empty()
                           ? canonical_host(whole.plain)
                           : std::nullopt;
    const auto part = canonical_host(text_.substr(host, name.end - host));
    if (named && part && !part->literal && !cache_.of(part->name).listed &&
        cache_.of(named->name).listed)
      name = whole;
  }
  link.begin = begin;
  if (!take_name(host, name, link) || !link.host) return false;
  // Without its two slashes, or broken behind them, only a well-known name counts.
  if ((doubtful || blank) && !cache_.of(link.host->name).listed) return false;
  if (disguised || blank) link.traits.set(LinkTrait::disguised);
  const std::size_t authority = link.end;
  take_path(authority, link);
  if (text_.substr(authority, 1) == ":") {
    std::size_t digits = authority + 1;
    while (digits < link.end && is_digit(text_[digits])) ++digits;
    if (is_odd_port(text_.substr(begin, colon - begin),
                    text_.substr(authority + 1, digits - authority - 1)))
      link.traits.set(LinkTrait::odd_port);
  }
  join_lines(link);
  return true;
}

// Whether a dot with a blank beside it and a well-known top-level domain follow.
bool LinkScanner::is_broken_at(std::size_t end) const {
  std::string_view rest = text_.substr(end, 16);
  if (!rest.starts_with(" .") && !rest.starts_with(". ")) return false;
  rest.remove_prefix(2);
  const auto* letters =
      std::find_if_not(rest.begin(), rest.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto size = static_cast<std::size_t>(letters - rest.begin());
  return size > 1 && (size == rest.size() || !is_alnum(rest[size])) &&
         top_level_kind(rest.substr(0, size)) == TopLevelKind::strong;
}

// Sets host, its traits, and the link's end behind the name.
bool LinkScanner::take_name(std::size_t name_begin, const NameText& name, TextLink& link) {
  const std::string_view written = name.plain.empty()
                                       ? text_.substr(name_begin, name.end - name_begin)
                                       : std::string_view(name.plain);
  link.host = canonical_host(written);
  if (!link.host) return false;
  if (name.dots > Dot::plain || name.odd_letters) link.traits.set(LinkTrait::disguised);
  link.end = name.end;
  return true;
}

// Port, path, query and fragment behind the host; link.end moves behind them.
void LinkScanner::take_path(std::size_t authority_end, TextLink& link) {
  std::size_t end = authority_end;
  if (end < text_.size() && text_[end] == '.' && end + 1 < text_.size() &&
      (text_[end + 1] == '/' || text_[end + 1] == ':'))
    ++end;  // the dot of a complete name
  if (end + 1 < text_.size() && text_[end] == ':' && is_digit(text_[end + 1])) {
    ++end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
  }
  link.path = end - link.begin;
  if (end < text_.size() && ends_authority(text_[end])) {
    link.end = std::max(path_end(text_, link.begin, end), authority_end);
  } else {
    link.end = end > authority_end && text_[end - 1] == '.' ? authority_end : end;
  }
}

// <http://... over several lines> (RFC 3986 appendix C), and the soft line breaks of
// quoted-printable that nobody decoded.
void LinkScanner::join_lines(TextLink& link) {
  const auto is_break = [&](std::size_t at) {
    return at < text_.size() && (text_[at] == '\n' || text_[at] == '\r');
  };
  if (!is_break(link.end)) return;
  const bool bracket = link.begin > 0 && (text_[link.begin - 1] == '<' ||
                                          (link.begin > 4 && text_[link.begin - 1] == ':' &&
                                           iequals(text_.substr(link.begin - 5, 5), "<url:")));
  std::string joined(text_.substr(link.begin, link.end - link.begin));
  std::size_t at = link.end;
  bool soft = false;
  for (std::size_t lines = 0; lines < kMaxBrokenLines && is_break(at); ++lines) {
    if (!bracket) {
      const std::size_t line = text_.substr(0, at).find_last_of("\r\n", at);
      const std::size_t length = at - (line == std::string_view::npos ? 0 : line + 1);
      if (text_[at - 1] != '=' || length < kSoftBreakFrom || length > 78) break;
    }
    std::size_t next = at;
    if (text_[next] == '\r') ++next;
    if (next < text_.size() && text_[next] == '\n') ++next;
    while (bracket && next < text_.size() && is_blank(text_[next])) ++next;
    std::size_t end = next;
    while (end < text_.size() && end - next < kMaxPath && !is_8bit(text_[end]) &&
           !ends_url(text_[end]))
      ++end;
    if (end == next) break;
    if (!bracket) {
      joined.pop_back();
      soft = true;
    }
    joined += text_.substr(next, end - next);
    at = end;
    if (bracket && end < text_.size() && text_[end] == '>') {
      soft = true;
      break;
    }
  }
  if (!soft || joined.size() > kMaxPath) return;
  while (!bracket && joined.ends_with('.')) joined.pop_back();
  link.put_together = std::move(joined);
  link.end = at;
  link.traits.set(LinkTrait::wrapped);
}

bool LinkScanner::opaque_at(std::size_t begin, std::size_t after, LinkTrait trait, TextLink& link) {
  // Words before a colon are everywhere; what follows at once tells a URL from a sentence.
  if (after + 4 > text_.size() || (begin > done_ && is_alnum(text_[begin - 1]))) return false;
  const std::string_view rest = text_.substr(after, 256);
  const std::string_view scheme = text_.substr(begin, after - 1 - begin);
  // Judged by its beginning, so that a thousand schemes in a row cost no more than one each.
  const std::string_view body = rest.substr(0, path_end(rest, 0, 0));
  if (body.size() < 3) return false;
  bool good = rest.starts_with("//") && (is_alnum(rest[2]) || is_8bit(rest[2]));
  if (trait == LinkTrait::data) {
    good = body.find(',') != std::string_view::npos && body.find('/') < 16;
  } else if (trait == LinkTrait::script) {
    good = body.find_first_of("(=;/'") != std::string_view::npos;
  } else if (iequals(scheme, "mailto") || iequals(scheme, "sip") || iequals(scheme, "sips") ||
             iequals(scheme, "xmpp")) {
    good = body.find('@') != std::string_view::npos && body.front() != '@';
  } else if (iequals(scheme, "tel") || iequals(scheme, "sms") || iequals(scheme, "smsto") ||
             iequals(scheme, "callto")) {
    good = body.front() == '+' || std::count_if(body.begin(), body.end(), is_digit) >= 5;
  } else if (iequals(scheme, "bitcoin") || iequals(scheme, "litecoin") ||
             iequals(scheme, "ethereum") || iequals(scheme, "dogecoin") ||
             iequals(scheme, "monero") || iequals(scheme, "bitcoincash") ||
             iequals(scheme, "lightning") || iequals(scheme, "tron")) {
    good = body.size() >= 26 && std::all_of(body.begin(), body.begin() + 26, is_alnum);
  } else if (iequals(scheme, "magnet")) {
    good = body.starts_with("?");
  } else if (iequals(scheme, "skype") || iequals(scheme, "whatsapp") || iequals(scheme, "tg")) {
    good |= body.find('?') != std::string_view::npos;
  }
  if (!good) return false;
  link.begin = begin;
  link.end = path_end(text_, begin, after);
  link.traits.set(trait);
  return true;
}

}  // namespace weir::mail
