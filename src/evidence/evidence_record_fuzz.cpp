#include "base/error.h"
#include "evidence/record.h"

// What is read is written back as the same octets, and every error says why.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto record = weir::evidence::parse(octets);
  if (record) {
    WEIR_ASSERT(weir::evidence::serialise(*record) == octets);
    WEIR_ASSERT(weir::evidence::bounded(*record) == *record);
  } else {
    WEIR_ASSERT(!record.error().detail.empty());
  }
  return 0;
}
