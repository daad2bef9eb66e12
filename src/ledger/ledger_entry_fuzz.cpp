// Whatever parses must be valid and be written back as the same octets.
#include "ledger/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::ledger;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto entry = parse_entry(octets)) {
    WEIR_ASSERT(validate(*entry));
    WEIR_ASSERT(serialise(*entry) == octets);
  }
  return 0;
}
