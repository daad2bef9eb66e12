// All candidates read a little of the sample, those that are far behind the best are dropped, the
// rest reads twice as much, and so on until one is left. The end of the text must then read well
// too, or a larger sample of all of it decides: a text may begin with a name in another charset.
#include "text/charset_choice.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/error.h"
#include "text/charset_score.h"
#include "text/decoder.h"

namespace weir::text {
namespace {

const Charset& known(std::string_view name) {
  const Charset* charset = find_charset(name);
  WEIR_ASSERT(charset != nullptr);
  return *charset;
}

// In order of preference when the figures are equal; handicap in nats.
struct Candidate {
  std::string_view name;
  double handicap;
};
constexpr Candidate kCandidates[] = {
    {"utf-8", 0},        {"gb18030", 0},        {"big5-hkscs", 1},   {"cp932", 1},
    {"euc-jp", 1},       {"cp949", 1},          {"windows-1252", 0}, {"windows-1251", 1},
    {"koi8-r", 2},       {"windows-1250", 1.5}, {"windows-1253", 2}, {"windows-1255", 2},
    {"windows-1256", 2}, {"windows-874", 2},    {"windows-1254", 4}, {"windows-1257", 5},
    {"iso-8859-2", 2.5}, {"ibm866", 4}};
constexpr std::size_t kCandidateCount = std::size(kCandidates);

// The declared charset wins unless another is more probable by this much; the second term is for
// texts that the model does not know, such as lists of rare names.
constexpr double kHeadStartNats = 8;
constexpr double kHeadStartNatsPerHighOctet = 0.45;

// A candidate that is so far behind does not catch up in a text of one charset.
constexpr double kHopelessNats = 45;
constexpr std::size_t kFirstLookOctets = 24;
constexpr std::size_t kLastLookOctets = 160;
constexpr std::size_t kBeginning = 384;

const std::array<const Charset*, kCandidateCount>& candidates() {
  static const auto list = [] {
    std::array<const Charset*, kCandidateCount> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = &known(kCandidates[i].name);
    return out;
  }();
  return list;
}

// Octets that may stand before the sample's first character or behind its last one, and are part of
// no longer character in any candidate.
bool is_boundary(char c) { return static_cast<unsigned char>(c) < 0x30; }

// Whether so many octets stand where none of their kind stands in UTF-8 that damage does not
// explain it.
bool is_hardly_utf8(std::string_view sample) {
  constexpr std::size_t kLook = 64, kBearable = 6;
  std::size_t wrong = 0;
  bool lead = false;
  for (const char c : sample.substr(0, kLook)) {
    const auto octet = static_cast<unsigned char>(c);
    const bool continues = octet >= 0x80 && octet < 0xC0;
    wrong += lead && !continues ? 1U : 0U;
    lead = octet >= 0xC2 && octet < 0xF5;
  }
  return wrong > kBearable;
}

class Contest {
 public:
  Contest(std::string_view sample, std::size_t high, const Charset* declared)
      : sample_(sample), high_(static_cast<double>(high)), declared_(declared) {
    if (declared != nullptr) entrants_[count_++].scorer.emplace(*declared, sample_);
    for (std::size_t i = 0; i < kCandidateCount; ++i) {
      if (candidates()[i] == declared) continue;
      if (candidates()[i]->coding == Coding::utf8 && is_hardly_utf8(sample_)) continue;
      entrants_[count_].handicap = kCandidates[i].handicap;
      entrants_[count_++].scorer.emplace(*candidates()[i], sample_);
    }
  }

  // With the first look and each further one twice as long; `hopeless` in nats.
  const Charset& run(double hopeless) {
    std::size_t until = kFirstLookOctets;
    while (true) {
      advance(until);
      if (until >= sample_.size()) break;
      if (drop(hopeless) == 1) break;
      until *= 2;
    }
    settled_early_ = until < sample_.size();
    const Entrant* winner = best();
    WEIR_ASSERT(winner->scorer);
    return winner->scorer->charset();
  }
  [[nodiscard]] bool settled_early() const { return settled_early_; }

 private:
  struct Entrant {
    std::optional<Scorer> scorer;  // none: dropped
    double handicap = 0;
    double nats = 0;  // handicap or head start included
  };

  void advance(std::size_t until) {
    const double share = static_cast<double>(std::min(until, sample_.size())) /
                         static_cast<double>(std::max<std::size_t>(1, sample_.size()));
    for (std::size_t i = 0; i < count_; ++i) {
      Entrant& entrant = entrants_[i];
      if (!entrant.scorer) continue;
      const bool is_declared = &entrant.scorer->charset() == declared_;
      // A text of a code that is decoded first has its own length.
      const bool by_text = entrant.scorer->charset().coding > Coding::multi;
      entrant.scorer->advance(by_text ? std::numeric_limits<std::size_t>::max() : until);
      entrant.nats = entrant.scorer->nats() + entrant.handicap;
      if (is_declared) entrant.nats -= kHeadStartNats + kHeadStartNatsPerHighOctet * high_ * share;
    }
  }

  Entrant* best() {
    Entrant* best = nullptr;
    for (std::size_t i = 0; i < count_; ++i)
      if (entrants_[i].scorer && (best == nullptr || entrants_[i].nats < best->nats))
        best = &entrants_[i];
    WEIR_ASSERT(best != nullptr);
    return best;
  }

  std::size_t drop(double hopeless) {
    const double most = best()->nats + hopeless;
    std::size_t left = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      Entrant& entrant = entrants_[i];
      if (!entrant.scorer) continue;
      // Of a text that was read to its end at once nothing can be said before the others are there.
      const bool by_text = entrant.scorer->charset().coding > Coding::multi;
      if (!by_text && entrant.nats > most)
        entrant.scorer.reset();
      else
        ++left;
    }
    return left;
  }

  std::string_view sample_;
  double high_;
  const Charset* declared_;
  std::array<Entrant, kCandidateCount + 1> entrants_;
  std::size_t count_ = 0;
  bool settled_early_ = false;
};

// Whether the end of the text, from a boundary on, reads well in the charset that its beginning
// speaks for, or in no other one better.
bool reads_on(std::string_view octets, const Charset& charset) {
  if (octets.size() <= kLastLookOctets) return true;
  std::string_view end = octets.substr(octets.size() - kLastLookOctets);
  const auto boundary = std::ranges::find_if(end.substr(0, kLastLookOctets / 2), is_boundary);
  const auto at = static_cast<std::size_t>(boundary - end.begin());
  if (at == kLastLookOctets / 2) return true;
  end.remove_prefix(at);
  if (is_convincing(end, charset)) return true;
  return &Contest(end, count_high(end), &charset).run(kHopelessNats) == &charset;
}

}  // namespace

CharsetSample::CharsetSample(std::string_view octets, Extent extent) {
  const std::size_t first = find_high(octets);
  octets.remove_prefix(first - std::min<std::size_t>(first, 1));
  if (extent == Extent::beginning) {
    take(octets, kBeginning);
    return;
  }
  if (octets.size() <= kMost) {
    take(octets, kMost);
    return;
  }
  take(octets, kMost / 2);
  for (const std::size_t quarter : {2U, 3U}) {
    std::size_t at = octets.size() / 4 * quarter;
    const std::size_t limit = std::min(octets.size(), at + 256);
    while (at < limit && !is_boundary(octets[at])) ++at;
    if (at < limit) take(octets.substr(at), kMost / 4);
  }
}

// Copies up to `most` octets: runs with octets beyond ASCII, and two others on either side of each.
void CharsetSample::take(std::string_view octets, std::size_t most) {
  constexpr std::size_t kAround = 2;
  const std::size_t limit = size_ + most;
  std::size_t done = 0;  // of octets
  while (size_ < limit) {
    const std::size_t first = find_high(octets, done);
    if (first == octets.size()) break;
    std::size_t end = first;
    // A run goes on over short stretches of ASCII.
    for (std::size_t ascii = 0; end < octets.size() && ascii < 8 && end - first < most; ++end) {
      const bool high = static_cast<unsigned char>(octets[end]) >= 0x80;
      ascii = high ? 0 : ascii + 1;
      high_ += high ? 1U : 0U;
    }
    const std::size_t begin = std::max(done, first - std::min(first, kAround));
    const std::size_t size = std::min(end - begin, limit - size_);
    std::ranges::copy(octets.substr(begin, size),
                      octets_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += size;
    done = end;
  }
}

bool is_convincing(std::string_view sample, const Charset& charset) {
  Scorer scorer(charset, sample);
  scorer.advance(std::numeric_limits<std::size_t>::max());
  return scorer.damaged() == 0 && scorer.convincing();
}

const Charset& most_probable(std::string_view octets, const Charset* declared) {
  {
    const CharsetSample sample(octets, CharsetSample::Extent::beginning);
    Contest contest(sample.view(), sample.high(), declared);
    const Charset& winner = contest.run(kHopelessNats);
    if (contest.settled_early() && reads_on(octets, winner)) return winner;
    if (octets.size() == sample.view().size()) return winner;
  }
  const CharsetSample sample(octets, CharsetSample::Extent::whole);
  return Contest(sample.view(), sample.high(), declared).run(kHopelessNats);
}

}  // namespace weir::text
