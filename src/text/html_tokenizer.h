// text/html_tokenizer.h - HTML as a row of texts and tags, by the tokenization rules of the WHATWG
// standard. For text/ only.
//
// Comments, doctypes, processing instructions and what stands in "<!" ... ">" are passed over. The
// content of script, style, title, textarea and the like is one token without tags in it. A tag
// that the input ends in is dropped, as browsers do. Views point into the input. Time: O(octets);
// steps() counts the octets looked at.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir::text {

[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] constexpr bool is_html_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view lower_case_b);
[[nodiscard]] std::string_view without_blanks(std::string_view text);  // at both ends

// Element and property names are compared by their hash, ASCII case ignored (FNV-1a, 64 bits). A
// collision mistakes one made-up name for another and does no harm.
[[nodiscard]] constexpr std::uint64_t name_id(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(ascii_lower(c));
    hash *= 0x100000001b3U;
  }
  return hash;
}
namespace literals {
[[nodiscard]] consteval std::uint64_t operator""_id(const char* name, std::size_t size) {
  return name_id({name, size});
}
}  // namespace literals

struct Attribute {
  std::string_view name;   // as written
  std::string_view value;  // references still in
};

struct Token {
  enum class Kind : std::uint8_t { text, start_tag, end_tag };
  Kind kind = Kind::text;
  std::string_view text;              // of a text
  bool references = true;             // a text in which character references count
  std::string_view name;              // of a tag, as written
  std::uint64_t id = 0;               // name_id(name)
  std::uint64_t raw_of = 0;           // of a text: the element whose raw content it is, or 0
  std::vector<Attribute> attributes;  // of a start tag, the first of each kAttributesMax

  // The value of the first attribute named so (lower case), or nullptr.
  [[nodiscard]] const std::string_view* attribute(std::string_view lower_case_name) const;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : html_(html) {}
  // Fills token with the next one; false at the end of the input.
  [[nodiscard]] bool next(Token& token);
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  [[nodiscard]] char at(std::size_t offset) const {
    return at_ + offset < html_.size() ? html_[at_ + offset] : '\0';
  }
  void take_text(Token& token, std::size_t end);
  void take_raw_text(Token& token);
  void skip_comment();
  void skip_to(char c);
  bool read_tag(Token& token);
  void read_attribute(Token& token);
  void skip_blanks();

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t steps_ = 0;
  std::string_view raw_name_;  // the element whose raw content begins at at_, or empty
};

}  // namespace weir::text
