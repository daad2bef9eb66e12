// Durable records of 300 octets a second on the disk of the temporary folder. Argument: records in
// one append; a thread is one caller, so that 8 threads with batches of 1 show what group commit
// gives.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>

#include "store_sqlite/sqlite_log.h"

namespace weir::store_sqlite {
namespace {

std::filesystem::path folder;
std::unique_ptr<store::LogStore> shared_log;

void open_new(const benchmark::State&) {
  auto name = (std::filesystem::temp_directory_path() / "weir-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  folder = name;
  shared_log = open_log(folder / "log.db", "evidence").value();
}

void remove(const benchmark::State&) {
  shared_log.reset();
  std::filesystem::remove_all(folder);
}

void append(benchmark::State& state) {
  const std::string record(300, 'x');
  const std::vector<std::string_view> batch(static_cast<std::size_t>(state.range(0)), record);
  for (auto _ : state)
    if (!shared_log->append(batch)) state.SkipWithError("append failed");
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append)->Arg(1)->Arg(100)->Arg(1000)->Setup(open_new)->Teardown(remove)->UseRealTime();
BENCHMARK(append)->Arg(1)->Arg(100)->Threads(8)->Setup(open_new)->Teardown(remove)->UseRealTime();

void read_back(benchmark::State& state) {
  open_new(state);
  const std::string record(300, 'x');
  const std::vector<std::string_view> batch(1'000, record);
  for (int i = 0; i < 100; ++i)
    if (!shared_log->append(batch)) std::abort();
  for (auto _ : state)
    for (store::Seq from = 0; from < 100'000; from += 1'000)
      benchmark::DoNotOptimize(shared_log->read(from, 1'000, SIZE_MAX)->size());
  state.SetItemsProcessed(state.iterations() * 100'000);
  remove(state);
}
BENCHMARK(read_back)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace weir::store_sqlite
