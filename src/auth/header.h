// auth/header.h - a message's header as signatures see it: fields as they came, from the bottom up
// (RFC 6376 3.4, 5.4.2).
//
// Input:    raw octets; CRLF and bare LF both end a line and both are hashed as CRLF, so that a
//           message keeps its signatures in a file. An mbox "From " line at the top is skipped. A
//           line that is neither a field nor goes on from one is passed over.
// Lifetime: views into the caller's octets.
// Bounds:   kMaxHeaderFields fields; the rest is left out and cut is set. O(octets).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir::auth {

inline constexpr std::size_t kMaxHeaderFields = 5'000;

enum class Canon : std::uint8_t { simple, relaxed };

struct HeaderField {
  std::string_view name;   // in front of the colon, trailing blanks included
  std::string_view value;  // behind the colon, folding included, without the last line end
};

class Header {
 public:
  explicit Header(std::string_view octets);
  [[nodiscard]] const std::vector<HeaderField>& fields() const { return fields_; }
  [[nodiscard]] std::string_view body() const { return body_; }
  [[nodiscard]] bool cut() const { return cut_; }
  // Indices of the fields of that name, in lower case, from the top; empty if there is none.
  [[nodiscard]] const std::vector<std::uint32_t>& named(const std::string& name) const;

 private:
  std::vector<HeaderField> fields_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
  std::string_view body_;
  bool cut_ = false;
};

// Appends the field in its canonical form, with CRLF at its end.
void append_field(std::string& out, const HeaderField& field, Canon canon);
// The same without the octets [begin, end) of its value and without the CRLF: how a signature signs
// itself, its own b= being empty (RFC 6376 3.7).
void append_signature_field(std::string& out, const HeaderField& field, Canon canon,
                            std::size_t begin, std::size_t end);

}  // namespace weir::auth
