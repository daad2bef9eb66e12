#include "document/mapi.h"

namespace weir::document {
namespace {

constexpr std::uint16_t kSeveral = 0x1000;

// Octets of a value of fixed size, padding included; 0 for the others.
std::size_t fixed_octets(std::uint16_t type) {
  switch (type) {
    case 0x0002:  // 16 bits
    case 0x0003:
    case 0x0004:  // float
    case 0x000A:  // error
    case 0x000B:  // boolean
      return 4;
    case 0x0005:  // double
    case 0x0006:  // currency
    case 0x0007:  // application time
    case 0x0014:  // 64 bits
    case 0x0040:  // time
      return 8;
    case 0x0048:  // GUID
      return 16;
    default: return 0;
  }
}

bool is_variable(std::uint16_t type) {
  return type == kMapiString8 || type == kMapiUnicode || type == kMapiObject || type == 0x0102;
}

std::string_view padded(ByteReader& reader, std::uint32_t size) {
  const std::string_view value = reader.octets(size);
  // The last value of a list is often written without its padding.
  (void)reader.octets(std::min<std::size_t>((4 - size % 4) % 4, reader.left()));
  return value;
}

}  // namespace

bool MapiProperties::next(MapiProperty& property) {
  if (left_ == 0) return false;
  --left_;
  property = {};
  const std::uint16_t type = [&] {
    const std::uint8_t low = reader_.u8();
    return static_cast<std::uint16_t>(low | (reader_.u8() << 8));
  }();
  property.id = [&] {
    const std::uint8_t low = reader_.u8();
    return static_cast<std::uint16_t>(low | (reader_.u8() << 8));
  }();
  property.type = static_cast<std::uint16_t>(type & ~kSeveral);
  if (property.id >= 0x8000) {  // named: GUID, then a number or a name
    (void)reader_.octets(16);
    if (reader_.u32() == 0)
      (void)reader_.u32();
    else
      (void)padded(reader_, reader_.u32());
  }
  const bool variable = is_variable(property.type);
  const std::size_t fixed = fixed_octets(property.type);
  std::uint32_t count = 1;
  if (variable || (type & kSeveral) != 0) count = reader_.u32();
  // Each value has four octets at least.
  if ((!variable && fixed == 0 && property.type > 1) || count > reader_.left() / 4 + 1)
    broken_ = true;
  for (std::uint32_t i = 0; i < count && reader_.ok() && !broken_; ++i) {
    const std::string_view value =
        variable ? padded(reader_, reader_.u32()) : reader_.octets(fixed);
    if (i == 0) property.value = value;
  }
  if (!reader_.ok()) broken_ = true;
  if (broken_) left_ = 0;
  return !broken_;
}

}  // namespace weir::document
