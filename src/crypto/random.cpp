#include "crypto/crypto.h"
#include "crypto/sodium.h"

namespace weir::crypto {

void detail::ensure_sodium() {
  static const bool ready = sodium_init() >= 0;
  WEIR_ASSERT(ready);
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  detail::ensure_sodium();
  randombytes_buf(out.data(), out.size());
}

}  // namespace weir::crypto
