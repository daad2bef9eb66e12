#include "crypto/public_key.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace weir::crypto {
namespace {

EVP_PKEY* as_key(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

const unsigned char* as_unsigned(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}

// OpenSSL notes errors in a queue of the thread; other users of it must not find ours there.
class ErrorMark {
 public:
  ErrorMark() { ERR_set_mark(); }
  ~ErrorMark() { ERR_pop_to_mark(); }
  ErrorMark(const ErrorMark&) = delete;
  ErrorMark& operator=(const ErrorMark&) = delete;
};

// Octets behind the key are an error.
EVP_PKEY* read_key(std::string_view der) {
  const auto size = static_cast<long>(der.size());
  const auto* const end = as_unsigned(der) + der.size();
  const auto* at = as_unsigned(der);
  EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, size);
  if (key == nullptr) {
    at = as_unsigned(der);
    key = d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size);
  }
  if (key != nullptr && at != end) {
    EVP_PKEY_free(key);
    return nullptr;
  }
  return key;
}

}  // namespace

Result<RsaPublicKey> RsaPublicKey::from_der(std::string_view der) {
  const ErrorMark mark;
  constexpr std::size_t kMaxDer = 4'096;  // twice what kMaxRsaBits takes
  if (der.size() > kMaxDer) return fail(Errc::too_large, "the key is too long");
  std::shared_ptr<void> key(read_key(der),
                            [](void* pointer) { EVP_PKEY_free(static_cast<EVP_PKEY*>(pointer)); });
  if (key == nullptr || EVP_PKEY_get_base_id(as_key(key)) != EVP_PKEY_RSA)
    return fail(Errc::invalid, "this is no RSA public key");
  RsaPublicKey out(std::move(key));
  if (out.bits() > kMaxRsaBits)
    return fail(Errc::too_large,
                fmt::format("an RSA key of {} bits; at most {}", out.bits(), kMaxRsaBits));
  return out;
}

int RsaPublicKey::bits() const { return EVP_PKEY_get_bits(as_key(key_)); }

bool RsaPublicKey::verify_sha256(const Digest& digest, std::string_view signature) const {
  const ErrorMark mark;
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new(as_key(key_), nullptr), &EVP_PKEY_CTX_free);
  return context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
         EVP_PKEY_verify(context.get(), as_unsigned(signature), signature.size(), digest.data(),
                         digest.size()) == 1;
}

}  // namespace weir::crypto
