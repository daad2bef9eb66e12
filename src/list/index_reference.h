// list/index_reference.h - the obvious index, linked only into tests: every listing is looked at
// for every question.
#pragma once

#include "list/index.h"

namespace weir::list {

inline const Listing* reference_find(const std::vector<Listing>& listings, const Address& address,
                                     UnixMillis now) {
  const Listing* best = nullptr;
  for (const auto& listing : listings) {
    if (!can_be_listed(listing.subject) || listing.until <= now ||
        !listing.subject.contains(address))
      continue;
    const auto better = [&] {
      if (listing.subject.length() != best->subject.length())
        return listing.subject.length() > best->subject.length();
      return listing.until > best->until;
    };
    if (!best || better()) best = &listing;
  }
  return best;
}

inline bool reference_any_below(const std::vector<Listing>& listings, const Prefix& prefix,
                                UnixMillis now) {
  return std::any_of(listings.begin(), listings.end(), [&](const Listing& listing) {
    return can_be_listed(listing.subject) && listing.until > now &&
           (prefix.contains(listing.subject) || listing.subject.contains(prefix));
  });
}

}  // namespace weir::list
