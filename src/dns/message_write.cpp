#include "dns/message.h"

namespace weir::dns {
namespace {

constexpr std::size_t kOptOctets = 11;

void put_u16(std::string& out, std::uint16_t value) {
  out.push_back(static_cast<char>(value >> 8));
  out.push_back(static_cast<char>(value));
}

void put_opt(std::string& out, std::uint16_t udp_octets, Rcode rcode, std::uint8_t version,
             bool dnssec_ok) {
  out.push_back('\0');
  put_u16(out, static_cast<std::uint16_t>(Type::opt));
  put_u16(out, udp_octets);
  out.push_back(static_cast<char>(static_cast<std::uint16_t>(rcode) >> 4));
  out.push_back(static_cast<char>(version));
  put_u16(out, dnssec_ok ? 0x8000 : 0);
  put_u16(out, 0);
}

}  // namespace

std::string write_query(const Query& query) {
  std::string out;
  put_u16(out, query.id);
  put_u16(out, static_cast<std::uint16_t>((static_cast<unsigned>(query.opcode) << 11) |
                                          (query.recursion_desired ? 0x0100U : 0U) |
                                          (query.checking_disabled ? 0x0010U : 0U)));
  put_u16(out, query.question ? 1 : 0);
  put_u16(out, 0);
  put_u16(out, 0);
  put_u16(out, query.edns ? 1 : 0);
  if (query.question) {
    out += query.question->name.wire();
    put_u16(out, static_cast<std::uint16_t>(query.question->type));
    put_u16(out, static_cast<std::uint16_t>(query.question->klass));
  }
  if (query.edns)
    put_opt(out, query.edns->udp_octets, Rcode::noerror, query.edns->version,
            query.edns->dnssec_ok);
  return out;
}

ResponseWriter::ResponseWriter(const Query& query, std::size_t max_octets)
    : query_(query), max_octets_(max_octets) {
  out_.reserve(kClassicUdpOctets);
  out_.resize(kHeaderOctets);  // filled by finish()
  if (query.question) {
    out_ += query.question->name.wire();
    u16(static_cast<std::uint16_t>(query.question->type));
    u16(static_cast<std::uint16_t>(query.question->klass));
  }
  question_end_ = out_.size();
  WEIR_ASSERT(question_end_ + kOptOctets <= max_octets);
}

void ResponseWriter::u16(std::uint16_t value) { put_u16(out_, value); }

void ResponseWriter::u32(std::uint32_t value) {
  u16(static_cast<std::uint16_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value));
}

void ResponseWriter::set_u16(std::size_t at, std::uint16_t value) {
  out_[at] = static_cast<char>(value >> 8);
  out_[at + 1] = static_cast<char>(value);
}

// The longest ending that the name shares with the question's becomes a pointer into the question.
void ResponseWriter::name(const Name& name) {
  const std::string_view wire = name.wire();
  if (!query_.question) {
    out_ += wire;
    return;
  }
  const std::string_view asked = query_.question->name.wire();
  // Two walks over labels, the longer remainder steps: both ends line up, so every shared ending is
  // met.
  std::size_t at = 0;
  std::size_t from = 0;
  while (wire[at] != 0) {
    const std::size_t left = wire.size() - at;
    const std::size_t asked_left = asked.size() - from;
    if (left == asked_left && equal_ignoring_case(wire.substr(at), asked.substr(from))) {
      out_ += wire.substr(0, at);
      u16(static_cast<std::uint16_t>(0xc000 | (kHeaderOctets + from)));
      return;
    }
    if (left >= asked_left) at += std::size_t{1} + static_cast<std::uint8_t>(wire[at]);
    if (asked_left >= left) from += std::size_t{1} + static_cast<std::uint8_t>(asked[from]);
  }
  out_ += wire;
}

std::size_t ResponseWriter::begin_record(Section section, const Name& owner, Type type,
                                         std::uint32_t ttl_s) {
  WEIR_ASSERT(section >= section_);
  section_ = section;
  ++counts_[static_cast<std::size_t>(section)];
  name(owner);
  u16(static_cast<std::uint16_t>(type));
  u16(static_cast<std::uint16_t>(Class::in));
  u32(ttl_s);
  u16(0);
  return out_.size();
}

void ResponseWriter::end_record(std::size_t begin) {
  const std::size_t size = out_.size() - begin;
  const std::size_t reserved = query_.edns ? kOptOctets : 0;
  if (size > 0xffff || out_.size() + reserved > max_octets_) {
    overflow_ = true;
    out_.resize(question_end_);  // what is written from here on is thrown away by finish()
    return;
  }
  set_u16(begin - 2, static_cast<std::uint16_t>(size));
}

void ResponseWriter::a(Section section, const Name& owner, std::uint32_t ttl_s,
                       const std::array<std::uint8_t, 4>& address) {
  const auto begin = begin_record(section, owner, Type::a, ttl_s);
  for (const auto octet : address) u8(octet);
  end_record(begin);
}

void ResponseWriter::aaaa(Section section, const Name& owner, std::uint32_t ttl_s,
                          const std::array<std::uint8_t, 16>& address) {
  const auto begin = begin_record(section, owner, Type::aaaa, ttl_s);
  for (const auto octet : address) u8(octet);
  end_record(begin);
}

void ResponseWriter::txt(Section section, const Name& owner, std::uint32_t ttl_s,
                         std::string_view text) {
  const auto begin = begin_record(section, owner, Type::txt, ttl_s);
  do {
    const auto part = text.substr(0, 255);
    u8(static_cast<std::uint8_t>(part.size()));
    out_ += part;
    text.remove_prefix(part.size());
  } while (!text.empty());
  end_record(begin);
}

void ResponseWriter::ns(Section section, const Name& owner, std::uint32_t ttl_s,
                        const Name& name_server) {
  const auto begin = begin_record(section, owner, Type::ns, ttl_s);
  name(name_server);
  end_record(begin);
}

void ResponseWriter::soa(Section section, const Name& owner, std::uint32_t ttl_s, const Soa& soa) {
  const auto begin = begin_record(section, owner, Type::soa, ttl_s);
  name(soa.name_server);
  name(soa.mailbox);
  for (const auto field : {soa.serial, soa.refresh_s, soa.retry_s, soa.expire_s, soa.minimum_s})
    u32(field);
  end_record(begin);
}

void ResponseWriter::hinfo(Section section, const Name& owner, std::uint32_t ttl_s,
                           std::string_view cpu, std::string_view os) {
  const auto begin = begin_record(section, owner, Type::hinfo, ttl_s);
  for (const auto text : {cpu, os}) {
    const auto part = text.substr(0, 255);
    u8(static_cast<std::uint8_t>(part.size()));
    out_ += part;
  }
  end_record(begin);
}

std::string ResponseWriter::finish() {
  if (overflow_) {
    out_.resize(question_end_);
    counts_ = {};
  }
  if (query_.edns) {
    put_opt(out_, kEdnsUdpOctets, rcode_, 0, query_.edns->dnssec_ok);
    ++counts_[static_cast<std::size_t>(Section::additional)];
  }
  const std::uint32_t flags = 0x8000U | (static_cast<std::uint32_t>(query_.opcode) << 11) |
                              (authoritative_ ? 0x0400U : 0U) | (overflow_ ? 0x0200U : 0U) |
                              (query_.recursion_desired ? 0x0100U : 0U) |
                              (query_.checking_disabled ? 0x0010U : 0U) |
                              (static_cast<std::uint32_t>(rcode_) & 0xfU);
  set_u16(0, query_.id);
  set_u16(2, static_cast<std::uint16_t>(flags));
  set_u16(4, query_.question ? 1 : 0);
  for (std::size_t i = 0; i < counts_.size(); ++i) set_u16(6 + 2 * i, counts_[i]);
  WEIR_ASSERT(out_.size() <= max_octets_);
  return std::move(out_);
}

}  // namespace weir::dns
