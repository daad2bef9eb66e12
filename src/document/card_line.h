// document/card_line.h - one content line: "group.NAME;PARAMETER=value:VALUE". For document/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::document {

// Takes folded lines apart, one after another. A view points into the input, or into a buffer that
// the next call reuses.
class ContentLines {
 public:
  explicit ContentLines(std::string_view octets) : rest_(octets) {}
  // The next unfolded line that is not empty, without its end; false at the end of the input.
  // A line end followed by a blank is a fold, and so is one behind '=' in a quoted-printable value.
  [[nodiscard]] bool next(std::string_view& line);
  // vCard 2.1 and vCalendar 1.0 fold where a blank stands already: it is a part of the text.
  void keep_fold_blank() { keep_fold_blank_ = true; }

 private:
  std::string_view take_raw();
  std::string_view rest_;
  std::string unfolded_;
  bool keep_fold_blank_ = false;
};

struct ContentLine {
  std::string_view name;        // without its group; as written
  std::string_view parameters;  // as written, without the first ';'
  std::string_view value;       // as written
};

// Nothing if no colon ends the name and its parameters.
[[nodiscard]] std::optional<ContentLine> parse_content_line(std::string_view line);

// The value of a parameter without its quotation marks, or empty. vCard 2.1 also writes values of
// ENCODING and TYPE without a name: such a bare word is found by its own name and is its value.
[[nodiscard]] std::string_view parameter(const ContentLine& line, std::string_view name);

// "\n" is a line end, "\," a comma; of another pair both stay.
[[nodiscard]] std::string unescape_value(std::string_view value);
// Components of a structured value (";" between them), unescaped, those that are not empty, with a
// separator between them.
[[nodiscard]] std::string join_components(std::string_view value, std::string_view separator);

}  // namespace weir::document
