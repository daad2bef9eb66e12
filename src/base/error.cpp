#include "base/error.h"

#include <cstdio>
#include <cstdlib>

namespace weir {

std::string_view to_string(Errc code) {
  switch (code) {
    case Errc::invalid: return "invalid";
    case Errc::too_large: return "too_large";
    case Errc::not_found: return "not_found";
    case Errc::corrupt: return "corrupt";
    case Errc::conflict: return "conflict";
    case Errc::busy: return "busy";
    case Errc::permission: return "permission";
    case Errc::full: return "full";
    case Errc::io: return "io";
    case Errc::unsupported: return "unsupported";
  }
  return "unknown";
}

Error with_context(Error error, std::string_view context) {
  error.detail.insert(0, ": ");
  error.detail.insert(0, context);
  return error;
}

namespace detail {
void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "weir: bug: assertion '%s' failed at %s:%d\n", condition, file, line);
  std::abort();
}
}  // namespace detail

}  // namespace weir
