// list/table.h - the listings of one prefix length: a sorted array of addresses, and when each of
// them ends.
//
// Key:     std::uint32_t (IPv4) or V6Key; the address with the bits after `length` zero.
// find:    binary search, behind a directory of the upper 16 bits when there are many IPv4 keys.
// O(log n). any_live: does any key in a range end after `now`? A tree of maxima with 16 children a
// node: O(log n), however many have ended. Threads: immutable after finish(); share freely.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/address.h"

namespace weir::list {

struct V6Key {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const V6Key&, const V6Key&) = default;
};

inline std::uint32_t masked(std::uint32_t key, int length) {
  return length == 0 ? 0 : key & (~std::uint32_t{0} << (32 - length));
}

inline V6Key masked(V6Key key, int length) {
  if (length <= 64) return {length == 0 ? 0 : key.high & (~std::uint64_t{0} << (64 - length)), 0};
  return {key.high, key.low & (~std::uint64_t{0} << (128 - length))};
}

template <class Key>
[[nodiscard]] Key key_of(const Address& address);

template <>
inline std::uint32_t key_of<std::uint32_t>(const Address& address) {
  return address.v4_number();
}

template <>
inline V6Key key_of<V6Key>(const Address& address) {
  const auto& octets = address.octets();
  V6Key key;
  for (std::size_t i = 0; i < 8; ++i) {
    key.high = (key.high << 8) | octets[i];
    key.low = (key.low << 8) | octets[i + 8];
  }
  return key;
}

template <class Key>
class PrefixTable {
 public:
  explicit PrefixTable(int length) : length_(length) {}

  // In ascending order of key, each once; then finish().
  void add(Key key, std::int64_t until, std::uint32_t id) {
    keys_.push_back(key);
    ids_.push_back(id);
    maxima_[0].push_back(until);
  }

  void finish() {
    while (maxima_.back().size() > kChildren) {
      const auto& below = maxima_.back();
      std::vector<std::int64_t> level;
      level.reserve(below.size() / kChildren + 1);
      for (std::size_t i = 0; i < below.size(); i += kChildren) {
        const auto first = below.begin() + static_cast<std::ptrdiff_t>(i);
        const auto count = std::min(kChildren, below.size() - i);
        level.push_back(*std::max_element(first, first + static_cast<std::ptrdiff_t>(count)));
      }
      maxima_.push_back(std::move(level));
    }
    if constexpr (std::is_same_v<Key, std::uint32_t>) {
      if (keys_.size() >= kDirectoryFrom) {
        directory_.assign((1U << 16) + 1, static_cast<std::uint32_t>(keys_.size()));
        for (std::size_t i = keys_.size(); i-- > 0;)
          directory_[keys_[i] >> 16] = static_cast<std::uint32_t>(i);
        for (std::size_t i = 1U << 16; i-- > 0;)
          directory_[i] = std::min(directory_[i], directory_[i + 1]);
      }
    }
  }

  [[nodiscard]] int length() const { return length_; }

  // The id of the live listing that covers the address.
  [[nodiscard]] std::optional<std::uint32_t> find(Key address, std::int64_t now) const {
    const Key key = masked(address, length_);
    const std::size_t at = lower_bound(key);
    if (at == keys_.size() || keys_[at] != key || maxima_[0][at] <= now) return std::nullopt;
    return ids_[at];
  }

  // Is any listing with first <= key <= last live?
  [[nodiscard]] bool any_live(Key first, Key last, std::int64_t now) const {
    std::size_t low = lower_bound(first);
    std::size_t high = static_cast<std::size_t>(std::upper_bound(keys_.begin(), keys_.end(), last) -
                                                keys_.begin());
    for (const auto& level : maxima_) {
      for (; low < high && low % kChildren != 0; ++low)
        if (level[low] > now) return true;
      for (; low < high && (high % kChildren != 0 || &level == &maxima_.back()); --high)
        if (level[high - 1] > now) return true;
      if (low >= high) return false;
      low /= kChildren;
      high /= kChildren;
    }
    return false;
  }

 private:
  static constexpr std::size_t kChildren = 16;
  static constexpr std::size_t kDirectoryFrom =
      4'096;  // below that the keys are in the cache anyway

  [[nodiscard]] std::size_t lower_bound(Key key) const {
    auto first = keys_.begin();
    auto last = keys_.end();
    if constexpr (std::is_same_v<Key, std::uint32_t>) {
      if (!directory_.empty()) {
        last = first + static_cast<std::ptrdiff_t>(directory_[(key >> 16) + 1]);
        first += static_cast<std::ptrdiff_t>(directory_[key >> 16]);
      }
    }
    return static_cast<std::size_t>(std::lower_bound(first, last, key) - keys_.begin());
  }

  int length_;
  std::vector<Key> keys_;
  std::vector<std::uint32_t> ids_;
  std::vector<std::vector<std::int64_t>> maxima_{
      1};  // [0]: when each key ends; [n + 1]: the latest of 16 of [n]
  std::vector<std::uint32_t> directory_;  // first key with these upper 16 bits
};

}  // namespace weir::list
