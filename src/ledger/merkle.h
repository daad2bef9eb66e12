// ledger/merkle.h - RFC 9162 2.1 Merkle tree hashing, incremental.
//
// Tree:    append leaf hashes, root in O(log n); holds only the right edge (at most 64 digests).
//          Pure value type.
// Proofs:  made from all leaf hashes in O(n), checked in O(log n). A proof that is too long, too
//          short or for impossible numbers is refused, never an error in the caller.
// Threads: values, share freely.
// Source:  RFC 9162 2.1; the same tree as RFC 6962 2.1.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace weir::ledger {

[[nodiscard]] Digest leaf_hash(std::string_view entry);                   // SHA-256(0x00 || entry)
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(0x01 || both)

class Tree {
 public:
  void append(const Digest& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;  // of the empty tree: SHA-256 of nothing

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest>
      edge_;  // roots of the full subtrees, one for each bit set in size_, widest first
};

// RFC 9162 2.1.3: that leaf `index` is in the tree over all leaves. index < leaves.size().
[[nodiscard]] std::vector<Digest> inclusion_proof(std::span<const Digest> leaves,
                                                  std::uint64_t index);
[[nodiscard]] bool check_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> proof, const Digest& root);

// RFC 9162 2.1.4: that the tree over all leaves begins with the tree over the first `old_size`.
// old_size <= leaves.size(). Empty if old_size is 0 or all of it, where there is nothing to prove.
[[nodiscard]] std::vector<Digest> consistency_proof(std::span<const Digest> leaves,
                                                    std::uint64_t old_size);
[[nodiscard]] bool check_consistency(std::uint64_t old_size, const Digest& old_root,
                                     std::uint64_t size, const Digest& root,
                                     std::span<const Digest> proof);

}  // namespace weir::ledger
