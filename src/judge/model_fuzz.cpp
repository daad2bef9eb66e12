// Any octets as a model, and as the body of a model whose checksum is right. What is accepted reads
// back as itself.
#include <string>

#include "base/error.h"
#include "crypto/crypto.h"
#include "judge/judge.h"

namespace {

void check(std::string_view octets) {
  const auto model = weir::judge::Model::parse(octets);
  if (!model) return;
  const std::string written = model->serialise();
  const auto again = weir::judge::Model::parse(written);
  WEIR_ASSERT(again.has_value());
  WEIR_ASSERT(again->serialise() == written);
  const double p = model->spam_probability({{1, 2, 3}});
  WEIR_ASSERT(p >= 0 && p <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string octets(reinterpret_cast<const char*>(data), size);
  check(octets);
  octets += weir::as_octets(weir::crypto::sha256(octets));
  check(octets);
  return 0;
}
