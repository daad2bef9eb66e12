// document/office.h - text, links and signals of office files: OOXML (ECMA-376) and OpenDocument.
// For document/ only.
#pragma once

#include <string_view>

#include "document/output.h"
#include "document/zip.h"

namespace weir::document {

// False if the archive is no office file.
[[nodiscard]] bool read_office(ZipArchive& archive, Output& out);

}  // namespace weir::document
