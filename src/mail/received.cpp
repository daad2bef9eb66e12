// Received lines as they are written. RFC 5321 4.4 gives "from NAME (TCP-info) by NAME via X with
// PROTOCOL id ID for ADDR; date"; what the programs put into the `from` clause differs, and which
// word is the fact (the address), the look-up (rdns) and the claim (helo) must be known per form:
//
//   Postfix, Sendmail, Gmail    from HELO (RDNS [IP])        "unknown" for no name; Sendmail adds
//                               (may be forged), IDENT:user@RDNS
//   Sendmail, Gmail             from HELO ([IP])             no name
//   Exim                        from RDNS ([IP] helo=HELO)   from [IP] (helo=HELO); from RDNS
//   ([IP])
//                               if both are the same
//   qmail and its children      from RDNS (HELO helo) (IP)   from RDNS (IP) if both are the same;
//                               (user@IP) after a login
//   Exchange, Microsoft 365     from HELO (IP) by ...        an IPv6 zone may follow the address
//   CommuniGate                 from [IP] (account x HELO helo), (HELO helo) ([IP] verified)
//   Yahoo, IMail, web mail      from [IP] by ..., from NAME [IP] by ..., from IP by ... with HTTP
//   Coremail, QQ, Alibaba       as Postfix or qmail, with blanks inside ( [IP] ), or none between
//                               comments, or IP:user
//   Zimbra                      from HELO (LHLO helo) (IP)
//   qmail with a log of its own (qmail N messnum N invoked from network[IP/RDNS])
//
// A client chooses its HELO, so the address is taken from the last comment of the `from` clause
// that holds one outside of helo=: what the server writes itself stands behind what it repeats.
//
// One pass, no list of words: each word and comment goes to the clause it stands in.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/received_session.h"
#include "mail/received_software.h"
#include "mail/received_words.h"
#include "mail/trace.h"

namespace weir::mail {
namespace {

// A date without a semicolon: "2023-04-24 18:25:20.475151558 +0000 UTC m=+5338252.288808892".
constexpr std::size_t kDateTail = 80;
constexpr std::size_t kMaxValue = 8'192;  // no MTA writes more
constexpr std::size_t kMaxWithVia = 64;   // words of Microsoft's protocol and path, joined

struct CommentInfo {
  std::optional<Address> address;
  std::string_view before;  // the word before the address
  std::string_view user;    // "user@" before the name or the address
  std::string_view helo;
  bool bracketed = false;
};

bool says_helo(std::string_view word) {
  return iequals(word, "helo") || iequals(word, "ehlo") || iequals(word, "lhlo");
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

enum class Clause { none, from, by, with, via, id, recipient, other };

class LineReader {
 public:
  explicit LineReader(Hop& hop) : hop_(hop) {}

  void run(std::string_view text) {
    Scanner scanner(text);
    Token token;
    while (scanner.next(token)) {
      if (token.comment)
        comment(token.text);
      else if (!keyword(token.text))
        word(token.text);
    }
    finish();
  }

 private:
  // "from" and "by" count once, in this order; the others only behind the `from` clause, so that a
  // HELO of several words opens no clause. A clause needs a word before the next one begins.
  bool keyword(std::string_view w) {
    if (w.size() > 4 || w.size() < 2) return false;
    if (!from_seen_ && !by_seen_ && iequals(w, "from")) {
      from_seen_ = true;
      clause_ = Clause::from;
      return true;
    }
    if (!by_seen_ && (clause_ != Clause::from || from_words_ || from_comments_) &&
        iequals(w, "by")) {
      by_seen_ = true;
      clause_ = Clause::by;
      return true;
    }
    if (clause_ == Clause::from) return false;
    if (iequals(w, "with")) return open(Clause::with, with_.empty());
    if (iequals(w, "id")) return open(Clause::id, id_.empty());
    if (iequals(w, "via")) return open(Clause::via, hop_.via.empty());
    if (iequals(w, "for")) return open(Clause::recipient, recipient_.empty());
    return false;
  }

  bool open(Clause clause, bool first) {
    clause_ = first ? clause : Clause::other;
    return true;
  }

  void word(std::string_view w) {
    switch (clause_) {
      case Clause::from:
        from_words_ = true;
        if (from_name_.empty())
          from_name_ = w;
        else if (!in_words_ && (w.starts_with('[') || dash_))  // "NAME - IP"
          in_words_ = as_address(w, impossible_);
        else if (iequals(w, "user"))
          user_follows_ = true;
        else if (user_follows_ && hop_.login.empty())
          set_login(w, hop_);
        else if (from_name_ == "mail" && w == "pickup")
          pickup_ = true;
        dash_ = w == "-";
        break;
      case Clause::by:
        if (hop_.by.empty())
          assign_clean(hop_.by, w);
        else if (iequals(w, "TLS") || iequals(w, "SSL"))  // "over TLS secured channel"
          note_tls({}, hop_);
        break;
      case Clause::with: with_word(w); break;
      case Clause::via:
        if (hop_.via.size() + w.size() < kMaxWithVia) append_word(hop_.via, w);
        break;
      case Clause::id:
        if (id_.empty()) {
          id_ = w;
        } else if (envelope_follows_) {  // Haraka writes it without a comment
          assign_clean(hop_.envelope_from, bare_path(w));
          envelope_follows_ = false;
        } else if (iequals(w, "envelope-from")) {
          envelope_follows_ = true;
        }
        break;
      case Clause::recipient:
        if (recipient_.empty() || (w.starts_with('<') && !recipient_.starts_with('<')))
          recipient_ = w;
        break;
      default: break;
    }
  }

  void with_word(std::string_view w) {
    if (with_.empty()) {
      with_ = w;
      assign_clean(hop_.with, w);
      microsoft_ = iequals(w, "Microsoft") || iequals(w, "mapi") || iequals(w, "HTTPS");
      return;
    }
    if (iequals(w, "encrypted")) {  // "with AES256-SHA encrypted SMTP"
      note_tls({}, hop_);
      hop_.with.clear();
    } else if (hop_.with.empty()) {
      assign_clean(hop_.with, w);
    } else if ((microsoft_ || iequals(with_, "Internet")) &&
               hop_.with.size() + w.size() <= kMaxWithVia) {
      append_word(hop_.with, w);  // others put no protocol into two words
    } else if (istarts_with(w, "getmail")) {
      hop_.software = "getmail";
    }
  }

  static void append_word(std::string& out, std::string_view w) {
    if (!out.empty()) out.push_back(' ');
    if (has_8bit(w))
      out += to_valid_utf8(w);
    else
      out += w;
  }

  void comment(std::string_view text) {
    text = trim(text);
    if (text.empty()) return;
    const bool login = read_login(text, hop_);
    if (clause_ == Clause::from) {
      from_comments_ = true;
      if (!login && read_session(text, hop_)) return;
      from_comment(text, login);
      return;
    }
    if (read_session(text, hop_) || login) return;
    if (hop_.software.empty()) hop_.software = software_of_comment(text);
    if (clause_ == Clause::by && hop_.software == "postfix" && contains(text, "from userid "))
      assign_clean(hop_.ident, text.substr(text.find("userid ")));
    if (!from_seen_ && !by_seen_) submission(text);
    if (text.starts_with("EHLO-") || text.starts_with("uvscan")) return;
    if (clause_ == Clause::by && contains(text, ", port ") && hop_.software.empty())
      hop_.software = "amavis";  // its children keep its form under other names
  }

  // "(from root@localhost) by ...", "(qmail 1 invoked by uid 33)", "(qmail 1 invoked from
  // network)".
  void submission(std::string_view text) {
    if (text.starts_with("from ")) {
      const auto user = text.substr(5, text.find('@') - std::min<std::size_t>(text.find('@'), 5));
      assign_clean(hop_.ident, user);
      hop_.software = "sendmail";
    } else if (text.starts_with("qmail")) {
      hop_.software = "qmail";
      if (const auto at = text.find("invoked by uid "); at != std::string_view::npos)
        assign_clean(hop_.ident, text.substr(at + 11));
      if (const auto at = text.find("network["); at != std::string_view::npos) {
        hop_.address = as_address(text.substr(at), impossible_);
        const auto slash = text.find('/', at);
        const auto close = std::min(text.find(']', at), text.size());
        if (slash < close)
          assign_lower(hop_.rdns, as_rdns(text.substr(slash + 1, close - slash - 1)));
      }
    }
  }

  void from_comment(std::string_view text, bool login) {
    const CommentInfo info = read_comment(text);
    if (!info.helo.empty()) {
      helo_ = info.helo;
      if (!info.address) helo_comment_ = true;
    }
    // A login is named behind the client; its address counts only where no other is written
    // (qmail-ldap).
    if (info.address && !(fact_.address && login)) fact_ = info;
    if (!info.address && !info.user.empty() && fact_.user.empty()) fact_.user = info.user;
  }

  CommentInfo read_comment(std::string_view comment) {
    CommentInfo info;
    Scanner scanner(comment);
    Token token;
    bool after_helo = false;
    bool after_account = false;
    bool with_follows = false;
    while (scanner.next(token)) {
      std::string_view w = token.text;
      if (token.comment) continue;  // "(may be forged)"
      if (after_helo) {
        info.helo = w;
        after_helo = false;
      } else if (after_account) {
        set_login(w, hop_);
        after_account = false;
      } else if (says_helo(w)) {
        after_helo = true;
        lhlo_ = lhlo_ || iequals(w, "lhlo");
      } else if (iequals(w, "account")) {
        after_account = true;
      } else if (with_follows && info.address) {
        // "user@192.0.2.1 with plain": a login, not RFC 1413.
        if (!info.user.empty()) set_login(info.user, hop_);
        info.user = {};
      } else if (istarts_with(w, "helo=")) {
        info.helo = w.substr(5);
      } else if (istarts_with(w, "ident=")) {
        assign_clean(hop_.ident, w.substr(6));
      } else if (istarts_with(w, "mailfrom:")) {
        assign_clean(hop_.envelope_from, w.substr(9));
      } else if (iequals(w, "with")) {
        with_follows = true;
      } else if (w.find('=') != std::string_view::npos || info.address) {
        continue;  // port=, version=, cipher=
      } else if (const auto address = as_address(w, impossible_)) {
        info.address = address;
        take_before(info, w);
      } else {
        info.before = w;
      }
    }
    if (info.address && !info.before.empty())
      if (const auto at = info.before.rfind('@'); at != std::string_view::npos && at > 0)
        info.user = info.before.substr(0, at);
    return info;
  }

  // "host[192.0.2.1]": the name is glued to the bracket; "user@[192.0.2.1]".
  static void take_before(CommentInfo& info, std::string_view w) {
    const auto open = w.find('[');
    const auto at = w.rfind('@', open);
    info.bracketed = open != std::string_view::npos;
    if (at != std::string_view::npos && at > 0)
      info.user = w.substr(0, at);
    else if (open != std::string_view::npos && open > 0 && w[open - 1] != '@')
      info.before = w.substr(0, open);
  }

  static void assign_lower(std::string& out, std::string_view name) {
    assign_clean(out, name);
    for (char& c : out) c = to_lower(c);
  }

  void finish() {
    if (!id_.empty() && !id_.starts_with(';')) {
      if (id_.starts_with('<') && id_.ends_with('>')) id_ = id_.substr(1, id_.size() - 2);
      assign_clean(hop_.id, id_);
    }
    if (!recipient_.empty()) assign_clean(hop_.recipient, bare_path(recipient_));
    finish_protocol();
    finish_from();
    finish_software();
    if (impossible_ && !hop_.address) hop_.doubts.push_back("address_impossible");
  }

  void finish_from() {
    if (!from_words_ && !from_comments_) return;
    const bool local = iequals(with_, "local") || iequals(with_, "HTTP");
    const auto literal = as_address(from_name_, impossible_);
    hop_.address = fact_.address ? fact_.address : in_words_ ? in_words_ : literal;
    if (!fact_.user.empty() && hop_.authenticated && !fact_.bracketed)
      set_login(fact_.user, hop_);  // qmail: the login stands where others write what RFC 1413 told
    else if (!fact_.user.empty() && hop_.ident.empty() && !hop_.authenticated)
      assign_clean(hop_.ident,
                   istarts_with(fact_.user, "IDENT:") ? fact_.user.substr(6) : fact_.user);
    if (!helo_.empty()) {
      assign_clean(hop_.helo, helo_);
      assign_lower(hop_.rdns, !fact_.before.empty() && fact_.before != helo_ ? as_rdns(fact_.before)
                                                                             : as_rdns(from_name_));
      return;
    }
    const bool name_is_source = literal && !fact_.address && !in_words_;
    if (pickup_)
      hop_.ident = "pickup";
    else if (local && !hop_.address)
      assign_clean(hop_.ident, from_name_);
    else if (!hop_.address && from_name_.find('@') != std::string_view::npos)
      assign_clean(hop_.envelope_from, bare_path(from_name_));  // qmail-scanner, AOL: the sender
    else if (!name_is_source)
      assign_clean(hop_.helo, from_name_);
    if (!fact_.before.empty())
      assign_lower(hop_.rdns, as_rdns(fact_.before));
    else if (fact_.address && hop_.software == "exim")
      assign_lower(hop_.rdns, as_rdns(from_name_));
    else if (fact_.address && !fact_.bracketed && !microsoft_ && id_.empty())
      assign_lower(hop_.rdns, as_rdns(from_name_));  // qmail: HELO left out, it is the same
  }

  // RFC 3848: ...S over TLS, ...A after a login; the old "asmtp" of Exim.
  void finish_protocol() {
    const std::string_view with = hop_.with;
    if (with.empty()) return;
    if (contains(with, "/TLS")) return note_tls({}, hop_);  // Cisco: "ESMTP/TLS/cipher"
    if (with.size() > 12) return;
    const auto mtp = with.size() > 4 ? with.find_first_of("Mm") : std::string_view::npos;
    if (iequals(with, "asmtp")) hop_.authenticated = true;
    if (mtp == std::string_view::npos || !istarts_with(with.substr(mtp), "MTP")) return;
    for (const char c : with.substr(mtp + 3)) {
      if (to_lower(c) == 'a') hop_.authenticated = true;
      if (to_lower(c) == 's' && hop_.tls.empty()) hop_.tls = "TLS";
    }
  }

  void finish_software() {
    if (hop_.software == "exchange" || hop_.software.empty()) {
      if (const auto by_words = software_of_protocol(hop_.with); !by_words.empty())
        hop_.software = by_words;
      const auto host = software_of_host(hop_.by);
      if (hop_.software.empty() || (hop_.software == "exchange" && host == "microsoft365"))
        hop_.software = host.empty() ? hop_.software : host;
    }
    if (!hop_.software.empty()) return;
    if (istarts_with(hop_.with, "LMTP") && hop_.id.size() == 22)
      hop_.software = "dovecot";
    else if (!from_seen_ && hop_.with == "SMTP" && google_id())
      hop_.software = "gmail";
    else if (hop_.id.size() > 20 && hop_.id.size() < 60 && courier_id())
      hop_.software = "courier";
    else if (lhlo_)
      hop_.software = "zimbra";
    else if (helo_comment_ && fact_.address && id_.empty())
      hop_.software = fact_.bracketed ? "cisco_esa" : "qmail";
    else if (fact_.address && !fact_.bracketed && id_.empty() && fact_.before.empty() &&
             (with_ == "SMTP" || with_ == "ESMTP" || with_ == "ESMTPA" || with_ == "QMQP"))
      hop_.software = "qmail";
  }

  // "m9cs72396wfi", "t24mr6507931faa.90.1270721728478", "32so56515pvb.6": Google's hosts pass a
  // message on under inner addresses.
  [[nodiscard]] bool google_id() const {
    std::size_t at = 0;
    while (at < hop_.id.size() && (is_alpha(hop_.id[at]) && at < 2)) ++at;
    const std::size_t digits = at;
    while (at < hop_.id.size() && is_digit(hop_.id[at])) ++at;
    if (at == digits || at + 3 > hop_.id.size()) return false;
    const auto mark = std::string_view(hop_.id).substr(at, 2);
    return (mark == "cs" || mark == "mr" || mark == "so" || mark == "wr") &&
           is_digit(hop_.id[at + 2]);
  }

  // "000000000004A1B2.0000000065E6F0A0.00003039"
  [[nodiscard]] bool courier_id() const {
    std::size_t dots = 0;
    for (const char c : hop_.id) {
      if (c == '.')
        ++dots;
      else if (hex_value(c) < 0)
        return false;
    }
    return dots == 2;
  }

  Hop& hop_;
  Clause clause_ = Clause::none;
  bool from_seen_ = false, by_seen_ = false, from_words_ = false, from_comments_ = false;
  bool microsoft_ = false, impossible_ = false, user_follows_ = false, helo_comment_ = false,
       dash_ = false, lhlo_ = false, envelope_follows_ = false, pickup_ = false;
  std::string_view from_name_, helo_, with_, id_, recipient_;
  std::optional<Address> in_words_;  // "from NAME [IP] by", "from [IP] by"
  CommentInfo fact_;
};

// Sendmail writes the envelope behind the date.
void read_tail(std::string_view tail, Hop& hop) {
  const auto at = tail.find("(envelope-from ");
  if (at == std::string_view::npos || !hop.envelope_from.empty()) return;
  const auto path = tail.substr(at + 15);
  assign_clean(hop.envelope_from, bare_path(path.substr(0, path.find(')'))));
}

}  // namespace

Hop parse_received(std::string_view raw_value) {
  Hop hop;
  read_received(raw_value, hop);
  return hop;
}

void read_received(std::string_view raw_value, Hop& hop) {
  const std::size_t semicolon = raw_value.rfind(';');
  const bool dated = semicolon != std::string_view::npos;
  const std::string_view end = dated ? raw_value.substr(semicolon + 1) : std::string_view{};
  hop.time = parse_date(end);
  if (!hop.time)  // some forget the semicolon; the date stands last all the same
    hop.time =
        parse_date(raw_value.substr(raw_value.size() - std::min(raw_value.size(), kDateTail)));
  LineReader(hop).run(raw_value.substr(0, std::min(semicolon, kMaxValue)));
  if (dated) read_tail(end.substr(0, kMaxValue), hop);
}

}  // namespace weir::mail
