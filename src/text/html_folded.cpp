#include "text/html_folded.h"

#include <unicode/uchar.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/utf8.h"

namespace weir::text {
namespace {

enum : unsigned char { kWord, kSpace, kOtherBlank, kNul };
constexpr auto kKinds = [] {
  std::array<unsigned char, 256> kinds{};
  kinds[' '] = kSpace;
  kinds['\t'] = kinds['\n'] = kinds['\r'] = kinds['\f'] = kOtherBlank;
  kinds[0] = kNul;
  return kinds;
}();
unsigned char kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

bool stays_behind(char32_t c) {  // a mark belongs to the letter before it
  if (c < 0x300) return false;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
         type == U_COMBINING_SPACING_MARK || c == 0x200D;
}

// The line in the opposite order of its letters; as it is if it runs to the left by itself.
void append_reversed(std::string& out, std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = next_code_point(line, at);
    const auto direction = c < 0x590 ? U_LEFT_TO_RIGHT : u_charDirection(static_cast<UChar32>(c));
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) {
      out.append(line);
      return;
    }
  }
  // Octets of a letter and its marks stay in their order: the whole is turned over, then each.
  const std::size_t begin = out.size();
  out.append(line);
  const auto octets = [&](std::size_t at) {
    return out.begin() + static_cast<std::ptrdiff_t>(begin + at);
  };
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t letter = at;
    const char32_t c = next_code_point(line, at);
    if (c < 0x80) {
      *octets(letter) = static_cast<char>(u_charMirror(static_cast<UChar32>(c)));
    }
    for (std::size_t next = at; next < line.size(); at = next)
      if (!stays_behind(next_code_point(line, next))) break;
    std::reverse(octets(letter), octets(at));
  }
  std::reverse(octets(0), octets(line.size()));
}

void append_reversed_lines(std::string& out, std::string_view text) {
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_reversed(out, text.substr(0, end));
    if (end == text.size()) return;
    out.push_back('\n');
    text.remove_prefix(end + 1);
  }
}

// The end of a run, which begins with a word, in which single spaces only stand between words: it
// needs no folding. What is no word and no single space ends it.
const char* words_end(const char* at, const char* end) {
#ifdef __SSE2__
  const __m128i space = _mm_set1_epi8(' ');
  for (; end - at > 16; at += 16) {
    const auto load = [](const char* from) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    };
    // Unsigned c <= ' ': controls count as blanks here, the loop below tells them apart.
    const auto blanks = [&](__m128i octets) {
      return _mm_cmpeq_epi8(_mm_min_epu8(octets, space), octets);
    };
    const __m128i here = load(at);
    const __m128i blank = blanks(here);
    const __m128i other = _mm_andnot_si128(_mm_cmpeq_epi8(here, space), blank);
    const __m128i doubled = _mm_and_si128(blank, blanks(load(at + 1)));
    const int ends = _mm_movemask_epi8(_mm_or_si128(other, doubled));
    if (ends == 0) continue;
    at += std::countr_zero(static_cast<unsigned>(ends));
    break;
  }
#endif
  while (true) {
    while (at < end && kind_of(*at) == kWord) ++at;
    if (end - at < 2 || *at != ' ' || kind_of(at[1]) != kWord) return at;
    ++at;
  }
}

}  // namespace

void FoldedText::text(std::string_view utf8, bool keep_blanks) {
  if (keep_blanks) {
    kept_text(utf8);
    return;
  }
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at < end) {
    if (kind_of(*at) == kWord) {
      const char* const begin = at;
      at = words_end(at, end);
      flush();
      out_.append(begin, static_cast<std::size_t>(at - begin));
      continue;
    }
    if (*at != '\0') pending_blank_ = true;
    ++at;
  }
}

void FoldedText::kept_text(std::string_view utf8) {
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  const auto stays = [](char c) { return kind_of(c) == kWord || c == ' ' || c == '\t'; };
  while (at < end) {
    const char* const begin = at;
    while (at < end && stays(*at)) ++at;
    if (at > begin) {
      flush();
      out_.append(begin, static_cast<std::size_t>(at - begin));
      continue;
    }
    if (*at++ == '\n') line_break();
  }
}

void FoldedText::reverse_from(std::size_t begin) {
  while (begin < out_.size() && (out_[begin] == ' ' || out_[begin] == '\n')) ++begin;
  if (begin >= out_.size()) return;
  const std::string logical = out_.substr(begin);
  out_.resize(begin);
  append_reversed_lines(out_, logical);
}

std::string FoldedText::cut(std::size_t begin) {
  std::string text = out_.substr(std::min(begin, out_.size()));
  out_.resize(out_.size() - text.size());
  return text;
}

std::string FoldedText::take() {
  pending_lines_ = 0;
  pending_blank_ = false;
  return std::exchange(out_, {});
}

std::string without_overrides(std::string text, std::size_t& found) {
  constexpr std::string_view kRightToLeft = "\xE2\x80\xAE";
  if (text.find(kRightToLeft) == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  std::string_view left = text;
  while (!left.empty()) {
    const std::size_t begin = std::min(left.find(kRightToLeft), left.size());
    out.append(left.substr(0, begin));
    left.remove_prefix(begin);
    if (left.empty()) break;
    ++found;
    left.remove_prefix(kRightToLeft.size());
    // To the control that ends this one; those inside are counted. 202A, 202B, 202D, 202E begin,
    // 202C ends.
    std::size_t end = 0;
    int open = 1;
    std::string inside;
    while (end < left.size() && left[end] != '\n') {
      const std::size_t at = end;
      const char32_t c = next_code_point(left, end);
      if (c == 0x202C && --open == 0) break;
      if (c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E) ++open;
      if (c < 0x202A || c > 0x202E) inside.append(left.substr(at, end - at));
    }
    append_reversed(out, inside);
    left.remove_prefix(end);
  }
  return out;
}

}  // namespace weir::text
