// Words that are complete, and single letters that stand in a row and are one word.
#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "text/normal_writer.h"

namespace weir::text {

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
      // Of a mail address, maybe: without the prefix the signs could join the word before them.
      if (is_bridge(c, true)) return;
      break;
    }
    begin = place;
    ++signs;
  }
  word_ = begin;
  word_kinds_ = bit(Kind::symbol);
  word_units_ = signs;
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

}  // namespace weir::text
