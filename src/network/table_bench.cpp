// Building and look-ups over the packages of package.json, or over made-up ranges where they are
// not installed.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <deque>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "network/table.h"

namespace weir::network {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Kept {
  std::deque<std::string> texts;  // does not move them
  std::vector<CsvInput> inputs;
  void add(CsvInput::Columns columns, std::string name, std::string text) {
    inputs.push_back({columns, std::move(name), texts.emplace_back(std::move(text))});
  }
};

Kept read_packages() {
  using Columns = CsvInput::Columns;
  const std::string packages = WEIR_SOURCE_DIR "/node_modules/@ip-location-db/";
  Kept kept;
  for (const auto& [columns, path] : {std::pair{Columns::asn, "asn/asn-ipv4.csv"},
                                      {Columns::asn, "asn/asn-ipv6.csv"},
                                      {Columns::country, "asn-country/asn-country-ipv4.csv"},
                                      {Columns::country, "asn-country/asn-country-ipv6.csv"}})
    if (auto text = read_file(packages + path); !text.empty())
      kept.add(columns, path, std::move(text));
  if (!kept.inputs.empty()) return kept;
  std::string text;
  for (std::uint32_t i = 0; i < 400'000; ++i)
    text += fmt::format("{},{},{},Operator {}\n", Address::v4(i * 10'000).to_string(),
                        Address::v4(i * 10'000 + 8'191).to_string(), i % 70'000, i % 70'000);
  kept.add(Columns::asn, "made-up", std::move(text));
  return kept;
}

const std::vector<CsvInput>& kept_inputs() {
  static const auto kept = read_packages();
  return kept.inputs;
}

const std::string& kept_octets() {
  static const auto kept = build_table(kept_inputs()).value();
  return kept;
}

void build(benchmark::State& state) {
  std::size_t octets = 0;
  for (const auto& input : kept_inputs()) octets += input.octets.size();
  for (auto _ : state) benchmark::DoNotOptimize(build_table(kept_inputs()).value());
  state.SetBytesProcessed(static_cast<std::int64_t>(octets) * state.iterations());
  state.counters["table_octets"] = static_cast<double>(kept_octets().size());
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

void open(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Table::open(kept_octets()).value());
  state.counters["ranges"] = static_cast<double>(Table::open(kept_octets()).value().ranges());
}
BENCHMARK(open)->Unit(benchmark::kMillisecond);

std::vector<Address> random_addresses(bool v6) {
  SeededRandom random(1);
  std::vector<Address> addresses;
  for (int i = 0; i < 65'536; ++i) {
    if (!v6) {
      addresses.push_back(Address::v4(static_cast<std::uint32_t>(random.u64())));
      continue;
    }
    std::array<std::uint8_t, 16> octets{};
    random.fill(octets);
    octets[0] = 0x20 | (octets[0] & 0x0f);  // where the announced prefixes are
    addresses.push_back(Address::v6(octets));
  }
  return addresses;
}

void find(benchmark::State& state) {
  const auto table = Table::open(kept_octets()).value();
  const auto addresses = random_addresses(state.range(0) == 6);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(table.find(addresses[i++ % addresses.size()]));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(find)->ArgName("ipv")->Arg(4)->Arg(6);

}  // namespace
}  // namespace weir::network
