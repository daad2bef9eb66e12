// The names without scheme that links_scan.h finds: whether they are meant as hosts.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/links_scan.h"
#include "mail/links_tables.h"
#include "text/script.h"

namespace weir::mail {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Chinese, Japanese or Korean, on either side: no missing blank joins two sentences there.
bool is_dense_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_8bit(text[at])) return false;
  return text::is_dense(text::script_of(next_code_point(text, at)));
}

// Whether the sentence goes on behind text[at]: a blank and a small letter.
bool goes_on(std::string_view text, std::size_t at) {
  const std::size_t blank = at;
  while (at < text.size() && is_blank(text[at])) ++at;
  return at > blank && at < text.size() && is_alpha(text[at]) && !is_upper(text[at]);
}

bool is_any(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::any_of(values.begin(), values.end(),
                     [&](std::string_view v) { return iequals(v, value); });
}

bool is_generic(std::string_view top) { return is_any(top, {"com", "net", "org"}); }

// Somebody is asked to go there, or it stands alone on its line.
bool is_called_for(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end > 0 && is_blank(text[end - 1])) --end;
  if (end == 0 || text[end - 1] == '\n' || text[end - 1] == ':') return true;
  std::size_t word = end;
  while (word > 0 && end - word < 9 && is_alpha(text[word - 1])) --word;
  return is_any(text.substr(word, end - word),
                {"visit", "at", "to", "see", "site", "website", "web", "on", "click", "open",
                 "browse", "url", "address"});
}

// What the last labels of a name without scheme look like.
struct Ending {
  std::string_view top;     // as written
  std::string_view second;  // the label before
  TopLevelKind kind = TopLevelKind::plain;
  bool title_case = false;
  bool all_lower = false;
};
Ending ending_of(std::string_view plain, std::string& lower_top) {
  Ending out;
  const std::size_t dot = plain.rfind('.');
  out.top = plain.substr(dot + 1);
  const std::size_t before = plain.rfind('.', dot - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  out.second = plain.substr(begin, dot - begin);
  lower_top = lower(out.top);
  out.kind = top_level_kind(lower_top);
  out.all_lower = lower_top == out.top;
  out.title_case =
      out.top.size() > 1 && is_upper(out.top[0]) && lower_top.substr(1) == out.top.substr(1);
  return out;
}

struct Surroundings {
  bool path = false;
  bool dense = false;    // next to Chinese, Japanese or Korean
  bool goes_on = false;  // a small letter follows behind a blank
  std::size_t labels = 0;
};

bool is_meant_plainly(const Ending& e, const Surroundings& s, std::string_view plain) {
  if (s.path) return true;
  const bool digits = std::all_of(e.second.begin(), e.second.end(), is_digit);
  if (e.second.size() == 1 && !(is_generic(e.top) && (s.labels == 2 || !digits))) return false;
  if (e.kind == TopLevelKind::strong) return !digits || e.all_lower;
  if (digits || e.title_case) return false;
  // Names of packages in programs run the other way.
  const std::string_view first = plain.substr(0, plain.find('.'));
  if (s.labels > 2 && is_any(first, {"com", "org", "net", "edu", "java", "javax", "sun", "system"}))
    return false;
  switch (e.kind) {
    case TopLevelKind::word: return e.all_lower && (s.dense || s.labels > 2 || !s.goes_on);
    case TopLevelKind::file:
      return e.all_lower &&
             (s.dense || (s.labels > 2 && !is_any(e.top, {"ac", "am", "gz", "in", "la", "md"})));
    default: return true;
  }
}

bool is_article(std::string_view word) {
  return is_any(word,
                {"the", "a",   "an", "this", "that", "these", "those", "some",  "any",    "old",
                 "new", "big", "my", "our",  "your", "its",   "of",    "polka", "former", "every"});
}

}  // namespace

bool LinkScanner::name_at(std::size_t dot, Dot kind, TextLink& link) {
  const std::size_t begin = bare_name_begin(text_, dot, std::max(done_, barren_));
  if (begin == dot) {
    barren_ = dot;  // nothing before it starts a name; not to be looked at for the next dot
    return false;
  }
  if (dot - begin >= kMaxHostText - 4) {
    at_ = std::max(at_, end_of_run(text_, dot));  // no name is that long
    return false;
  }
  std::size_t third = begin;
  for (int i = 0; i < 3 && third < text_.size(); ++i) {
    const Folded letter = fold_at(text_, third);
    if (to_lower(letter.c) != 'w') break;
    third += letter.octets;
  }
  const bool www = third == dot && dot - begin >= 3;
  if (www && kind < Dot::spaced) {
    const NameText name = name_after_scheme(text_, begin, cache_);
    at_ = std::max(at_, name.end);
    return finish_bare(begin, name, link);
  }
  const NameText name = bare_name(text_, begin, kind);
  at_ = std::max(at_, name.end);
  return name.labels > 1 && name.end > dot && finish_bare(begin, name, link);
}

bool LinkScanner::finish_bare(std::size_t begin, const NameText& name, TextLink& link) {
  const std::size_t end = name.end;
  if (begin > 0) {
    // A mail address, a path, something of a program.
    const std::size_t at = code_point_before(text_, begin);
    const char before =
        !is_8bit(text_[at]) || fold_at(text_, at).c == '@' ? fold_at(text_, at).c : '\0';
    if (before != '\0' && std::string_view("@/\\%#$&~+").find(before) != std::string_view::npos)
      return false;
  }
  const char after = end < text_.size() ? fold_at(text_, end).c : ' ';
  if (after == '@' || after == '=' || (text_.substr(end, 1) == "(" && name.dots == Dot::plain))
    return false;

  const std::string_view written = text_.substr(begin, end - begin);
  const std::string_view plain = name.plain.empty() ? written : std::string_view(name.plain);
  const std::size_t dot = plain.find('.');
  if (dot == std::string_view::npos || plain.back() == '.') return false;
  const bool www = dot == 3 && iequals(plain.substr(0, 3), "www");
  Surroundings around;
  around.path = (after == '/' || after == '?') && end + 1 < text_.size() &&
                !is_space(text_[end + 1]) && fold_at(text_, end).octets == 1;
  around.dense =
      (begin > 0 && is_dense_at(text_, code_point_before(text_, begin))) || is_dense_at(text_, end);
  around.goes_on = goes_on(text_, end);
  around.labels = name.labels;
  std::string lower_top;
  const Ending ending = ending_of(plain, lower_top);

  // No registered name has an underscore.
  if (ending.second.find('_') != std::string_view::npos && !www) return false;
  if (!take_name(begin, name, link)) return false;
  if (link.host->literal) {
    // Four numbers and a path; anything less is a version or an amount.
    if (link.host->odd_form || !around.path || name.labels != 4 || !is_alpha(text_[end + 1]))
      return false;
  } else if (!cache_.of(link.host->name).listed) {
    return false;
  } else if (!www) {
    const bool strong = ending.kind == TopLevelKind::strong;
    switch (name.dots) {
      case Dot::bracketed: break;
      case Dot::foreign:
        if (name.odd_letters ? !is_meant_plainly(ending, around, plain) : !strong && !around.path)
          return false;
        break;
      case Dot::spaced:
        if (!strong || !ending.all_lower || ending.second.size() < 2 ||
            top_level_kind(lower(plain.substr(0, dot))) == TopLevelKind::strong)
          return false;  // ".com .net .cn" is a list
        if (name.labels < 3 && !around.path &&
            (written.find(" . ") == std::string_view::npos || is_article(ending.second)))
          return false;
        break;
      case Dot::worded:
        if (!strong || ending.second.size() < 2 || is_article(ending.second)) return false;
        if (name.labels < 3 && !around.path && written.find(' ') != std::string_view::npos &&
            !is_called_for(text_, begin))
          return false;
        break;
      default:
        if (!is_meant_plainly(ending, around, plain)) return false;
    }
  }
  link.begin = begin;
  link.traits.set(LinkTrait::no_scheme);
  take_path(end, link);
  if (end < text_.size() && text_[end] == ':' && link.end > end) {
    std::size_t digits = end + 1;
    while (digits < link.end && is_digit(text_[digits])) ++digits;
    if (is_odd_port({}, text_.substr(end + 1, digits - end - 1)))
      link.traits.set(LinkTrait::odd_port);
  }
  return true;
}

}  // namespace weir::mail
