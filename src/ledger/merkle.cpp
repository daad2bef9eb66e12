// The tree over n leaves is a node over the tree of the first k leaves and the tree of the rest,
// where k is the largest power of two below n. So the full subtrees on the way down the right edge
// are the binary digits of n, and adding a leaf is adding one: each carry joins two subtrees of the
// same width.
#include "ledger/merkle.h"

#include <algorithm>
#include <bit>

#include "crypto/crypto.h"

namespace weir::ledger {
namespace {

// The root of the tree over these leaves, O(n).
Digest root_of(std::span<const Digest> leaves) {
  Tree tree;
  for (const auto& leaf : leaves) tree.append(leaf);
  return tree.root();
}

// The width of the left subtree of a tree over n > 1 leaves.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

bool is_odd(std::uint64_t number) { return (number & 1) != 0; }

}  // namespace

Digest leaf_hash(std::string_view entry) {
  crypto::Sha256 hasher;
  hasher.update(std::string_view("\0", 1));
  hasher.update(entry);
  return hasher.finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<char, 65> octets{};
  octets[0] = 1;
  std::ranges::copy(as_octets(left), octets.begin() + 1);
  std::ranges::copy(as_octets(right), octets.begin() + 33);
  return crypto::sha256({octets.data(), octets.size()});
}

void Tree::append(const Digest& leaf) {
  edge_.push_back(leaf);
  for (auto carries = size_; is_odd(carries); carries >>= 1) {
    const auto right = edge_.back();
    edge_.pop_back();
    edge_.back() = node_hash(edge_.back(), right);
  }
  ++size_;
  WEIR_ASSERT(edge_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

Digest Tree::root() const {
  if (edge_.empty()) return crypto::sha256({});
  auto root = edge_.back();
  for (auto i = edge_.size() - 1; i > 0; --i) root = node_hash(edge_[i - 1], root);
  return root;
}

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
  WEIR_ASSERT(index < leaves.size());
  std::vector<Digest> proof;
  while (leaves.size() > 1) {
    const auto k = split(leaves.size());
    if (index < k) {
      proof.push_back(root_of(leaves.subspan(k)));
      leaves = leaves.first(k);
    } else {
      proof.push_back(root_of(leaves.first(k)));
      leaves = leaves.subspan(k);
      index -= k;
    }
  }
  std::ranges::reverse(proof);  // the RFC lists siblings from the leaf upwards
  return proof;
}

bool check_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                     std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return false;
  auto node = index;     // RFC 9162 2.1.3.2: fn
  auto last = size - 1;  // sn
  auto hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      hash = node_hash(sibling, hash);
      // A right edge without a sibling of its own moves up until it is somebody's right child.
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
  WEIR_ASSERT(old_size <= leaves.size());
  std::vector<Digest> proof;
  if (old_size == 0 || old_size == leaves.size()) return proof;
  bool old_tree_is_whole_subtree = true;  // RFC 9162 2.1.4.1: b
  while (old_size < leaves.size()) {
    const auto k = split(leaves.size());
    if (old_size <= k) {
      proof.push_back(root_of(leaves.subspan(k)));
      leaves = leaves.first(k);
    } else {
      proof.push_back(root_of(leaves.first(k)));
      leaves = leaves.subspan(k);
      old_size -= k;
      old_tree_is_whole_subtree = false;
    }
  }
  // The checker knows the root of the old tree, so it is sent only where it is a part of it.
  if (!old_tree_is_whole_subtree) proof.push_back(root_of(leaves));
  std::ranges::reverse(proof);
  return proof;
}

bool check_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t size,
                       const Digest& root, std::span<const Digest> proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == Tree().root();
  auto node = old_size - 1;  // RFC 9162 2.1.4.2: fn
  auto last = size - 1;      // sn
  while (is_odd(node)) {
    node >>= 1;
    last >>= 1;
  }
  Digest old_hash = old_root;
  if (!std::has_single_bit(old_size)) {
    if (proof.empty()) return false;
    old_hash = proof.front();
    proof = proof.subspan(1);
  }
  Digest hash = old_hash;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if (is_odd(node) || node == last) {
      old_hash = node_hash(sibling, old_hash);
      hash = node_hash(sibling, hash);
      while (!is_odd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace weir::ledger
