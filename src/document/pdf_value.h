// document/pdf_value.h - an object of a PDF (ISO 32000-1 7.3). For document/ only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf_lexer.h"

namespace weir::document {

// Strings and names are views into the octets they were read from, still escaped.
struct PdfValue {
  enum class Type : std::uint8_t {
    null,
    boolean,
    number,
    string,
    hex_string,
    name,
    array,
    dictionary,  // items: key, value, key, value
    reference,   // number: of the object
  };
  Type type = Type::null;
  double number = 0;
  std::string_view raw;
  std::vector<PdfValue> items;
  std::size_t stream_at = 0;  // where the octets of a stream begin in the file; 0: it is none

  [[nodiscard]] bool is(Type other) const { return type == other; }
  [[nodiscard]] bool is_null() const { return type == Type::null; }
  [[nodiscard]] bool is_name(std::string_view name) const {
    return type == Type::name && raw == name;
  }
  [[nodiscard]] bool is_string() const { return type == Type::string || type == Type::hex_string; }
  // Clamped: hostile numbers are no undefined behaviour.
  [[nodiscard]] std::int64_t integer(std::int64_t otherwise = 0) const;
  [[nodiscard]] std::uint32_t object_number() const;
  [[nodiscard]] std::string string() const;  // the octets
  // The value of a key of a dictionary as it stands, null if there is none. O(keys).
  [[nodiscard]] const PdfValue& at(std::string_view key) const;
};

[[nodiscard]] const PdfValue& null_pdf_value();

// The value at the lexer; reads on to the keyword behind it, which `end` receives (endobj, stream).
// At most values_left values are made, deeper nesting than 64 is left out.
[[nodiscard]] PdfValue read_pdf_value(PdfLexer& lexer, std::size_t& values_left,
                                      std::string_view* end = nullptr);

// A text string (7.9.2.2): UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding, or whatever
// charset its octets are in.
[[nodiscard]] std::string pdf_text(std::string_view octets);

}  // namespace weir::document
