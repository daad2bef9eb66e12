#include "list/answer.h"

#include <fmt/format.h>

#include "dns/message.h"
#include "list/reversed.h"

namespace weir::list {
namespace {

using dns::Name;
using dns::Query;
using dns::Rcode;
using dns::ResponseWriter;
using dns::Section;
using dns::Type;
using Kind = Answered::Kind;

constexpr std::uint32_t kAlwaysListed = 0x7f000002;  // 127.0.0.2
constexpr std::uint32_t kNeverListed = 0x7f000001;   // 127.0.0.1
constexpr std::array<std::uint8_t, 16> kAlwaysListedV6 = {0, 0, 0,    0,    0,   0, 0, 0,
                                                          0, 0, 0xff, 0xff, 127, 0, 0, 2};
constexpr std::size_t kMaxTxtOctets = 255;

// Nobody transfers this zone, so the three secondary timers are only there to be valid.
constexpr std::uint32_t kRefreshS = 3'600, kRetryS = 600, kExpireS = 604'800;

std::size_t max_octets(const Query& query, Transport transport) {
  if (transport == Transport::tcp) return dns::kMaxMessageOctets;
  if (!query.edns) return dns::kClassicUdpOctets;
  return std::clamp<std::size_t>(query.edns->udp_octets, dns::kClassicUdpOctets,
                                 dns::kEdnsUdpOctets);
}

// Meta types (RFC 6895 3.1) ask for something to be done, not for a record.
bool is_meta(Type type) { return type >= Type{128} && type < Type::any; }

// What stands at a name: nothing, only names below it, or a listing.
struct Found {
  bool exists = false;
  bool test_entry = false;
  const Listing* listing = nullptr;
};

Found find_address(const Index& index, const Address& address, UnixMillis now) {
  if (address.is_v4() && address.v4_number() == kAlwaysListed)
    return {.exists = true, .test_entry = true};
  if (address.is_v4() && address.v4_number() == kNeverListed) return {};
  const Listing* listing = index.find(address, now);
  return {.exists = listing != nullptr, .listing = listing};
}

// 127.0.0.1 needs no care here: every name above it is above 127.0.0.2 too, which is always there.
Found find_below(const Index& index, const Prefix& prefix, UnixMillis now) {
  return {.exists = prefix.contains(Address::v4(kAlwaysListed)) || index.any_below(prefix, now)};
}

Found find(const Index& index, std::string_view labels, UnixMillis now) {
  const Reversed asked = read_reversed(labels);
  Found found;
  if (asked.v4) {
    found = asked.v4->is_single_address() ? find_address(index, asked.v4->address(), now)
                                          : find_below(index, *asked.v4, now);
  }
  if (found.exists || !asked.v6) return found;
  const Prefix prefix = asked.v6->prefix();
  if (asked.v6->bits == 128) return find_address(index, prefix.address(), now);
  if (asked.v6->covers(kAlwaysListedV6)) return {.exists = true};
  return find_below(index, prefix, now);
}

std::uint32_t ttl_of(const Zone& zone, const Listing& listing, UnixMillis now) {
  const auto left = std::chrono::floor<std::chrono::seconds>(listing.until - now).count();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(left, 0, zone.ttl_s));
}

std::array<std::uint8_t, 16> mapped(const std::array<std::uint8_t, 4>& code) {
  auto address = kAlwaysListedV6;
  std::copy(code.begin(), code.end(), address.begin() + 12);
  return address;
}

std::string printable_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c < 0x20 || c > 0x7e) c = '?';
  return out;
}

std::string join_txt(std::string_view reason, std::string_view end, std::string_view link) {
  if (end.size() + link.size() > kMaxTxtOctets) {
    link = {};
    end.remove_suffix(2);  // the "; " before it
  }
  std::string text = printable_ascii(reason);
  const std::size_t room = kMaxTxtOctets - end.size() - link.size();
  if (text.size() > room) {
    constexpr std::string_view kCut = "...";
    text.resize(room < kCut.size() ? 0 : room - kCut.size());
    if (room >= kCut.size()) text += kCut;
  }
  text += end;
  return text += printable_ascii(link);
}

std::string test_txt(const Zone& zone) {
  return join_txt("Test entry of RFC 5782, always listed", "; ", zone.link + "127.0.0.2");
}

// The names of a zone on the wire.
struct Answering {
  const Zone& zone;
  const Name& apex;
  const dns::Question& question;
  ResponseWriter& out;

  // False if a name of the zone is none.
  bool soa(Section section, std::uint32_t ttl_s) const {
    const auto server = Name::parse(zone.name_server);
    const auto mailbox = Name::parse(zone.mailbox);
    if (!server || !mailbox) return false;
    const dns::Soa soa{*server, *mailbox, zone.serial,        kRefreshS,
                       kRetryS, kExpireS, zone.negative_ttl_s};
    out.soa(section, apex, ttl_s, soa);
    return true;
  }

  Kind negative(Kind kind) const {
    if (!soa(Section::authority, zone.negative_ttl_s))
      out.set_rcode(Rcode::servfail);
    else if (kind == Kind::not_listed)
      out.set_rcode(Rcode::nxdomain);
    return kind;
  }

  Kind at_apex() const {
    switch (question.type) {
      case Type::soa:
      case Type::any:
        if (!soa(Section::answer, zone.ttl_s)) out.set_rcode(Rcode::servfail);
        return Kind::apex;
      case Type::ns:
        if (const auto server = Name::parse(zone.name_server))
          out.ns(Section::answer, question.name, zone.ttl_s, *server);
        else
          out.set_rcode(Rcode::servfail);
        return Kind::apex;
      default: return negative(Kind::nodata);
    }
  }

  Kind listed(const Found& found, UnixMillis now) const {
    const auto& owner = question.name;
    const std::uint32_t ttl_s = found.test_entry ? zone.ttl_s : ttl_of(zone, *found.listing, now);
    const auto code =
        found.test_entry ? std::array<std::uint8_t, 4>{127, 0, 0, 2} : found.listing->code;
    switch (question.type) {
      case Type::a:
      case Type::any: out.a(Section::answer, owner, ttl_s, code); break;
      case Type::aaaa: out.aaaa(Section::answer, owner, ttl_s, mapped(code)); break;
      case Type::txt:
        out.txt(Section::answer, owner, ttl_s,
                found.test_entry ? test_txt(zone) : txt_of(zone, *found.listing));
        break;
      default: return negative(Kind::nodata);
    }
    return Kind::listed;
  }
};

Kind fill(const Zone& zone, const Index& index, const Query& query, UnixMillis now,
          ResponseWriter& out) {
  const auto error = [&](Rcode rcode, Kind kind) {
    out.set_rcode(rcode);
    return kind;
  };
  // Other opcodes have sections of other shapes, so whether they look malformed says nothing.
  if (query.opcode != dns::Opcode::query) return error(Rcode::notimp, Kind::other);
  if (query.malformed || !query.question) return error(Rcode::formerr, Kind::malformed);
  if (query.edns && query.edns->version > 0) return error(Rcode::badvers, Kind::other);
  const auto& question = *query.question;
  if (question.type == Type{0} || question.type == Type::opt)
    return error(Rcode::formerr, Kind::malformed);
  if (question.klass != dns::Class::in) return error(Rcode::refused, Kind::refused);
  const auto apex = Name::parse(zone.name);
  if (!apex) return error(Rcode::servfail, Kind::other);
  const auto labels = question.name.below(*apex);
  if (!labels || is_meta(question.type)) return error(Rcode::refused, Kind::refused);

  out.set_authoritative();
  const Answering answering{zone, *apex, question, out};
  if (labels->empty()) return answering.at_apex();
  const Found found = find(index, *labels, now);
  if (found.listing || found.test_entry) return answering.listed(found, now);
  return answering.negative(found.exists ? Kind::nodata : Kind::not_listed);
}

}  // namespace

Status check_zone(const Zone& zone) {
  for (const auto& name : {zone.name, zone.name_server, zone.mailbox})
    if (const auto parsed = Name::parse(name); !parsed) return std::unexpected(parsed.error());
  return {};
}

Answered answer(const Zone& zone, const Index& index, std::string_view octets, Transport transport,
                UnixMillis now) {
  Query query;
  if (!dns::read_query_into(query, octets)) return {};
  ResponseWriter out(query, max_octets(query, transport));
  Answered answered;
  answered.kind = fill(zone, index, query, now, out);
  answered.response = out.finish();
  return answered;
}

std::string txt_of(const Zone& zone, const Listing& listing) {
  // Cut to seconds: nobody reads milliseconds in a bounce.
  const auto until = std::chrono::floor<std::chrono::seconds>(listing.until);
  std::string_view reason = listing.reason;
  if (reason.ends_with('.')) reason.remove_suffix(1);  // the sentence goes on
  return join_txt(reason, fmt::format("; listed until {}; ", to_rfc3339(until)),
                  zone.link + listing.subject.to_string());
}

}  // namespace weir::list
