// Dense characters: what stands between them, Hangul of its letters, Han that katakana has too, and
// marks.
#include <algorithm>

#include "base/utf8.h"
#include "text/normal_writer.h"

namespace weir::text {
namespace {

// Characters of Han that katakana has too, and back.
constexpr std::u32string_view kSharedHan = U"口力夕工卜二八一";
constexpr std::u32string_view kSharedKatakana = U"ロカタエトニハー";

char32_t other_form(char32_t c, std::u32string_view from, std::u32string_view to) {
  const std::size_t at = from.find(c);
  return at == std::u32string_view::npos ? 0 : to[at];
}

// Hangul syllables are put together by arithmetic (Unicode 3.12).
constexpr char32_t kLead = 0x1100, kVowel = 0x1161, kTail = 0x11A7, kSyllable = 0xAC00;
constexpr char32_t kVowels = 21, kTails = 28, kLeads = 19;

bool is_modern_lead(char32_t c) { return c >= kLead && c < kLead + kLeads; }
bool is_modern_vowel(char32_t c) { return c >= kVowel && c < kVowel + kVowels; }
bool is_modern_tail(char32_t c) { return c > kTail && c < kTail + kTails; }
bool is_open_syllable(char32_t c) {
  return c >= kSyllable && c < kSyllable + kLeads * kVowels * kTails &&
         (c - kSyllable) % kTails == 0;
}
// The tail that a lead consonant would be, or 0.
char32_t tail_of(char32_t lead) {
  static constexpr std::array<std::uint8_t, kLeads> kTailOf = {1,  2,  4,  7, 0,  8,  16, 17, 0, 19,
                                                               20, 21, 22, 0, 23, 24, 25, 26, 27};
  return is_modern_lead(lead) ? kTailOf[lead - kLead] : 0;
}

// Signs that no sentence needs between two characters.
bool is_unusual(std::string_view between) {
  return between.find_first_of("*/_|+#^=<>\\%&@$") != std::string_view::npos ||
         between.find("\u00B7") != std::string_view::npos;
}

}  // namespace

void Writer::drop_separators_before_dense() {
  if (dense_ != 0) {
    if (has_separators() || blank_taken_out_) {
      if (dense_in_row_ == 1 || is_unusual(view(content_end_, at_))) ++undone_.separators;
      at_ = content_end_;
      dense_in_row_ = 0;
    }
  } else if (ends_in_blank_) {
    --at_;
  }
  blank_taken_out_ = false;
  ends_in_blank_ = false;
  last_symbol_ = 0;
}

void Writer::put_dense(char32_t c, Kind kind) {
  end_word();
  close_row();
  in_url_ = false;
  drop_separators_before_dense();
  if (dense_ != 0 && kind >= Kind::hangul && kind <= Kind::jamo_tail && compose_hangul(c, kind))
    return;
  const char32_t as_han = other_form(c, kSharedKatakana, kSharedHan);
  if (as_han != 0 || kSharedHan.find(c) != std::u32string_view::npos) {
    if (shared_ == kNone) {
      shared_ = at_;
      katakana_before_ = dense_kind_ == Kind::katakana && dense_ != 0;
    }
    append(as_han != 0 ? as_han : c);
    dense_kind_ = Kind::han;
  } else {
    close_shared(kind == Kind::katakana);
    append(c);
    dense_kind_ = kind;
  }
  dense_ = c;
  ++dense_in_row_;
  composed_ = false;
  lead_as_tail_ = 0;
  content_end_ = at_;
  bridged_ = false;
  mark_count_ = 0;
}

// A syllable of its letters, also where the last one was written as a letter of its own:
// ㄷㅐㅊㅜㄹ.
bool Writer::compose_hangul(char32_t c, Kind kind) {
  if (mark_count_ != 0) return false;
  const std::size_t last = content_end_ - 3;  // all of Hangul has three octets
  const auto rewrite = [&](char32_t syllable) {
    at_ = last;
    append(syllable);
    dense_ = syllable;
    dense_kind_ = Kind::hangul;
    content_end_ = at_;
    bridged_ = false;
  };
  if (kind == Kind::jamo_vowel && is_modern_vowel(c)) {
    if (is_modern_lead(dense_)) {
      rewrite(kSyllable + ((dense_ - kLead) * kVowels + (c - kVowel)) * kTails);
    } else if (lead_as_tail_ != 0) {
      rewrite(dense_ - tail_of(lead_as_tail_));
      append(kSyllable + ((lead_as_tail_ - kLead) * kVowels + (c - kVowel)) * kTails);
      dense_ = kSyllable + ((lead_as_tail_ - kLead) * kVowels + (c - kVowel)) * kTails;
      content_end_ = at_;
    } else {
      return false;
    }
    composed_ = true;
    lead_as_tail_ = 0;
    return true;
  }
  if (!is_open_syllable(dense_)) return false;
  if (kind == Kind::jamo_tail && is_modern_tail(c)) {
    rewrite(dense_ + (c - kTail));
    composed_ = false;
    return true;
  }
  if (kind == Kind::jamo_lead && composed_ && tail_of(c) != 0) {
    rewrite(dense_ + tail_of(c));
    composed_ = false;
    lead_as_tail_ = c;
    return true;
  }
  return false;
}

// A run of 口, 一, ... is katakana if katakana stands beside it; all have three octets.
void Writer::close_shared(bool katakana_follows) {
  if (shared_ == kNone) return;
  const std::size_t begin = shared_;
  shared_ = kNone;
  if (!katakana_before_ && !katakana_follows) return;
  const std::size_t end = at_;
  std::size_t write = begin;
  for (std::size_t at = begin; at < content_end_;) {
    const char32_t c = next_code_point(out_, at);
    const char32_t katakana = other_form(c, kSharedHan, kSharedKatakana);
    if (katakana != 0) {
      at_ = write;
      append(katakana);
    }
    write = at;
  }
  at_ = end;
}

// Marks of one letter in their canonical order, none of them twice.
void Writer::put_mark(char32_t c) {
  if (has_separators() || content_end_ == 0) {
    put_other(c);
    return;
  }
  const std::uint8_t combining_class = table_.combining_class(c);
  const auto end = marks_.begin() + static_cast<std::ptrdiff_t>(mark_count_);
  const bool known = std::any_of(marks_.begin(), end, [c](Mark m) { return m.c == c; });
  if (known || mark_count_ == kMarksMax) {
    ++undone_.marks;
    return;
  }
  std::size_t place = mark_count_;
  if (combining_class != 0)
    while (place > 0 && marks_[place - 1].combining_class > combining_class) --place;
  for (std::size_t i = place; i < mark_count_; ++i)
    at_ -= marks_[i].c < 0x800 ? 2 : marks_[i].c < 0x10000 ? 3 : 4;
  std::copy_backward(marks_.begin() + static_cast<std::ptrdiff_t>(place), end, end + 1);
  marks_[place] = {c, combining_class};
  ++mark_count_;
  for (std::size_t i = place; i < mark_count_; ++i) append(marks_[i].c);
  content_end_ = at_;
  if (word_ != kNone) word_kinds_ |= bit(Kind::mark);
}

void Writer::put_voicing(char32_t c) {
  const char32_t base = dense_ == 0 || has_separators() || mark_count_ != 0 ? 0
                        : other_form(dense_, kSharedHan, kSharedKatakana) != 0
                            ? other_form(dense_, kSharedHan, kSharedKatakana)
                            : dense_;
  const char32_t voiced = base == 0 ? 0 : table_.voiced(base, c);
  if (voiced == 0) {
    ++undone_.marks;
    return;
  }
  content_end_ = at_ = at_ - 3;  // all of kana has three octets
  if (shared_ == at_) {
    // Nothing is left of the run.
    shared_ = kNone;
  } else {
    close_shared(table_.kind(voiced) == Kind::katakana);
  }
  append(voiced);
  content_end_ = at_;
  dense_ = voiced;
  dense_kind_ = table_.kind(voiced);
}

}  // namespace weir::text
