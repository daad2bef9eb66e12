// text/normal_writer.h - the machine that puts the normal form together. For text/ only.
//
// normal.cpp says how it works and takes the characters in; normal_rows.cpp has what is done about
// words and single letters in a row, normal_dense.cpp what is done about dense characters.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/normal.h"
#include "text/normal_table.h"
#include "text/normal_word.h"

namespace weir::text {

class Writer {
 public:
  Writer(std::string_view in, Undone& undone)
      : table_(NormalTable::get()), in_(in), undone_(undone) {
    out_.resize(in.size() + 2 * kSlack);
  }

  std::string run();

 private:
  static constexpr std::size_t kMarksMax = 6;      // on one letter; no language needs more
  static constexpr std::size_t kSlack = 64;        // octets that are free before each code point
  static constexpr std::size_t kSeparatorMax = 3;  // signs between two single letters
  static constexpr std::size_t kNone = SIZE_MAX;
  static constexpr std::uint32_t kWordLetters = bit(Kind::latin) | bit(Kind::cyrillic) |
                                                bit(Kind::greek) | bit(Kind::letter) |
                                                bit(Kind::letter_like_latin);
  // A word that has none of these needs no second look.
  static constexpr std::uint32_t kFoldable = bit(Kind::digit) | bit(Kind::symbol) |
                                             bit(Kind::cyrillic) | bit(Kind::greek) |
                                             bit(Kind::letter_like_latin);

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

inline void Writer::append(char32_t c) {
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

}  // namespace weir::text
