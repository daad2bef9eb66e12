#include "dns/message.h"

namespace weir::dns {
namespace {

using namespace std::literals;

Name name(std::string_view text) { return Name::parse(text).value(); }

Query query_for(std::string_view text, Type type = Type::a) {
  Query query;
  query.id = 0x1234;
  query.question = Question{name(text), type, Class::in};
  return query;
}

TEST(Query, FieldsAreRead) {
  const auto query = read_query(
      "\xbe\xef\x01\x10\0\1\0\0\0\0\0\1"
      "\1A\1b\0\0\x10\0\1"
      "\0\0\x29\x04\xd0\0\0\x80\0\0\4\0\x0a\0\0"sv);
  ASSERT_TRUE(query);
  EXPECT_FALSE(query->malformed);
  EXPECT_EQ(query->id, 0xbeef);
  EXPECT_TRUE(query->recursion_desired);
  EXPECT_TRUE(query->checking_disabled);
  EXPECT_EQ(query->question->name.to_string(), "A.b");
  EXPECT_EQ(query->question->type, Type::txt);
  ASSERT_TRUE(query->edns);
  EXPECT_EQ(query->edns->udp_octets, 1232);
  EXPECT_TRUE(query->edns->dnssec_ok);
}

TEST(Query, ResponsesAndStumpsAreNotAnswered) {
  EXPECT_FALSE(read_query(""));
  EXPECT_FALSE(read_query("\0\1\0\0\0\1\0\0\0\0\0"sv));
  EXPECT_FALSE(read_query("\0\1\x80\0\0\1\0\0\0\0\0\0\0\0\1\0\1"sv));
}

TEST(Query, BrokenOnesAreMarkedMalformed) {
  const auto head = "\0\1\0\0\0\1\0\0\0\0\0\0"s;
  const auto opt = "\0\0\x29\x04\xd0\0\0\0\0\0\0"s;
  const auto with_additional = [&](char count) {
    auto h = head;
    h[11] = count;
    return h + "\1a\0\0\1\0\1"s;
  };
  EXPECT_FALSE(read_query(head + "\1a\0\0\1\0\1"s)->malformed);
  EXPECT_TRUE(read_query(head)->malformed);                      // no question
  EXPECT_TRUE(read_query(head + "\1a\0\0\1\0"s)->malformed);     // half a question
  EXPECT_TRUE(read_query(head + "\1a\0\0\1\0\1x"s)->malformed);  // something behind it
  EXPECT_TRUE(
      read_query(head + "\xc0\0\0\1\0\1"s)->malformed);  // a pointer with nothing to point to
  EXPECT_TRUE(read_query("\0\1\0\0\0\2\0\0\0\0\0\0\1a\0\0\1\0\1\1a\0\0\1\0\1"sv)->malformed);
  EXPECT_FALSE(read_query(with_additional(1) + opt)->malformed);
  EXPECT_TRUE(read_query(with_additional(2) + opt + opt)->malformed);
  EXPECT_TRUE(
      read_query(with_additional(1) + "\1x"s + opt)->malformed);  // OPT has the root as owner
  EXPECT_TRUE(read_query(with_additional(1) + "\0\0\x29\x04\xd0\0\0\0\0\0\3\0\0\1"s)->malformed);
  auto in_answer = with_additional(0) + opt;
  in_answer[7] = 1;
  EXPECT_TRUE(read_query(in_answer)->malformed);
}

TEST(Response, QuestionIsEchoedAndNamesAreCompressedAgainstIt) {
  const auto query = query_for("2.0.0.127.BL.weir.test");
  ResponseWriter writer(query, 512);
  writer.set_authoritative();
  writer.a(Section::answer, query.question->name, 300, {127, 0, 0, 2});
  writer.ns(Section::authority, name("bl.weir.test"), 600, name("ns.weir.test"));
  const auto octets = writer.finish();
  EXPECT_EQ(octets.substr(12, 28),
            "\1"
            "2\1"
            "0\1"
            "0\3"
            "127\2BL\4weir\4test\0\0\1\0\1"s);
  EXPECT_EQ(octets.substr(40),
            "\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\x7f\0\0\2"
            "\xc0\x16\0\2\0\1\0\0\2\x58\0\5\2ns\xc0\x19"s);
}

TEST(Response, TooLongBecomesEmptyWithTc) {
  const auto query = query_for("a.test", Type::txt);
  for (const std::size_t text : {470U, 2'000U, 70'000U}) {
    ResponseWriter writer(query, 512);
    for (int i = 0; i < 3; ++i)
      writer.txt(Section::answer, query.question->name, 1, std::string(text, 'x'));
    const auto octets = writer.finish();
    const auto message = read_message(octets);
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->truncated);
    EXPECT_TRUE(message->records.empty());
    EXPECT_EQ(message->questions.size(), 1U);
  }
}

TEST(Response, LongTextIsCutIntoCharacterStrings) {
  const auto query = query_for("a.test", Type::txt);
  const std::string text(600, 'x');
  ResponseWriter writer(query, kMaxMessageOctets);
  writer.txt(Section::answer, query.question->name, 1, text);
  writer.txt(Section::answer, query.question->name, 1, "");
  const auto octets = writer.finish();
  const auto message = read_message(octets);
  ASSERT_EQ(message->records.size(), 2U);
  EXPECT_EQ(message->records[0].rdata.size(), 603U);
  EXPECT_EQ(read_txt(message->records[0]), text);
  EXPECT_EQ(read_txt(message->records[1]), "");
}

TEST(Response, ExtendedRcodeGoesIntoOpt) {
  auto query = query_for("a.test");
  query.edns = Edns{4096, 1, true};
  ResponseWriter writer(query, 512);
  writer.set_rcode(Rcode::badvers);
  const auto message = read_message(writer.finish());
  EXPECT_EQ(message->rcode, Rcode::badvers);
  ASSERT_TRUE(message->edns);
  EXPECT_EQ(message->edns->version, 0);
  EXPECT_EQ(message->edns->udp_octets, kEdnsUdpOctets);
  EXPECT_TRUE(message->edns->dnssec_ok);
}

TEST(Response, MessagesWithoutQuestionCanBeAnswered) {
  Query query;
  query.id = 7;
  query.opcode = Opcode::status;
  ResponseWriter writer(query, 512);
  writer.set_rcode(Rcode::notimp);
  const auto message = read_message(writer.finish());
  EXPECT_EQ(message->rcode, Rcode::notimp);
  EXPECT_EQ(message->opcode, Opcode::status);
  EXPECT_TRUE(message->questions.empty());
}

rc::Gen<Name> any_name() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(
                          rc::gen::container<std::string>(rc::gen::elementOf("abAB10."s)))),
                      [](const std::vector<std::string>& labels) {
                        std::string wire;
                        for (const auto& label : labels) {
                          const auto cut = label.substr(0, 8);
                          if (wire.size() + cut.size() > 200) break;
                          wire.push_back(static_cast<char>(cut.size()));
                          wire += cut;
                        }
                        wire.push_back('\0');
                        std::size_t at = 0;
                        return Name::read(wire, at).value();
                      });
}

RC_GTEST_PROP(ResponseProperty, WhatIsWrittenIsReadBack,
              (std::uint16_t id, bool edns, bool rd, bool cd)) {
  Query query;
  query.id = id;
  query.recursion_desired = rd;
  query.checking_disabled = cd;
  query.question = Question{*any_name(), Type::any, Class::in};
  if (edns) query.edns = Edns{};
  const auto read_back = read_query(write_query(query));
  RC_ASSERT(read_back && !read_back->malformed && read_back->id == id);
  RC_ASSERT(read_back->question->name.wire() == query.question->name.wire());
  RC_ASSERT(read_back->recursion_desired == rd && read_back->checking_disabled == cd);
  RC_ASSERT(read_back->edns.has_value() == edns);

  const auto owner = *any_name();
  const Soa soa{*any_name(), *any_name(), *rc::gen::arbitrary<std::uint32_t>(), 1,
                2,           3,           *rc::gen::arbitrary<std::uint32_t>()};
  const auto text = *rc::gen::arbitrary<std::string>();
  const auto address = *rc::gen::arbitrary<std::array<std::uint8_t, 16>>();
  ResponseWriter writer(query, kMaxMessageOctets);
  writer.aaaa(Section::answer, owner, 5, address);
  writer.txt(Section::answer, owner, 6, text);
  writer.hinfo(Section::answer, owner, 7, "RFC8482", "");
  writer.soa(Section::authority, owner, 8, soa);
  const auto octets = writer.finish();

  const auto message = read_message(octets);
  RC_ASSERT(message.has_value());
  RC_ASSERT(message->response && message->id == id && !message->truncated);
  RC_ASSERT(message->recursion_desired == rd && message->checking_disabled == cd);
  RC_ASSERT(message->edns.has_value() == edns);
  RC_ASSERT(message->questions.at(0).name.wire() == query.question->name.wire());
  RC_ASSERT(message->records.size() == 4U);
  for (const auto& record : message->records) RC_ASSERT(record.owner == owner);
  RC_ASSERT(message->records[0].rdata == std::string(address.begin(), address.end()));
  RC_ASSERT(read_txt(message->records[1]).value() == text);
  RC_ASSERT(message->records[2].rdata == "\7RFC8482\0"s);
  const auto read_soa_back = read_soa(octets, message->records[3]);
  RC_ASSERT(read_soa_back && read_soa_back->name_server == soa.name_server);
  RC_ASSERT(read_soa_back->mailbox == soa.mailbox && read_soa_back->serial == soa.serial);
  RC_ASSERT(read_soa_back->minimum_s == soa.minimum_s);
  RC_ASSERT(message->records[3].ttl_s == 8U);
}

RC_GTEST_PROP(ResponseProperty, NoWrittenMessagePassesItsLimit, (std::uint8_t extra)) {
  Query query;
  query.question = Question{*any_name(), Type::txt, Class::in};
  if (*rc::gen::arbitrary<bool>()) query.edns = Edns{};
  const std::size_t max = 300U + extra;
  ResponseWriter writer(query, max);
  for (const auto size :
       *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>()))
    writer.txt(Section::answer, query.question->name, 1, std::string(size, 'x'));
  const auto octets = writer.finish();
  RC_ASSERT(octets.size() <= max);
  const auto message = read_message(octets);
  RC_ASSERT(message && (!message->truncated || message->records.empty()));
}

RC_GTEST_PROP(MessageProperty, AnyCutOrChangeOfAMessageIsReadWithoutHarm,
              (std::uint16_t cut, std::uint8_t value)) {
  auto query = query_for("4.3.2.1.bl.weir.test", Type::txt);
  query.edns = Edns{};
  ResponseWriter writer(query, 512);
  writer.txt(Section::answer, query.question->name, 1, "reason");
  writer.soa(Section::authority, name("bl.weir.test"), 1,
             Soa{name("ns.weir.test"), name("h.weir.test"), 1, 2, 3, 4, 5});
  auto octets = writer.finish();
  RC_ASSERT(!read_message(std::string_view(octets).substr(0, cut % octets.size())));
  octets[cut % octets.size()] = static_cast<char>(value);
  if (const auto message = read_message(octets))
    for (const auto& record : message->records) (void)read_soa(octets, record);
  (void)read_query(octets);
}

}  // namespace
}  // namespace weir::dns
