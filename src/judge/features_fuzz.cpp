// Any octets as learnt features. What is accepted is written as the same set again.
#include "base/error.h"
#include "judge/judge.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto features = weir::judge::decode_features({reinterpret_cast<const char*>(data), size});
  if (!features) return 0;
  const auto again = weir::judge::decode_features(weir::judge::encode(*features));
  WEIR_ASSERT(again.has_value() && again->hashes == features->hashes);
  return 0;
}
