// document/filters.h - decoders of compressed and ASCII-armoured streams. For document/ only.
//
// Each gives what could be decoded before the input ends or breaks; `broken` tells. At most
// max_octets come out. O(input + output).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir::document {

struct Filtered {
  std::string octets;
  bool broken = false;
  bool cut = false;  // there was more than max_octets
};

enum class Wrapping : unsigned char { zlib, raw };
[[nodiscard]] Filtered inflate_octets(std::string_view packed, std::size_t max_octets,
                                      Wrapping wrapping = Wrapping::zlib);
[[nodiscard]] Filtered decode_lzw(std::string_view packed, std::size_t max_octets,
                                  bool early_change);
[[nodiscard]] Filtered decode_ascii85(std::string_view text, std::size_t max_octets);
[[nodiscard]] Filtered decode_ascii_hex(std::string_view text, std::size_t max_octets);
[[nodiscard]] Filtered decode_run_length(std::string_view packed, std::size_t max_octets);

struct Predictor {
  int kind = 1;  // 2: TIFF, 10 and more: PNG
  std::size_t colors = 1, bits = 8, columns = 1;
};
[[nodiscard]] std::string undo_predictor(std::string octets, const Predictor& predictor);

}  // namespace weir::document
