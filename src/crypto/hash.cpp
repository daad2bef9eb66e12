#include <openssl/evp.h>

#include "crypto/crypto.h"
#include "crypto/sodium.h"

namespace weir::crypto {
namespace {

// Fetched once: OpenSSL 3 looks the algorithm up again on every use of EVP_sha256(), which costs
// more than hashing a short entry.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = [] {
    const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    WEIR_ASSERT(fetched != nullptr);
    return fetched;
  }();
  return method;
}

EVP_MD_CTX* as_context(void* context) { return static_cast<EVP_MD_CTX*>(context); }

const unsigned char* as_unsigned(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

}  // namespace

Digest sha256(std::string_view octets) {
  Digest digest{};
  WEIR_ASSERT(EVP_Digest(octets.data(), octets.size(), digest.data(), nullptr, sha256_method(),
                         nullptr) == 1);
  return digest;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  WEIR_ASSERT(context_ != nullptr);
  WEIR_ASSERT(EVP_DigestInit_ex2(as_context(context_), sha256_method(), nullptr) == 1);
}

Sha256::~Sha256() { EVP_MD_CTX_free(as_context(context_)); }

void Sha256::update(std::string_view octets) {
  WEIR_ASSERT(context_ != nullptr);
  WEIR_ASSERT(EVP_DigestUpdate(as_context(context_), octets.data(), octets.size()) == 1);
}

Digest Sha256::finish() {
  WEIR_ASSERT(context_ != nullptr);
  Digest digest{};
  WEIR_ASSERT(EVP_DigestFinal_ex(as_context(context_), digest.data(), nullptr) == 1);
  EVP_MD_CTX_free(as_context(context_));
  context_ = nullptr;
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
  detail::ensure_sodium();
  Digest tag{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, as_unsigned(key), key.size());
  crypto_auth_hmacsha256_update(&state, as_unsigned(message), message.size());
  crypto_auth_hmacsha256_final(&state, tag.data());
  sodium_memzero(&state, sizeof state);
  return tag;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace weir::crypto
