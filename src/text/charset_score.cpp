#include "text/charset_score.h"

#include <memory>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "text/decoder.h"

namespace weir::text {
namespace {

constexpr std::size_t kCharsetsMax = 96;

// By octet for a charset of single octets; by pair_index() for one of pairs, where an empty cost
// stands for what rare_step() must look at. Behind both, at kAscii, the costs of ASCII.
constexpr std::size_t kAscii = 0x8000;

std::unique_ptr<const Cost[]> make_costs(const Charset& charset) {
  const Writing writing = writing_of(charset);
  if (charset.coding == Coding::single) {
    auto costs = std::make_unique<Cost[]>(256);
    const SingleTable& table = single_table(charset);
    for (std::size_t octet = 0; octet < 256; ++octet)
      costs[octet] = octet >= 0x80 && table[octet] == 0 ? cost_of_damage()
                                                        : cost_of(char32_t{table[octet]}, writing);
    return costs;
  }
  auto costs = std::make_unique<Cost[]>(kAscii + 0x80);
  const PairTable& table = pair_table(charset);
  for (std::size_t i = 0; i < kAscii; ++i)
    if (table.units[i] != 0) costs[i] = cost_of(table.at(table.units[i]).first, writing);
  for (std::size_t octet = 0; octet < 0x80; ++octet)
    costs[kAscii + octet] = cost_of(static_cast<char32_t>(octet), writing);
  return costs;
}

template <std::size_t Index>
const Cost* costs_at() {
  static const std::unique_ptr<const Cost[]> costs = make_costs(charsets()[Index]);
  return costs.get();
}

// What is asked of the name of each charset, once.
struct Traits {
  Writing writing = Writing::any;
  Family family = Family::pairs_only;
};

const Traits& traits_of(std::size_t index) {
  static const std::array<Traits, kCharsetsMax> all = [] {
    std::array<Traits, kCharsetsMax> out{};
    for (const Charset& charset : charsets())
      out[index_of(charset)] = {writing_of(charset), family_of(charset)};
    return out;
  }();
  return all[index];
}

using Getter = const Cost* (*)();
template <std::size_t... Is>
constexpr std::array<Getter, sizeof...(Is)> getters(std::index_sequence<Is...> /*all*/) {
  return {costs_at<Is>...};
}
constexpr auto kGetters = getters(std::make_index_sequence<kCharsetsMax>());

}  // namespace

Scorer::Scorer(const Charset& charset, std::string_view sample)
    : charset_(&charset),
      octets_(sample),
      context_(context_units().data()),
      writing_(traits_of(index_of(charset)).writing),
      family_(traits_of(index_of(charset)).family) {
  sum_.own = writing_ != Writing::japanese && writing_ != Writing::korean;
  switch (charset.coding) {
    case Coding::multi: pairs_ = &pair_table(charset); [[fallthrough]];
    case Coding::single: {
      const std::size_t index = index_of(charset);
      WEIR_ASSERT(index < kCharsetsMax);
      costs_ = kGetters[index]();
      break;
    }
    case Coding::utf8: break;
    case Coding::pairs:
    case Coding::quads:
    case Coding::iso_2022_jp:
    case Coding::iso_2022_kr:
    case Coding::iso_2022_cn:
    case Coding::hz:
    case Coding::utf7:
      sum_.damaged = decode_onto(decoded_, sample, charset);
      octets_ = decoded_;
      break;
  }
}

inline void Scorer::Sum::take(Cost cost, std::uint32_t new_key, const std::uint8_t* context) {
  const std::uint32_t new_kind = cost.kind();
  const std::uint32_t more = new_key == key && cost.repeats()
                                 ? kRepeatUnits
                                 : cost.units() + context[kind * 16 + new_kind];
  units += more;
  units_beyond_ascii += cost.beyond_ascii() ? more : 0;
  beyond_ascii += cost.beyond_ascii() ? 1 : 0;
  own = own || cost.own();
  kind = new_kind;
  key = new_key;
}

void Scorer::advance_single(std::size_t until) {
  Sum sum = sum_;
  const Cost* const costs = costs_;
  const std::uint8_t* const context = context_;
  const char* const octets = octets_.data();
  for (std::size_t at = at_; at < until; ++at) {
    const auto octet = static_cast<unsigned char>(octets[at]);
    const Cost cost = costs[octet];
    sum.damaged += cost.is_damage() ? 1U : 0U;
    sum.take(cost, octet, context);
  }
  at_ = std::max(at_, until);
  sum_ = sum;
}

void Scorer::advance_pairs(std::size_t until) {
  Sum sum = sum_;
  const Cost* const costs = costs_;
  const std::uint8_t* const context = context_;
  const std::string_view octets = octets_;
  std::size_t at = at_;
  while (at < until) {
    const auto lead = static_cast<unsigned char>(octets[at]);
    if (lead < 0x80) {
      sum.take(costs[kAscii + lead], lead, context);
      ++at;
      continue;
    }
    const auto trail =
        at + 1 < octets.size() ? static_cast<unsigned char>(octets[at + 1]) : std::uint8_t{0};
    const Cost cost = costs[pair_index(lead, trail)];
    if (trail != 0 && !cost.empty()) [[likely]] {
      sum.take(cost, static_cast<std::uint32_t>(lead) << 8 | trail, context);
      at += 2;
      continue;
    }
    const Step step = rare_step(*pairs_, family_, octets, at);
    sum.damaged += step.good ? 0 : 1;
    sum.take(step.good ? cost_of(step.characters.first, writing_) : cost_of_damage(),
             0x10000U | step.characters.first, context);
    at += step.length;
  }
  at_ = at;
  sum_ = sum;
}

void Scorer::advance_text(std::size_t until) {
  Sum sum = sum_;
  while (at_ < until) {
    const auto octet = static_cast<unsigned char>(octets_[at_]);
    if (octet < 0x80) {
      sum.take(cost_of(octet, writing_), octet, context_);
      ++at_;
      continue;
    }
    const Step step = utf8_step(octets_, at_);
    sum.damaged += step.good ? 0 : 1;
    const bool damage = !step.good || step.characters.first == kReplacement;
    sum.take(damage ? cost_of_damage() : cost_of(step.characters.first, writing_),
             step.characters.first, context_);
    at_ += step.length;
  }
  sum_ = sum;
}

void Scorer::advance(std::size_t until) {
  until = std::min(until, octets_.size());
  if (charset_->coding == Coding::single)
    advance_single(until);
  else if (charset_->coding == Coding::multi)
    advance_pairs(until);
  else
    advance_text(until);
}

double Scorer::nats() const {
  const std::uint32_t foreign = at_end() && !sum_.own ? kForeignUnits : 0;
  return static_cast<double>(sum_.units + foreign) / kUnitsPerNat;
}

bool Scorer::convincing() const {
  const std::uint32_t foreign = sum_.own ? 0 : kForeignUnits;
  const double mean = static_cast<double>(sum_.units_beyond_ascii + foreign) / kUnitsPerNat /
                      static_cast<double>(std::max<std::uint64_t>(1, sum_.beyond_ascii));
  return mean < (charset_->coding == Coding::single ? 4.3 : 7.6);
}

}  // namespace weir::text
