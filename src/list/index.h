// list/index.h - PUBLISH: the immutable index of what is listed, read by many threads without a
// lock.
//
// Build a new index for each change and swap a shared_ptr<const Index>. Longest match wins. A
// listing whose `until` has passed is not found: expiry needs no writer. Cost: find O(prefix
// lengths in use * log n), any_below the same. Threads: const, share freely.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/error.h"
#include "base/time.h"
#include "list/table.h"

namespace weir::list {

struct Listing {
  Prefix subject;
  std::array<std::uint8_t, 4> code{127, 0, 0, 2};
  UnixMillis since{}, until{};
  std::string reason;
  friend bool operator==(const Listing&, const Listing&) = default;
};

// No list can hold everything: wider prefixes than these are refused by parse() and left out by the
// constructor.
inline constexpr int kWidestV4 = 8;
inline constexpr int kWidestV6 = 24;
[[nodiscard]] bool can_be_listed(const Prefix& subject);

class Index {
 public:
  // Any order. Of several listings of one subject the one that ends last is kept.
  explicit Index(std::vector<Listing> listings);
  // The longest live listing that covers the address, or nullptr. Live: now < until. Valid while
  // the Index lives.
  [[nodiscard]] const Listing* find(const Address& address, UnixMillis now) const;
  // Is any unexpired listing inside this prefix, or wider than it? For empty non-terminals (RFC
  // 8020).
  [[nodiscard]] bool any_below(const Prefix& prefix, UnixMillis now) const;
  [[nodiscard]] std::size_t size() const { return listings_.size(); }
  [[nodiscard]] const std::vector<Listing>& listings() const {
    return listings_;
  }  // sorted by subject

  // docs/formats/list.md: the projection file; checked by a SHA-256 at the end. One index has one
  // form.
  [[nodiscard]] std::string serialise() const;
  // Errc::corrupt (the octets are not what was written), Errc::unsupported (another version: build
  // it anew from the ledger).
  [[nodiscard]] static Result<Index> parse(std::string_view octets);

 private:
  std::vector<Listing> listings_;
  std::vector<PrefixTable<std::uint32_t>> v4_;  // longest prefixes first
  std::vector<PrefixTable<V6Key>> v6_;
};

}  // namespace weir::list
