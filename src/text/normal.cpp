// One pass: each code point is looked up in a table that gives what it becomes (normal_table.h),
// and what comes out is put together by a machine that knows what stands before it. What has been
// written may be changed again only where it ends: a word when it is complete (normal_word.h), a
// row of single letters when it is broken, signs between two dense characters when the second one
// comes, one syllable block, one run of characters that Han and katakana share. So the cost is
// linear, and since all rules look at what has been written and never at the input, a second run
// finds nothing to do.
//
// "Dense" are characters of writings without blanks between words, and Hangul, whose blanks are
// put as everybody likes: between two of them blanks and signs say nothing about the text.
#include "text/normal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "text/normal_table.h"
#include "text/normal_word.h"

namespace weir::text {
namespace {

constexpr std::size_t kOctetsMax = std::size_t{1} << 28;
constexpr std::size_t kMarksMax = 6;      // on one letter; no language needs more
constexpr std::size_t kSlack = 64;        // octets that are free before each code point
constexpr std::size_t kSeparatorMax = 3;  // signs between two single letters
constexpr std::size_t kNone = SIZE_MAX;

constexpr std::uint32_t kDense = bit(Kind::han) | bit(Kind::hiragana) | bit(Kind::katakana) |
                                 bit(Kind::hangul) | bit(Kind::jamo_lead) | bit(Kind::jamo_vowel) |
                                 bit(Kind::jamo_tail) | bit(Kind::unspaced);
constexpr std::uint32_t kWordLetters = bit(Kind::latin) | bit(Kind::cyrillic) | bit(Kind::greek) |
                                       bit(Kind::letter) | bit(Kind::letter_like_latin);
// A word that has none of these needs no second look.
constexpr std::uint32_t kFoldable = bit(Kind::digit) | bit(Kind::symbol) | bit(Kind::cyrillic) |
                                    bit(Kind::greek) | bit(Kind::letter_like_latin);

bool is_ascii_letter(char c) {
  return static_cast<unsigned char>((static_cast<unsigned char>(c) | 0x20) - 'a') < 26;
}

bool is_one_of(Kind kind, std::uint32_t set) { return (bit(kind) & set) != 0; }

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

class Writer {
 public:
  Writer(std::string_view in, Undone& undone)
      : table_(NormalTable::get()), in_(in), undone_(undone) {
    out_.resize(in.size() + 2 * kSlack);
  }

  std::string run();

 private:
  // What stands between two single letters.
  enum class Between : std::uint8_t { nothing, blank, signs, both };

  [[nodiscard]] char32_t next();
  void put(char32_t c, Kind kind);
  void put_folded(char32_t c, Folding folding);
  void put_ascii_letters();
  void open_word();
  void close_word_char(Kind kind);
  void put_word_char(char32_t c, Kind kind);
  void put_dense(char32_t c, Kind kind);
  void put_symbol(char32_t c);
  void put_blank();
  void put_mark(char32_t c);
  void put_voicing(char32_t c);
  void put_other(char32_t c);

  void leave_dense();
  void begin_word();
  void begin_with_prefix();
  void end_word();
  void end_word_slowly();
  void extend_row(std::size_t begin, std::size_t end, Kind kind);
  void close_row();
  [[nodiscard]] static Between between_of(std::string_view text);
  void drop_separators_before_dense();
  bool compose_hangul(char32_t c, Kind kind);
  void close_shared(bool katakana_follows);

  void append(char32_t c);
  void need(std::size_t octets);
  void replace(std::size_t begin, std::size_t end, std::string_view text);
  [[nodiscard]] bool has_separators() const { return at_ > content_end_; }
  [[nodiscard]] std::string_view view(std::size_t begin, std::size_t end) const {
    return std::string_view(out_).substr(begin, end - begin);
  }

  const NormalTable& table_;
  std::string_view in_;
  std::size_t read_ = 0;
  Undone& undone_;

  std::string out_;
  std::size_t at_ = 0;           // end of what has been written
  std::size_t content_end_ = 0;  // behind the last character that is no blank and no sign

  // The word that has not been folded yet: from word_ to content_end_.
  std::size_t word_ = kNone;
  std::size_t last_word_ = 0;  // the one before
  std::uint32_t word_kinds_ = 0;
  std::uint32_t word_units_ = 0;
  std::uint32_t bridge_ = 0;  // signs behind the word that it may go on across
  bool bridged_ = false;      // nothing else stands behind the word
  bool behind_at_ = false;
  bool in_url_ = false;

  // Single letters and digits in a row.
  struct Row {
    [[nodiscard]] std::uint32_t units() const { return letters + digits; }
    [[nodiscard]] bool joins() const;
    void leave_last();
    std::size_t begin = kNone;
    std::size_t last = 0;  // where the last one begins
    std::size_t end = 0;
    std::size_t end_before = 0;  // of the one before the last
    std::uint32_t letters = 0, digits = 0;
    Between between = Between::blank;
    bool last_is_digit = false;
  } row_;

  char32_t last_symbol_ = 0;  // written last, or 0
  bool slash_behind_colon_ = false;
  bool ends_in_blank_ = false;

  // What the last dense character is; 0 if the last content is none.
  char32_t dense_ = 0;
  Kind dense_kind_ = Kind::other;
  bool blank_taken_out_ = false;    // behind the last dense character
  std::uint32_t dense_in_row_ = 0;  // since signs or blanks were taken out
  bool composed_ = false;           // dense_ was put together of a lead and a vowel
  char32_t lead_as_tail_ = 0;       // the lead that became its tail
  std::size_t shared_ = kNone;      // where the run that Han and katakana share begins
  bool katakana_before_ = false;    // that run

  struct Mark {
    char32_t c;
    std::uint8_t combining_class;
  };
  std::array<Mark, kMarksMax> marks_{};  // on the last character
  std::size_t mark_count_ = 0;
  std::uint32_t dropped_marks_ = 0;  // in a row
  WordFolder folder_;
};

void Writer::need(std::size_t octets) {
  const std::size_t wanted = at_ + octets + (in_.size() - read_) + 2 * kSlack;
  if (wanted > out_.size()) out_.resize(wanted + wanted / 4);
}

void Writer::append(char32_t c) {
  char* to = out_.data() + at_;
  if (c < 0x80) {
    to[0] = static_cast<char>(c);
    at_ += 1;
  } else if (c < 0x800) {
    to[0] = static_cast<char>(0xC0 | (c >> 6));
    to[1] = static_cast<char>(0x80 | (c & 0x3F));
    at_ += 2;
  } else if (c < 0x10000) {
    to[0] = static_cast<char>(0xE0 | (c >> 12));
    to[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to[2] = static_cast<char>(0x80 | (c & 0x3F));
    at_ += 3;
  } else {
    to[0] = static_cast<char>(0xF0 | (c >> 18));
    to[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    to[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to[3] = static_cast<char>(0x80 | (c & 0x3F));
    at_ += 4;
  }
}

// Puts text in the place of [begin, end); all that stands behind moves.
void Writer::replace(std::size_t begin, std::size_t end, std::string_view text) {
  if (text.size() > end - begin) need(text.size() - (end - begin));
  std::memmove(out_.data() + begin + text.size(), out_.data() + end, at_ - end);
  std::memcpy(out_.data() + begin, text.data(), text.size());
  const auto moved = [&](std::size_t place) {
    return place != kNone && place >= end ? place - end + begin + text.size() : place;
  };
  at_ = moved(at_);
  content_end_ = moved(content_end_);
  word_ = moved(word_);
  shared_ = moved(shared_);
}

// What comes now is no dense character.
void Writer::leave_dense() {
  close_shared(false);
  dense_ = 0;
  dense_in_row_ = 0;
  blank_taken_out_ = false;
  composed_ = false;
  lead_as_tail_ = 0;
}

void Writer::begin_word() {
  if (dense_ != 0) leave_dense();
  word_ = at_;
  word_kinds_ = 0;
  word_units_ = 0;
  behind_at_ = false;
  if (is_prefix(last_symbol_)) begin_with_prefix();
}

// Money in front belongs to the word, if no sign stands before it that joins it to another.
void Writer::begin_with_prefix() {
  std::size_t begin = at_;
  std::uint32_t signs = 0;
  while (begin > content_end_) {
    std::size_t from = begin - 1;
    while (from > content_end_ && (static_cast<unsigned char>(out_[from]) & 0xC0) == 0x80) --from;
    const std::size_t place = from;
    const char32_t c = next_code_point(view(0, begin), from);
    if (!is_prefix(c)) {
      if (is_bridge(c, false)) return;
      break;
    }
    begin = place;
    ++signs;
  }
  word_ = begin;
  word_kinds_ = bit(Kind::symbol);
  word_units_ = signs;
}

// What follows goes on with the word, or begins one.
void Writer::open_word() {
  if (word_ == kNone || (has_separators() && !bridged_)) {
    end_word();
    begin_word();
  } else if (has_separators()) {
    word_kinds_ |= bit(Kind::symbol);
    word_units_ += bridge_;
  }
}

void Writer::close_word_char(Kind kind) {
  content_end_ = at_;
  word_kinds_ |= bit(kind);
  bridge_ = 0;
  bridged_ = true;
  last_symbol_ = 0;
  ends_in_blank_ = false;
  mark_count_ = 0;
}

void Writer::put_word_char(char32_t c, Kind kind) {
  open_word();
  append(c);
  ++word_units_;
  close_word_char(kind);
}

void Writer::end_word() {
  if (word_ == kNone) return;
  if (word_units_ == 1 || (word_kinds_ & kFoldable) != 0 || row_.begin != kNone) end_word_slowly();
  last_word_ = word_;
  word_ = kNone;
}

void Writer::end_word_slowly() {
  const bool single = word_units_ == 1 && !in_url_;
  const Kind kind = (word_kinds_ & bit(Kind::digit)) != 0 ? Kind::digit : Kind::letter;
  constexpr std::uint32_t kAlphabets = kFoldable & ~bit(Kind::digit) & ~bit(Kind::symbol);
  const bool leet = (word_kinds_ & kFoldable) != 0 && (word_kinds_ & kWordLetters) != 0 &&
                    !in_url_ && word_units_ <= kLeetUnitsMax;
  if (leet || (word_kinds_ & kAlphabets) != 0) {
    WordChanges changes;
    const std::size_t end = content_end_;
    if (folder_.fold(view(word_, end), in_url_ ? WordPlace::address : WordPlace::text, changes)) {
      const std::size_t begin = word_;
      replace(begin, end, folder_.result());
      undone_.lookalikes += changes.lookalikes;
      undone_.leet += changes.leet;
      undone_.separators += changes.separators;
    }
  }
  if (single)
    extend_row(word_, content_end_, kind);
  else
    close_row();
}

// A single letter or digit has been read: part of the row if it stands as far from the last one as
// that did from the one before.
void Writer::extend_row(std::size_t begin, std::size_t end, Kind kind) {
  const bool digit = kind == Kind::digit;
  const Row before = row_;
  const Between between =
      before.begin == kNone ? Between::nothing : between_of(view(before.end, begin));
  if (between != Between::nothing && (before.units() == 1 || before.between == between)) {
    row_.between = between;
  } else {
    // If the row is no word, its last letter may begin another one.
    const bool last_is_free = between != Between::nothing && !before.joins();
    if (last_is_free) row_.leave_last();
    const std::size_t size_before = at_;
    close_row();
    const std::size_t shift = size_before - at_;
    begin -= shift;
    end -= shift;
    row_ = Row();
    row_.begin = begin;
    if (last_is_free) {
      row_.begin = row_.last = before.last - shift;
      row_.end = before.end - shift;
      (before.last_is_digit ? row_.digits : row_.letters) = 1;
      row_.between = between;
    }
  }
  row_.end_before = row_.end;
  row_.last = begin;
  row_.end = end;
  row_.last_is_digit = digit;
  ++(digit ? row_.digits : row_.letters);
}

// Four letters with blanks or three with signs between them are a word; six digits are a number.
bool Writer::Row::joins() const {
  if (letters == 0) return digits >= 6;
  return letters > digits && units() >= (between == Between::signs ? 3U : 4U);
}

void Writer::Row::leave_last() {
  end = end_before;
  --(last_is_digit ? digits : letters);
}

Writer::Between Writer::between_of(std::string_view text) {
  bool blank = false;
  std::size_t signs = 0;
  for (std::size_t at = 0; at < text.size(); ++signs) {
    if (signs == kSeparatorMax) return Between::nothing;
    blank = next_code_point(text, at) == ' ' || blank;
  }
  if (signs == 0) return Between::nothing;
  return !blank ? Between::signs : signs == 1 ? Between::blank : Between::both;
}

void Writer::close_row() {
  if (row_.begin == kNone) return;
  const Row row = row_;
  row_ = Row();
  if (!row.joins()) return;
  std::string joined;
  const std::string_view text = view(row.begin, row.end);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const Kind kind = table_.kind(next_code_point(text, at));
    if (kind != Kind::blank && kind != Kind::symbol) joined += text.substr(from, at - from);
  }
  // A row must not become what begins a URL.
  if (joined == "www") return;
  undone_.separators += row.units() - 1;
  WordChanges changes;
  const bool folded = folder_.fold(joined, WordPlace::text, changes);
  undone_.lookalikes += changes.lookalikes;
  undone_.leet += changes.leet;
  replace(row.begin, row.end, folded ? folder_.result() : joined);
}

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

void Writer::put_symbol(char32_t c) {
  const bool colon_before = last_symbol_ == ':';
  if (c == last_symbol_ && !(c == '/' && slash_behind_colon_)) {
    ++undone_.repeats;
    return;
  }
  const bool second_slash = c == '/' && c == last_symbol_;
  slash_behind_colon_ = c == '/' && colon_before;
  const bool bridge =
      bridged_ && word_ != kNone && bridge_ < kSeparatorMax && is_bridge(c, behind_at_);
  if (bridge) {
    ++bridge_;
    if (c == '@') behind_at_ = true;
  } else if (word_ != kNone) {
    end_word();
    bridged_ = false;
  }
  if (c == '.' && !bridge && !has_separators() && view(last_word_, at_) == "www") in_url_ = true;
  if (second_slash) in_url_ = true;
  if (c == '<' || c == '>' || c == '"') in_url_ = false;
  append(c);
  last_symbol_ = c;
  ends_in_blank_ = false;
  mark_count_ = 0;
}

void Writer::put_blank() {
  if (at_ == 0 || ends_in_blank_) return;
  end_word();
  bridged_ = false;
  in_url_ = false;
  last_symbol_ = 0;
  slash_behind_colon_ = false;
  if (dense_ != 0 && !has_separators()) {
    blank_taken_out_ = true;
    return;
  }
  append(U' ');
  ends_in_blank_ = true;
  mark_count_ = 0;
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

void Writer::put_other(char32_t c) {
  end_word();
  close_row();
  if (dense_ != 0) leave_dense();
  in_url_ = false;
  append(c);
  content_end_ = at_;
  bridged_ = false;
  last_symbol_ = 0;
  ends_in_blank_ = false;
  mark_count_ = 0;
}

void Writer::put(char32_t c, Kind kind) {
  switch (kind) {
    case Kind::blank: put_blank(); break;
    case Kind::symbol: put_symbol(c); break;
    case Kind::mark: put_mark(c); break;
    case Kind::voicing: put_voicing(c); break;
    case Kind::other: put_other(c); break;
    case Kind::digit: put_word_char(c, kind); break;
    default:
      if (is_one_of(kind, kDense))
        put_dense(c, kind);
      else
        put_word_char(c, kind);
  }
}

// A run of ASCII letters, eight at a time: most of most texts.
void Writer::put_ascii_letters() {
  open_word();
  const std::size_t from = at_;
  char* to = out_.data() + at_;
  const char* in = in_.data() + read_;
  const char* const end = in_.data() + in_.size();
  bool more = true;
  while (more && end - in >= 8) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    std::uint64_t octets = 0;
    std::memcpy(&octets, in, 8);
    const std::uint64_t lower = octets | kOnes * 0x20;
    const std::uint64_t seven = lower & kOnes * 0x7F;
    const std::uint64_t letters =
        (seven + kOnes * (0x80 - 'a')) & ~(seven + kOnes * (0x7F - 'z')) & ~octets & kOnes * 0x80;
    std::memcpy(to, &lower, 8);  // what is no letter is written over, within the slack
    const int count = std::countr_zero(letters ^ kOnes * 0x80) / 8;
    in += count;
    to += count;
    more = count == 8;
  }
  while (more && in < end && is_ascii_letter(*in)) *to++ = static_cast<char>(*in++ | 0x20);
  read_ = static_cast<std::size_t>(in - in_.data());
  at_ = static_cast<std::size_t>(to - out_.data());
  word_units_ += static_cast<std::uint32_t>(at_ - from);
  close_word_char(Kind::latin);
  dropped_marks_ = 0;
}

void Writer::put_folded(char32_t c, Folding folding) {
  switch (folding.cause()) {
    case Cause::compatibility: ++undone_.compatibility; break;
    case Cause::lookalike: ++undone_.lookalikes; break;
    case Cause::han: ++undone_.han_variants; break;
    default: break;
  }
  switch (folding.form()) {
    case Folding::Form::same: put(c, folding.kind()); break;
    case Folding::Form::one: put(folding.value(), folding.kind()); break;
    default:
      need(table_.several(folding).size() * 4);
      for (const char32_t each : table_.several(folding)) put(each, table_.kind(each));
  }
}

// next_code_point() with short ways for what most texts are made of.
char32_t Writer::next() {
  const auto octet = [this](std::size_t i) {
    return static_cast<unsigned char>(in_.data()[read_ + i]);
  };
  if (octet(0) < 0x80) return static_cast<unsigned char>(in_[read_++]);
  // U+1000 to U+CFFF; what is ill-formed goes the long way.
  if (octet(0) >= 0xE1 && octet(0) <= 0xEC && in_.size() - read_ >= 3 &&
      (octet(1) & 0xC0) == 0x80 && (octet(2) & 0xC0) == 0x80) {
    const char32_t c = (octet(0) & 0x0FU) << 12 | (octet(1) & 0x3FU) << 6 | (octet(2) & 0x3FU);
    read_ += 3;
    return c;
  }
  return next_code_point(in_, read_);
}

std::string Writer::run() {
  while (read_ < in_.size()) {
    if (out_.size() - at_ < in_.size() - read_ + kSlack) need(0);
    if (is_ascii_letter(in_[read_])) {
      put_ascii_letters();
      continue;
    }
    if (in_[read_] == ' ') {
      ++read_;
      dropped_marks_ = 0;
      put_blank();
      continue;
    }
    const char32_t c = next();
    const Folding folding = table_.of(c);
    if (folding.form() == Folding::Form::nothing) {
      if (folding.cause() == Cause::ignorable) {
        ++undone_.ignorables;
      } else if (++dropped_marks_ > 1 || word_ == kNone || has_separators()) {
        ++undone_.marks;  // the first one on a letter is an accent
      }
      continue;
    }
    dropped_marks_ = 0;
    if (folding.cause() == Cause::none && folding.form() != Folding::Form::several)
      put(folding.form() == Folding::Form::same ? c : folding.value(), folding.kind());
    else
      put_folded(c, folding);
  }
  end_word();
  close_row();
  close_shared(false);
  if (ends_in_blank_) --at_;
  out_.resize(at_);
  return std::move(out_);
}

}  // namespace

Normalised normalise(std::string_view utf8) {
  Normalised normalised;
  normalised.text = Writer(utf8_prefix(utf8, kOctetsMax), normalised.undone).run();
  return normalised;
}

std::string normal_form(std::string_view utf8) { return normalise(utf8).text; }

}  // namespace weir::text
