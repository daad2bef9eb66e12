#include <benchmark/benchmark.h>

#include "base/random.h"
#include "reputation/history.h"

namespace weir::reputation {
namespace {

// A month of verdicts from 20,000 sources.
std::vector<evidence::Record> records(std::size_t count) {
  SeededRandom random(1);
  std::vector<evidence::Record> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& record = out[i];
    record.kind = random.below(3) == 0 ? evidence::Kind::verdict_ham : evidence::Kind::verdict_spam;
    record.reporter = "local";
    record.source = Address::v4(static_cast<std::uint32_t>(0x0b000000 + random.below(20'000)));
    record.recorded_at = from_unix_millis(
        1'700'000'000'000 + static_cast<std::int64_t>(i * (30 * 86'400'000ULL / count)));
    record.observed_at = record.recorded_at;
    random.fill(record.message);
  }
  return out;
}

void apply(benchmark::State& state) {
  const auto input = records(200'000);
  for (auto _ : state) {
    History history;
    for (const auto& record : input) history.apply(record);
    benchmark::DoNotOptimize(history.sources().size());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(input.size()));
}
BENCHMARK(apply)->Unit(benchmark::kMillisecond);

void serialise_and_parse(benchmark::State& state) {
  History history;
  for (const auto& record : records(200'000)) history.apply(record);
  std::size_t octets = 0;
  for (auto _ : state) {
    const auto text = history.serialise();
    octets = text.size();
    benchmark::DoNotOptimize(History::parse(text)->sources().size());
  }
  state.counters["octets"] = static_cast<double>(octets);
}
BENCHMARK(serialise_and_parse)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weir::reputation
