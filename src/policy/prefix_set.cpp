#include "policy/prefix_set.h"

#include <algorithm>

namespace weir::policy {

PrefixSet::PrefixSet(std::vector<Prefix> prefixes) {
  // A prefix sorts before everything inside it: same or lower address, shorter length.
  std::ranges::sort(prefixes);
  for (const auto& prefix : prefixes)
    if (disjoint_.empty() || !disjoint_.back().contains(prefix)) disjoint_.push_back(prefix);
}

bool PrefixSet::overlaps(const Prefix& prefix) const {
  // Only the nearest neighbours can touch it: the one before it may hold it, the one behind it may
  // be inside it.
  const auto behind = std::ranges::lower_bound(disjoint_, prefix);
  if (behind != disjoint_.end() && prefix.contains(*behind)) return true;
  return behind != disjoint_.begin() && std::prev(behind)->contains(prefix);
}

}  // namespace weir::policy
