// document/rtf_compressed.h - RTF packed as Outlook does it (MS-OXRTFCP). For document/ only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir::document {

struct Unpacked {
  std::string rtf;
  bool broken = false;  // another form, or it ends too early: `rtf` is what could be unpacked
};
// At most max_octets come out.
[[nodiscard]] Unpacked unpack_rtf(std::string_view packed, std::size_t max_octets);

}  // namespace weir::document
