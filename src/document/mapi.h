// document/mapi.h - a list of MAPI properties as TNEF writes it (MS-OXTNEF 2.1.3.4). For document/
// only.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace weir::document {

struct MapiProperty {
  std::uint16_t id = 0;
  std::uint16_t type = 0;  // without the flag for several values
  std::string_view value;  // the first one; strings with their NUL
  [[nodiscard]] std::uint32_t number() const { return ByteReader(value).u32(); }
};

inline constexpr std::uint16_t kMapiString8 = 0x001E;
inline constexpr std::uint16_t kMapiUnicode = 0x001F;
inline constexpr std::uint16_t kMapiObject = 0x000D;

class MapiProperties {
 public:
  explicit MapiProperties(std::string_view octets) : reader_(octets), left_(reader_.u32()) {}
  // The next one; false at the end or where the list cannot be read on.
  [[nodiscard]] bool next(MapiProperty& property);
  [[nodiscard]] bool is_broken() const { return broken_; }

 private:
  ByteReader reader_;
  std::uint32_t left_;
  bool broken_ = false;
};

}  // namespace weir::document
