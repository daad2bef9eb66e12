#include "document/fuzz_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::document;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  check_document(read_document(Kind::zip, octets, kFuzzLimits), kFuzzLimits);
  return 0;
}
