// Any octets as a list file, with the right hash put behind them so that the parser behind the hash
// is reached: what is accepted has one form and holds no prefix that is too wide.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "crypto/crypto.h"
#include "list/index.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string octets(reinterpret_cast<const char*>(data), size);
  (void)list::Index::parse(octets);
  octets += as_octets(crypto::sha256(octets));
  const auto index = list::Index::parse(octets);
  if (!index) return 0;
  WEIR_ASSERT(index->serialise() == octets);
  for (const auto& listing : index->listings()) {
    WEIR_ASSERT(list::can_be_listed(listing.subject));
    const auto* found = index->find(listing.subject.address(), from_unix_millis(0));
    WEIR_ASSERT(listing.until <= from_unix_millis(0) || found != nullptr);
  }
  return 0;
}
