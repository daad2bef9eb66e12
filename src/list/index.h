// list/index.h - PUBLISH: the immutable index of what is listed, read by many threads without a lock.
//
// Build a new index for each change and swap a shared_ptr<const Index>. Longest match wins. A listing whose `until` has passed is not found: expiry
// needs no writer. Cost: find O(prefix lengths in use * log n). Threads: const, share freely.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/error.h"
#include "base/time.h"

namespace weir::list {

struct Listing {
  Prefix subject;
  std::array<std::uint8_t, 4> code{127, 0, 0, 2};
  UnixMillis since, until;
  std::string reason;
  friend bool operator==(const Listing&, const Listing&) = default;
};

class Index {
 public:
  explicit Index(std::vector<Listing> listings);
  [[nodiscard]] const Listing* find(const Address& address, UnixMillis now) const;
  // Is any unexpired listing inside this prefix, or wider than it? For empty non-terminals (RFC 8020).
  [[nodiscard]] bool any_below(const Prefix& prefix, UnixMillis now) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const std::vector<Listing>& listings() const;  // sorted by subject

  // docs/formats/list.md: the projection file; checked by a SHA-256 at the end.
  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<Index> parse(std::string_view octets);

 private:
  std::vector<Listing> listings_;
  // The helper who writes this chooses what else belongs here.
};

}  // namespace weir::list
