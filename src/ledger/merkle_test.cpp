#include "ledger/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

#include "crypto/crypto.h"

namespace weir::ledger {
namespace {

// RFC 9162 2.1.1 written down as it stands there: slow and obvious.
Digest reference_root(std::span<const std::string> entries) {
  if (entries.empty()) return crypto::sha256("");
  if (entries.size() == 1) return crypto::sha256(std::string(1, '\0') + entries[0]);
  std::size_t k = 1;
  while (k * 2 < entries.size()) k *= 2;
  const auto left = reference_root(entries.first(k));
  const auto right = reference_root(entries.subspan(k));
  return crypto::sha256("\x01" + std::string(as_octets(left)) + std::string(as_octets(right)));
}

Tree tree_of(std::span<const std::string> entries) {
  Tree tree;
  for (const auto& entry : entries) tree.append(leaf_hash(entry));
  return tree;
}

std::vector<std::string> numbered_entries(std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < count; ++i) entries.push_back(fmt::format("entry {}", i));
  return entries;
}

std::vector<Digest> hashes(std::span<const std::string> entries) {
  std::vector<Digest> leaves;
  for (const auto& entry : entries) leaves.push_back(leaf_hash(entry));
  return leaves;
}

TEST(Tree, GivesTheKnownRootsOfZeroToEightLeaves) {
  const std::vector<std::string> entries = {
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  const char* const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  for (std::size_t n = 0; n <= entries.size(); ++n)
    EXPECT_EQ(to_hex(as_octets(tree_of(std::span(entries).first(n)).root())), roots[n]) << n;
}

TEST(Tree, ALeafIsNotANodeOverTheSameOctets) {
  const auto left = leaf_hash("a"), right = leaf_hash("b");
  EXPECT_NE(leaf_hash(std::string(as_octets(left)) + std::string(as_octets(right))),
            node_hash(left, right));
}

RC_GTEST_PROP(Tree, RootIsTheRecursiveDefinition, (const std::vector<std::string>& entries)) {
  const auto tree = tree_of(entries);
  RC_ASSERT(tree.size() == entries.size());
  RC_ASSERT(tree.root() == reference_root(entries));
}

TEST(InclusionProof, HoldsForEveryLeafOfEveryTreeUpTo64AndForNoOther) {
  const auto entries = numbered_entries(64);
  const auto all = hashes(entries);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    const auto leaves = std::span(all).first(size);
    const auto root = reference_root(std::span(entries).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(leaves, index);
      ASSERT_LE(proof.size(), static_cast<std::size_t>(std::bit_width(size)));
      ASSERT_TRUE(check_inclusion(leaves[index], index, size, proof, root));
      // Another place, another leaf, another size with another shape, and no root of its own.
      for (std::size_t other = 0; other < size; ++other) {
        if (other == index) continue;
        ASSERT_FALSE(check_inclusion(leaves[index], other, size, proof, root));
        ASSERT_FALSE(check_inclusion(leaves[other], index, size, proof, root));
      }
      ASSERT_FALSE(check_inclusion(leaves[index], index, size, proof, leaf_hash("")));
      ASSERT_FALSE(check_inclusion(leaves[index], size, size, proof, root));
    }
  }
}

TEST(ConsistencyProof, HoldsForEveryPairOfSizesUpTo64AndForNoOtherRoot) {
  const auto entries = numbered_entries(64);
  const auto all = hashes(entries);
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const auto root = reference_root(std::span(entries).first(size));
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      const auto old_root = reference_root(std::span(entries).first(old_size));
      const auto proof = consistency_proof(std::span(all).first(size), old_size);
      ASSERT_TRUE(check_consistency(old_size, old_root, size, root, proof));
      ASSERT_FALSE(check_consistency(old_size, leaf_hash("x"), size, root, proof));
      // Every tree begins with the empty one, so there is nothing about `root` to prove then.
      if (old_size > 0) {
        ASSERT_FALSE(check_consistency(old_size, old_root, size, leaf_hash("x"), proof));
      }
      if (old_size != size) {
        ASSERT_FALSE(check_consistency(size, root, old_size, old_root, proof));
      }
    }
  }
}

RC_GTEST_PROP(Proofs, AnyChangedMissingOrAddedHashIsRefused, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(2, 200);
  const auto entries = numbered_entries(size);
  const auto leaves = hashes(entries);
  const auto root = reference_root(entries);
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
  const auto old_root = reference_root(std::span(entries).first(old_size));
  const auto damage = [](std::vector<Digest> proof) {
    const auto at = *rc::gen::inRange<std::size_t>(0, proof.size() + 1);
    const auto how = *rc::gen::inRange(0, 3);
    if (how == 0 || proof.empty()) {
      proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(at), leaf_hash("added"));
    } else if (how == 1) {
      proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at % proof.size()));
    } else {
      proof[at % proof.size()][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
    }
    return proof;
  };
  RC_ASSERT(
      !check_inclusion(leaves[index], index, size, damage(inclusion_proof(leaves, index)), root));
  RC_ASSERT(!check_consistency(old_size, old_root, size, root,
                               damage(consistency_proof(leaves, old_size))));
}

RC_GTEST_PROP(Proofs, HostileNumbersAreRefused,
              (std::uint64_t index, std::uint64_t size, std::uint64_t hashes_given)) {
  const std::vector<Digest> proof(hashes_given % 80, leaf_hash("x"));
  RC_ASSERT(!check_inclusion(leaf_hash("y"), index, size, proof, leaf_hash("z")));
  RC_ASSERT(!check_consistency(index, leaf_hash("y"), size, leaf_hash("z"), proof));
}

}  // namespace
}  // namespace weir::ledger
