// document/rtf_words.h - what the control words of RTF do, as far as text is concerned. For
// document/ only.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::document {

enum class RtfAction : std::uint8_t {
  none,
  literal,   // text: `text`
  new_line,  // a paragraph or line ends
  cell,      // a table cell ends
  skip,      // the group holds no text
  font_table,
  title,
  field,         // the group is a field
  instruction,   // of the field
  remote,        // the group is a URL that is loaded: a template
  object_class,  // the group names the program of an object
  object_data,   // the group is an object in hexadecimal
  file_name,     // the group is a file's name
  annotation,    // a comment on the text
  html_tag,      // MS-OXRTFEX
  html_rtf,      // MS-OXRTFEX: RTF that stands for a tag, until 0
  from_html,
  unicode_group,  // \ud
  passes,         // a destination whose text is seen
  hide,           // a character property, ended by 0
  plain,
  font,
  default_font,
  font_charset,
  code_page,
  font_code_page,
  unicode,
  unicode_skip,  // \uc
  binary,        // \bin
};

struct RtfWord {
  std::string_view name;
  RtfAction action = RtfAction::none;
  unsigned number = 0;  // of code_page: the page; of literal: the code point
};

// nullptr if the word says nothing of the text.
[[nodiscard]] const RtfWord* find_rtf_word(std::string_view name);
// The code page of \fcharset; 0: that of the document.
[[nodiscard]] unsigned code_page_of_font_charset(int charset);

}  // namespace weir::document
