#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/crypto.h"

namespace weir::crypto {
namespace {

std::string hex(const Digest& digest) { return to_hex(as_octets(digest)); }

TEST(Sha256, GivesThePublishedDigestsOfFips180) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

RC_GTEST_PROP(Sha256, InPiecesEqualsAtOnce, (const std::vector<std::string>& pieces)) {
  Sha256 hasher;
  std::string whole;
  for (const auto& piece : pieces) {
    hasher.update(piece);
    whole += piece;
  }
  RC_ASSERT(hasher.finish() == sha256(whole));
}

TEST(Sha256, MayBeDroppedUnfinished) {
  Sha256 hasher;
  hasher.update("abc");
}

TEST(Hmac, GivesThePublishedTagsOfRfc4231) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

RC_GTEST_PROP(EqualConstantTime, AgreesWithEquality, (const std::string& a, const std::string& b)) {
  RC_ASSERT(equal_constant_time(a, b) == (a == b));
  RC_ASSERT(equal_constant_time(a, std::string(a)));
}

TEST(SystemRandom, FillsEveryOctet) {
  SystemRandom random;
  std::array<std::uint8_t, 64> seen{};
  // An octet stays zero in 64 fills with probability 2^-512.
  for (int i = 0; i < 64; ++i) {
    std::array<std::uint8_t, 64> once{};
    random.fill(once);
    for (std::size_t k = 0; k < seen.size(); ++k) seen[k] |= once[k];
  }
  for (const auto octet : seen) EXPECT_NE(octet, 0);
}

}  // namespace
}  // namespace weir::crypto
