// document/pdf_cmap.h - codes of a font become Unicode: ToUnicode and embedded CMaps (ISO 32000-1
// 9.7.5, 9.10.3). For document/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/pdf_lexer.h"

namespace weir::document {

class PdfCMap {
 public:
  // Reads the text of a CMap. At most 65,536 entries are kept.
  void read(std::string_view octets, PdfWork& work);

  // What a code stands for, empty if nothing is said of it. O(log entries).
  [[nodiscard]] std::string_view find(std::uint32_t code, std::string& storage) const;
  [[nodiscard]] bool empty() const { return ranges_.empty() && texts_.empty(); }
  // How many octets the code at the front of `octets` has, by the code space; 0 if it says nothing.
  [[nodiscard]] std::size_t code_octets(std::string_view octets) const;
  [[nodiscard]] bool has_code_space() const { return !spaces_.empty(); }

 private:
  struct Range {
    std::uint32_t first = 0, last = 0;
    std::uint32_t code_point = 0;  // of the first
  };
  struct Space {
    std::size_t octets = 0;
    std::uint32_t low = 0, high = 0;
  };
  void add(std::uint32_t first, std::uint32_t last, std::string_view utf16);
  void finish();

  std::vector<Range> ranges_;                             // sorted by first
  std::unordered_map<std::uint32_t, std::string> texts_;  // of more than one code point, UTF-8
  std::vector<Space> spaces_;
};

// Octets as a number, the first one on top; at most four count.
[[nodiscard]] std::uint32_t code_of(std::string_view octets);

}  // namespace weir::document
