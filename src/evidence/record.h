// evidence/record.h - RECORD: one immutable observation (docs/formats/evidence.md).
//
// Text form: one JSON object with sorted keys and "v":1, canonical: one record has one text. A
// record of a newer version, or of a kind
//            that this program does not know, stays in the log and is not counted: parse() gives
//            Errc::unsupported, and a fold skips it.
// Bounds:    serialise() and id() take any Record and work on bounded(record), so that what is
// written can always be read; parse()
//            gives bounded records only, and parse(serialise(r)) == bounded(r).
// Identity:  id() is what a reporter gets back. It is made from kind, reporter, message digest and
// source, so that the same
//            observation filed twice is one (folds count an id once).
// Privacy:   no text, no recipient, no local part: the message is known by its digest, its features
// by their hashes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/time.h"

namespace weir::evidence {

enum class Kind : std::uint8_t {
  learnt_spam,   // a person says that this message is spam; trains the model, counts against the
                 // source
  learnt_ham,    // a person says that it is good; trains the model, counts for the source
  report,        // a complaint about a message (`weir report`, ARF)
  verdict_spam,  // our own verdict on a message from the source
  verdict_ham,
};
[[nodiscard]] std::string_view to_string(Kind kind);

inline constexpr std::size_t kMaxReporterOctets = 128;
inline constexpr std::size_t kMaxDomains = 32;
inline constexpr std::size_t kMaxLanguages = 4;
inline constexpr std::size_t kMaxFeatureOctets = 256U << 10;  // 30,000 features need about 45,000

struct Record {
  Kind kind = Kind::report;
  UnixMillis
      observed_at{};  // when our host received the message (trace), never later than recorded_at
  UnixMillis recorded_at{};
  std::string reporter;  // "local", "arf:<domain>", ...; at most 128 octets
  std::optional<Address> source;
  Digest message{};                    // SHA-256 of the raw octets
  std::uint32_t spam_permille = 0;     // verdicts: probability times 1,000
  std::vector<std::string> domains;    // registrable domains linked to, sorted, at most 32
  std::vector<std::string> languages;  // tags, at most 4
  int features_version = 0;            // 0 = no features
  std::string features;                // judge::encode()

  friend bool operator==(const Record&, const Record&) = default;
};

using EvidenceId = std::array<std::uint8_t, 16>;
[[nodiscard]] EvidenceId id(const Record& record);
[[nodiscard]] std::string to_string(const EvidenceId& id);  // 32 hex digits
[[nodiscard]] bool is_spam(Kind kind);                      // learnt_spam, report, verdict_spam

// The record inside its bounds: lists sorted without repeats and cut, strings valid UTF-8 and cut,
// times in 1970..9999 and observed_at not after recorded_at, no probability unless it is a verdict,
// no features that are too large or of no version.
[[nodiscard]] Record bounded(Record record);

[[nodiscard]] std::string serialise(const Record& record);
// Errc::invalid says which key is wrong (offset where the JSON itself is), unsupported, too_large
// (above 1 MiB).
[[nodiscard]] Result<Record> parse(std::string_view octets);

}  // namespace weir::evidence
