#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "policy/policy.h"
#include "policy/prefix_set.h"

namespace weir::policy {
namespace {

using ledger::Action;
using ledger::Entry;
using ledger::Standing;
using reputation::Counts;
using reputation::History;
using reputation::Source;

// The prior, in parts of a mail: one mail, a sixteenth of it good.
constexpr std::uint64_t kPriorParts = 16;

// Evidence of the day of `time` may be older than it; that of later days is not.
UnixMillis next_day(UnixMillis time) {
  return std::chrono::floor<std::chrono::days>(time) + std::chrono::days{1};
}

// For a sentence: two digits after the point, rounded up as the number itself is.
std::string percent(std::uint64_t ppm) {
  const auto hundredths = (ppm + 99) / 100;
  return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

std::string mails(const Counts& counts) {
  const auto number = [](std::uint64_t count, std::string_view one, std::string_view many) {
    return count == 0 ? fmt::format("no {}", one)
                      : fmt::format("{} {}", count, count == 1 ? one : many);
  };
  return fmt::format("{} and {}",
                     number(counts.spam(), "piece of spam evidence", "pieces of spam evidence"),
                     number(counts.good(), "good mail", "good mails"));
}

ledger::EvidenceCounts recorded(const Counts& counts) {
  return {.learnt_spam = counts.learnt_spam,
          .learnt_ham = counts.learnt_ham,
          .reports = counts.reports,
          .verdict_spam = counts.verdict_spam,
          .verdict_ham = counts.verdict_ham};
}

std::uint64_t spam_of(const ledger::EvidenceCounts& counts) {
  return counts.learnt_spam + counts.reports + counts.verdict_spam;
}

bool fits_ledger(const Prefix& subject) {
  return subject.length() >= (subject.is_v4() ? ledger::kShortestV4 : ledger::kShortestV6);
}

class Decision {
 public:
  Decision(const ledger::Standings& standings, const Policy& policy, UnixMillis now)
      : standings_(standings), policy_(policy), never_(policy.never), now_(now) {}

  // `source` or `standing` may be null, not both.
  void consider(const Prefix& subject, const Source* source, const Standing* standing) {
    auto last_ended = standings_.last_ended(subject);
    if (standing != nullptr) {
      if (!lift(*standing, source)) {
        if (source != nullptr) extend(*standing, *source);
        return;
      }
      last_ended = std::min(standing->until, now_);
    }
    if (source != nullptr) list(subject, *source, last_ended);
  }

  std::vector<Entry> entries;

 private:
  // Is the subject lifted? What has ended is recorded; what costs too much good mail or may not be
  // listed any more ends now.
  bool lift(const Standing& standing, const Source* source) {
    const auto counts = counts_about(standing, source);
    const auto collateral = expected_collateral_ppm(counts);
    std::string_view rule;
    std::string reason;
    if (standing.until <= now_) {
      rule = "ended";
      reason = fmt::format("The listing ended on {} as announced.", to_rfc3339(standing.until));
    } else if (!may_be_listed(standing.subject)) {
      rule = "never-list";
      reason = "The policy does not allow this address to be listed any more.";
    } else if (counts.good() > 0 && collateral > policy_.max_collateral_ppm) {
      rule = "good-mail";
      reason = fmt::format("{}; expected share of good mail is {} %, and {} % is the most allowed.",
                           mails(counts), percent(collateral), percent(policy_.max_collateral_ppm));
    } else {
      return false;
    }
    auto entry = make(Action::lift, standing.subject, counts);
    entry.rule = rule_name(rule);
    entry.reason = std::move(reason);
    entry.code = standing.code;
    entry.evidence = source != nullptr ? source->evidence_digest : standing.evidence;
    entry.since = standing.since;
    entry.until = now_;
    entries.push_back(std::move(entry));
    return true;
  }

  void extend(const Standing& standing, const Source& source) {
    // Both count from the same day, so the difference is what came since, on the same day too.
    const auto counts = counts_about(standing, &source);
    const auto known = spam_of(standing.counts);
    const auto fresh = counts.spam() > known ? counts.spam() - known : 0;
    if (fresh < policy_.min_spam) return;
    if (expected_collateral_ppm(counts) > policy_.max_collateral_ppm) return;
    const auto term = term_after(standing.times_listed - 1);
    const auto until = std::min(end_of_term(source, term), standing.since + ledger::kMaxListing);
    // Small steps would fill the ledger and tell nobody anything.
    if (until - standing.until < term / 4) return;
    auto entry = make(Action::extend, standing.subject, counts);
    entry.rule = rule_name("spam-source");
    entry.reason = fmt::format(
        "{} new pieces of spam evidence since {}; in all {}, expected share "
        "of good mail {} %.",
        fresh, to_rfc3339(standing.decided), mails(counts), percent(entry.collateral_ppm));
    entry.evidence = source.evidence_digest;
    entry.since = standing.since;
    entry.until = until;
    entries.push_back(std::move(entry));
  }

  void list(const Prefix& subject, const Source& source, std::optional<UnixMillis> last_ended) {
    const auto window_begin = now_ - policy_.window;
    if (next_day(source.last_spam) <= window_begin) return;
    const auto begin = last_ended ? std::max(window_begin, next_day(*last_ended)) : window_begin;
    if (counts_from(source, begin).spam() < policy_.min_spam) return;
    const auto counts = counts_from(source, window_begin);
    if (expected_collateral_ppm(counts) > policy_.max_collateral_ppm) return;
    if (!may_be_listed(subject)) return;
    const auto times_before = standings_.times_listed(subject);
    const auto until = end_of_term(source, term_after(times_before));
    if (until <= now_) return;
    auto entry = make(Action::list, subject, counts);
    entry.rule = rule_name("spam-source");
    entry.reason = fmt::format(
        "{} in {}; expected share of good mail {} %; {}.", mails(counts),
        to_string_duration(policy_.window), percent(entry.collateral_ppm),
        times_before == 0 ? "first listing" : fmt::format("listed {} times before", times_before));
    entry.evidence = source.evidence_digest;
    entry.since = now_;
    entry.until = until;
    entries.push_back(std::move(entry));
  }

  // The term runs from the last spam seen, not from the moment that somebody told of it: a host
  // that has long been quiet is not listed for what it did.
  UnixMillis end_of_term(const Source& source, Millis term) const {
    return std::min(source.last_spam, now_) + term;
  }

  // first_term, doubled for each listing before this one.
  Millis term_after(std::uint32_t times_before) const {
    auto term = policy_.first_term;
    for (; times_before > 0 && term < policy_.max_term; --times_before) term *= 2;
    return std::min(term, policy_.max_term);
  }

  bool may_be_listed(const Prefix& subject) const {
    return fits_ledger(subject) && !never_listable(subject) && !never_.overlaps(subject);
  }

  Counts counts_from(const Source& source, UnixMillis begin) const {
    return begin > now_ ? Counts{} : History::counts(source, begin, now_);
  }

  // What the listing rests on and what came since: the same days that listed it, so that a listing
  // does not fall only because its evidence leaves the window.
  Counts counts_about(const Standing& standing, const Source* source) const {
    return source == nullptr ? Counts{} : counts_from(*source, standing.since - policy_.window);
  }

  std::string rule_name(std::string_view rule) const {
    return fmt::format("{}/{}@{}", policy_.name, rule, policy_.version);
  }

  Entry make(Action action, const Prefix& subject, const Counts& counts) const {
    Entry entry;
    entry.action = action;
    entry.time = now_;
    entry.subject = subject;
    entry.code = policy_.code;
    entry.counts = recorded(counts);
    entry.collateral_ppm = expected_collateral_ppm(counts);
    return entry;
  }

  const ledger::Standings& standings_;
  const Policy& policy_;
  const PrefixSet never_;
  const UnixMillis now_;
};

// Can entries of this time be written?
bool is_usable(UnixMillis now, const ledger::Standings& standings) {
  constexpr UnixMillis kEnd = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  return now >= UnixMillis{} && now >= standings.newest() && now < kEnd - ledger::kMaxListing;
}

}  // namespace

std::uint64_t expected_collateral_ppm(const Counts& counts) {
  const auto good_parts = kPriorParts * counts.good() + 1;
  const auto all_parts = kPriorParts * (counts.spam() + counts.good() + 1);
  return (1'000'000 * good_parts + all_parts - 1) / all_parts;
}

std::vector<Entry> decide(const History& history, const ledger::Standings& standings,
                          const Policy& policy, UnixMillis now) {
  WEIR_ASSERT(validate(policy));
  if (!is_usable(now, standings)) return {};
  Decision decision(standings, policy, now);
  // Both maps are sorted by subject: walk them side by side.
  auto source = history.sources().begin();
  auto standing = standings.listed().begin();
  const auto sources_end = history.sources().end();
  const auto standings_end = standings.listed().end();
  while (source != sources_end || standing != standings_end) {
    const bool has_source =
        source != sources_end && (standing == standings_end || source->first <= standing->first);
    const bool has_standing =
        standing != standings_end && (source == sources_end || standing->first <= source->first);
    decision.consider(has_source ? source->first : standing->first,
                      has_source ? &source->second : nullptr,
                      has_standing ? &standing->second : nullptr);
    if (has_source) ++source;
    if (has_standing) ++standing;
  }
  return std::move(decision.entries);
}

}  // namespace weir::policy
