// policy/test_world.h - evidence and a small world for the tests of this folder only.
#pragma once

#include "crypto/crypto.h"
#include "evidence/record.h"
#include "policy/policy.h"

namespace weir::policy::samples {

inline UnixMillis day(int number) {
  return UnixMillis{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}} +
         std::chrono::days{number};
}

inline Address address(unsigned number) { return Address::v4(0xC0000200U + number); }  // 192.0.2.n
inline Prefix subject(unsigned number) { return Prefix(address(number)); }

// An observation of its own: no two are about one message.
inline evidence::Record record(evidence::Kind kind, const Address& source, UnixMillis observed,
                               std::uint64_t number) {
  evidence::Record record;
  record.kind = kind;
  record.observed_at = record.recorded_at = observed;
  record.reporter = "local";
  record.source = source;
  record.message = crypto::sha256(fmt::format("message {}", number));
  return record;
}

// Evidence, ledger and clock that are moved by hand.
struct World {
  Policy policy;
  reputation::History history;
  ledger::Standings standings;
  std::uint64_t entries = 0;
  std::uint64_t messages = 0;

  void see(evidence::Kind kind, const Address& source, UnixMillis observed, int times = 1) {
    for (int i = 0; i < times; ++i) history.apply(record(kind, source, observed, messages++));
  }
  void spam(const Address& source, UnixMillis observed, int times = 1) {
    see(evidence::Kind::report, source, observed, times);
  }
  void ham(const Address& source, UnixMillis observed, int times = 1) {
    see(evidence::Kind::verdict_ham, source, observed, times);
  }
  // Decides and appends.
  std::vector<ledger::Entry> decide_at(UnixMillis now) {
    auto decided = decide(history, standings, policy, now);
    for (const auto& entry : decided) WEIR_ASSERT(standings.apply(entries++, entry));
    return decided;
  }
};

}  // namespace weir::policy::samples
