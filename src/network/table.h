// network/table.h - ATTRIBUTE: address -> AS number, operator, country.
//
// Table: read-only view over octets that the caller keeps (a mapped file, docs/formats/network-table.md). find() is O(log n), no allocation.
// Build: from CSV rows (range start, range end, AS number, operator) and (start, end, country); later inputs overlay earlier ones where they
//        overlap, so that an operator's own file wins. Deterministic: the same inputs give the same octets.
// Threads: const, share freely. Errors: Errc::corrupt (checksum), Errc::unsupported (newer version), Errc::invalid with the CSV's line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/error.h"

namespace weir::network {

struct Network {
  std::uint32_t asn = 0;           // 0 = unknown
  std::string_view operator_name;  // views into the table; empty = unknown
  std::string_view country;        // ISO 3166-1 alpha-2, or empty
};

class Table {
 public:
  // An empty table knows nothing.
  Table() = default;
  [[nodiscard]] static Result<Table> open(std::string_view octets);
  [[nodiscard]] std::optional<Network> find(const Address& address) const;
  [[nodiscard]] std::size_t ranges() const;

 private:
  std::string_view octets_;
  // The helper who writes this chooses what else belongs here.
};

struct CsvInput {
  enum class Columns { asn, country } columns;
  std::string name;         // for error messages
  std::string_view octets;  // "start,end,asn,operator" or "start,end,country"; RFC 4180 quotes; '#' starts a comment line
};

[[nodiscard]] Result<std::string> build_table(const std::vector<CsvInput>& inputs);

}  // namespace weir::network
