#include "reputation/history.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "crypto/crypto.h"

namespace weir::reputation {
namespace {

using evidence::Kind;
using evidence::Record;

constexpr std::int64_t kDayMillis = 86'400'000;

UnixMillis on_day(std::int64_t day, std::int64_t millis = 0) {
  return from_unix_millis(day * kDayMillis + millis);
}

Record record(Kind kind, std::string_view source, std::int64_t day, std::uint8_t message,
              std::string_view reporter = "local") {
  Record out;
  out.kind = kind;
  out.reporter = reporter;
  if (!source.empty()) out.source = Address::parse(source).value();
  out.observed_at = on_day(day, 1'000);
  out.recorded_at = on_day(day, 2'000);
  out.message[0] = message;
  return out;
}

History fold(const std::vector<Record>& records) {
  History history;
  for (const auto& each : records) history.apply(each);
  return history;
}

Counts total(const History& history, std::string_view prefix) {
  return history.counts_inside(Prefix::parse(prefix).value(), on_day(0), on_day(1'000'000));
}

const Source& source_of(const History& history, std::string_view subject) {
  const auto* source = history.find(Prefix::parse(subject).value());
  WEIR_ASSERT(source != nullptr);
  return *source;
}

// A few sources, messages, reporters and days, so that repetitions, moved labels and dropped days
// all happen.
std::vector<Record> some_records() {
  const auto count = *rc::gen::inRange(0, 60);
  std::vector<Record> out;
  for (int i = 0; i < count; ++i) {
    const auto which = *rc::gen::inRange(0, 7);
    const auto source = which == 0  ? ""
                        : which < 5 ? fmt::format("192.0.2.{}", which)
                                    : fmt::format("2001:db8::{}:0:0:0:{}", which, i);
    out.push_back(record(static_cast<Kind>(*rc::gen::inRange(0, 5)), source,
                         *rc::gen::inRange(20'000, 20'200),
                         static_cast<std::uint8_t>(*rc::gen::inRange(0, 6)),
                         *rc::gen::element("local", "arf:example.net", "arf:example.org")));
  }
  return out;
}

TEST(History, CountsEachKindByDay) {
  const auto history = fold({record(Kind::learnt_spam, "192.0.2.1", 100, 1),
                             record(Kind::learnt_ham, "192.0.2.1", 100, 2),
                             record(Kind::report, "192.0.2.1", 101, 3),
                             record(Kind::verdict_spam, "192.0.2.1", 101, 4),
                             record(Kind::verdict_ham, "192.0.2.1", 102, 5)});
  const auto& source = source_of(history, "192.0.2.1");
  ASSERT_EQ(source.days.size(), 3U);
  EXPECT_EQ(
      History::counts(source, on_day(100), on_day(102)),
      (Counts{
          .learnt_spam = 1, .learnt_ham = 1, .reports = 1, .verdict_spam = 1, .verdict_ham = 1}));
  EXPECT_EQ(History::counts(source, on_day(101), on_day(101)).spam(), 2U);
  EXPECT_EQ(History::counts(source, on_day(102), on_day(110)).good(), 1U);
  EXPECT_EQ(History::counts(source, on_day(102), on_day(101)), Counts{});
  EXPECT_EQ(source.first_spam, on_day(100, 1'000));
  EXPECT_EQ(source.last_spam, on_day(101, 1'000));
}

TEST(History, TheSameEvidenceCountsOnce) {
  auto again = record(Kind::report, "192.0.2.1", 100, 1);
  again.recorded_at += Millis{kDayMillis};
  const auto history = fold({record(Kind::report, "192.0.2.1", 100, 1), again,
                             record(Kind::report, "192.0.2.1", 100, 1, "arf:example.net")});
  EXPECT_EQ(total(history, "0.0.0.0/0").reports, 2U);
  EXPECT_EQ(source_of(history, "192.0.2.1").reporters, 2U);
}

TEST(History, ALabelThatChangesMovesItsCount) {
  auto history = fold({record(Kind::learnt_spam, "192.0.2.1", 100, 1)});
  history.apply(record(Kind::learnt_spam, "192.0.2.1", 101, 1));
  EXPECT_EQ(total(history, "192.0.2.1").learnt_spam, 1U);
  history.apply(record(Kind::learnt_ham, "192.0.2.1", 101, 1));
  EXPECT_EQ(total(history, "192.0.2.1"), (Counts{.learnt_ham = 1}));
  EXPECT_EQ(source_of(history, "192.0.2.1").reporters, 0U);
  history.apply(record(Kind::learnt_spam, "192.0.2.1", 102, 1));
  EXPECT_EQ(total(history, "192.0.2.1"), (Counts{.learnt_spam = 1}));
}

TEST(History, ALabelBelongsToItsReporterAndMessage) {
  const auto history = fold({record(Kind::learnt_spam, "192.0.2.1", 100, 1, "a"),
                             record(Kind::learnt_ham, "192.0.2.1", 100, 1, "b"),
                             record(Kind::learnt_ham, "192.0.2.1", 100, 2, "a")});
  EXPECT_EQ(total(history, "192.0.2.1"), (Counts{.learnt_spam = 1, .learnt_ham = 2}));
}

TEST(History, ALabelMovesBetweenSourcesAndAway) {
  auto history = fold({record(Kind::learnt_spam, "192.0.2.1", 100, 1),
                       record(Kind::learnt_ham, "192.0.2.2", 100, 1)});
  EXPECT_EQ(total(history, "192.0.2.1"), Counts{});
  EXPECT_EQ(total(history, "192.0.2.2").learnt_ham, 1U);
  history.apply(record(Kind::learnt_spam, "", 100, 1));
  EXPECT_EQ(total(history, "0.0.0.0/0"), Counts{});
}

TEST(History, WithoutASourceNothingIsCounted) {
  const auto history =
      fold({record(Kind::report, "", 100, 1), record(Kind::learnt_spam, "", 100, 1)});
  EXPECT_TRUE(history.sources().empty());
}

TEST(History, Ipv6IsCountedByItsSlash64) {
  const auto history = fold({record(Kind::report, "2001:db8:0:1::1", 100, 1),
                             record(Kind::report, "2001:db8:0:1:ffff::2", 100, 2),
                             record(Kind::report, "2001:db8:0:2::1", 100, 3)});
  EXPECT_EQ(history.sources().size(), 2U);
  EXPECT_EQ(total(history, "2001:db8:0:1::/64").reports, 2U);
  EXPECT_EQ(total(history, "2001:db8::/32").reports, 3U);
  EXPECT_EQ(total(history, "2001:db8:0:1::1").reports, 0U);
}

TEST(History, DaysOlderThanKeptAreDroppedByTheClockOfTheData) {
  auto history = fold({record(Kind::report, "192.0.2.1", 100, 1),
                       record(Kind::learnt_spam, "192.0.2.1", 100, 2),
                       record(Kind::report, "192.0.2.2", 150, 3, "arf:example.net")});
  history.apply(record(Kind::verdict_ham, "192.0.2.3", 100 + kDaysKept, 4));
  EXPECT_EQ(total(history, "192.0.2.1").spam(), 2U);
  history.apply(record(Kind::verdict_ham, "192.0.2.3", 101 + kDaysKept, 5));
  EXPECT_EQ(history.find(Prefix::parse("192.0.2.1").value()), nullptr);
  EXPECT_EQ(total(history, "192.0.2.2").reports, 1U);
  history.apply(record(Kind::report, "192.0.2.9", 100, 6));
  EXPECT_EQ(history.find(Prefix::parse("192.0.2.9").value()), nullptr);
}

TEST(History, AReporterIsForgottenWithItsLastDay) {
  auto history = fold({record(Kind::report, "192.0.2.1", 100, 1, "a"),
                       record(Kind::report, "192.0.2.1", 110, 2, "b")});
  EXPECT_EQ(source_of(history, "192.0.2.1").reporters, 2U);
  history.apply(record(Kind::verdict_ham, "192.0.2.2", 101 + kDaysKept, 3));
  EXPECT_EQ(source_of(history, "192.0.2.1").reporters, 1U);
}

TEST(History, TheEvidenceDigestIsAChainOverTheIdsOfTheSpam) {
  const auto a = record(Kind::report, "192.0.2.1", 100, 1);
  const auto b = record(Kind::verdict_spam, "192.0.2.1", 100, 2);
  const auto history = fold({a, record(Kind::verdict_ham, "192.0.2.1", 100, 3), a, b});
  Digest chain{};
  for (const auto& each : {a, b}) {
    const auto id = evidence::id(each);
    chain = crypto::sha256(std::string(as_octets(chain)) +
                           std::string(reinterpret_cast<const char*>(id.data()), id.size()));
  }
  EXPECT_EQ(source_of(history, "192.0.2.1").evidence_digest, chain);
}

TEST(History, ReportersAndMemoryOfOneSourceAreBounded) {
  History history;
  auto each = record(Kind::report, "192.0.2.1", 100, 0);
  for (std::uint32_t i = 0; i < kMaxRemembered + 100; ++i) {
    each.reporter = fmt::format("arf:{}", i);
    each.message[1] = static_cast<std::uint8_t>(i);
    each.message[2] = static_cast<std::uint8_t>(i >> 8);
    history.apply(each);
  }
  const auto& source = source_of(history, "192.0.2.1");
  EXPECT_EQ(source.reporters, kMaxReporters);
  EXPECT_EQ(total(history, "192.0.2.1").reports, kMaxRemembered + 100);
  EXPECT_LT(history.serialise().size(), kMaxRemembered * 8 + 10'000);
}

TEST(History, ACounterStopsAtItsMaximum) {
  Counts sum{.reports = UINT32_MAX - 1};
  sum += Counts{.learnt_spam = 3, .reports = 5};
  EXPECT_EQ(sum, (Counts{.learnt_spam = 3, .reports = UINT32_MAX}));
}

TEST(History, TimesOutsideTheCalendarDoNoHarm) {
  auto early = record(Kind::report, "192.0.2.1", 0, 1);
  early.observed_at = UnixMillis::min();
  auto late = record(Kind::report, "192.0.2.1", 0, 2);
  late.observed_at = UnixMillis::max();
  const auto history = fold({early, late, early});
  EXPECT_EQ(History::parse(history.serialise())->serialise(), history.serialise());
}

// The same counts made the slow way: keep every record that counts, then add up.
Counts reference(const std::vector<Record>& records, const Prefix& prefix) {
  std::int64_t newest = INT64_MIN;
  std::map<std::pair<std::string, Digest>, Record> labels;
  std::vector<Record> counted;
  std::set<evidence::EvidenceId> ids;
  const auto day = [](const Record& r) { return to_unix_millis(r.observed_at) / kDayMillis; };
  for (const auto& r : records) {
    newest = std::max(newest, day(r));
    const auto is_old = [&](const Record& old) { return day(old) < newest - kDaysKept; };
    std::erase_if(labels, [&](const auto& entry) { return is_old(entry.second); });
    if (is_old(r)) continue;
    if (r.kind == Kind::learnt_spam || r.kind == Kind::learnt_ham) {
      const auto key = std::pair{r.reporter, r.message};
      if (labels.contains(key) && labels.at(key).kind == r.kind) continue;
      labels.erase(key);
      if (r.source) labels[key] = r;
    } else if (r.source) {
      counted.push_back(r);
    }
  }
  Counts sum;
  const auto counts = [&](const Record& r) {
    return day(r) >= newest - kDaysKept && prefix.contains(subject_of(*r.source));
  };
  for (const auto& [key, r] : labels)
    if (counts(r)) ++(r.kind == Kind::learnt_spam ? sum.learnt_spam : sum.learnt_ham);
  // An id is remembered for its source and day.
  std::set<std::tuple<evidence::EvidenceId, std::int64_t, Prefix>> seen;
  for (const auto& r : counted)
    if (seen.insert({evidence::id(r), day(r), subject_of(*r.source)}).second && counts(r))
      ++(r.kind == Kind::report         ? sum.reports
         : r.kind == Kind::verdict_spam ? sum.verdict_spam
                                        : sum.verdict_ham);
  return sum;
}

RC_GTEST_PROP(History, CountsAsTheReferenceDoes, ()) {
  const auto records = some_records();
  const auto history = fold(records);
  for (const auto* prefix : {"0.0.0.0/0", "::/0", "192.0.2.1", "192.0.2.2/31", "2001:db8::/32"})
    RC_ASSERT((total(history, prefix) == reference(records, Prefix::parse(prefix).value())));
}

RC_GTEST_PROP(History, AnyBatchingOfOneLogGivesTheSameOctets, ()) {
  const auto records = some_records();
  History history;
  for (const auto& each : records) {
    if (*rc::gen::inRange(0, 4) == 0) {
      auto read = History::parse(history.serialise());
      RC_ASSERT(read.has_value());
      history = std::move(*read);
    }
    history.apply(each);
  }
  RC_ASSERT((history.serialise() == fold(records).serialise()));
}

RC_GTEST_PROP(History, ASourceThatIsKeptHasDaysAndNothingOldIsKept, ()) {
  const auto history = fold(some_records());
  std::int32_t newest = INT32_MIN, oldest = INT32_MAX;
  for (const auto& [subject, source] : history.sources()) {
    RC_ASSERT(!source.days.empty());
    RC_ASSERT(source.reporters == source.spam_reporters.size());
    newest = std::max(newest, source.days.rbegin()->first);
    oldest = std::min(oldest, source.days.begin()->first);
  }
  if (!history.sources().empty()) RC_ASSERT(std::int64_t{newest} - oldest <= kDaysKept);
}

RC_GTEST_PROP(History, AChangedOctetIsCorruptOrNewer, ()) {
  auto octets = fold(some_records()).serialise();
  auto& octet = octets[*rc::gen::inRange<std::size_t>(0, octets.size())];
  octet = static_cast<char>(octet ^ (1 << *rc::gen::inRange(0, 8)));
  const auto read = History::parse(octets);
  RC_ASSERT(!read.has_value());
  RC_ASSERT((read.error().code == Errc::corrupt || read.error().code == Errc::unsupported));
}

TEST(History, EveryCutIsCorrupt) {
  const auto octets = fold({record(Kind::report, "192.0.2.1", 100, 1)}).serialise();
  for (std::size_t size = 0; size < octets.size(); ++size)
    EXPECT_EQ(History::parse(octets.substr(0, size)).error().code, Errc::corrupt) << size;
}

TEST(History, ANewerVersionIsUnsupported) {
  auto octets = History().serialise();
  octets[12] = 2;
  EXPECT_EQ(History::parse(octets).error().code, Errc::unsupported);
}

TEST(History, TheOctetsAreThoseOfTheFormatPage) {
  const auto octets = fold({record(Kind::report, "192.0.2.1", 100, 1)}).serialise();
  EXPECT_EQ(to_hex(octets),
            "7765697220686973746f7279"
            "0100"
            "c801"
            "01"
            "04"
            "c0000201"
            "d0cfdfaf40"
            "d0cfdfaf40"
            "5ae7d0cd0e0f9c4abe2876ea0c33f2fbb624d590dd8a9a27ffaefb7176774d32"
            "01"
            "25bf8e1a2393f110"
            "01"
            "c801"
            "01"
            "c801"
            "00"
            "00"
            "01"
            "00"
            "00"
            "01"
            "06a811529f0548bd"
            "00"
            "3ad8cbf237139c32688399ecd2c0e6e707c6c5db0ca1e24f1d9ca33797c9d90c");
}

}  // namespace
}  // namespace weir::reputation
