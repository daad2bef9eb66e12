// document/rtf.h - Rich Text Format 1.9, with the HTML or plain text that Outlook encapsulates in
// it (MS-OXRTFEX). For document/ only.
#pragma once

#include <string_view>

#include "document/output.h"

namespace weir::document {

void read_rtf(std::string_view octets, Output& out);

}  // namespace weir::document
