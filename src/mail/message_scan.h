// mail/message_scan.h - lines and delimiters of one run of octets: what the parser of message.cpp
// walks over.
//
// Lines end with LF or CRLF (CRs before the LF go with it), or, when bare CRs end lines, with any
// of CR, LF, CRLF. Nothing is allocated; every function is O(octets that it passes).
#pragma once

#include <cstddef>
#include <string_view>

namespace weir::mail {

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;   // without the line end
  std::size_t next = 0;  // behind the line end
};

class Lines {
 public:
  Lines() = default;
  explicit Lines(std::string_view octets) : octets_(octets) {}

  // A bare CR ends lines only in a message whose first line ends so; elsewhere it is an octet like
  // others. The offset of that CR, or npos. Looks at the first `within` octets.
  [[nodiscard]] std::size_t choose_line_end(std::size_t within);

  [[nodiscard]] std::string_view octets() const { return octets_; }
  [[nodiscard]] std::size_t size() const { return octets_.size(); }
  [[nodiscard]] Line at(std::size_t begin) const;
  [[nodiscard]] std::string_view text(const Line& line) const {
    return octets_.substr(line.begin, line.end - line.begin);
  }
  // The begin of the first line at or behind `begin`, which is the begin of a line, that starts
  // with "--"; size() if there is none.
  [[nodiscard]] std::size_t find_dashes(std::size_t begin) const;
  // The line end before a delimiter belongs to the delimiter: the end of what stands before it.
  [[nodiscard]] std::size_t before_line_end(std::size_t at) const;

 private:
  std::string_view octets_;
  bool cr_ends_lines_ = false;
};

// The length of the field name if the line starts a field, else 0. Blanks before the colon are
// obsolete syntax.
[[nodiscard]] std::size_t field_name_length(std::string_view line);

}  // namespace weir::mail
