// document/pdf.h - PDF (ISO 32000): text of its pages in the order in which they are drawn, links,
// forms, names of attached files, and what it would do when opened. For document/ only.
#pragma once

#include <string_view>

#include "document/output.h"

namespace weir::document {

void read_pdf(std::string_view octets, Output& out);

}  // namespace weir::document
