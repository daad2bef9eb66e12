// document/fuzz_checks.h - what holds for every Document, whatever the octets were. For fuzz
// targets and tests.
#pragma once

#include "base/error.h"
#include "base/utf8.h"
#include "document/document.h"

namespace weir::document {

inline constexpr Limits kFuzzLimits{.text_octets = 1U << 16,
                                    .inflated_octets = 1U << 18,
                                    .embedded_octets = 1U << 16,
                                    .objects = 2'000,
                                    .steps = 20'000,
                                    .links = 100,
                                    .names = 100,
                                    .pages = 50};

inline void check_document(const Document& read, const Limits& limits) {
  WEIR_ASSERT(is_utf8(read.text) && is_utf8(read.hidden) && is_utf8(read.title));
  WEIR_ASSERT(read.text.size() <= limits.text_octets && read.hidden.size() <= limits.text_octets);
  WEIR_ASSERT(read.links.size() <= limits.links && read.names.size() <= limits.names);
  for (const DocumentLink& link : read.links)
    WEIR_ASSERT(is_utf8(link.target) && is_utf8(link.shown) && link.target.size() <= 2'048);
  for (const std::string& name : read.names) WEIR_ASSERT(is_utf8(name));
  std::size_t embedded = 0;
  for (const File& file : read.embedded) {
    WEIR_ASSERT(is_utf8(file.name) && is_utf8(file.type));
    embedded += file.octets.size();
  }
  WEIR_ASSERT(embedded <= limits.embedded_octets);
}

}  // namespace weir::document
