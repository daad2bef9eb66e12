// mail/received_software.h - which program wrote a Received line, by the words only it writes.
//
// Every name is a stable word in static storage, listed in docs/reading/trace.md; empty if not
// known.
#pragma once

#include <string_view>

namespace weir::mail {

// By the comment behind `by` or `with`: "(Postfix)", "(8.14.4/8.14.4)", "(amavisd-new, port
// 10024)".
[[nodiscard]] std::string_view software_of_comment(std::string_view comment);
// By the protocol words: "Microsoft SMTP Server", "NNFMP", "Novell_GroupWise".
[[nodiscard]] std::string_view software_of_protocol(std::string_view with);
// By the name of the writing host, for providers whose hosts write a form of their own.
[[nodiscard]] std::string_view software_of_host(std::string_view by);

// Whether this program always writes an id into its line.
[[nodiscard]] bool always_writes_id(std::string_view software);
// Whether the protocol is one that this program does not write: Postfix has no "esmtp" in lower
// case, Exim no "ESMTP".
[[nodiscard]] bool contradicts(std::string_view software, std::string_view with);

}  // namespace weir::mail
