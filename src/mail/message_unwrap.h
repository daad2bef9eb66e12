// mail/message_unwrap.h - what has to be decoded before it can be parsed: a message or multipart in
// a transfer encoding, the entity inside a signed CMS object, a message in UTF-16.
//
// For message.cpp. Output: decoded octets, at most max_octets of them; empty if there is nothing to
// go on with, and then the part stays as it is. Never fails; what is broken is noted. Cost:
// O(encoded octets).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/message.h"
#include "mail/message_header.h"

namespace weir::mail {

[[nodiscard]] std::string unwrap(const Part& part, Content content, std::size_t max_octets,
                                 ProblemNotes& notes);

// A message written in UTF-16, with a byte order mark or known by the zeros in its first letters,
// as UTF-8; nullopt if it is none.
[[nodiscard]] std::optional<std::string> from_utf16(std::string_view octets,
                                                    std::size_t max_octets);

}  // namespace weir::mail
