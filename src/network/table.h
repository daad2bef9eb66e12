// network/table.h - ATTRIBUTE: address -> AS number, operator, country.
//
// Table: read-only view over octets that the caller keeps (a mapped file,
// docs/formats/network-table.md). open() checks every octet once, so
//        that find() needs no check: O(log n), no allocation. The octets may lie at any alignment.
// Build: from CSV rows (range start, range end, AS number, operator) and (start, end, country),
// both ends inclusive, IPv4 and IPv6.
//        Where two inputs of the same columns overlap, the later one wins, so that an operator's
//        own file comes last. Where two rows of one input overlap, the narrower wins, and the order
//        of rows says nothing. AS and country are laid independently of each other. Deterministic:
//        the same rows give the same octets.
// Limits: kMaxRows rows in all; an operator's name is cut to kMaxOperatorOctets. Cost: O(n log n),
// about 40 octets a row while building. Threads: const, share freely. Errors: Errc::corrupt
// (checksum, structure), Errc::unsupported (newer version), Errc::invalid with the CSV's name, line
// and offset,
//         Errc::too_large.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/error.h"

namespace weir::network {

inline constexpr std::size_t kMaxRows =
    8'000'000;  // ten times the whole Internet's announced ranges
inline constexpr std::size_t kMaxOperatorOctets =
    255;  // the longest in use has 169; fits one DNS TXT string

struct Network {
  std::uint32_t asn = 0;  // 0 = unknown
  std::string_view
      operator_name;  // UTF-8 without control characters; a view into the table; empty = unknown
  std::string_view country;  // ISO 3166-1 alpha-2, or empty

  friend bool operator==(const Network&, const Network&) = default;
};

class Table {
 public:
  // An empty table knows nothing.
  Table() = default;
  [[nodiscard]] static Result<Table> open(std::string_view octets);
  // nullopt: nothing at all is known of the address.
  [[nodiscard]] std::optional<Network> find(const Address& address) const;
  // Ranges stored, gaps between them included.
  [[nodiscard]] std::size_t ranges() const;

 private:
  [[nodiscard]] std::optional<Network> network(std::uint32_t index) const;

  // Sections of the file, in its order.
  std::string_view v4_starts_, v4_networks_, v6_starts_, v6_networks_, networks_, names_;
};

struct CsvInput {
  enum class Columns { asn, country } columns;
  std::string name;         // for error messages
  std::string_view octets;  // "start,end,asn,operator" or "start,end,country"; RFC 4180 quotes; '#'
                            // starts a comment line
};

[[nodiscard]] Result<std::string> build_table(const std::vector<CsvInput>& inputs);

}  // namespace weir::network
