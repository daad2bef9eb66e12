#include "node/replay.h"

#include <thread>

#include "node/intake.h"
#include "node/ordered.h"

namespace weir::node {
namespace {

class Replay {
 public:
  Replay(Engine& engine, UnixMillis now) : engine_(engine), now_(now) {}

  Status take(const MessageRef& message, const Observed& observed) {
    const auto& config = engine_.home().config;
    const auto time = std::min(observed.reading.trace.received_at.value_or(now_), now_);
    WEIR_CHECK(move_clock(time));
    ++done_.messages;
    std::optional<evidence::Kind> kind;
    if (message.column == "learn") {
      kind =
          message.spam.value_or(false) ? evidence::Kind::learnt_spam : evidence::Kind::learnt_ham;
      ++done_.learnt;
    } else {
      const auto probability = engine_.projections().model.spam_probability(observed.features);
      kind = evidence_of(probability, config);
      if (!kind)
        ++done_.unsure;
      else if (evidence::is_spam(*kind))
        ++done_.judged_spam;
      else
        ++done_.judged_good;
    }
    if (!kind) return {};
    pending_.push_back(make_record(*kind, observed, config.reporter, clock_));
    // One sync for a few messages; the verdicts know what was learnt up to the last one.
    constexpr std::size_t kBatch = 16;
    return pending_.size() >= kBatch ? flush() : Status{};
  }

  Result<Replayed> finish() {
    WEIR_CHECK(flush());
    WEIR_CHECK(decide(now_));
    return done_;
  }

 private:
  Status flush() {
    WEIR_CHECK(engine_.record(pending_));
    pending_.clear();
    return {};
  }
  Status decide(UnixMillis at) {
    WEIR_TRY(const auto made, engine_.decide(at));
    done_.entries += made;
    return {};
  }
  // Decides at the end of every hour that has passed.
  Status move_clock(UnixMillis time) {
    if (clock_ == UnixMillis{}) clock_ = time;
    constexpr auto kStep = std::chrono::hours{1};
    if (time - decided_ >= kStep && time > clock_) {
      WEIR_CHECK(flush());
      WEIR_CHECK(decide(clock_));
      decided_ = time;
    }
    clock_ = std::max(clock_, time);
    return {};
  }

  Engine& engine_;
  UnixMillis now_;
  UnixMillis clock_{}, decided_{};
  std::vector<evidence::Record> pending_;
  Replayed done_;
};

}  // namespace

Result<Replayed> replay(Engine& engine, const std::vector<MessageRef>& messages, UnixMillis now,
                        const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto options = read_options(engine.home().config);
  const auto limit = engine.home().config.message_octets;
  Replay replay(engine, now);
  Status failed;
  for_each_ordered(
      messages.size(), std::thread::hardware_concurrency(),
      [&](std::size_t i) -> Result<Observed> {
        WEIR_TRY(const auto loaded, load(messages[i], limit));
        return observe(loaded.octets, options);
      },
      [&](std::size_t i, Result<Observed> observed) {
        failed = observed ? replay.take(messages[i], *observed)
                          : Status(std::unexpected(std::move(observed).error()));
        if (progress) progress(i + 1, messages.size());
        return failed.has_value();
      });
  WEIR_CHECK(failed);
  return replay.finish();
}

}  // namespace weir::node
