#include "dns/message.h"

namespace weir::dns {
namespace {

// Big-endian fields out of a message; after the first failure ok is false and everything reads as
// zero.
struct Cursor {
  std::string_view message;
  std::size_t at = 0;
  bool ok = true;

  bool has(std::size_t count) {
    if (message.size() - at < count) ok = false;
    return ok;
  }
  std::uint8_t u8() { return has(1) ? static_cast<std::uint8_t>(message[at++]) : std::uint8_t{0}; }
  std::uint16_t u16() {
    const std::uint32_t high = u8();
    return static_cast<std::uint16_t>((high << 8) | u8());
  }
  std::uint32_t u32() {
    const std::uint32_t high = u16();
    return (high << 16) | u16();
  }
  std::string_view octets(std::size_t count) {
    if (!has(count)) return {};
    at += count;
    return message.substr(at - count, count);
  }
};

constexpr std::uint16_t kResponse = 0x8000, kAuthoritative = 0x0400, kTruncated = 0x0200,
                        kRecursionDesired = 0x0100, kRecursionAvailable = 0x0080,
                        kAuthenticData = 0x0020, kCheckingDisabled = 0x0010;

Opcode opcode_of(std::uint16_t flags) { return static_cast<Opcode>((flags >> 11) & 0xf); }

bool read_question(Cursor& in, Question& question) {
  if (!Name::read_into(question.name, in.message, in.at)) return in.ok = false;
  question.type = static_cast<Type>(in.u16());
  question.klass = static_cast<Class>(in.u16());
  return in.ok;
}

// The fixed part of a record behind its owner.
struct RecordHead {
  Type type;
  std::uint16_t klass;
  std::uint32_t ttl;
  std::string_view rdata;
};

RecordHead read_head(Cursor& in) {
  RecordHead head{};
  head.type = static_cast<Type>(in.u16());
  head.klass = in.u16();
  head.ttl = in.u32();
  const std::uint16_t size = in.u16();
  head.rdata = in.octets(size);
  return head;
}

// RFC 6891 6.1.2: options are code, length, data; ours to ignore, but they must fit.
bool options_fit(std::string_view rdata) {
  Cursor in{rdata};
  while (in.ok && in.at < rdata.size()) {
    in.u16();
    in.octets(in.u16());
  }
  return in.ok;
}

Edns edns_of(const RecordHead& head) {
  Edns edns;
  edns.udp_octets = head.klass;
  edns.version = static_cast<std::uint8_t>(head.ttl >> 16);
  edns.dnssec_ok = (head.ttl & 0x8000U) != 0;
  return edns;
}

// Everything behind the question: only OPT matters, the rest must be well-formed (an IXFR query has
// a SOA there).
bool read_rest_of_query(Cursor& in, std::uint32_t before_additional, std::uint32_t additional,
                        Query& query) {
  for (std::uint32_t i = 0; i < before_additional + additional; ++i) {
    const std::size_t owner = in.at;
    if (!skip_name(in.message, in.at)) return false;
    const bool root = in.at == owner + 1;
    const RecordHead head = read_head(in);
    if (!in.ok) return false;
    if (head.type != Type::opt) continue;
    if (!root || query.edns || i < before_additional || !options_fit(head.rdata)) return false;
    query.edns = edns_of(head);
  }
  return in.at == in.message.size();
}

}  // namespace

bool read_query_into(Query& query, std::string_view octets) {
  query.question.reset();
  query.edns.reset();
  query.malformed = false;
  if (octets.size() < kHeaderOctets) return false;
  Cursor in{octets};
  query.id = in.u16();
  const std::uint16_t flags = in.u16();
  if (flags & kResponse) return false;
  query.opcode = opcode_of(flags);
  query.recursion_desired = flags & kRecursionDesired;
  query.checking_disabled = flags & kCheckingDisabled;
  const std::uint16_t questions = in.u16();
  const std::uint32_t before_additional = std::uint32_t{in.u16()} + in.u16();
  const std::uint16_t additional = in.u16();

  if (questions != 1) {
    query.malformed = true;
    return true;
  }
  // The first name of a message has nothing before it to point to.
  if (!read_question(in, query.question.emplace()) ||
      in.at != kHeaderOctets + query.question->name.wire().size() + 4) {
    query.question.reset();
    query.malformed = true;
    return true;
  }
  if (!read_rest_of_query(in, before_additional, additional, query)) {
    // An OPT that was read stays: RFC 6891 7 wants it answered even with FORMERR.
    query.malformed = true;
  }
  return true;
}

std::optional<Query> read_query(std::string_view octets) {
  std::optional<Query> query(std::in_place);
  if (!read_query_into(*query, octets)) query.reset();
  return query;
}

Result<Message> read_message(std::string_view octets) {
  Cursor in{octets};
  Message message;
  message.id = in.u16();
  const std::uint16_t flags = in.u16();
  message.response = flags & kResponse;
  message.opcode = opcode_of(flags);
  message.authoritative = flags & kAuthoritative;
  message.truncated = flags & kTruncated;
  message.recursion_desired = flags & kRecursionDesired;
  message.recursion_available = flags & kRecursionAvailable;
  message.authentic_data = flags & kAuthenticData;
  message.checking_disabled = flags & kCheckingDisabled;
  std::uint16_t rcode = flags & 0xf;
  std::array<std::uint16_t, 4> counts{};
  for (auto& count : counts) count = in.u16();
  if (!in.ok) return fail(Errc::invalid, "a DNS message has at least 12 octets", in.at);

  for (std::uint16_t i = 0; i < counts[0]; ++i) {
    const std::size_t at = in.at;
    Question question;
    if (!read_question(in, question)) return fail(Errc::invalid, "a question is malformed", at);
    message.questions.push_back(question);
  }
  for (const auto section : {Section::answer, Section::authority, Section::additional}) {
    for (std::uint16_t i = 0; i < counts[static_cast<std::size_t>(section) + 1]; ++i) {
      const std::size_t at = in.at;
      Record record;
      record.section = section;
      if (!Name::read_into(record.owner, octets, in.at))
        return fail(Errc::invalid, "the owner of a record is malformed", at);
      const RecordHead head = read_head(in);
      if (!in.ok) return fail(Errc::invalid, "a record does not end inside the message", at);
      if (head.type == Type::opt) {
        if (message.edns || section != Section::additional || !record.owner.is_root() ||
            !options_fit(head.rdata))
          return fail(Errc::invalid, "the OPT record is malformed or not the only one", at);
        message.edns = edns_of(head);
        rcode = static_cast<std::uint16_t>(rcode | ((head.ttl >> 24) << 4));
        continue;
      }
      record.type = head.type;
      record.klass = static_cast<Class>(head.klass);
      record.ttl_s = head.ttl;
      record.rdata_at = in.at - head.rdata.size();
      record.rdata = head.rdata;
      message.records.push_back(std::move(record));
    }
  }
  if (in.at != octets.size())
    return fail(Errc::invalid, "octets stand behind the last record", in.at);
  message.rcode = static_cast<Rcode>(rcode);
  return message;
}

Result<Soa> read_soa(std::string_view message, const Record& record) {
  const auto bad = [&] {
    return fail(Errc::invalid, "the SOA rdata is malformed", record.rdata_at);
  };
  if (record.rdata_at + record.rdata.size() > message.size()) return bad();
  Cursor in{message.substr(0, record.rdata_at + record.rdata.size()), record.rdata_at};
  Soa soa;
  if (!Name::read_into(soa.name_server, in.message, in.at)) return bad();
  if (!Name::read_into(soa.mailbox, in.message, in.at)) return bad();
  for (auto* field : {&soa.serial, &soa.refresh_s, &soa.retry_s, &soa.expire_s, &soa.minimum_s})
    *field = in.u32();
  if (!in.ok || in.at != in.message.size()) return bad();
  return soa;
}

Result<std::string> read_txt(const Record& record) {
  Cursor in{record.rdata};
  std::string text;
  do {
    const std::uint8_t size = in.u8();
    text += in.octets(size);
  } while (in.ok && in.at < record.rdata.size());
  if (!in.ok) return fail(Errc::invalid, "the TXT rdata is malformed", record.rdata_at);
  return text;
}

}  // namespace weir::dns
