#include "mail/message_scan.h"

#include <bit>
#include <cstring>

#include "base/ascii.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace weir::mail {
namespace {

constexpr std::size_t kMaxName = 998;  // a line of RFC 5322: no name is longer

// The first '-' at or behind `at` that follows an LF; size() if there is none. Sixteen octets at a
// time, so that a body of empty lines costs no more than one of long lines.
std::size_t find_dash_after_lf(std::string_view octets, std::size_t at) {
  std::size_t i = at == 0 ? 1 : at;
#if defined(__SSE2__)
  const __m128i lf = _mm_set1_epi8('\n');
  const __m128i dash = _mm_set1_epi8('-');
  for (; i + 16 <= octets.size(); i += 16) {
    const auto* here = reinterpret_cast<const __m128i*>(octets.data() + i);
    const auto* before = reinterpret_cast<const __m128i*>(octets.data() + i - 1);
    const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(_mm_loadu_si128(here), dash),
                                       _mm_cmpeq_epi8(_mm_loadu_si128(before), lf));
    if (const int mask = _mm_movemask_epi8(both); mask != 0)
      return i + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
  }
#endif
  for (; i < octets.size(); ++i)
    if (octets[i] == '-' && octets[i - 1] == '\n') return i;
  return octets.size();
}

}  // namespace

std::size_t Lines::choose_line_end(std::size_t within) {
  const std::string_view head = octets_.substr(0, within);
  const std::size_t first = head.substr(0, head.find('\n')).find('\r');
  if (first == std::string_view::npos) return std::string_view::npos;
  const std::size_t after = octets_.find_first_not_of('\r', first);
  cr_ends_lines_ = after != std::string_view::npos && octets_[after] != '\n' && after - first == 1;
  return cr_ends_lines_ ? first : std::string_view::npos;
}

Line Lines::at(std::size_t begin) const {
  Line line{begin, octets_.size(), octets_.size()};
  if (begin >= octets_.size()) return line;
  if (!cr_ends_lines_) {
    const void* found = std::memchr(octets_.data() + begin, '\n', octets_.size() - begin);
    if (found != nullptr) {
      line.end = static_cast<std::size_t>(static_cast<const char*>(found) - octets_.data());
      line.next = line.end + 1;
    }
    while (line.end > begin && octets_[line.end - 1] == '\r') --line.end;
    return line;
  }
  const std::size_t end = octets_.find_first_of("\r\n", begin);
  if (end == std::string_view::npos) return line;
  line.end = end;
  line.next =
      end + (octets_[end] == '\r' && end + 1 < octets_.size() && octets_[end + 1] == '\n' ? 2 : 1);
  return line;
}

std::size_t Lines::find_dashes(std::size_t begin) const {
  while (begin < octets_.size()) {
    if (octets_.substr(begin, 2) == "--") return begin;
    begin = cr_ends_lines_ ? at(begin).next : find_dash_after_lf(octets_, begin + 1);
  }
  return octets_.size();
}

std::size_t Lines::before_line_end(std::size_t at) const {
  if (at == 0) return 0;
  const char last = octets_[at - 1];
  if (last != '\n' && last != '\r') return at;
  --at;
  return last == '\n' && at > 0 && octets_[at - 1] == '\r' ? at - 1 : at;
}

std::size_t field_name_length(std::string_view line) {
  line = line.substr(0, kMaxName + 2);
  std::size_t i = 0;
  while (i < line.size() && line[i] > 32 && line[i] < 127 && line[i] != ':') ++i;
  if (i == 0) return 0;
  std::size_t colon = i;
  while (colon < line.size() && is_blank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? i : 0;
}

}  // namespace weir::mail
