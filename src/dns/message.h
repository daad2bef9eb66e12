// dns/message.h - DNS messages: reads queries, writes responses, reads any message back.
//
// read_query:  one query as received. Never fails: what cannot be answered at all (shorter than a
// header, or itself a response) is nullopt;
//              what is broken comes back with malformed set and whatever was read before, so that
//              FORMERR can be sent.
// ResponseWriter: header, the question echoed with its case, records, OPT last. OPT is written
// exactly if the query had one that could be read.
//              Names are compressed against the question. A response that would not fit is sent
//              empty with TC set.
// read_message: every record of a message, names inside the rdata left as they are; for clients and
// tests. Limits:      a message has at most 65,535 octets (the caller's business); records are
// bounded by the octets, each takes at least 11. Threads:     values and pure functions. Cost: one
// pass. Source:      RFC 1035 4, RFC 6891 (EDNS), RFC 3225 (DO is copied), RFC 9619 (one question),
// RFC 3597 (unknown types).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dns/name.h"

namespace weir::dns {

inline constexpr std::size_t kHeaderOctets = 12;
inline constexpr std::size_t kMaxMessageOctets = 65'535;
inline constexpr std::size_t kClassicUdpOctets = 512;  // without EDNS, RFC 1035 4.2.1
inline constexpr std::size_t kEdnsUdpOctets = 1'232;   // passes every IPv6 path unfragmented

enum class Type : std::uint16_t {
  a = 1,
  ns = 2,
  soa = 6,
  ptr = 12,
  hinfo = 13,
  mx = 15,
  txt = 16,
  aaaa = 28,
  opt = 41,
  tkey = 249,
  tsig = 250,
  ixfr = 251,
  axfr = 252,
  mailb = 253,
  maila = 254,
  any = 255,
};
enum class Class : std::uint16_t { in = 1, chaos = 3, any = 255 };
enum class Opcode : std::uint8_t { query = 0, status = 2, notify = 4, update = 5 };
enum class Rcode : std::uint16_t {
  noerror = 0,
  formerr = 1,
  servfail = 2,
  nxdomain = 3,
  notimp = 4,
  refused = 5,
  badvers = 16,
};

struct Question {
  Name name;
  Type type = Type::a;
  Class klass = Class::in;
};

struct Edns {
  std::uint16_t udp_octets = kClassicUdpOctets;  // as sent; below 512 means 512
  std::uint8_t version = 0;
  bool dnssec_ok = false;
};

struct Query {
  std::uint16_t id = 0;
  Opcode opcode = Opcode::query;
  bool recursion_desired = false;
  bool checking_disabled = false;
  bool malformed = false;
  std::optional<Question> question;
  std::optional<Edns> edns;
};

[[nodiscard]] std::optional<Query> read_query(std::string_view octets);
// The same into an existing value (its Name is large); false where the other is nullopt.
[[nodiscard]] bool read_query_into(Query& query, std::string_view octets);

// A query with the given fields, as a client sends it.
[[nodiscard]] std::string write_query(const Query& query);

enum class Section : std::uint8_t { answer, authority, additional };

struct Soa {
  Name name_server;
  Name mailbox;
  std::uint32_t serial = 0, refresh_s = 0, retry_s = 0, expire_s = 0, minimum_s = 0;
};

class ResponseWriter {
 public:
  // `query` must outlive the writer. max_octets is at least kHeaderOctets + the question + OPT: 512
  // always is enough.
  ResponseWriter(const Query& query, std::size_t max_octets);

  void set_rcode(Rcode rcode) { rcode_ = rcode; }
  void set_authoritative() { authoritative_ = true; }

  // Records go in the order of the sections; a section once left cannot be entered again.
  void a(Section section, const Name& owner, std::uint32_t ttl_s,
         const std::array<std::uint8_t, 4>& address);
  void aaaa(Section section, const Name& owner, std::uint32_t ttl_s,
            const std::array<std::uint8_t, 16>& address);
  // One character-string of at most 255 octets each; longer text goes on in the next one.
  void txt(Section section, const Name& owner, std::uint32_t ttl_s, std::string_view text);
  void ns(Section section, const Name& owner, std::uint32_t ttl_s, const Name& name_server);
  void soa(Section section, const Name& owner, std::uint32_t ttl_s, const Soa& soa);
  void hinfo(Section section, const Name& owner, std::uint32_t ttl_s, std::string_view cpu,
             std::string_view os);

  // Once. Never longer than max_octets.
  [[nodiscard]] std::string finish();

 private:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value);
  void u32(std::uint32_t value);
  void set_u16(std::size_t at, std::uint16_t value);
  void name(const Name& name);
  std::size_t begin_record(Section section, const Name& owner, Type type, std::uint32_t ttl_s);
  void end_record(std::size_t begin);

  const Query& query_;
  std::size_t max_octets_;
  std::string out_;
  std::size_t question_end_ = kHeaderOctets;
  std::array<std::uint16_t, 3> counts_{};
  Section section_ = Section::answer;
  Rcode rcode_ = Rcode::noerror;
  bool authoritative_ = false;
  bool overflow_ = false;
};

struct Record {
  Section section = Section::answer;
  Name owner;
  Type type = Type::a;
  Class klass = Class::in;
  std::uint32_t ttl_s = 0;
  std::size_t rdata_at =
      0;  // where the rdata begins in the message, for names compressed inside it
  std::string rdata;
};

struct Message {
  std::uint16_t id = 0;
  Opcode opcode = Opcode::query;
  bool response = false, authoritative = false, truncated = false, recursion_desired = false;
  bool recursion_available = false, authentic_data = false, checking_disabled = false;
  Rcode rcode = Rcode::noerror;  // with the upper bits from OPT
  std::vector<Question> questions;
  std::vector<Record> records;  // OPT left out
  std::optional<Edns> edns;
};

// Errc::invalid with the offset of what is wrong. Octets behind the last record are an error.
[[nodiscard]] Result<Message> read_message(std::string_view octets);
// The rdata of a SOA record of that message.
[[nodiscard]] Result<Soa> read_soa(std::string_view message, const Record& record);
// The character-strings of a TXT record, joined.
[[nodiscard]] Result<std::string> read_txt(const Record& record);

}  // namespace weir::dns
