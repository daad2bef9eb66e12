// RFC 2047 as it is really written. One scan over the unfolded value cuts it into literal text and
// encoded words; neighbouring words of one charset form a group that is decoded at once, because
// mailers cut characters, and even base64 quanta, between two words.
//
// Broken forms that are read: blanks inside the text of a word, words glued to other text, a
// missing charset, a missing end at the end of the value or before the next word, an RFC 2231
// language after the charset, padding left out, a question mark in the text before an escape, raw
// ISO-2022 shifts outside of words.
//
// Most values have none of this: one look tells, and they are copied without their folding.
#include "mail/header_words.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/message.h"
#include "mail/transfer.h"
#include "text/charset.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace weir::mail {
namespace {

constexpr std::size_t kMaxCharset = 64;  // the longest registered name has 45 octets

struct Word {
  std::string_view charset;
  char encoding = 'Q';  // 'B' or 'Q'
  std::string_view text;
  bool ended = true;
};

struct Seen {
  bool line_end = false;
  bool plain = true;  // no word, no octet above 127, no escape, no NUL
};

Seen look(std::string_view text) {
  Seen seen;
  std::size_t i = 0;
#if defined(__SSE2__)
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), nul = _mm_setzero_si128(),
                escape = _mm_set1_epi8('\x1B'), equals = _mm_set1_epi8('='),
                question = _mm_set1_epi8('?');
  __m128i ends = _mm_setzero_si128();
  __m128i others = _mm_setzero_si128();  // the top bit of an octet counts
  for (; i + 17 <= text.size(); i += 16) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i + 1));
    ends = _mm_or_si128(ends, _mm_or_si128(_mm_cmpeq_epi8(here, lf), _mm_cmpeq_epi8(here, cr)));
    others = _mm_or_si128(others, here);
    others =
        _mm_or_si128(others, _mm_or_si128(_mm_cmpeq_epi8(here, nul), _mm_cmpeq_epi8(here, escape)));
    others = _mm_or_si128(
        others, _mm_and_si128(_mm_cmpeq_epi8(here, equals), _mm_cmpeq_epi8(next, question)));
  }
  seen.line_end = _mm_movemask_epi8(ends) != 0;
  seen.plain = _mm_movemask_epi8(others) == 0;
#endif
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' || c == '\n') seen.line_end = true;
    if (is_8bit(c) || c == '\0' || c == '\x1B' ||
        (c == '=' && i + 1 < text.size() && text[i + 1] == '?'))
      seen.plain = false;
  }
  return seen;
}

// Folding and line ends go; what follows a line end is a blank anyway, or becomes one.
std::string unfold(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  std::size_t at = 0;
  while (at < raw.size()) {
    std::size_t stop = std::min(raw.find('\n', at), raw.size());
    stop = at + std::min(raw.substr(at, stop - at).find('\r'), stop - at);
    out.append(raw.substr(at, stop - at));
    at = stop;
    while (at < raw.size() && (raw[at] == '\r' || raw[at] == '\n')) ++at;
    if (stop < raw.size() && at < raw.size() && !is_blank(raw[at])) out.push_back(' ');
  }
  return out;
}

// "=?charset?B?" at text[at]: how long it is, or 0.
std::size_t word_head(std::string_view text, std::size_t at, Word& word) {
  if (text.substr(at, 2) != "=?") return 0;
  std::size_t i = at + 2;
  while (i < text.size() && i - at < kMaxCharset && text[i] != '?' && !is_space(text[i]) &&
         text[i] != '=')
    ++i;
  if (i + 2 >= text.size() || text[i] != '?' || text[i + 2] != '?') return 0;
  const char encoding = text[i + 1];
  if (encoding == 'B' || encoding == 'b')
    word.encoding = 'B';
  else if (encoding == 'Q' || encoding == 'q')
    word.encoding = 'Q';
  else
    return 0;
  word.charset = text.substr(at + 2, i - at - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));
  return i + 3 - at;
}

class Decoder {
 public:
  Decoder(std::string_view text, std::string_view fallback) : text_(text), fallback_(fallback) {}

  HeaderText run() {
    std::size_t literal = 0;  // start of the literal text not yet written
    std::size_t at = text_.find("=?");
    while (at != std::string_view::npos) {
      Word word;
      const std::size_t head = word_head(text_, at, word);
      if (head == 0) {
        at = text_.find("=?", at + 1);
        continue;
      }
      const std::size_t end = read_word(at + head, word);
      const std::string_view between = text_.substr(literal, at - literal);
      if (!group_.empty() && trim(between).empty()) {
        if (!iequals(group_.front().charset, word.charset)) flush_group();
      } else {
        flush_group();
        write_literal(between);
      }
      group_.push_back(word);
      literal = end;
      at = text_.find("=?", end);
    }
    flush_group();
    write_literal(text_.substr(literal));
    return std::move(out_);
  }

 private:
  // Sets word.text; returns where the word ends. "?=" is looked for once per terminator, never
  // again over the same octets.
  std::size_t read_word(std::size_t begin, Word& word) {
    if (terminator_ < begin) terminator_ = text_.find("?=", begin);
    // A Q word may end in an escaped-looking "?=" only at its end; the next word's head before it
    // means that this one has none.
    const std::size_t next = text_.find("=?", begin);
    std::size_t end = terminator_;
    if (next != std::string_view::npos && (end == std::string_view::npos || next + 1 < end)) {
      Word other;
      if (word_head(text_, next, other) != 0) {
        word.ended = false;
        out_.word_broken = true;
        word.text = trim(text_.substr(begin, next - begin));
        return next;
      }
    }
    if (end == std::string_view::npos) {
      word.ended = false;
      out_.word_broken = true;
      const std::size_t blank =
          word.encoding == 'B' ? text_.find_first_of(" \t", begin) : std::string_view::npos;
      end = std::min(blank, text_.size());
      word.text = text_.substr(begin, end - begin);
      if (word.text.ends_with('?')) word.text.remove_suffix(1);
      return end;
    }
    if (word.encoding == 'Q') end = end_of_q_text(end);
    word.text = text_.substr(begin, end - begin);
    return end + 2;
  }

  // "?=" in front of two hexadecimal digits is a question mark and an escape if the word really
  // ends later, before a blank: "=?utf-8?Q?why?=20me?=".
  std::size_t end_of_q_text(std::size_t end) {
    while (end + 3 < text_.size() && hex_value(text_[end + 2]) >= 0 &&
           hex_value(text_[end + 3]) >= 0) {
      const std::size_t later = text_.find("?=", end + 2);
      if (later == std::string_view::npos) break;
      const std::string_view between = text_.substr(end + 2, later - end - 2);
      if (between.find_first_of(" \t") != std::string_view::npos ||
          between.find("=?") != std::string_view::npos)
        break;
      end = terminator_ = later;
    }
    return end;
  }

  void flush_group() {
    if (group_.empty()) return;
    std::string octets;
    std::string base64;  // text of neighbouring B words whose quanta are not complete
    for (std::size_t i = 0; i < group_.size(); ++i) {
      const Word& word = group_[i];
      if (word.charset.empty()) out_.word_broken = true;
      if (word.encoding == 'Q') {
        if (!append_quoted_printable(octets, word.text, QuotedPrintable::header_word))
          out_.word_broken = true;
        continue;
      }
      const bool first = base64.empty();
      base64.append(word.text);
      const bool open = base64.size() % 4 != 0 && !word.text.ends_with('=') &&
                        i + 1 < group_.size() && group_[i + 1].encoding == 'B';
      if (open && (!first || quanta_are_cut(i))) continue;
      if (!append_base64(octets, base64)) out_.word_broken = true;
      base64.clear();
    }
    const auto label = group_.front().charset;
    auto decoded = text::to_utf8(octets, label.empty() ? fallback_ : label);
    out_.replaced += decoded.replaced;
    out_.charset_wrong = out_.charset_wrong || (decoded.label_was_wrong && !label.empty());
    append_line(decoded.text);
    group_.clear();
  }

  // Whether the words from `begin` on become a whole number of quanta together: if not, each of
  // them has only left its padding out.
  [[nodiscard]] bool quanta_are_cut(std::size_t begin) const {
    std::size_t size = 0;
    for (std::size_t i = begin; i < group_.size() && group_[i].encoding == 'B'; ++i) {
      size += group_[i].text.size();
      if (size % 4 == 0 || group_[i].text.ends_with('=')) return size % 4 == 0;
    }
    return false;
  }

  void write_literal(std::string_view octets) {
    const bool shifted = octets.find('\x1B') != std::string_view::npos;
    const bool high = has_8bit(octets);
    if (!high && !shifted) return append_line(octets);
    if (!shifted && is_utf8(octets)) return append_line(octets);
    out_.raw_8bit = out_.raw_8bit || high;
    auto decoded = text::to_utf8(octets, fallback_);
    out_.replaced += decoded.replaced;
    append_line(decoded.text);
  }

  // The value stays one line whatever was encoded in it: a decoded line end must not look like
  // another field.
  void append_line(std::string_view utf8) {
    const std::size_t before = out_.text.size();
    out_.text.append(utf8);
    for (std::size_t i = before; i < out_.text.size(); ++i)
      if (const char c = out_.text[i]; c == '\r' || c == '\n' || c == '\0') out_.text[i] = ' ';
  }

  std::string_view text_;
  std::string_view fallback_;
  HeaderText out_;
  std::vector<Word> group_;
  std::size_t terminator_ = 0;
};

}  // namespace

HeaderText decode_header_text(std::string_view raw_value, std::string_view fallback_charset) {
  raw_value = trim(raw_value);
  const Seen seen = look(raw_value);
  if (seen.plain) {
    HeaderText out;
    if (seen.line_end)
      out.text = unfold(raw_value);
    else
      out.text = raw_value;
    return out;
  }
  if (!seen.line_end) return Decoder(raw_value, fallback_charset).run();
  return Decoder(unfold(raw_value), fallback_charset).run();
}

std::string decode_header(std::string_view raw_value) {
  return decode_header_text(raw_value, {}).text;
}

}  // namespace weir::mail
