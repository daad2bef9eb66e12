// node/intake.h - from the octets of one message to what is recorded of it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/record.h"
#include "judge/judge.h"
#include "mail/reading.h"
#include "node/config.h"

namespace weir::node {

struct Observed {
  Digest digest{};  // SHA-256 of the octets
  mail::Reading reading;
  judge::Features features;
};

[[nodiscard]] mail::ReadOptions read_options(const Config& config);
// Says in the reading that the message was longer than limits.message_octets.
void note_cut(mail::Reading& reading, const Config& config);
[[nodiscard]] Observed observe(std::string_view octets, const mail::ReadOptions& options);

// A record of what was observed, at the time when our own host received the message (never later
// than now). Features are kept for the learnt kinds only.
[[nodiscard]] evidence::Record make_record(evidence::Kind kind, const Observed& observed,
                                           std::string reporter, UnixMillis now);

// The evidence that a verdict is worth: spam, good mail, or none when the model is not sure.
[[nodiscard]] std::optional<evidence::Kind> evidence_of(double spam_probability,
                                                        const Config& config);

// A complaint: an ARF report about a message, or the message itself. Errc::unsupported: a not-spam
// report, or a report whose source cannot be told; the detail says which.
[[nodiscard]] Result<evidence::Record> make_report(std::string_view octets,
                                                   const mail::ReadOptions& options,
                                                   std::string_view reporter, UnixMillis now);

enum class Action { accept, tag, quarantine, reject };
[[nodiscard]] Action action_for(double spam_probability, const Config& config);
[[nodiscard]] std::string_view to_string(Action action);

}  // namespace weir::node
