// ledger/merkle.h - RFC 9162 2.1 Merkle tree hashing, incremental.
//
// Tree: append leaf hashes, root in O(log n); holds only the right edge (at most 64 digests). Pure value type.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace weir::ledger {

[[nodiscard]] Digest leaf_hash(std::string_view entry);                      // SHA-256(0x00 || entry)
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);    // SHA-256(0x01 || left || right)

class Tree {
 public:
  void append(const Digest& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;  // of the empty tree: SHA-256 of nothing

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> edge_;
};

// RFC 9162 2.1.3 and 2.1.4: proofs over all leaf hashes, and their checks.
[[nodiscard]] std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index);
[[nodiscard]] bool check_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size, std::span<const Digest> proof, const Digest& root);
[[nodiscard]] std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size);
[[nodiscard]] bool check_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t size, const Digest& root, std::span<const Digest> proof);

}  // namespace weir::ledger
