#include "list/answer.h"

#include "dns/message.h"
#include "list/index_reference.h"
#include "list/list_gen.h"
#include "list/reversed.h"

namespace weir::list {
namespace {

using dns::Rcode;
using dns::Section;
using dns::Type;
using Kind = Answered::Kind;

UnixMillis at(std::int64_t seconds) { return from_unix_millis(seconds * 1'000); }

Listing listing(std::string_view subject, std::int64_t until_s,
                std::string reason = "Seen in three traps", std::uint8_t code = 2) {
  return {.subject = Prefix::parse(subject).value(),
          .code = {127, 0, 0, code},
          .since = at(0),
          .until = at(until_s),
          .reason = std::move(reason)};
}

const Index& some_index() {
  static const Index index({listing("192.0.2.7", 100, "one", 4), listing("198.51.100.0/24", 1'000),
                            listing("2001:db8:1::/48", 1'000), listing("1.2.3.4", 1'000),
                            listing("5678::/24", 1'000)});
  return index;
}

struct Asking {
  std::string name;
  Type type = Type::a;
  dns::Class klass = dns::Class::in;
  std::optional<dns::Edns> edns{};
  dns::Opcode opcode = dns::Opcode::query;
  UnixMillis now = at(0);
};

dns::Query query_of(const Asking& asking) {
  dns::Query query;
  query.id = 77;
  query.opcode = asking.opcode;
  query.recursion_desired = true;
  query.question = dns::Question{dns::Name::parse(asking.name).value(), asking.type, asking.klass};
  query.edns = asking.edns;
  return query;
}

struct Reply {
  Kind kind;
  std::string octets;
  dns::Message message;
};

Reply ask(const Asking& asking, const Index& index = some_index(), const Zone& zone = {},
          Transport transport = Transport::udp) {
  const auto answered =
      answer(zone, index, dns::write_query(query_of(asking)), transport, asking.now);
  auto message = dns::read_message(answered.response);
  EXPECT_TRUE(message) << asking.name;
  EXPECT_EQ(message->id, 77);
  EXPECT_TRUE(message->response);
  EXPECT_TRUE(message->recursion_desired);
  EXPECT_FALSE(message->recursion_available);
  EXPECT_FALSE(message->authentic_data);
  EXPECT_EQ(message->edns.has_value(), asking.edns.has_value());
  return {answered.kind, answered.response, std::move(*message)};
}

std::string octets(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out.push_back(static_cast<char>(value));
  return out;
}

void expect_negative(const Reply& reply, Rcode rcode, const std::string& name) {
  EXPECT_EQ(reply.message.rcode, rcode) << name;
  EXPECT_TRUE(reply.message.authoritative) << name;
  ASSERT_EQ(reply.message.records.size(), 1U) << name;
  const auto& record = reply.message.records[0];
  EXPECT_EQ(record.section, Section::authority);
  EXPECT_EQ(record.type, Type::soa);
  EXPECT_EQ(record.owner, dns::Name::parse("bl.weir.test").value());
  EXPECT_EQ(record.ttl_s, 60U);
  const auto soa = dns::read_soa(reply.octets, record);
  ASSERT_TRUE(soa);
  EXPECT_EQ(soa->minimum_s, 60U);
  EXPECT_EQ(soa->name_server.to_string(), "ns.weir.test");
}

std::string name_of(const Address& address) {
  std::string name;
  const auto& o = address.octets();
  if (address.is_v4()) return fmt::format("{}.{}.{}.{}.bl.weir.test", o[3], o[2], o[1], o[0]);
  for (std::size_t i = 16; i-- > 0;) name += fmt::format("{:x}.{:x}.", o[i] & 0xf, o[i] >> 4);
  return name + "bl.weir.test";
}

std::string mapped_name(std::uint32_t v4) {
  std::string name;
  for (int shift = 0; shift < 32; shift += 4) name += fmt::format("{:x}.", (v4 >> shift) & 0xf);
  name += "f.f.f.f.";
  for (int i = 0; i < 20; ++i) name += "0.";
  return name + "bl.weir.test";
}

TEST(Answer, ListedAddressesHaveAAaaaAndTxt) {
  const auto a = ask({.name = "7.2.0.192.bl.weir.test"});
  EXPECT_EQ(a.kind, Kind::listed);
  EXPECT_TRUE(a.message.authoritative);
  EXPECT_EQ(a.message.rcode, Rcode::noerror);
  ASSERT_EQ(a.message.records.size(), 1U);
  EXPECT_EQ(a.message.records[0].rdata, octets({127, 0, 0, 4}));
  const auto aaaa = ask({.name = "7.2.0.192.bl.weir.test", .type = Type::aaaa});
  EXPECT_EQ(aaaa.message.records.at(0).rdata,
            octets({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 4}));
  const auto txt = ask({.name = "7.2.0.192.bl.weir.test", .type = Type::txt});
  EXPECT_EQ(dns::read_txt(txt.message.records.at(0)),
            "one; listed until 1970-01-01T00:01:40Z; http://127.0.0.1:8300/check/192.0.2.7");
}

TEST(Answer, EveryAddressOfAListedRangeAnswers) {
  for (const auto* host : {"0", "1", "128", "255"})
    EXPECT_EQ(ask({.name = fmt::format("{}.100.51.198.bl.weir.test", host)}).kind, Kind::listed);
  const auto inside = Address::parse("2001:db8:1:2::3").value();
  EXPECT_EQ(ask({.name = name_of(inside)}).kind, Kind::listed);
  const auto txt = ask({.name = name_of(inside), .type = Type::txt});
  EXPECT_TRUE(dns::read_txt(txt.message.records.at(0))->ends_with("/check/2001:db8:1::/48"));
}

TEST(Answer, UnlistedAndForeignNamesAreNxdomain) {
  for (const std::string name :
       {"8.2.0.192", "07.2.0.192", "7.2.0.256", "1.7.2.0.192", "www", "7.2.0.192.x", "-1.2.0.192",
        "7.2.0.0x192", "g.8.b.d.0.1.0.0.2", "\\0007.2.0.192"})
    expect_negative(ask({.name = name + ".bl.weir.test"}), Rcode::nxdomain, name);
  expect_negative(ask({.name = name_of(Address::parse("2001:db8:2::1").value())}), Rcode::nxdomain,
                  "IPv6");
  expect_negative(ask({.name = "0." + name_of(Address::parse("2001:db8:1::1").value())}),
                  Rcode::nxdomain, "33 nibbles");
}

TEST(Answer, ListingsEndByThemselves) {
  EXPECT_EQ(ask({.name = "7.2.0.192.bl.weir.test", .now = at(99)}).kind, Kind::listed);
  EXPECT_EQ(ask({.name = "7.2.0.192.bl.weir.test", .now = at(100)}).kind, Kind::not_listed);
}

TEST(Answer, TtlIsNeverLongerThanTheListing) {
  EXPECT_EQ(ask({.name = "1.100.51.198.bl.weir.test"}).message.records.at(0).ttl_s, 300U);
  EXPECT_EQ(ask({.name = "7.2.0.192.bl.weir.test"}).message.records.at(0).ttl_s, 100U);
  const auto late = ask({.name = "7.2.0.192.bl.weir.test", .now = from_unix_millis(98'500)});
  EXPECT_EQ(late.message.records.at(0).ttl_s, 1U);
}

TEST(Answer, NamesOnTheWayToAListingExist) {
  for (const std::string name :
       {"192", "0.192", "2.0.192", "100.51.198", "127", "0.0.127", "2", "1.0.0.2",
        "8.b.d.0.1.0.0.2", "1.0.0.0.8.b.d.0.1.0.0.2", "4.1.0.0.0.8.b.d.0.1.0.0.2", "0",
        "0.0.0.0.0.0", "f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
        "0.c.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"})
    expect_negative(ask({.name = name + ".bl.weir.test"}), Rcode::noerror, name);
  for (const std::string name :
       {"191", "1.192", "3.0.192", "3", "2.0.0.0.8.b.d.0.1.0.0.2", "1.0.0.0.0.0",
        "1.c.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"})
    expect_negative(ask({.name = name + ".bl.weir.test"}), Rcode::nxdomain, name);
  // With its only listing gone the name goes too.
  expect_negative(ask({.name = "2.0.192.bl.weir.test", .now = at(100)}), Rcode::nxdomain,
                  "expired");
}

TEST(Answer, FourOneDigitLabelsCanMeanBothFamilies) {
  EXPECT_EQ(ask({.name = "4.3.2.1.bl.weir.test"}).kind, Kind::listed);  // 1.2.3.4
  EXPECT_EQ(ask({.name = "8.7.6.5.bl.weir.test"}).kind,
            Kind::nodata);  // not 5.6.7.8, but the way to 5678::/24
  EXPECT_EQ(ask({.name = "9.7.6.5.bl.weir.test"}).kind, Kind::not_listed);
}

TEST(Answer, TheTestEntriesDoNotDependOnTheIndex) {
  const Index everything({listing("127.0.0.0/8", 1'000, "x", 9), listing("127.0.0.1", 1'000)});
  const Index nothing({});
  for (const auto* index : {&everything, &nothing}) {
    for (const auto& name : {std::string("2.0.0.127.bl.weir.test"), mapped_name(0x7f000002)}) {
      const auto a = ask({.name = name}, *index);
      EXPECT_EQ(a.message.records.at(0).rdata, octets({127, 0, 0, 2}));
      const auto aaaa = ask({.name = name, .type = Type::aaaa}, *index);
      EXPECT_EQ(aaaa.message.records.at(0).rdata,
                octets({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 2}));
      const auto txt = ask({.name = name, .type = Type::txt}, *index);
      EXPECT_TRUE(dns::read_txt(txt.message.records.at(0))->ends_with("/check/127.0.0.2"));
    }
    expect_negative(ask({.name = "1.0.0.127.bl.weir.test"}, *index), Rcode::nxdomain, "127.0.0.1");
    expect_negative(ask({.name = mapped_name(0x7f000001)}, *index), Rcode::nxdomain,
                    "::ffff:7f00:1");
  }
}

TEST(Answer, OtherTypesAtAListedNameAreNodata) {
  for (const auto type : {Type{15}, Type{1000}, Type::ns, Type::soa})
    expect_negative(ask({.name = "7.2.0.192.bl.weir.test", .type = type}), Rcode::noerror,
                    "other type");
  expect_negative(ask({.name = "8.2.0.192.bl.weir.test", .type = Type{1000}}), Rcode::nxdomain,
                  "other type");
}

TEST(Answer, AnyIsAnsweredWithOneRecord) {
  const auto any = ask({.name = "7.2.0.192.bl.weir.test", .type = Type::any});
  ASSERT_EQ(any.message.records.size(), 1U);
  EXPECT_EQ(any.message.records[0].type, Type::a);
}

TEST(Answer, TheApexHasSoaAndNsOnly) {
  const auto soa = ask({.name = "BL.weir.test", .type = Type::soa});
  EXPECT_EQ(soa.kind, Kind::apex);
  ASSERT_EQ(soa.message.records.size(), 1U);
  EXPECT_EQ(soa.message.records[0].section, Section::answer);
  EXPECT_EQ(dns::read_soa(soa.octets, soa.message.records[0])->serial, 1U);
  const auto ns = ask({.name = "bl.weir.test", .type = Type::ns});
  ASSERT_EQ(ns.message.records.size(), 1U);
  EXPECT_EQ(ns.message.records[0].type, Type::ns);
  expect_negative(ask({.name = "bl.weir.test"}), Rcode::noerror, "A at the apex");
}

TEST(Answer, WhatIsNotOursIsRefused) {
  for (const auto* name : {"weir.test", "example.", ".", "2.0.0.127.xbl.weir.test"}) {
    const auto reply = ask({.name = name});
    EXPECT_EQ(reply.kind, Kind::refused) << name;
    EXPECT_EQ(reply.message.rcode, Rcode::refused);
    EXPECT_FALSE(reply.message.authoritative);
  }
  EXPECT_EQ(ask({.name = "bl.weir.test", .klass = dns::Class::chaos}).kind, Kind::refused);
  EXPECT_EQ(ask({.name = "bl.weir.test", .klass = dns::Class::any}).kind, Kind::refused);
  EXPECT_EQ(ask({.name = "bl.weir.test", .type = Type::axfr}).kind, Kind::refused);
}

TEST(Answer, OtherOpcodesAreNotImplemented) {
  for (const auto opcode :
       {dns::Opcode::status, dns::Opcode::notify, dns::Opcode::update, dns::Opcode{15}})
    EXPECT_EQ(ask({.name = "bl.weir.test", .opcode = opcode}).message.rcode, Rcode::notimp);
}

TEST(Answer, NewerEdnsIsBadvers) {
  const auto reply = ask({.name = "7.2.0.192.bl.weir.test", .edns = dns::Edns{4096, 1, true}});
  EXPECT_EQ(reply.message.rcode, Rcode::badvers);
  EXPECT_TRUE(reply.message.records.empty());
  EXPECT_EQ(reply.message.edns->version, 0);
}

TEST(Answer, OptSaysOurSizeAndCopiesDo) {
  const auto reply = ask({.name = "7.2.0.192.bl.weir.test", .edns = dns::Edns{4096, 0, true}});
  EXPECT_EQ(reply.message.edns->udp_octets, 1232);
  EXPECT_TRUE(reply.message.edns->dnssec_ok);
  EXPECT_EQ(reply.kind, Kind::listed);
}

TEST(Answer, BrokenQueriesGetFormerrAndResponsesNothing) {
  const Index index({});
  auto query = dns::write_query(query_of({.name = "bl.weir.test"}));
  const auto broken = answer({}, index, query + "x", Transport::udp, at(0));
  EXPECT_EQ(broken.kind, Kind::malformed);
  EXPECT_EQ(dns::read_message(broken.response)->rcode, Rcode::formerr);
  EXPECT_EQ(answer({}, index, query.substr(0, 11), Transport::udp, at(0)).kind, Kind::ignored);
  query[2] = static_cast<char>(query[2] | 0x80);
  const auto ignored = answer({}, index, query, Transport::udp, at(0));
  EXPECT_EQ(ignored.kind, Kind::ignored);
  EXPECT_TRUE(ignored.response.empty());
}

TEST(Answer, WhatDoesNotFitIsCutWithTcAndGoesOverTcp) {
  Zone zone;
  zone.name = fmt::format("{0}.{0}.{0}.{1}", std::string(60, 'z'), std::string(40, 'y'));
  const Index index({listing("192.0.2.7", 100, std::string(250, 'r'))});
  const Asking asking{.name = "7.2.0.192." + zone.name, .type = Type::txt};
  const auto udp = ask(asking, index, zone);
  EXPECT_TRUE(udp.message.truncated);
  EXPECT_TRUE(udp.message.records.empty());
  EXPECT_LE(udp.octets.size(), 512U);
  auto with_edns = asking;
  with_edns.edns = dns::Edns{1'232, 0, false};
  EXPECT_EQ(ask(with_edns, index, zone).message.records.size(), 1U);
  const auto tcp = ask(asking, index, zone, Transport::tcp);
  EXPECT_FALSE(tcp.message.truncated);
  EXPECT_EQ(tcp.message.records.size(), 1U);
}

TEST(Answer, OwnersKeepTheCaseOfTheQuery) {
  const auto reply = ask({.name = "7.2.0.192.bL.WEIR.tesT"});
  EXPECT_EQ(reply.message.questions.at(0).name.to_string(), "7.2.0.192.bL.WEIR.tesT");
  EXPECT_EQ(reply.message.records.at(0).owner.to_string(), "7.2.0.192.bL.WEIR.tesT");
}

TEST(Answer, ABrokenZoneIsServfailAndFoundBeforehand) {
  Zone zone;
  EXPECT_TRUE(check_zone(zone));
  zone.mailbox = "..";
  EXPECT_FALSE(check_zone(zone));
  EXPECT_EQ(ask({.name = "bl.weir.test", .type = Type::soa}, some_index(), zone).message.rcode,
            Rcode::servfail);
}

TEST(Txt, FitsOneStringOfAscii) {
  Zone zone;
  const auto long_reason = txt_of(zone, listing("192.0.2.7", 100, std::string(400, 'r')));
  EXPECT_EQ(long_reason.size(), 255U);
  EXPECT_TRUE(long_reason.ends_with(
      "r...; listed until 1970-01-01T00:01:40Z; http://127.0.0.1:8300/check/192.0.2.7"));
  EXPECT_TRUE(txt_of(zone, listing("192.0.2.7", 100, "\xe5\x9e\x83\n")).starts_with("????; "));
  zone.link = std::string(300, 'l');
  EXPECT_EQ(txt_of(zone, listing("192.0.2.7", 100, "r")), "r; listed until 1970-01-01T00:01:40Z");
  // A reason is a sentence; what follows it goes on in the same one.
  EXPECT_EQ(txt_of(zone, listing("192.0.2.7", 100, "r.")), "r; listed until 1970-01-01T00:01:40Z");
}

RC_GTEST_PROP(AnswerProperty, ListsExactlyWhatTheIndexFinds, ()) {
  const Index index(*any_listings());
  const Zone zone;
  for (int i = 0; i < 10; ++i) {
    const auto address = *any_address();
    const auto now = *any_time();
    const auto* found = index.find(address, now);
    const auto answered = answer(
        zone, index, dns::write_query(query_of({.name = name_of(address)})), Transport::udp, now);
    if (address == Address::v4(0x7f000001)) found = nullptr;
    const bool test_entry = address == Address::v4(0x7f000002);
    RC_ASSERT((answered.kind == Kind::listed) == (found != nullptr || test_entry));
    const auto message = dns::read_message(answered.response);
    RC_ASSERT(message.has_value());
    if (found && !test_entry) {
      RC_ASSERT(message->records.at(0).rdata ==
                std::string(found->code.begin(), found->code.end()));
      RC_ASSERT(message->records[0].ttl_s <=
                static_cast<std::uint32_t>((found->until - now).count() / 1'000));
    }
  }
}

// RFC 8020: where a name is NXDOMAIN nothing below it may exist.
RC_GTEST_PROP(AnswerProperty, NothingExistsBelowNxdomain, ()) {
  const Index index(*any_listings());
  const Zone zone;
  const auto now = *any_time();
  std::string name = name_of(*any_address());
  bool above = true;  // from the longest name to the shortest
  bool first = true;
  while (name != "bl.weir.test") {
    const auto answered =
        answer(zone, index, dns::write_query(query_of({.name = name})), Transport::udp, now);
    const bool exists = answered.kind != Kind::not_listed;
    if (!first && above) RC_ASSERT(exists);
    above = exists;
    first = false;
    name = name.substr(name.find('.') + 1);
  }
}

RC_GTEST_PROP(AnswerProperty, RandomOctetsNeverGiveAListing, (std::string junk, bool header)) {
  const Index empty({});
  if (header) junk = std::string("\0\1\0\0\0\1\0\0\0\0\0\0", 12) + junk;
  for (const auto transport : {Transport::udp, Transport::tcp}) {
    const auto answered = answer({}, empty, junk, transport, at(0));
    RC_ASSERT(answered.kind != Kind::listed);
    RC_ASSERT(transport == Transport::tcp || answered.response.size() <= 1'232);
    if (!answered.response.empty()) RC_ASSERT(dns::read_message(answered.response).has_value());
  }
}

}  // namespace
}  // namespace weir::list
