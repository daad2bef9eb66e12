// The order of the decision, most certain first:
//   1. a byte order mark;
//   2. octets below 0x80 only: ASCII, or a 7-bit code that shows itself by its shifts;
//   3. valid UTF-8 with no other 8-bit charset declared: other charsets look like it by chance only
//   in a few octets;
//   4. the declared charset, if it decodes every octet into a text that looks like one;
//   5. the candidate under which the octets are most probable (charset_choice.h); a declared one
//   gets a head start.
#include "text/charset.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "text/charset_choice.h"
#include "text/charset_mixed.h"
#include "text/charset_score.h"
#include "text/charset_table.h"
#include "text/decoder.h"

namespace weir::text {
namespace {

constexpr std::size_t kSampleOctets = 65'536;
constexpr std::size_t kWideSampleOctets = 2'048;
constexpr auto kAll = std::numeric_limits<std::size_t>::max();

const Charset& known(std::string_view name) {
  const Charset* charset = find_charset(name);
  WEIR_ASSERT(charset != nullptr);
  return *charset;
}

bool contains(std::string_view octets, char c) { return octets.find(c) != std::string_view::npos; }

// The text of a 7-bit code whose shifts may stand in any program text: every run must be whole, and
// the result a probable text with characters beyond ASCII.
bool reads_well(std::string_view octets, const Charset& charset) {
  const Conversion conversion = decode(octets.substr(0, kSampleOctets), charset);
  return conversion.replaced == 0 && find_high(conversion.text) < conversion.text.size() &&
         is_convincing(octets.substr(0, kSampleOctets), charset);
}

bool is_hz(std::string_view octets) {
  const std::size_t first = octets.find("~{");
  return first != std::string_view::npos && octets.find("~}", first) != std::string_view::npos &&
         reads_well(octets, known("hz"));
}

// The code of the first designation that only one code has, or nullptr.
const Charset* designated_code(std::string_view octets) {
  for (std::size_t at = octets.find('\x1B'); at != std::string_view::npos;
       at = octets.find('\x1B', at + 1)) {
    const std::string_view rest = octets.substr(at + 1, 3);
    if (rest.starts_with("$)C")) return &known("iso-2022-kr");
    if (rest.starts_with("$)A") || rest.starts_with("$)G")) return &known("iso-2022-cn");
    for (const std::string_view set : {"$B", "$@", "(I", "$(D", "$(Q", "$(O", "$(P"})
      if (rest.starts_with(set)) return &known("iso-2022-jp");
    // A run of escapes is looked at once.
    while (at + 1 < octets.size() && octets[at + 1] == '\x1B') ++at;
  }
  return nullptr;
}

// Every "+...-" must be a whole run, and one of three base64 digits or more be there: "+" is
// everywhere, in telephone numbers and formulas.
bool is_utf7(std::string_view octets) {
  std::size_t run = 0;
  for (std::size_t at = octets.find('+'); at != std::string_view::npos && run < 3;
       at = octets.find('+', at + 1)) {
    run = 0;
    const auto is_base64 = [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
             c == '+' || c == '/';
    };
    while (at + 1 + run < octets.size() && is_base64(octets[at + 1 + run])) ++run;
    if (run >= 3 && (at + 1 + run == octets.size() || octets[at + 1 + run] != '-')) return false;
    at += run;
  }
  return run >= 3 && reads_well(octets, known("utf-7"));
}

// A 7-bit code that shows itself, or nullptr.
const Charset* shifted_code(std::string_view octets, const Charset* declared) {
  if (const Charset* designated = designated_code(octets)) return designated;
  const bool may_be_hz = declared == nullptr || declared->name == "us-ascii" ||
                         declared->name == "gb18030" || declared->name == "hz-gb-2312";
  return may_be_hz && is_hz(octets) ? &known("hz") : nullptr;
}

// Whether the zeros of `sample` lie as they do in UTF-16: nearly all of them in one half of the
// units.
bool has_zeros_of_utf16(std::string_view sample) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1U : 0U;
  const auto [few, many] = std::minmax(zeros[0], zeros[1]);
  return many > 0 && few * 2 <= many;
}

bool has_zeros_of_utf32(std::string_view sample) {
  return static_cast<std::size_t>(std::ranges::count(sample, '\0')) >= sample.size() / 4;
}

// UTF-16 or UTF-32 in either order, or what else the octets are. `declared` may be nullptr.
const Charset& choose_wide(std::string_view octets, const Charset* declared,
                           const Charset& otherwise) {
  const std::string_view sample = octets.substr(0, kWideSampleOctets);
  const Charset* best = nullptr;
  double best_nats = 0;
  const auto try_one = [&](const Charset& charset) {
    Scorer scorer(charset, sample);
    scorer.advance(kAll);
    // Each U+FFFD stands for two or four octets here: a text with more than a stray one is no such.
    if (is_wide(charset) && &charset != declared && scorer.damaged() > 1) return;
    const double head_start =
        &charset == declared ? 8 + 0.1 * static_cast<double>(sample.size()) : 0;
    const double nats = scorer.nats() - head_start;
    if (best != nullptr && nats >= best_nats) return;
    best = &charset;
    best_nats = nats;
  };
  try_one(otherwise);
  if (declared != nullptr || has_zeros_of_utf16(sample)) {
    try_one(known("utf-16le"));
    try_one(known("utf-16be"));
  }
  if (has_zeros_of_utf32(sample)) {
    try_one(known("utf-32le"));
    try_one(known("utf-32be"));
  }
  return *best;
}

const Charset& choose_for_ascii(std::string_view octets, const Charset* declared) {
  if (declared != nullptr && !is_ascii_compatible(*declared) && !is_wide(*declared))
    return *declared;
  if (const Charset* shifted = shifted_code(octets, declared)) return *shifted;
  if (is_utf7(octets)) return known("utf-7");
  const bool wide = declared != nullptr && is_wide(*declared);
  const Charset& otherwise = declared == nullptr || wide ? known("us-ascii") : *declared;
  if (wide || contains(octets, '\0'))
    return choose_wide(octets, wide ? declared : nullptr, otherwise);
  return otherwise;
}

const Charset& choose_for_8_bit(std::string_view octets, const Charset* declared) {
  // An 8-bit octet is an error in the 7-bit codes, but a few stray ones do not make the shifts
  // disappear; without shifts the label says nothing.
  if (declared != nullptr && !is_ascii_compatible(*declared)) {
    if (shifted_code(octets, declared) != nullptr) return *declared;
    if (declared->coding != Coding::utf7 || !contains(octets, '+')) declared = nullptr;
  }
  if (declared != nullptr && declared->name == "us-ascii") declared = nullptr;
  const bool valid = is_utf8(octets);
  if ((declared == nullptr || declared->coding == Coding::utf8) && valid) return known("utf-8");
  if (declared != nullptr && !valid && is_ascii_compatible(*declared)) {
    const CharsetSample sample(octets, CharsetSample::Extent::beginning);
    if (is_convincing(sample.view(), *declared)) return *declared;
  }
  // Lines of UTF-8 in between say nothing of the others.
  if (has_utf8_line(octets) && (declared == nullptr || declared->coding != Coding::utf8)) {
    const std::string others = lines_not_utf8(octets);
    if (!others.empty()) return most_probable(others, declared);
  }
  return most_probable(octets, declared);
}

const Charset& choose(std::string_view octets, const Charset* declared) {
  if (find_high(octets) == octets.size()) return choose_for_ascii(octets, declared);
  const bool wide = declared != nullptr && is_wide(*declared);
  const Charset& narrow = choose_for_8_bit(octets, wide ? nullptr : declared);
  if (wide || contains(octets, '\0')) return choose_wide(octets, wide ? declared : nullptr, narrow);
  return narrow;
}

struct Mark {
  std::string_view octets;
  std::string_view charset;
};
using namespace std::string_view_literals;
constexpr Mark kMarks[] = {{"\xEF\xBB\xBF"sv, "utf-8"},
                           {"\xFF\xFE\0\0"sv, "utf-32le"},
                           {"\0\0\xFE\xFF"sv, "utf-32be"},
                           {"\xFF\xFE"sv, "utf-16le"},
                           {"\xFE\xFF"sv, "utf-16be"}};

// The charset that a byte order mark names, and the mark is taken off; or nullptr.
const Charset* by_mark(std::string_view& octets, const Charset* declared) {
  for (const Mark& mark : kMarks) {
    if (!octets.starts_with(mark.octets)) continue;
    const Charset& charset = known(mark.charset);
    const bool believed = charset.coding == Coding::utf8
                              ? &charset == declared || is_utf8(octets)
                              : declared == nullptr || is_wide(*declared);
    if (!believed) continue;
    octets.remove_prefix(mark.octets.size());
    return &charset;
  }
  return nullptr;
}

// A mark that an unfitting label kept from being believed at once.
void drop_mark(std::string_view& octets, const Charset& used) {
  for (const Mark& mark : kMarks)
    if (used.name == mark.charset && octets.starts_with(mark.octets))
      return octets.remove_prefix(mark.octets.size());
}

// KOI8-U has eight Ukrainian letters where KOI8-R has frames, and goes by the name of koi8-r in
// much mail. A letter stands beside letters, a frame beside frames.
const Charset& koi8_of(std::string_view octets, const Charset& used) {
  if (used.name != "koi8-r") return used;
  constexpr std::string_view kLetters = "\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD";
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(octets[i]); };
  const auto is_frame = [](unsigned char c) { return c >= 0x80 && c < 0xC0 && c != 0xA3; };
  std::size_t letters = 0, frames = 0;
  octets = octets.substr(0, kSampleOctets);
  for (std::size_t i = octets.find_first_of(kLetters); i < octets.size();
       i = octets.find_first_of(kLetters, i + 1)) {
    const unsigned char before = i == 0 ? ' ' : at(i - 1);
    const unsigned char after = i + 1 == octets.size() ? ' ' : at(i + 1);
    letters += before >= 0xC0 || after >= 0xC0 ? 1U : 0U;
    frames += is_frame(before) && is_frame(after) ? 1U : 0U;
  }
  return letters > frames ? known("koi8-u") : used;
}

// ISO-2022-JP whose escapes a relay took away: "$B" ... "(B" without them. Puts them back; empty if
// the text is none.
std::string with_escapes(std::string_view octets) {
  const auto is_octet_of_pair = [](char c) { return c > ' ' && c < 127; };
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = octets.find('$'); at < octets.size(); at = octets.find('$', at)) {
    const std::size_t begin = at;
    if (const char set = octets.substr(at + 1, 1).empty() ? ' ' : octets[at + 1];
        set != 'B' && set != '@') {
      ++at;
      continue;
    }
    bool ended = false;
    for (at += 2; at + 1 < octets.size() && !ended; at += 2) {
      if (!is_octet_of_pair(octets[at]) || !is_octet_of_pair(octets[at + 1])) break;
      ended = octets[at] == '(' && (octets[at + 1] == 'B' || octets[at + 1] == 'J');
    }
    if (!ended) continue;
    out.append(octets.substr(done, begin - done)).append("\x1B");
    out.append(octets.substr(begin, at - 2 - begin)).append("\x1B");
    out.append(octets.substr(at - 2, 2));
    done = at;
  }
  if (!contains(out, '\x1B')) return {};
  out.append(octets.substr(done));
  return out;
}

}  // namespace

std::string_view to_utf8_view(std::string_view octets, std::string_view declared_label,
                              Decoded& decoded) {
  decoded = {};
  const Charset* declared = find_charset(declared_label);
  const Charset* used = by_mark(octets, declared);
  // "utf-16" names no order, the mark does.
  const bool order_only =
      used != nullptr && declared != nullptr && used->coding == declared->coding;
  std::string restored;
  if (used == nullptr) {
    used = &koi8_of(octets, choose(octets, declared));
    drop_mark(octets, *used);
    if (used == declared && used->name == "iso-2022-jp" && !contains(octets, '\x1B'))
      restored = with_escapes(octets);
    if (!restored.empty() && reads_well(restored, *used)) octets = restored;
  }
  decoded.used = used->name;
  decoded.label_was_wrong = !declared_label.empty() && used != declared && !order_only;
  const bool as_it_stands =
      is_ascii_compatible(*used) &&
      (used->coding == Coding::utf8 ? is_utf8(octets) : find_high(octets) == octets.size());
  if (as_it_stands) {
    decoded.encoded_twice = is_encoded_twice(octets);
    return octets;
  }
  decoded.replaced = decode_onto(decoded.text, octets, *used);
  if (may_be_mixed(octets, *used, decoded.replaced)) {
    if (std::optional<Mixed> mixed = decode_by_lines(octets, *used, decoded.replaced)) {
      decoded.text = std::move(mixed->text);
      decoded.replaced = mixed->replaced;
      decoded.also_used = mixed->also_used;
    }
  }
  return decoded.text;
}

Decoded to_utf8(std::string_view octets, std::string_view declared_label) {
  Decoded decoded;
  const std::string_view text = to_utf8_view(octets, declared_label, decoded);
  if (decoded.text.empty()) decoded.text = text;
  return decoded;
}

}  // namespace weir::text
