// crypto/sodium.h - libsodium, initialised. For the sources of this folder only.
#pragma once

#include <sodium.h>

namespace weir::crypto::detail {

// Initialises libsodium once, whichever thread comes first. Failure means no usable random source:
// it asserts.
void ensure_sodium();

}  // namespace weir::crypto::detail
