#include <cstdint>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/message.h"
#include "mail/parameters.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const std::string value = weir::mail::decode_header(raw);
  WEIR_ASSERT(weir::is_utf8(value));
  WEIR_ASSERT(value.find_first_of("\r\n") == std::string::npos);
  for (const auto& parameter : weir::mail::parse_parameterized(raw).parameters)
    WEIR_ASSERT(weir::is_utf8(weir::mail::decode_parameter(parameter)));
  return 0;
}
