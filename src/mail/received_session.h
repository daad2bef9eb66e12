// mail/received_session.h - what a Received line says of the session: security, login, envelope.
// Inside mail only.
#pragma once

#include <string_view>

#include "mail/trace.h"

namespace weir::mail {

// A comment (trimmed, not empty) that tells of the session, not of the client's address; false if
// it is none. A client's name may begin like one, but then its address follows in the same comment.
[[nodiscard]] bool read_session(std::string_view comment, Hop& hop);
// A comment (trimmed, not empty) that tells of a login; false if it is none.
[[nodiscard]] bool read_login(std::string_view comment, Hop& hop);

void set_login(std::string_view user, Hop& hop);
// The text that begins with the version, or nothing if it is not known.
void note_tls(std::string_view version, Hop& hop);

}  // namespace weir::mail
