#include "crypto/crypto.h"
#include "reputation/history.h"

// Any octets, and any octets with a right SHA-256 behind them, are refused or give themselves back,
// and what was read goes on counting.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using weir::reputation::History;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto digest = weir::crypto::sha256(octets);
  for (const auto& input :
       {std::string(octets), std::string(octets) + std::string(weir::as_octets(digest))}) {
    auto history = History::parse(input);
    if (!history) continue;
    WEIR_ASSERT(history->serialise() == input);
    for (int i = 0; i < 4; ++i) {
      weir::evidence::Record record;
      record.kind = static_cast<weir::evidence::Kind>(i);
      record.reporter = "local";
      record.recorded_at = weir::from_unix_millis(1'700'000'000'000);
      record.observed_at = record.recorded_at;
      record.source = history->sources().empty() ? weir::Address{}
                                                 : history->sources().begin()->first.address();
      history->apply(record);
    }
    const auto after = history->serialise();
    WEIR_ASSERT(History::parse(after)->serialise() == after);
  }
  return 0;
}
