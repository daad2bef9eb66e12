// ledger/test_entries.h - entries and keys for the tests of this folder only.
#pragma once

#include <rapidcheck.h>

#include "ledger/ledger.h"

namespace weir::ledger::samples {

inline constexpr const char* kOrigin = "weir.test/ledger";

inline const crypto::SecretSeed& seed() {
  static const auto seed = crypto::SecretSeed::from_octets(std::string(32, '\x07')).value();
  return seed;
}

inline UnixMillis day(int number) {
  return UnixMillis{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}} +
         std::chrono::days{number};
}

inline Prefix subject(unsigned number) { return Prefix(Address::v4(0xC0000200U + number)); }

inline Entry list_entry(const Prefix& about, UnixMillis time, Millis term) {
  Entry entry;
  entry.time = entry.since = time;
  entry.subject = about;
  entry.rule = "usual/spam-source@1";
  entry.reason = "3 spam and no good mails in 7d.";
  entry.evidence = crypto::sha256(about.to_string());
  entry.counts = {.learnt_spam = 1, .reports = 2};
  entry.until = time + term;
  entry.collateral_ppm = 15'625;
  return entry;
}

inline Entry extend_entry(const Entry& before, UnixMillis time, UnixMillis until) {
  Entry entry = before;
  entry.action = Action::extend;
  entry.time = time;
  entry.until = until;
  return entry;
}

inline Entry lift_entry(const Entry& before, UnixMillis time) {
  Entry entry = before;
  entry.action = Action::lift;
  entry.time = entry.until = time;
  entry.rule = "usual/ended@1";
  entry.reason = "The listing has ended.";
  return entry;
}

// Any entry that is valid by itself.
inline rc::Gen<Entry> any_entry() {
  return rc::gen::exec([] {
    constexpr std::int64_t kMaxListingMillis = kMaxListing.count();
    Entry entry;
    entry.action = *rc::gen::element(Action::list, Action::extend, Action::lift);
    entry.time = from_unix_millis(
        *rc::gen::inRange<std::int64_t>(kMaxListingMillis, to_unix_millis(day(365 * 1000))));
    const auto before = Millis{*rc::gen::inRange<std::int64_t>(0, kMaxListingMillis)};
    entry.since = entry.action == Action::list ? entry.time : entry.time - before;
    const auto longest = entry.since + kMaxListing - entry.time;
    entry.until =
        entry.action == Action::lift
            ? entry.time
            : entry.time + Millis{*rc::gen::inRange<std::int64_t>(1, longest.count() + 1)};
    if (*rc::gen::arbitrary<bool>()) {
      entry.subject = Prefix(Address::v4(*rc::gen::arbitrary<std::uint32_t>()),
                             *rc::gen::inRange(kShortestV4, 33));
    } else {
      const auto octets =
          *rc::gen::container<std::vector<std::uint8_t>>(16, rc::gen::arbitrary<std::uint8_t>());
      std::array<std::uint8_t, 16> address{};
      std::ranges::copy(octets, address.begin());
      address[0] = 0x20;  // never a mapped IPv4 address, which would be shorter
      entry.subject = Prefix(Address::v6(address), *rc::gen::inRange(kShortestV6, 129));
    }
    entry.code = fmt::format("127.0.{}.{}", *rc::gen::inRange(0, 256), *rc::gen::inRange(2, 256));
    const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("abcdefghijklmnopqrstuvwxyz0123456789-"))));
    entry.rule = fmt::format("{}/{}@{}", (*word).substr(0, 40), (*word).substr(0, 40),
                             *rc::gen::inRange(1, 1'000'000));
    entry.reason =
        (*rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'))))
            .substr(0, kMaxReasonOctets);
    for (auto& octet : entry.evidence) octet = *rc::gen::arbitrary<std::uint8_t>();
    const auto count = rc::gen::inRange<std::uint64_t>(0, kMaxCount + 1);
    entry.counts = {*count, *count, *count, *count, *count};
    entry.collateral_ppm = *rc::gen::inRange<std::uint64_t>(0, 1'000'001);
    return entry;
  });
}

}  // namespace weir::ledger::samples
