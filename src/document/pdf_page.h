// document/pdf_page.h - the contents of pages become lines of text (ISO 32000-1 9.4). For document/
// only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/pdf_font.h"

namespace weir::document {

// x' = a x + c y + e, y' = b x + d y + f.
struct PdfMatrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  // This one first, then `then`.
  [[nodiscard]] PdfMatrix times(const PdfMatrix& then) const;
};

struct PdfBox {
  double left = 0, bottom = 0, right = 0, top = 0;
  bool known = false;
};
[[nodiscard]] PdfBox pdf_box(PdfFile& file, const PdfValue& array);

// Fonts are read once for the whole file.
class PdfFonts {
 public:
  explicit PdfFonts(PdfFile& file) : file_(file) {}
  // nullptr if there are too many.
  [[nodiscard]] const PdfFont* find(const PdfValue& reference);

 private:
  PdfFile& file_;
  // By the dictionary: values of a file stay where they are.
  std::unordered_map<const PdfValue*, std::unique_ptr<PdfFont>> fonts_;
};

// Where pieces of the visible text stand, for the texts of links.
struct PdfPiece {
  double left = 0, right = 0, base = 0;
  std::size_t begin = 0, end = 0;  // in Document::text
};

// Appends the text of one page; what nobody sees (drawn invisibly, outside the page, tiny) goes to
// the hidden text.
[[nodiscard]] std::vector<PdfPiece> read_pdf_contents(PdfFile& file, PdfFonts& fonts,
                                                      const PdfValue& resources,
                                                      std::string contents, const PdfBox& page);

}  // namespace weir::document
