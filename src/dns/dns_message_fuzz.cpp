// Any octets: reading must stay inside them, and what is written from what was read must read back
// the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dns/message.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (size > dns::kMaxMessageOctets) return 0;

  if (const auto message = dns::read_message(octets)) {
    for (const auto& record : message->records) {
      WEIR_ASSERT(record.rdata_at + record.rdata.size() <= size);
      WEIR_ASSERT(record.owner.wire().size() <= dns::kMaxNameOctets);
      const auto again = dns::Name::parse(record.owner.to_string());
      WEIR_ASSERT(again && again->wire() == record.owner.wire());
      (void)dns::read_soa(octets, record);
      (void)dns::read_txt(record);
    }
  }

  const auto query = dns::read_query(octets);
  if (!query) return 0;
  dns::ResponseWriter writer(*query, dns::kClassicUdpOctets);
  const auto& owner = query->question ? query->question->name : dns::Name();
  const auto zone = dns::Name::parse("bl.weir.test");
  writer.a(dns::Section::answer, owner, 60, {127, 0, 0, 2});
  writer.txt(dns::Section::answer, owner, 60, octets.substr(0, 700));
  writer.ns(dns::Section::authority, *zone, 60, owner);
  const auto response = writer.finish();
  const auto read = dns::read_message(response);
  WEIR_ASSERT(read && read->response && read->id == query->id);
  WEIR_ASSERT(read->edns.has_value() == query->edns.has_value());
  WEIR_ASSERT(read->questions.size() == (query->question ? 1U : 0U));
  WEIR_ASSERT(read->truncated ? read->records.empty() : read->records.size() == 3);
  for (const auto& record : read->records)
    WEIR_ASSERT(record.owner == (record.section == dns::Section::answer ? owner : *zone));
  return 0;
}
