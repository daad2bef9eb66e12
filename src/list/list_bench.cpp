// A million listings, addresses spread over the unicast space: what one lookup and one answer cost.
#include <benchmark/benchmark.h>

#include "base/random.h"
#include "dns/message.h"
#include "list/answer.h"

namespace weir::list {
namespace {

constexpr std::size_t kListings = 1'000'000;
constexpr std::size_t kQueries = 1U << 14;

const Index& million() {
  static const Index index = [] {
    SeededRandom random(1);
    std::vector<Listing> listings(kListings);
    for (auto& listing : listings) {
      const auto number =
          static_cast<std::uint32_t>((random.below(223) + 1) << 24 | random.below(1U << 24));
      listing.subject = Prefix(Address::v4(number), random.below(100) == 0 ? 24 : 32);
      listing.until = from_unix_millis(1'000'000);
      listing.reason = "Seen in three traps within a day";
    }
    return Index(std::move(listings));
  }();
  return index;
}

// Half of them listed.
std::vector<Address> addresses() {
  SeededRandom random(2);
  std::vector<Address> asked(kQueries);
  for (std::size_t i = 0; i < asked.size(); ++i)
    asked[i] = i % 2 == 0 ? million().listings()[random.below(million().size())].subject.address()
                          : Address::v4(static_cast<std::uint32_t>(random.u64()));
  return asked;
}

void find(benchmark::State& state) {
  const auto asked = addresses();
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(million().find(asked[i++ % kQueries], from_unix_millis(0)));
}
BENCHMARK(find);

void any_below(benchmark::State& state) {
  const auto asked = addresses();
  std::size_t i = 0;
  for (auto _ : state) {
    const Prefix prefix(asked[i++ % kQueries], static_cast<int>(state.range(0)));
    benchmark::DoNotOptimize(million().any_below(prefix, from_unix_millis(0)));
  }
}
BENCHMARK(any_below)->Arg(8)->Arg(16)->Arg(24);

void answer_type(benchmark::State& state, dns::Type type) {
  const auto asked = addresses();
  std::vector<std::string> queries;
  for (const auto& address : asked) {
    const auto& o = address.octets();
    dns::Query query;
    query.edns = dns::Edns{};
    const auto name = std::to_string(o[3]) + "." + std::to_string(o[2]) + "." +
                      std::to_string(o[1]) + "." + std::to_string(o[0]) + ".bl.weir.test";
    query.question = dns::Question{dns::Name::parse(name).value(), type, dns::Class::in};
    queries.push_back(dns::write_query(query));
  }
  const Zone zone;
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        answer(zone, million(), queries[i++ % kQueries], Transport::udp, from_unix_millis(0)));
}
BENCHMARK_CAPTURE(answer_type, a, dns::Type::a);
BENCHMARK_CAPTURE(answer_type, txt, dns::Type::txt);

void parse_file(benchmark::State& state) {
  const auto octets = million().serialise();
  for (auto _ : state) benchmark::DoNotOptimize(Index::parse(octets));
  state.counters["octets"] = static_cast<double>(octets.size());
}
BENCHMARK(parse_file)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weir::list
