// Any octets as the value of the field: reading must end, and what it gives must be bounded.
#include "auth/authentication_results.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "auth/author.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto parsed = auth::parse_authentication_results(octets)) {
    WEIR_ASSERT(!parsed->host.empty());
    WEIR_ASSERT(parsed->results.size() <= auth::kMaxMethodResults);
    for (const auto& result : parsed->results) {
      WEIR_ASSERT(!result.method.empty() && !result.word.empty());
      WEIR_ASSERT(result.properties.size() <= auth::kMaxProperties);
    }
  }
  WEIR_ASSERT(auth::author_domains(octets).size() <= auth::kMaxAuthors);
  return 0;
}
