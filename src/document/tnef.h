// document/tnef.h - winmail.dat (MS-OXTNEF): attachments, names and the body that Outlook packs
// into one file. For document/ only.
#pragma once

#include <string_view>

#include "document/output.h"

namespace weir::document {

inline constexpr std::string_view kTnefSignature = "\x78\x9F\x3E\x22";

void read_tnef(std::string_view octets, Output& out);

}  // namespace weir::document
