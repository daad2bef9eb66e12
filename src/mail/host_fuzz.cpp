#include <cstdint>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = weir::to_valid_utf8({reinterpret_cast<const char*>(data), size});
  const auto host = weir::mail::canonical_host(text);
  if (!host) return 0;
  const bool v6 = host->name.find(':') != std::string::npos;
  const auto again = weir::mail::canonical_host(v6 ? "[" + host->name + "]" : host->name);
  WEIR_ASSERT(again && again->name == host->name && again->literal == host->literal);
  if (host->literal) return 0;
  const auto domains = weir::mail::domains_of(host->name);
  WEIR_ASSERT(host->name.ends_with(domains.domain) && domains.domain.ends_with(domains.icann));
  weir::mail::DomainCache cache;
  WEIR_ASSERT(cache.of(host->name).domain == domains.domain);
  return 0;
}
