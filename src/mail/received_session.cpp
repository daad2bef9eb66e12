#include "mail/received_session.h"

#include "base/ascii.h"
#include "mail/received_words.h"

namespace weir::mail {
namespace {

std::string_view word_at(std::string_view text, std::size_t index) {
  Scanner scanner(text);
  Token token;
  while (scanner.next(token))
    if (index-- == 0) {
      if (token.text.ends_with(',')) token.text.remove_suffix(1);
      return token.text;
    }
  return {};
}

}  // namespace

// What a server says of the session, not of the client's address. A client's name may begin like
// any of these, but then its address follows in the same comment.
bool read_session(std::string_view text, Hop& hop) {
  const char first = to_lower(text[0]);
  if (first == 'u' && istarts_with(text, "using ")) {
    note_tls(text.substr(6), hop);
    return true;
  }
  if (first == 'e' && istarts_with(text, "envelope-")) {
    const auto blank = text.find_first_of(" =");
    if (blank != std::string_view::npos)
      assign_clean(hop.envelope_from, bare_path(trim(text.substr(blank + 1))));
    return true;
  }
  if (first == 'v' && istarts_with(text, "version=")) {
    note_tls(text.substr(8), hop);
    return true;
  }
  if (first == 'n' && istarts_with(text, "no client cert")) return true;
  if (text.find('[') != std::string_view::npos) return false;
  if (first == 'c' && istarts_with(text, "client ")) return true;
  if (first == 'c' && istarts_with(text, "Cipher ")) {
    note_tls(text.substr(7), hop);
    return true;
  }
  if ((istarts_with(text, "TLS") || istarts_with(text, "SSL")) && text.size() > 3 &&
      (is_digit(text[3]) || text[3] == 'v' || text[3] == '-')) {
    note_tls(text, hop);
    return true;
  }
  if (first == 'g' && text == "Google Transport Security") {
    note_tls({}, hop);
    return true;
  }
  return false;
}

// "(Authenticated sender: x)", "(SquirrelMail authenticated user x)", "(authenticated bits=0)",
// "(AUTH: LOGIN x, TLS: ...)", "(Authid: x)".
bool read_login(std::string_view text, Hop& hop) {
  const char first = to_lower(text[0]);
  if (first != 'a' && first != 's') return false;
  if (istarts_with(text, "AUTH: ")) {
    if (const auto tls = text.find("TLS: "); tls != std::string_view::npos)
      note_tls(text.substr(tls + 5), hop);
    set_login(word_at(text.substr(6), 1), hop);
    return true;
  }
  if (istarts_with(text, "Authid: ")) {
    set_login(word_at(text, 1), hop);
    return true;
  }
  const auto at = first == 's' ? text.find(" authenticated ") : std::string_view::npos;
  if (at != std::string_view::npos) text.remove_prefix(at + 1);
  if (!istarts_with(text, "authenticated")) return false;
  text = text.substr(13);
  if (!text.empty() && text[0] != ' ' && text[0] != ':') return false;  // somebody's host name
  hop.authenticated = true;
  if (first == 's' && hop.software.empty()) hop.software = "squirrelmail";
  if (text.starts_with(':')) {  // qmail-ldap: "authenticated:user@[192.0.2.1]"
    text = text.substr(1, text.find("@[") == std::string_view::npos ? std::string_view::npos
                                                                    : text.find("@[") - 1);
    set_login(word_at(text, 0), hop);
    return true;
  }
  for (const std::string_view head : {" sender: ", " user ", " as "})
    if (istarts_with(text, head)) set_login(bare_path(word_at(text.substr(head.size()), 0)), hop);
  return true;
}

void set_login(std::string_view user, Hop& hop) {
  hop.authenticated = true;
  if (hop.login.empty() && !user.empty()) assign_clean(hop.login, user);
}

// "TLSv1.2 with cipher ...", "TLS1_2, cipher=...", "TLS-1.0:DHE_...", "TLSv1/SSLv3 cipher=...".
void note_tls(std::string_view text, Hop& hop) {
  const bool ssl = istarts_with(text, "SSL");
  if (!ssl && !istarts_with(text, "TLS")) {
    if (hop.tls.empty()) hop.tls = "TLS";
    return;
  }
  std::string_view rest = text.substr(3);
  if (!rest.empty() && (to_lower(rest[0]) == 'v' || rest[0] == '-')) rest.remove_prefix(1);
  std::string out(ssl ? "SSL" : "TLS");
  if (!rest.empty() && is_digit(rest[0])) {
    out.push_back('v');
    out.push_back(rest[0]);
    if (rest.size() > 2 && (rest[1] == '.' || rest[1] == '_') && is_digit(rest[2])) {
      out.push_back('.');
      out.push_back(rest[2]);
    }
  }
  if (hop.tls.size() < out.size()) hop.tls = std::move(out);
}

}  // namespace weir::mail
