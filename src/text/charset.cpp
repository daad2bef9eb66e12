// The order of the decision, most certain first:
//   1. a byte order mark;
//   2. octets below 0x80 only: ASCII, or a 7-bit code that shows itself by its shifts;
//   3. valid UTF-8 with no other 8-bit charset declared: other charsets look like it by chance only
//   in a few octets;
//   4. the declared charset, if it decodes every octet into a text that looks like one;
//   5. the candidate under which the octets are most probable (plausibility.h); a declared one gets
//   a head start.
#include "text/charset.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/utf8.h"
#include "text/charset_table.h"
#include "text/decoder.h"
#include "text/plausibility.h"

namespace weir::text {
namespace {

constexpr std::size_t kSampleOctets = 65'536;
constexpr std::size_t kFirstLookOctets = 512;

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

const Charset& known(std::string_view name) {
  const Charset* charset = find_charset(name);
  WEIR_ASSERT(charset != nullptr);
  return *charset;
}

Decoded finish(std::string_view octets, const Charset& used, const Charset* declared,
               bool labelled) {
  Conversion conversion = decode(octets, used);
  return {.text = std::move(conversion.text),
          .used = std::string(used.name),
          .replaced = conversion.replaced,
          .label_was_wrong = labelled && &used != declared};
}

Writing writing_of(const Charset& charset) {
  if (charset.name == "gb18030") return Writing::simplified;
  if (charset.name == "big5-hkscs" || charset.name == "euc-tw") return Writing::traditional;
  if (charset.name == "cp932" || charset.name == "euc-jp") return Writing::japanese;
  if (charset.name == "cp949" || charset.name == "johab") return Writing::korean;
  return Writing::any;
}

// At most so many octets, not ending inside a character: octets below 0x30 are no part of a longer
// character in any candidate.
std::string_view beginning_of(std::string_view octets, std::size_t most) {
  if (octets.size() <= most) return octets;
  std::size_t end = most;
  while (end > most / 2 && static_cast<unsigned char>(octets[end - 1]) >= 0x30) --end;
  return octets.substr(0, end > most / 2 ? end : most);
}

// The octets to judge by: from the character before the first high octet on.
std::string_view sample_of(std::string_view octets) {
  const auto first =
      static_cast<std::size_t>(std::ranges::find_if(octets, is_high) - octets.begin());
  octets.remove_prefix(first == 0 ? 0 : first - 1);
  return beginning_of(octets, kSampleOctets);
}

// Candidates in order of preference when the figures are equal; handicap in nats.
struct Candidate {
  std::string_view name;
  double handicap;
};
constexpr Candidate kCandidates[] = {
    {"utf-8", 0},        {"gb18030", 0},        {"big5-hkscs", 1},   {"cp932", 1},
    {"euc-jp", 1},       {"cp949", 1},          {"windows-1252", 0}, {"windows-1251", 1},
    {"koi8-r", 2},       {"windows-1250", 1.5}, {"windows-1253", 2}, {"windows-1255", 2},
    {"windows-1256", 2}, {"windows-874", 2},    {"windows-1254", 4}, {"windows-1257", 5}};

// The declared charset wins unless another is more probable by this much; the second term is for
// texts that the model does not know, such as lists of rare names.
constexpr double kHeadStartNats = 8;
constexpr double kHeadStartNatsPerHighOctet = 0.45;

// The log-likelihood of the sample if it is not below `enough`; else some number below that, found
// without reading all of it.
double judge(std::string_view sample, const Charset& charset, double enough) {
  const double replacements = -enough / kReplacementNats;
  const std::size_t bearable = replacements < static_cast<double>(sample.size())
                                   ? static_cast<std::size_t>(std::max(0.0, replacements))
                                   : sample.size();
  const Conversion conversion = decode(sample, charset, bearable);
  return plausibility(conversion.text, writing_of(charset), enough).log_likelihood;
}

constexpr double kNone = -std::numeric_limits<double>::infinity();

// Indices of the candidates, the one that its beginning speaks for first: the sooner a probable one
// is found, the sooner the others are given up.
std::array<std::size_t, std::size(kCandidates)> promising_first(std::string_view sample) {
  std::array<std::size_t, std::size(kCandidates)> order{};
  std::iota(order.begin(), order.end(), 0U);
  if (sample.size() < 2 * kFirstLookOctets) return order;
  const std::string_view look = beginning_of(sample, kFirstLookOctets);
  std::array<double, std::size(kCandidates)> scores{};
  for (const std::size_t i : order)
    scores[i] = judge(look, known(kCandidates[i].name), kNone) - kCandidates[i].handicap;
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return scores[i]; });
  return order;
}

// Whether a text decoded without error is like a text in the charset's own languages, so that no
// other needs a try.
bool is_convincing(const Plausibility& p, const Charset& charset) {
  const double mean =
      p.log_likelihood_beyond_ascii / static_cast<double>(std::max<std::size_t>(1, p.beyond_ascii));
  return mean > (charset.coding == Coding::single ? -4.3 : -7.6);
}

const Charset& most_probable(std::string_view octets, const Charset* declared) {
  const std::string_view sample = sample_of(octets);
  const Charset* best = nullptr;
  double best_score = kNone;
  std::size_t best_index = 0;  // of the candidate; the declared one stands before all of them
  if (declared != nullptr) {
    const Conversion conversion = decode(sample, *declared);
    const Plausibility p = plausibility(conversion.text, writing_of(*declared));
    if (conversion.replaced == 0 && is_convincing(p, *declared) && !is_utf8(octets))
      return *declared;
    best = declared;
    best_score =
        p.log_likelihood + kHeadStartNats +
        kHeadStartNatsPerHighOctet * static_cast<double>(std::ranges::count_if(sample, is_high));
  }
  for (const std::size_t i : promising_first(sample)) {
    const Charset& charset = known(kCandidates[i].name);
    if (&charset == declared) continue;
    // A nat of room, so that rounding decides nothing.
    const double enough = best_score + kCandidates[i].handicap - 1;
    const double score = judge(sample, charset, enough) - kCandidates[i].handicap;
    const bool wins_tie = score == best_score && best != declared && i < best_index;
    if (best != nullptr && score <= best_score && !wins_tie) continue;
    best = &charset;
    best_score = score;
    best_index = i;
  }
  return *best;
}

// HZ is ASCII with "~{" runs "~}", and "~{" may stand in any program text: every run must be whole
// pairs of a first octet that GB 2312 has, and the result a probable text.
bool is_hz(std::string_view octets) {
  const std::size_t first = octets.find("~{");
  if (first == std::string_view::npos || octets.find("~}", first) == std::string_view::npos)
    return false;
  const std::string_view sample = octets.substr(0, kSampleOctets);
  const Conversion conversion = decode(sample, known("hz"));
  if (conversion.replaced > 0) return false;
  const Plausibility p = plausibility(conversion.text, Writing::simplified);
  return p.beyond_ascii > 0 && is_convincing(p, known("gb18030"));
}

// A 7-bit code that shows itself, or nullptr.
const Charset* shifted_code(std::string_view octets, const Charset* declared) {
  if (octets.find('\x1B') != std::string_view::npos) {
    if (octets.find("\x1B$)C") != std::string_view::npos) return &known("iso-2022-kr");
    if (octets.find("\x1B$)A") != std::string_view::npos ||
        octets.find("\x1B$)G") != std::string_view::npos)
      return &known("iso-2022-cn");
    for (const std::string_view escape :
         {"\x1B$B", "\x1B$@", "\x1B(I", "\x1B$(D", "\x1B$(Q", "\x1B$(O"})
      if (octets.find(escape) != std::string_view::npos) return &known("iso-2022-jp");
  }
  const bool may_be_hz = declared == nullptr || declared->name == "us-ascii" ||
                         declared->name == "gb18030" || declared->name == "hz-gb-2312";
  return may_be_hz && is_hz(octets) ? &known("hz") : nullptr;
}

const Charset& choose_for_ascii(std::string_view octets, const Charset* declared) {
  if (declared != nullptr && !is_ascii_compatible(*declared) && declared->coding != Coding::pairs)
    return *declared;
  if (const Charset* shifted = shifted_code(octets, declared)) return *shifted;
  if (declared == nullptr) return known("us-ascii");
  // UTF-16 whose every octet is below 0x80 has a NUL in each pair of Latin text; without any it is
  // mislabelled ASCII.
  if (declared->coding == Coding::pairs && octets.find('\0') == std::string_view::npos)
    return known("us-ascii");
  return *declared;
}

const Charset& choose(std::string_view octets, const Charset* declared) {
  if (!std::ranges::any_of(octets, is_high)) return choose_for_ascii(octets, declared);
  if (declared != nullptr && declared->coding == Coding::pairs) {
    if (octets.find('\0') != std::string_view::npos || !is_utf8(octets)) return *declared;
    declared = nullptr;
  }
  // An 8-bit octet is an error in ASCII and in the 7-bit codes, but a few stray ones do not make
  // the shifts disappear.
  if (declared != nullptr && !is_ascii_compatible(*declared)) {
    if (decode(octets.substr(0, kSampleOctets), *declared).replaced == 0 ||
        shifted_code(octets, declared) != nullptr)
      return *declared;
    declared = nullptr;
  }
  if (declared != nullptr && declared->name == "us-ascii") declared = nullptr;
  if ((declared == nullptr || declared->coding == Coding::utf8) && is_utf8(octets))
    return known("utf-8");
  return most_probable(octets, declared);
}

}  // namespace

Decoded to_utf8(std::string_view octets, std::string_view declared_label) {
  const Charset* declared = find_charset(declared_label);
  const bool labelled = !declared_label.empty();
  if (octets.starts_with("\xEF\xBB\xBF")) {
    const Charset& utf8 = known("utf-8");
    if (&utf8 == declared || is_utf8(octets))
      return finish(octets.substr(3), utf8, declared, labelled);
  }
  if (declared == nullptr || declared->coding == Coding::pairs) {
    if (octets.starts_with("\xFF\xFE")) {
      const Charset& le = known("utf-16le");
      const bool by_mark = declared != nullptr;  // "utf-16" names no order, the mark does
      return finish(octets.substr(2), le, by_mark ? &le : declared, labelled);
    }
    if (octets.starts_with("\xFE\xFF")) {
      const Charset& be = known("utf-16be");
      const bool by_mark = declared != nullptr;
      return finish(octets.substr(2), be, by_mark ? &be : declared, labelled);
    }
  }
  return finish(octets, choose(octets, declared), declared, labelled);
}

}  // namespace weir::text
