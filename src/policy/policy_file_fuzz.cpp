// Any text gives an error with the file's name, or a policy that is valid.
#include "policy/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::policy;
  const std::string_view toml(reinterpret_cast<const char*>(data), size);
  const auto policy = parse_policy(toml, "f");
  if (policy) {
    WEIR_ASSERT(validate(*policy));
  } else {
    WEIR_ASSERT(policy.error().detail.starts_with("f:"));
  }
  return 0;
}
