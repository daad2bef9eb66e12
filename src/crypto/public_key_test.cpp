#include "crypto/public_key.h"

#include "crypto/crypto.h"

namespace weir::crypto {
namespace {

// A key made for this test; its other half is thrown away.
constexpr std::string_view kInfo =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDO0O3lsnG4qU6AQyBDVxcZkpks14QSe+"
    "ui3iICTd6TGO7u1YqQzjICoFAzDxpDm1N8IM5qqhA9tsrX/"
    "FBeCFZBVWG8N3eKY40PwbuF32jTxSf9VMW0nw612BHm4+"
    "7vUDdBh6YRmciNIC24maI86kRR2VEajdp5ObpQri05WMwcYwIDAQAB";
constexpr std::string_view kBare =
    "MIGJAoGBAM7Q7eWycbipToBDIENXFxmSmSzXhBJ766LeIgJN3pMY7u7VipDOMgKgUDMPGkObU3wgzmqqED22ytf8UF4IVk"
    "FVYbw3d4pjjQ/Bu4XfaNPFJ/"
    "1UxbSfDrXYEebj7u9QN0GHphGZyI0gLbiZojzqRFHZURqN2nk5ulCuLTlYzBxjAgMBAAE=";
// Of the four octets "weir".
constexpr std::string_view kSignature =
    "sOWwhoVEjS5YXLnJh70+"
    "Plo6W1BujWSaslJVVxk7wOBlAmT2dOVXMAENUk3cU27Ceo7Qcz3rOrFbn7rg2td1qJ4kFvylRy4GjcSdsvKtNLwVcpLEb9"
    "u9gVHIoLjZNBeXyO4+Emt+Uon/8zNzwdSjW4Iii7cKc8atwZcZCl0DT/M=";

std::string octets(std::string_view base64) { return *parse_base64(base64); }

TEST(RsaPublicKey, BothFormsOfAKeyCheckASignature) {
  for (const auto text : {kInfo, kBare}) {
    const auto key = RsaPublicKey::from_der(octets(text));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->bits(), 1'024);
    EXPECT_TRUE(key->verify_sha256(sha256("weir"), octets(kSignature)));
    EXPECT_FALSE(key->verify_sha256(sha256("Weir"), octets(kSignature)));
    EXPECT_FALSE(key->verify_sha256(sha256("weir"), ""));
  }
}

TEST(RsaPublicKey, WhatIsNoKeyIsRefused) {
  auto der = octets(kInfo);
  EXPECT_FALSE(RsaPublicKey::from_der(""));
  EXPECT_FALSE(RsaPublicKey::from_der("no key"));
  EXPECT_FALSE(RsaPublicKey::from_der(std::string_view(der).substr(0, der.size() - 1)));
  EXPECT_FALSE(RsaPublicKey::from_der(der + "x"));
  EXPECT_FALSE(RsaPublicKey::from_der(std::string(100'000, 'x')));
}

RC_GTEST_PROP(RsaPublicKey, ABitThatChangesBreaksTheSignature, ()) {
  auto signature = octets(kSignature);
  const auto at = *rc::gen::inRange<std::size_t>(0, signature.size());
  const auto bit = *rc::gen::inRange(0, 8);
  signature[at] = static_cast<char>(signature[at] ^ (1 << bit));
  const auto key = RsaPublicKey::from_der(octets(kInfo));
  RC_ASSERT(!key->verify_sha256(sha256("weir"), signature));
}

}  // namespace
}  // namespace weir::crypto
