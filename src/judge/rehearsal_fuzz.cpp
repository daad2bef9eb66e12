// Any octets as a rehearsal file, and as the body of one whose checksum is right. What is accepted
// reads back as itself.
#include <string>

#include "crypto/crypto.h"
#include "judge/rehearsal.h"

namespace {

void check(std::string_view octets) {
  auto rehearsal = weir::judge::Rehearsal::parse(octets);
  if (!rehearsal) return;
  const auto written = rehearsal->serialise();
  const auto again = weir::judge::Rehearsal::parse(written);
  WEIR_ASSERT(again.has_value());
  WEIR_ASSERT(again->serialise() == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string octets(reinterpret_cast<const char*>(data), size);
  check(octets);
  octets += weir::as_octets(weir::crypto::sha256(octets));
  check(octets);
  return 0;
}
