// Any CSV text: either an error, or a table that opens, and the same one for the same text.
#include <cstdint>

#include "network/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using weir::network::CsvInput;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto columns : {CsvInput::Columns::asn, CsvInput::Columns::country}) {
    const std::vector<CsvInput> inputs = {{columns, "fuzz", text}, {columns, "fuzz", text}};
    const auto octets = weir::network::build_table(inputs);
    if (!octets) continue;
    // An input laid over itself changes nothing.
    const auto once = weir::network::build_table({inputs[0]});
    WEIR_ASSERT(once && *once == *octets);
    const auto table = weir::network::Table::open(*octets);
    WEIR_ASSERT(table.has_value());
    (void)table->find(weir::Address::v4(0xc0000201));
  }
  return 0;
}
