#include "base/error.h"
#include "evidence/arf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto report = weir::evidence::read_report(octets, {});
  if (!report) return 0;
  WEIR_ASSERT(!report->feedback_type.empty());
  WEIR_ASSERT(report->user_agent.size() <= 1'000);
  WEIR_ASSERT(report->original.size() <= size);
  return 0;
}
