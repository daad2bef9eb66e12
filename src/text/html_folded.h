// text/html_folded.h - text with its blanks folded, and text whose order is overridden. For text/
// only.
#pragma once

#include <string>
#include <string_view>

namespace weir::text {

// One blank between words, line ends where they are asked for.
class FoldedText {
 public:
  void text(std::string_view utf8, bool keep_blanks);
  void blank() { pending_blank_ = true; }
  void line() { pending_lines_ = pending_lines_ == 0 ? 1 : pending_lines_; }
  void line_break() { pending_lines_ = pending_lines_ < 2 ? pending_lines_ + 1 : 2; }
  void reserve(std::size_t octets) { out_.reserve(octets); }
  // Puts the lines from `begin` on into the order in which they are seen from right to left.
  void reverse_from(std::size_t begin);
  [[nodiscard]] std::string cut(std::size_t begin);  // takes away what stands from there on
  [[nodiscard]] const std::string& str() const { return out_; }
  [[nodiscard]] std::string take();

 private:
  void kept_text(std::string_view utf8);
  void flush() {
    if (out_.empty()) {
    } else if (pending_lines_ > 0) {
      out_.append(static_cast<std::size_t>(pending_lines_), '\n');
    } else if (pending_blank_) {
      out_.push_back(' ');
    }
    pending_lines_ = 0;
    pending_blank_ = false;
  }

  std::string out_;
  int pending_lines_ = 0;
  bool pending_blank_ = false;
};

// Text between U+202E (RIGHT-TO-LEFT OVERRIDE) and its end, the line's at the latest, in the order
// in which it is seen; the controls are left out. Text of a writing that runs to the left anyway
// stays as it is. `found` counts the overrides.
[[nodiscard]] std::string without_overrides(std::string text, std::size_t& found);

}  // namespace weir::text
