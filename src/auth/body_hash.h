// auth/body_hash.h - the SHA-256 of a body in canonical form (RFC 6376 3.4.3, 3.4.4, 3.7).
//
// Input:  the raw body; CRLF and bare LF are both hashed as CRLF.
// Cost:   one pass over the body for each distinct (canonicalisation, limit), remembered.
// Threads: a BodyHasher belongs to one thread. The body must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "auth/header.h"
#include "base/bytes.h"

namespace weir::auth {

struct BodyHash {
  Digest digest{};
  std::uint64_t octets = 0;  // of the canonical body; with a limit: at least as far as it goes
  bool more = false;         // there is more than the limit covers
};

class BodyHasher {
 public:
  explicit BodyHasher(std::string_view body) : body_(body) {}
  // limit: l=, octets of the canonical body to hash.
  [[nodiscard]] const BodyHash& hash(Canon canon, std::optional<std::uint64_t> limit);

 private:
  struct Known {
    Canon canon;
    std::optional<std::uint64_t> limit;
    BodyHash hash;
  };
  std::string_view body_;
  std::vector<Known> known_;
};

}  // namespace weir::auth
