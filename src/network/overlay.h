// network/overlay.h - overlapping ranges made disjoint. Internal to network/.
//
// flatten(): where rows overlap, the one of the later input shows; within one input the narrower,
// then the one that
//            starts later, then the one whose value comes first in the caller's order. Neighbouring
//            segments with one value become one. The result does not depend on the order of `rows`.
//            O(n log n), at most 2n segments.
// Key:       an unsigned integer of the address's width.
#pragma once

#include <algorithm>
#include <cstdint>
#include <queue>
#include <tuple>
#include <vector>

namespace weir::network {

template <class Key>
inline constexpr Key kLast = ~Key{0};  // the family's highest address

template <class Key>
struct Row {
  Key start, end;       // inclusive, start <= end
  std::uint32_t input;  // later inputs have greater numbers
  std::uint32_t value;
};

template <class Key>
struct Segment {
  Key start, end;
  std::uint32_t value;
};

template <class Key>
void append_segment(std::vector<Segment<Key>>& segments, const Segment<Key>& segment) {
  if (!segments.empty() && segments.back().value == segment.value &&
      segments.back().end + 1 == segment.start) {
    segments.back().end = segment.end;
    return;
  }
  segments.push_back(segment);
}

template <class Key, class ValueLess>
std::vector<Segment<Key>> flatten(std::vector<Row<Key>> rows, ValueLess value_less) {
  const auto by_start = [](const Row<Key>& a, const Row<Key>& b) { return a.start < b.start; };
  if (!std::ranges::is_sorted(rows, by_start)) std::ranges::sort(rows, by_start);

  // A sweep over the starts. The queue holds the rows that have begun, the one that shows on top;
  // those that have ended are dropped when they come to the top. Each turn begins a row, drops one
  // or does both, so there are at most 2n turns.
  const auto shows_below = [&](std::size_t a, std::size_t b) {
    const auto& x = rows[a];
    const auto& y = rows[b];
    const auto rank = [](const Row<Key>& r) {
      return std::tuple(r.input, static_cast<Key>(kLast<Key> - (r.end - r.start)), r.start);
    };
    if (const auto rx = rank(x), ry = rank(y); rx != ry) return rx < ry;
    return value_less(y.value, x.value);
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(shows_below)> begun(
      shows_below);

  std::vector<Segment<Key>> segments;
  segments.reserve(rows.size());
  std::size_t next = 0;
  Key at = 0;
  while (true) {
    while (!begun.empty() && rows[begun.top()].end < at) begun.pop();
    if (begun.empty()) {
      if (next == rows.size()) break;
      at = std::max(at, rows[next].start);
    }
    for (; next < rows.size() && rows[next].start <= at; ++next) begun.push(next);
    const auto& top = rows[begun.top()];
    const bool interrupted = next < rows.size() && rows[next].start <= top.end;
    const Key end = interrupted ? static_cast<Key>(rows[next].start - 1) : top.end;
    append_segment(segments, Segment<Key>{at, end, top.value});
    if (end == kLast<Key>) break;
    at = end + 1;
  }
  return segments;
}

}  // namespace weir::network
