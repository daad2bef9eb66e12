#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/crypto.h"

namespace weir::crypto {
namespace {

template <std::size_t N>
std::string hex(const std::array<std::uint8_t, N>& octets) {
  return to_hex({reinterpret_cast<const char*>(octets.data()), octets.size()});
}

SecretSeed seed_from_hex(std::string_view text) {
  return SecretSeed::from_octets(parse_hex(text).value()).value();
}

struct Vector {
  const char* seed;
  const char* key;
  const char* message;
  const char* signature;
};

// RFC 8032 7.1, TEST 1 to TEST 3.
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Ed25519, GivesThePublishedKeysAndSignaturesOfRfc8032) {
  for (const auto& vector : kVectors) {
    const auto seed = seed_from_hex(vector.seed);
    const auto message = parse_hex(vector.message).value();
    EXPECT_EQ(hex(seed.public_key()), vector.key);
    EXPECT_EQ(hex(seed.sign(message)), vector.signature);
    EXPECT_TRUE(verify(seed.public_key(), message, seed.sign(message)));
  }
}

TEST(Ed25519, EveryFlippedBitOfTheSignatureIsRefused) {
  const auto seed = seed_from_hex(kVectors[1].seed);
  const auto good = seed.sign("message");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(verify(seed.public_key(), "message", bad)) << "bit " << bit;
  }
}

TEST(Ed25519, ASmallOrderKeyVerifiesNothing) {
  // With the neutral element as key, R = 1 and S = 0 would satisfy the equation for every message.
  PublicKey neutral{};
  neutral[0] = 1;
  Signature signature{};
  signature[0] = 1;
  EXPECT_FALSE(verify(neutral, "anything", signature));
}

RC_GTEST_PROP(Ed25519, VerifiesWhatItSignedAndNothingElse,
              (const std::string& message, const std::string& other, std::uint64_t a,
               std::uint64_t b)) {
  SeededRandom random_a(a), random_b(b);
  const SecretSeed seed(random_a), stranger(random_b);
  const auto signature = seed.sign(message);
  RC_ASSERT(verify(seed.public_key(), message, signature));
  RC_ASSERT(verify(seed.public_key(), other, signature) == (other == message));
  RC_ASSERT(verify(stranger.public_key(), message, signature) == (a == b));
}

TEST(SecretSeed, TakesExactlyThirtyTwoOctets) {
  EXPECT_TRUE(SecretSeed::from_octets(std::string(32, 'x')));
  for (const std::size_t size : {0U, 31U, 33U, 64U}) {
    const auto refused = SecretSeed::from_octets(std::string(size, 'x'));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::invalid);
  }
}

TEST(SecretSeed, LeavesNothingBehindWhereItMovedFrom) {
  auto first = seed_from_hex(kVectors[0].seed);
  SecretSeed second(std::move(first));
  EXPECT_EQ(first.octets(),
            std::string(32, '\0'));  // NOLINT(bugprone-use-after-move): looked at on purpose
  EXPECT_EQ(to_hex(second.octets()), kVectors[0].seed);
  auto third = seed_from_hex(kVectors[1].seed);
  third = std::move(second);
  EXPECT_EQ(second.octets(),
            std::string(32, '\0'));  // NOLINT(bugprone-use-after-move): looked at on purpose
  EXPECT_EQ(to_hex(third.octets()), kVectors[0].seed);
}

}  // namespace
}  // namespace weir::crypto
