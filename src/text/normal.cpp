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

#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "text/normal_writer.h"

namespace weir::text {
namespace {

constexpr std::size_t kOctetsMax = std::size_t{1} << 28;

constexpr std::uint32_t kDense = bit(Kind::han) | bit(Kind::hiragana) | bit(Kind::katakana) |
                                 bit(Kind::hangul) | bit(Kind::jamo_lead) | bit(Kind::jamo_vowel) |
                                 bit(Kind::jamo_tail) | bit(Kind::unspaced);

bool is_ascii_letter(char c) {
  return static_cast<unsigned char>((static_cast<unsigned char>(c) | 0x20) - 'a') < 26;
}

bool is_one_of(Kind kind, std::uint32_t set) { return (bit(kind) & set) != 0; }

}  // namespace

void Writer::need(std::size_t octets) {
  const std::size_t wanted = at_ + octets + (in_.size() - read_) + 2 * kSlack;
  if (wanted > out_.size()) out_.resize(wanted + wanted / 4);
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
  if (octet(0) >= 0xC2 && octet(0) <= 0xDF && in_.size() - read_ >= 2 &&
      (octet(1) & 0xC0) == 0x80) {
    const char32_t c = (octet(0) & 0x1FU) << 6 | (octet(1) & 0x3FU);
    read_ += 2;
    return c;
  }
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

Normalised normalise(std::string_view utf8) {
  Normalised normalised;
  normalised.text = Writer(utf8_prefix(utf8, kOctetsMax), normalised.undone).run();
  return normalised;
}

std::string normal_form(std::string_view utf8) { return normalise(utf8).text; }

}  // namespace weir::text
