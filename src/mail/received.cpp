// Received lines as they are written. RFC 5321 4.4 gives "from NAME (TCP-info) by NAME via X with
// PROTOCOL id ID for ADDR; date"; what the programs put into the `from` clause differs, and which
// word is the fact (the address), the look-up (rdns) and the claim (helo) must be known per form:
//
//   Postfix, Sendmail, Gmail   from HELO (RDNS [IP])          "unknown" for no name; Sendmail adds
//   (may be forged), IDENT:user@RDNS Sendmail, Gmail            from HELO ([IP])               no
//   name Exim                       from RDNS ([IP] helo=HELO)     from [IP] (helo=HELO); from RDNS
//   ([IP]) if both are the same qmail and its children     from RDNS (HELO helo) (IP)     from RDNS
//   (IP) if both are the same; (user@IP) after a login Exchange, Microsoft 365    from HELO (IP) by
//   ...          an IPv6 zone may follow the address CommuniGate                from [IP] (account
//   x HELO helo) Yahoo, IMail, web mail     from [IP] by ..., from NAME [IP] by ..., from IP by ...
//   with HTTP Coremail, QQ, Alibaba      as Postfix or qmail, with blanks inside ( [IP] ), or none
//   between comments, or IP:user Zimbra                     from HELO (LHLO helo) (IP)
//
// A client chooses its HELO, so the address is taken from the last comment of the `from` clause
// that holds one outside of helo=: what the server writes itself stands behind what it repeats.
#include <algorithm>

#include "base/utf8.h"
#include "mail/ascii.h"
#include "mail/trace.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxWord = 255;  // a domain name's octets; longer words are cut
constexpr std::size_t kMaxTokens = 200;
constexpr std::size_t kDateTail =
    48;  // "Wed, 27 Sep 2023 10:00:00.123 +0000 (UTC)" and a blank or two
constexpr std::size_t kMaxValue = 8'192;  // no MTA writes more

struct Token {
  std::string_view text;  // a comment without its outer parentheses
  bool comment = false;
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  std::size_t at = 0;
  while (at < text.size() && out.size() < kMaxTokens) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    if (text[at] != '(') {
      while (at < text.size() && !is_space(text[at]) && text[at] != '(') ++at;
      out.push_back({text.substr(begin, at - begin), false});
      continue;
    }
    std::size_t depth = 0;
    do {
      if (text[at] == '(') ++depth;
      if (text[at] == ')') --depth;
      ++at;
    } while (at < text.size() && depth > 0);
    const std::size_t end = depth == 0 ? at - 1 : at;
    out.push_back({text.substr(begin + 1, end - begin - 1), true});
  }
  return out;
}

std::string clean(std::string_view word) { return to_valid_utf8(word.substr(0, kMaxWord)); }

// "[IPv6:2001:db8::1]", "[192.0.2.1]:25", "192.0.2.1", "fe80::1%9", "user@192.0.2.1",
// "192.0.2.1:user@x": the address, or nullopt.
std::optional<Address> as_address(std::string_view word) {
  while (!word.empty() && (word.back() == ',' || word.back() == ';' || word.back() == '.'))
    word.remove_suffix(1);
  if (const auto open = word.rfind('['); open != std::string_view::npos) {
    const auto close = word.find(']', open);
    word =
        word.substr(open + 1, (close == std::string_view::npos ? word.size() : close) - open - 1);
    if (istarts_with(word, "IPv6:")) word.remove_prefix(5);
  } else if (const auto at = word.rfind('@'); at != std::string_view::npos) {
    const auto colon = word.find(':');
    word =
        colon != std::string_view::npos && colon < at ? word.substr(0, colon) : word.substr(at + 1);
  }
  word = word.substr(0, word.find('%'));
  if (word.size() < 2 || word.size() > 60) return std::nullopt;
  if (!is_digit(word[0]) && word.find(':') == std::string_view::npos) return std::nullopt;
  if (auto address = Address::parse(word)) return *address;
  // A port behind IPv4.
  const auto colon = word.find(':');
  if (colon != std::string_view::npos && word.find('.') < colon)
    if (auto address = Address::parse(word.substr(0, colon))) return *address;
  return std::nullopt;
}

// A name that the writing host looked up: "IDENT:user@host." -> "host"; empty for "unknown" and for
// what is no name.
std::string as_rdns(std::string_view word) {
  if (const auto at = word.rfind('@'); at != std::string_view::npos) word.remove_prefix(at + 1);
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  if (word.empty() || iequals(word, "unknown") || word[0] == '[' || as_address(word)) return {};
  const bool name = std::all_of(word.begin(), word.end(), [](char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_' || is_8bit(c);
  });
  return name ? lower(clean(word)) : std::string();
}

struct CommentInfo {
  std::optional<Address> address;
  std::string_view before;  // the word before the address
  std::string_view helo;
};

bool says_helo(std::string_view word) {
  return iequals(word, "helo") || iequals(word, "ehlo") || iequals(word, "lhlo");
}

CommentInfo read_comment(std::string_view comment) {
  CommentInfo info;
  const auto tokens = tokens_of(comment);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string_view word = tokens[i].text;
    if (tokens[i].comment) continue;  // "(may be forged)"
    if (says_helo(word) && i + 1 < tokens.size()) {
      info.helo = tokens[++i].text;
      continue;
    }
    if (istarts_with(word, "helo=")) {
      info.helo = word.substr(5);
      continue;
    }
    if (word.find('=') != std::string_view::npos) continue;  // ident=, port=, version=, cipher=
    if (info.address) continue;
    if (const auto address = as_address(word)) {
      info.address = address;
      // "host[192.0.2.1]": the name is glued to the bracket.
      const auto open = word.find('[');
      if (open != std::string_view::npos && open > 0 && word[open - 1] != '@')
        info.before = word.substr(0, open);
    } else {
      info.before = word;
    }
  }
  return info;
}

// What a server says of the session, not of the client's address.
bool is_session_comment(std::string_view comment) {
  comment = trim(comment);
  for (const std::string_view head :
       {"using ", "envelope-", "version=", "no client cert", "client "})
    if (istarts_with(comment, head)) return true;
  return false;
}

struct Clauses {
  std::vector<Token> from, by, with, id;
  bool microsoft = false;
  bool exim = false;
};

Clauses clauses_of(std::string_view text) {
  Clauses out;
  std::vector<Token> other;
  std::vector<Token>* current = &other;
  bool from_seen = false, by_seen = false;
  for (const Token& token : tokens_of(text)) {
    if (token.comment) {
      if (current != &out.from && token.text.starts_with("Exim")) out.exim = true;
    } else if (iequals(token.text, "from") && !from_seen && !by_seen) {
      from_seen = true;
      current = &out.from;
      continue;
    } else if (iequals(token.text, "by") && !by_seen &&
               (current != &out.from || !out.from.empty())) {
      by_seen = true;
      current = &out.by;
      continue;
    } else if (current != &out.from && (iequals(token.text, "with") || iequals(token.text, "id") ||
                                        iequals(token.text, "via") || iequals(token.text, "for"))) {
      if (iequals(token.text, "with") && out.with.empty())
        current = &out.with;
      else if (iequals(token.text, "id") && out.id.empty())
        current = &out.id;
      else
        current = &other;
      continue;
    }
    current->push_back(token);
  }
  out.microsoft = !out.with.empty() &&
                  (iequals(out.with[0].text, "Microsoft") || iequals(out.with[0].text, "mapi") ||
                   iequals(out.with[0].text, "HTTPS"));
  return out;
}

void read_from(const Clauses& clauses, Hop& hop) {
  if (clauses.from.empty()) return;
  std::string_view name;
  std::optional<Address> in_words;  // "from NAME [IP] by", "from [IP] by"
  std::string_view helo;
  CommentInfo fact;
  bool fact_bracketed = false;
  for (const Token& token : clauses.from) {
    if (!token.comment) {
      if (name.empty())
        name = token.text;
      else if (!in_words && token.text.starts_with('['))
        in_words = as_address(token.text);
      continue;
    }
    if (is_session_comment(token.text)) continue;
    CommentInfo info = read_comment(token.text);
    if (!info.helo.empty()) helo = info.helo;
    // A login is named behind the client; its address counts only where no other is written
    // (qmail-ldap).
    if (info.address && !(fact.address && istarts_with(trim(token.text), "authenticated"))) {
      fact = info;
      fact_bracketed = token.text.find('[') != std::string_view::npos;
    }
  }
  const bool local = !clauses.with.empty() && (iequals(clauses.with[0].text, "local") ||
                                               iequals(clauses.with[0].text, "HTTP"));
  const auto literal = as_address(name);
  hop.address = fact.address ? fact.address : in_words ? in_words : literal;

  if (!helo.empty()) {
    hop.helo = clean(helo);
    hop.rdns = !fact.before.empty() && fact.before != helo ? as_rdns(fact.before) : as_rdns(name);
    return;
  }
  const bool name_is_source = literal && !fact.address && !in_words;
  if (!name_is_source && !(local && !hop.address)) hop.helo = clean(name);
  if (!fact.before.empty()) {
    hop.rdns = as_rdns(fact.before);
  } else if (fact.address && clauses.exim) {
    hop.rdns = as_rdns(name);
  } else if (fact.address && !fact_bracketed && !clauses.microsoft && clauses.id.empty()) {
    hop.rdns = as_rdns(name);  // qmail: HELO left out because it is the same
  }
}

}  // namespace

Hop parse_received(std::string_view raw_value) {
  Hop hop;
  raw_value = raw_value.substr(0, kMaxValue);
  const std::size_t semicolon = raw_value.rfind(';');
  // Some forget the semicolon; the date stands last all the same.
  const std::size_t tail = raw_value.size() - std::min(raw_value.size(), kDateTail);
  hop.time =
      parse_date(raw_value.substr(semicolon != std::string_view::npos ? semicolon + 1 : tail));
  const Clauses clauses = clauses_of(raw_value.substr(0, semicolon));
  read_from(clauses, hop);
  for (const Token& token : clauses.by)
    if (!token.comment) {
      hop.by = clean(token.text);
      break;
    }
  for (const Token& token : clauses.with) {
    if (token.comment) continue;
    if (!hop.with.empty()) {
      if (!clauses.microsoft || hop.with.size() > 64)
        break;  // others put no protocol into two words
      hop.with.push_back(' ');
    }
    hop.with += clean(token.text);
  }
  if (!clauses.id.empty() && !clauses.id[0].comment) {
    std::string_view id = clauses.id[0].text;
    if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
    hop.id = clean(id);
  }
  return hop;
}

}  // namespace weir::mail
