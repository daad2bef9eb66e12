// Any octets as a query: the response is well-formed, within its size, and lists nothing but what
// the index and the RFC list.
#include <cstddef>
#include <cstdint>

#include "dns/message.h"
#include "list/answer.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const list::Index index({
      {.subject = Prefix(Address::v4(0xc0000200), 24),
       .until = from_unix_millis(100'000),
       .reason = "trap"},
      {.subject = Prefix(Address::v6({0x20, 1, 0xd, 0xb8}), 48),
       .until = from_unix_millis(9'000),
       .reason = "trap"},
  });
  static const list::Index nothing({});
  if (size > dns::kMaxMessageOctets) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  for (const auto transport : {list::Transport::udp, list::Transport::tcp}) {
    const auto answered = list::answer({}, index, octets, transport, from_unix_millis(1'000));
    if (answered.response.empty()) {
      WEIR_ASSERT(answered.kind == list::Answered::Kind::ignored);
      continue;
    }
    const auto query = dns::read_query(octets);
    const auto message = dns::read_message(answered.response);
    WEIR_ASSERT(query && message && message->response && message->id == query->id);
    WEIR_ASSERT(message->edns.has_value() == query->edns.has_value());
    if (transport == list::Transport::udp)
      WEIR_ASSERT(answered.response.size() <=
                  (query->edns ? dns::kEdnsUdpOctets : dns::kClassicUdpOctets));
    const bool positive = answered.kind == list::Answered::Kind::listed;
    for (const auto& record : message->records) {
      if (record.type != dns::Type::a) continue;
      WEIR_ASSERT(positive && record.ttl_s <= 300 && record.rdata == std::string("\x7f\0\0\2", 4));
    }
  }
  // With nothing listed only the test entry answers.
  const auto unlisted =
      list::answer({}, nothing, octets, list::Transport::udp, from_unix_millis(1'000));
  if (unlisted.kind == list::Answered::Kind::listed) {
    const auto name = dns::read_query(octets)->question->name.to_string();
    const auto begins = [&](std::string_view head) {
      return dns::equal_ignoring_case(std::string_view(name).substr(0, head.size()), head);
    };
    WEIR_ASSERT(begins("2.0.0.127.bl.") || begins("2.0.0.0.0.0.f.7.f.f.f.f.0."));
  }
  return 0;
}
