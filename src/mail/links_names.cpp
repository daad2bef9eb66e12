#include "mail/links_names.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/host_uts46.h"
#include "text/script.h"

namespace weir::mail {
namespace {

constexpr int kMaxHostChecks = 8;            // look-ups while one host is read
constexpr std::size_t kTopLevelLetters = 6;  // of a top-level domain in another writing

bool is_name_octet(char c) { return is_alnum(c) || c == '-' || c == '_'; }

// Punctuation that stops a domain name written in another script: general punctuation, CJK
// punctuation, full-width forms.
bool is_foreign_punctuation(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3004) ||
         (c >= 0x3008 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
         (c >= 0xFF5B && c <= 0xFF65) || c == 0xA0 || c == 0xFFFD || (c >= 0x80 && c <= 0xBF) ||
         (c >= 0xFE00 && c <= 0xFE6F) || (c >= 0x1F300 && c <= 0x1FAFF) ||
         (c >= 0x2190 && c <= 0x245F) || (c >= 0x2500 && c <= 0x27BF && c < 0x2776);
}

std::size_t blank_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] == ' ' ? 1 : 0;
}

// U+70B9, U+9EDE: how Chinese says dot.
bool is_spoken_dot(std::string_view three) { return three == "\u70B9" || three == "\u9EDE"; }

// What stands for a dot between brackets, and behind it the closing one.
std::size_t bracketed(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  std::size_t i = at;
  std::string_view close;
  switch (text[at]) {
    case '[': close = "]"; break;
    case '(': close = ")"; break;
    case '{': close = "}"; break;
    case '<': close = ">"; break;
    case '\xE3': close = text.substr(at, 3) == "\u3010" ? "\u3011" : ""; break;
    case '\xEF':
      close = text.substr(at, 3) == "\uFF08"   ? "\uFF09"
              : text.substr(at, 3) == "\uFF3B" ? "\uFF3D"
                                               : "";
      break;
    default: return 0;
  }
  if (close.empty()) return 0;
  i += close.size();
  if (const std::size_t dot = dot_length(text, i); dot > 0)
    i += dot;
  else if (istarts_with(text.substr(i), "dot"))
    i += 3;
  else if (is_spoken_dot(text.substr(i, 3)))
    i += 3;
  else
    return 0;
  return text.substr(i).starts_with(close) ? i + close.size() - at : 0;
}

bool starts_label(std::string_view text, std::size_t at) {
  return at < text.size() && (is_alnum(text[at]) || text[at] == '_' || is_8bit(text[at]));
}

// One character of a label: what it adds, or 0 octets.
struct Letter {
  std::size_t octets = 0;
  char ascii = '\0';  // '\0': as written
  bool dense = false;
};
Letter letter_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (!is_8bit(c)) return is_name_octet(c) ? Letter{1, c, false} : Letter{};
  const Folded folded = fold_beyond_ascii(text, at);
  if (folded.c != '\0') {
    if (is_name_octet(folded.c)) return {folded.octets, folded.c, false};
    return folded.c == kInvisible && folded.octets == 2 ? Letter{2, '\0', false} : Letter{};
  }
  std::size_t end = at;
  const char32_t code = next_code_point(text, end);
  if (is_foreign_punctuation(code)) return {};
  return {end - at, '\0', !is_spaced_letter(code)};
}

// The name so far is complete: what follows it is the sentence.
bool is_whole(const std::string& plain, DomainCache& cache) {
  const std::size_t dot = plain.rfind('.');
  if (dot == std::string::npos) return false;
  const std::string top = lower(std::string_view(plain).substr(dot + 1));
  if (!top.empty() && std::all_of(top.begin(), top.end(), is_digit)) {
    const auto host = canonical_host(plain);
    return host && host->literal;
  }
  if (!cache.is_top_level(top)) return false;
  const auto host = canonical_host(plain);
  return host && cache.of(host->name).listed;
}

// "\u4E2D\u56FD\u67E5\u770B": the last label runs into the sentence; its longest beginning that is
// a top-level domain ends the name.
void cut_top_level(NameText& name, DomainCache& cache) {
  const std::size_t dot = name.plain.rfind('.');
  if (dot == std::string::npos || dot + 1 >= name.plain.size() || !is_8bit(name.plain[dot + 1]))
    return;
  const std::string_view label = std::string_view(name.plain).substr(dot + 1);
  std::size_t at = 0;
  std::size_t best = 0;
  for (std::size_t n = 0; n < kTopLevelLetters && at < label.size(); ++n) {
    (void)next_code_point(label, at);
    const std::string top = to_ascii_name(label.substr(0, at));
    if (!top.empty() && cache.is_top_level(top)) best = at;
  }
  if (best == 0 || best == label.size()) return;
  name.end -= label.size() - best;  // letters of other writings stand in the text as in the name
  name.plain.resize(dot + 1 + best);
}

}  // namespace

bool is_spaced_letter(char32_t c) {
  switch (text::script_of(c)) {
    case text::Script::latin:
    case text::Script::cyrillic:
    case text::Script::greek:
    case text::Script::arabic:
    case text::Script::hebrew:
    case text::Script::devanagari: return true;
    case text::Script::other: return (c >= 0x530 && c <= 0x58F) || (c >= 0x10A0 && c <= 0x10FF);
    default: return false;
  }
}

DotToken dot_at(std::string_view text, std::size_t at, Dot kind) {
  if (at >= text.size()) return {};
  switch (text[at]) {
    case '.':
      if (starts_label(text, at + 1)) return {Dot::plain, 1};
      if (kind == Dot::spaced && blank_at(text, at + 1) > 0 && starts_label(text, at + 2))
        return {Dot::spaced, 2};
      return {};
    case '[':
    case '(':
    case '{':
    case '<':
    case ' ':
    case '\xE3':
    case '\xEF': {
      if (const std::size_t foreign = dot_length(text, at); foreign > 0)
        return starts_label(text, at + foreign) ? DotToken{Dot::foreign, foreign} : DotToken{};
      const std::size_t before = blank_at(text, at);
      if (const std::size_t octets = bracketed(text, at + before); octets > 0) {
        const std::size_t end = at + before + octets;
        return {Dot::bracketed, before + octets + (before > 0 ? blank_at(text, end) : 0)};
      }
      if (before == 0) return {};
      if (kind == Dot::spaced && text.substr(at + 1, 1) == ".") {
        const std::size_t octets = 2 + blank_at(text, at + 2);
        if (starts_label(text, at + octets)) return {Dot::spaced, octets};
      }
      if (kind == Dot::worded) {
        if (istarts_with(text.substr(at + 1), "dot ") && starts_label(text, at + 5))
          return {Dot::worded, 5};
        if (is_spoken_dot(text.substr(at + 1, 3)) && blank_at(text, at + 4) > 0)
          return {Dot::worded, 5};
      }
      return {};
    }
    case '\xE7':
    case '\xE9':
      if (kind == Dot::worded && is_spoken_dot(text.substr(at, 3)) && at + 3 < text.size() &&
          is_alnum(text[at + 3]))
        return {Dot::worded, 3};
      return {};
    default: return {};
  }
}

std::size_t bare_name_begin(std::string_view text, std::size_t dot, std::size_t floor) {
  const std::size_t stop = dot - floor > kMaxHostText ? dot - kMaxHostText : floor;
  std::size_t begin = dot;
  while (begin > stop) {
    const char c = text[begin - 1];
    if (is_name_octet(c) || c == '.') {
      --begin;
      continue;
    }
    if (!is_8bit(c)) break;
    const std::size_t before = code_point_before(text, begin);
    if (before < stop) break;
    if (dot_length(text, before) > 0) {
      // A full stop of a sentence, unless more of a name stands before it.
      if (before == stop || !is_alnum(fold_at(text, code_point_before(text, before)).c)) break;
    } else {
      const Letter letter = letter_at(text, before);
      if (letter.octets != begin - before || letter.dense) break;
    }
    begin = before;
  }
  while (begin < dot) {
    const Folded f = fold_at(text, begin);
    if (f.c == '\0' || is_alnum(f.c)) break;
    begin += f.octets;
  }
  return std::min(begin, dot);
}

std::size_t end_of_run(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Letter letter = letter_at(text, at);
    const std::size_t octets =
        letter.octets > 0 && !letter.dense ? letter.octets : dot_length(text, at);
    if (octets == 0) break;
    at += octets;
  }
  return at;
}

NameText bare_name(std::string_view text, std::size_t begin, Dot kind) {
  NameText out;
  out.end = begin;
  out.labels = 1;
  const std::size_t limit = std::min(text.size(), begin + kMaxHostText);
  std::size_t i = begin;
  bool rewritten = false;
  while (i < limit) {
    const Letter letter = letter_at(text, i);
    if (letter.octets > 0 && !letter.dense) {
      if (letter.ascii != '\0' && letter.octets > 1) {
        out.odd_letters |= is_alnum(letter.ascii);
        rewritten = true;
      }
      if (letter.ascii != '\0')
        out.plain.push_back(letter.ascii);
      else
        out.plain += text.substr(i, letter.octets);
      i += letter.octets;
      out.end = i;
      continue;
    }
    const DotToken dot = dot_at(text, i, kind);
    if (dot.octets == 0 || i == begin || i + dot.octets >= limit) break;
    const Letter next = letter_at(text, i + dot.octets);
    if (next.octets == 0 || next.dense) break;
    if (dot.kind != Dot::plain) rewritten = true;
    out.dots = std::max(out.dots, dot.kind);
    out.plain.push_back('.');
    ++out.labels;
    i += dot.octets;
  }
  while (out.end > begin && (text[out.end - 1] == '-' || text[out.end - 1] == '_')) {
    --out.end;
    out.plain.pop_back();
  }
  if (!rewritten) out.plain.clear();
  return out;
}

NameText name_after_scheme(std::string_view text, std::size_t begin, DomainCache& cache) {
  NameText out;
  out.end = begin;
  out.labels = 1;
  const std::size_t limit = std::min(text.size(), begin + kMaxHostText);
  if (begin < limit && text[begin] == '[' && bracketed(text, begin) == 0) {
    const std::size_t close = text.substr(0, limit).find(']', begin);
    out.end = close == std::string_view::npos ? begin : close + 1;
    return out;
  }
  std::size_t i = begin;
  int checks = 0;
  bool foreign = false;  // the label has letters that are not ASCII
  bool label = false;    // it has letters at all
  bool rewritten = false;
  bool dense = false;
  while (i < limit) {
    if (text[i] == '%') {
      out.plain.push_back(text[i++]);
      out.end = i;
      continue;
    }
    if (text[i] == '.') {  // any number of them, also the last one of a complete name
      out.plain.push_back(text[i++]);
      foreign = label = false;
      ++out.labels;
      continue;
    }
    const Letter letter = letter_at(text, i);
    if (letter.octets == 0) {
      const DotToken dot = dot_at(text, i, Dot::plain);
      // A full stop of a sentence comes behind a whole name.
      if (dot.octets == 0 ||
          (dot.kind != Dot::plain && i + dot.octets < text.size() &&
           is_8bit(text[i + dot.octets]) && fold_at(text, i + dot.octets).c == '\0' &&
           checks++ < kMaxHostChecks && is_whole(out.plain, cache)))
        break;
      out.dots = std::max(out.dots, dot.kind);
      rewritten = true;
      out.plain.push_back('.');
      foreign = label = false;
      ++out.labels;
      i += dot.octets;
      continue;
    }
    if (letter.ascii == '\0') {
      if (label && !foreign && checks++ < kMaxHostChecks && is_whole(out.plain, cache)) break;
      foreign = true;
      dense |= letter.dense;
      out.plain += text.substr(i, letter.octets);
    } else {
      if (letter.octets > 1) {
        out.odd_letters |= is_alnum(letter.ascii);
        rewritten = true;
      }
      out.plain.push_back(letter.ascii);
    }
    label = true;
    i += letter.octets;
    out.end = i;
  }
  while (out.plain.ends_with('.')) out.plain.pop_back();
  if (dense && foreign) {
    const std::size_t before = out.end;
    cut_top_level(out, cache);
    rewritten |= out.end != before;
  }
  if (!rewritten) out.plain.clear();
  return out;
}

}  // namespace weir::mail
