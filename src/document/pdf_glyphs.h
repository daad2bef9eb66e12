// document/pdf_glyphs.h - the names of glyphs, and the encodings of simple fonts that are made of
// them (ISO 32000-1 9.6.6, annex D). For document/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::document {

using PdfEncoding = std::array<char32_t, 256>;  // 0: nothing

// By the name of the encoding; StandardEncoding for one that is unknown.
[[nodiscard]] const PdfEncoding& pdf_encoding(std::string_view name);
// The code point of a glyph's name: of Latin, Greek and Cyrillic sets, "uni4E2D", "u1F600",
// "f_i" (its first part), "A.small"; 0 if the name says nothing.
[[nodiscard]] char32_t glyph_code_point(std::string_view name);

}  // namespace weir::document
