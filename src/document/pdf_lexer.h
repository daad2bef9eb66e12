// document/pdf_lexer.h - tokens of PDF syntax (ISO 32000-1 7.2, 7.3), for files, page contents and
// CMaps alike. For document/ only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weir::document {

// What reading one PDF may still cost. Every octet that a lexer passes, every octet that a search
// passes and every operator is taken from it, so that no arrangement of references, overlapping
// objects or repeated forms can cost more.
struct PdfWork {
  std::size_t octets = 0;
  std::size_t steps = 0;
  bool exhausted = false;

  [[nodiscard]] bool take_octets(std::size_t count) { return take(octets, count); }
  [[nodiscard]] bool take_step() { return take(steps, 1); }

 private:
  bool take(std::size_t& left, std::size_t count) {
    if (count > left) {
      left = 0;
      exhausted = true;
      return false;
    }
    left -= count;
    return true;
  }
};

struct PdfToken {
  enum class Kind : std::uint8_t {
    end,
    number,
    string,  // raw: between the parentheses
    hex_string,
    name,  // raw: behind the slash
    array_begin,
    array_end,
    dictionary_begin,
    dictionary_end,
    keyword,
  };
  Kind kind = Kind::end;
  std::string_view raw;
  double number = 0;
};

class PdfLexer {
 public:
  PdfLexer(std::string_view octets, std::size_t at, PdfWork& work)
      : octets_(octets), at_(at), work_(&work) {}
  [[nodiscard]] PdfToken next();
  [[nodiscard]] std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  [[nodiscard]] std::string_view octets() const { return octets_; }

 private:
  PdfToken read();
  PdfToken read_string();
  void skip_blanks();
  std::string_view octets_;
  std::size_t at_;
  PdfWork* work_;
};

[[nodiscard]] bool is_pdf_blank(char c);
// The octets that a string token stands for.
[[nodiscard]] std::string pdf_string(const PdfToken& token);
[[nodiscard]] std::string unescape_pdf_string(std::string_view raw);
[[nodiscard]] std::string unhex_pdf_string(std::string_view raw);
// "#20" becomes a blank.
[[nodiscard]] std::string unescape_pdf_name(std::string_view raw);

}  // namespace weir::document
