// document/pdf_font.h - a font as far as it tells which text its codes stand for, and how wide they
// are (ISO 32000-1 9.6 to 9.10). For document/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf_cmap.h"
#include "document/pdf_file.h"
#include "document/pdf_glyphs.h"

namespace weir::document {

class PdfFont {
 public:
  PdfFont(PdfFile& file, const PdfValue& dictionary);
  PdfFont(const PdfFont&) = delete;
  PdfFont& operator=(const PdfFont&) = delete;

  struct Shown {
    double width = 0;  // of all codes, in thousandths of the font's size
    std::size_t codes = 0;
    std::size_t blanks = 0;    // codes of one octet that are 32, for word spacing
    std::size_t unmapped = 0;  // codes that stand for nothing known
  };
  // Appends what the octets of a string show.
  Shown show(std::string_view octets, std::string& utf8) const;
  // Its size alone does not tell how large it is drawn.
  [[nodiscard]] bool is_type3() const { return is_type3_; }

 private:
  enum class Coding : std::uint8_t {
    simple,    // an octet is a code
    pairs,     // two octets are (Identity-H)
    charset,   // the octets are text in a charset (a predefined CMap)
    embedded,  // a CMap in the file says how long codes are
  };
  void read_simple(PdfFile& file, const PdfValue& dictionary);
  void read_builtin(PdfFile& file, const PdfValue& descriptor);
  void read_composite(PdfFile& file, const PdfValue& dictionary);
  void read_widths(PdfFile& file, const PdfValue& descendant);
  [[nodiscard]] double width_of(std::uint32_t code) const;
  Shown show_charset(std::string_view octets, std::string& utf8) const;

  Coding coding_ = Coding::simple;
  std::string_view charset_;
  bool jis_pairs_ = false;  // 7-bit pairs of JIS X 0208
  PdfCMap to_unicode_;
  PdfCMap code_space_;
  PdfEncoding encoding_{};
  std::array<float, 256> simple_widths_{};
  struct Width {
    std::uint32_t first = 0, last = 0;
    float width = 0;
  };
  std::vector<Width> widths_;  // sorted by first
  double default_width_ = 500;
  bool is_type3_ = false;
  double glyph_scale_ = 1;  // of Type 3 fonts: the font matrix times 1,000
};

}  // namespace weir::document
