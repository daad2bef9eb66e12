// text/html_tokenizer.h - HTML as a row of texts and tags, by the tokenization rules of the WHATWG
// standard (13.2.5). For text/ only.
//
// Comments, doctypes, processing instructions and what stands in "<!" ... ">" are passed over and
// counted. The content of script, style, title, textarea and the like is one token without tags in
// it. A tag that the input ends in is dropped, as browsers do. Views point into the input. Time:
// O(octets); steps() counts the octets looked at.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "text/html_name_table.h"
#include "text/html_tags.h"

namespace weir::text {

[[nodiscard]] constexpr bool is_html_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
[[nodiscard]] inline std::string_view without_blanks(std::string_view text) {  // at both ends
  while (!text.empty() && is_html_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_blank(text.back())) text.remove_suffix(1);
  return text;
}

struct Token {
  enum class Kind : std::uint8_t { text, start_tag, end_tag };
  Kind kind = Kind::text;
  bool references = true;     // a text in which character references count
  bool self_closing = false;  // of a start tag: it ends with "/>"
  Tag tag = Tag::other;
  Tag raw_of = Tag::none;  // of a text: the element whose raw content it is
  std::string_view text;   // of a text
  std::string_view name;   // of a tag, as written

  [[nodiscard]] bool has(Attr attr) const { return (present_ >> index(attr) & 1) != 0; }
  [[nodiscard]] bool has_attributes() const { return present_ != 0; }
  // The value of the first attribute named so, references still in; empty if there is none.
  [[nodiscard]] std::string_view value(Attr attr) const {
    return has(attr) ? values_[index(attr)] : std::string_view();
  }
  void clear_attributes() { present_ = 0; }
  void add_attribute(Attr attr, std::string_view value) {
    if (has(attr)) return;  // the first one counts
    present_ |= std::uint64_t{1} << index(attr);
    values_[index(attr)] = value;
  }

 private:
  static_assert(kAttrs <= 64);
  static constexpr std::size_t index(Attr attr) { return static_cast<std::size_t>(attr); }
  std::uint64_t present_ = 0;
  std::array<std::string_view, kAttrs> values_;  // those that are present
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : html_(html) {}
  // Fills token with the next one; false at the end of the input.
  [[nodiscard]] bool next(Token& token);
  // In svg and math, <![CDATA[ holds text, and no element has raw content.
  void set_foreign(bool foreign) { foreign_ = foreign; }
  // Whether "<" and these lower-case letters stand anywhere in what is left.
  [[nodiscard]] bool has_ahead(std::string_view name);
  [[nodiscard]] std::size_t steps() const { return steps_; }
  [[nodiscard]] std::size_t comments() const { return comments_; }
  [[nodiscard]] std::size_t comment_octets() const { return comment_octets_; }
  // What the first doctype says between "<!doctype" and ">"; empty if there was none.
  [[nodiscard]] std::string_view doctype() const { return doctype_; }

 private:
  [[nodiscard]] char at(std::size_t offset) const {
    return at_ + offset < html_.size() ? html_[at_ + offset] : '\0';
  }
  [[nodiscard]] std::size_t find(char c, std::size_t from) const;
  void take_text(Token& token, std::size_t end);
  void take_raw_text(Token& token);
  [[nodiscard]] std::size_t raw_end(Tag tag) const;
  [[nodiscard]] std::size_t script_end() const;
  [[nodiscard]] bool is_tag_end(std::size_t name_at, std::string_view name) const;
  void skip_declaration();
  void skip_comment();
  void skip_to(char c);
  bool read_tag(Token& token);
  void read_attribute(Token& token, bool keep);

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t steps_ = 0;
  std::size_t comments_ = 0;
  std::size_t comment_octets_ = 0;
  std::string_view doctype_;
  Tag raw_ = Tag::none;  // the element whose raw content begins at at_
  bool foreign_ = false;
  std::size_t ahead_ = 0;  // where has_ahead() found it; not beyond it is there another
};

}  // namespace weir::text
