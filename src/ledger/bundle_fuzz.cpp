// What parses holds the same octets as the bundle, cut at the lengths.
#include "ledger/ledger.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::ledger;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto entries = parse_bundle(octets);
  if (!entries) return 0;
  WEIR_ASSERT(!entries->empty() && entries->size() <= kBundleEntries);
  std::string again;
  for (const auto& entry : *entries) {
    again.push_back(static_cast<char>(entry.size() >> 8));
    again.push_back(static_cast<char>(entry.size() & 0xff));
    again += entry;
  }
  WEIR_ASSERT(again == octets);
  return 0;
}
