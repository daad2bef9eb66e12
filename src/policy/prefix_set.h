// policy/prefix_set.h - does a prefix touch any of many? For the sources of this folder only.
//
// Prefixes either nest or are disjoint, so after dropping those inside others the set is a sorted
// list of disjoint ranges. Cost: build O(n log n), overlaps O(log n). Immutable.
#pragma once

#include <vector>

#include "base/address.h"

namespace weir::policy {

class PrefixSet {
 public:
  explicit PrefixSet(std::vector<Prefix> prefixes);
  // Is any address in both?
  [[nodiscard]] bool overlaps(const Prefix& prefix) const;

 private:
  std::vector<Prefix> disjoint_;
};

}  // namespace weir::policy
