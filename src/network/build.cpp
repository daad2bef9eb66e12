// Builds a network table in three steps: rows are read and their values numbered; the rows of each
// family and kind of column are made disjoint (overlay.h); the AS ranges and the country ranges are
// laid over each other into one list of starts, with the gaps between them as ranges of their own.
#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <limits>
#include <unordered_map>

#include "base/bytes.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "network/csv.h"
#include "network/format.h"
#include "network/overlay.h"
#include "network/table.h"

namespace weir::network {
namespace {

using V4Key = std::uint32_t;
using V6Key = unsigned __int128;

V6Key v6_number(const Address& address) {
  V6Key number = 0;
  for (const auto octet : address.octets()) number = (number << 8) | octet;
  return number;
}

// AS and operator of a row; number 0 is "nothing".
struct As {
  std::uint32_t asn = 0;
  std::string_view name;

  friend auto operator<=>(const As&, const As&) = default;
};

struct AsHash {
  std::size_t operator()(const As& as) const {
    return std::hash<std::string_view>{}(as.name) * 31 + as.asn;
  }
};

class AsNumbers {
 public:
  AsNumbers() { (void)number_of(As{}); }
  std::uint32_t number_of(const As& as) {
    if (const auto found = numbers_.find(as); found != numbers_.end()) return found->second;
    const As kept{as.asn, names_.emplace_back(as.name)};
    const auto number = static_cast<std::uint32_t>(all_.size());
    all_.push_back(kept);
    numbers_.emplace(kept, number);
    return number;
  }
  [[nodiscard]] const As& operator[](std::uint32_t number) const { return all_[number]; }

 private:
  std::deque<std::string> names_;  // does not move its elements
  std::vector<As> all_;
  std::unordered_map<As, std::uint32_t, AsHash> numbers_;
};

// A country as the number of its two letters; 0 is "unknown".
using CountryNumber = std::uint32_t;

struct Rows {
  std::vector<Row<V4Key>> v4;
  std::vector<Row<V6Key>> v6;
  [[nodiscard]] std::size_t size() const { return v4.size() + v6.size(); }
};

struct Everything {
  AsNumbers as_numbers;
  Rows as_rows, country_rows;
};

// `name`, or what can be kept of it in `buffer`.
std::string_view clean_name(std::string_view name, std::string& buffer) {
  if (is_operator_name(name)) return name;
  buffer = to_valid_utf8(name);
  std::ranges::replace_if(buffer, is_control, ' ');
  return utf8_prefix(buffer, kMaxOperatorOctets);
}

Result<std::uint32_t> parse_asn(std::string_view text) {
  auto digits = text;
  if (digits.starts_with("AS")) digits.remove_prefix(2);
  std::uint32_t asn = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), asn);
  if (error != std::errc{} || end != digits.data() + digits.size())
    return fail(Errc::invalid,
                fmt::format("'{}' is not an AS number", to_valid_utf8(text.substr(0, 40))));
  return asn;
}

Result<CountryNumber> parse_country(std::string_view text) {
  if (text.empty()) return CountryNumber{0};
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() != 2 || !letter(text[0]) || !letter(text[1]))
    return fail(Errc::invalid, fmt::format("'{}' is not a country of two capital letters",
                                           to_valid_utf8(text.substr(0, 40))));
  return static_cast<CountryNumber>(text[0]) << 8 | static_cast<CountryNumber>(text[1]);
}

Result<std::uint32_t> parse_value(CsvInput::Columns columns, const CsvReader& csv,
                                  AsNumbers& numbers) {
  const auto fields = csv.fields();
  if (columns == CsvInput::Columns::country) return parse_country(fields[2]);
  WEIR_TRY(const auto asn, parse_asn(fields[2]));
  std::string buffer;
  return numbers.number_of(As{asn, clean_name(fields[3], buffer)});
}

Status read_row(const CsvInput& input, std::uint32_t input_number, const CsvReader& csv,
                Everything& all) {
  const auto fields = csv.fields();
  const bool is_as = input.columns == CsvInput::Columns::asn;
  const std::size_t wanted = is_as ? 4 : 3;
  if (fields.size() != wanted)
    return fail(Errc::invalid, fmt::format("{} fields where {} belong ({})", fields.size(), wanted,
                                           is_as ? "start,end,asn,operator" : "start,end,country"));
  WEIR_TRY(const auto start, Address::parse(fields[0]));
  WEIR_TRY(const auto end, Address::parse(fields[1]));
  if (start.is_v4() != end.is_v4() || end < start)
    return fail(Errc::invalid,
                fmt::format("the range {} to {} does not run from a lower to a higher address",
                            start.to_string(), end.to_string()));
  WEIR_TRY(const auto value, parse_value(input.columns, csv, all.as_numbers));
  auto& rows = is_as ? all.as_rows : all.country_rows;
  if (start.is_v4()) {
    rows.v4.push_back({start.v4_number(), end.v4_number(), input_number, value});
  } else {
    rows.v6.push_back({v6_number(start), v6_number(end), input_number, value});
  }
  return {};
}

Status read_input(const CsvInput& input, std::uint32_t input_number, Everything& all) {
  CsvReader csv(input.octets);
  const auto at_row = [&](Error error) {
    error.offset = csv.offset();
    return std::unexpected(
        with_context(std::move(error), fmt::format("{} line {}", input.name, csv.line())));
  };
  while (true) {
    const auto more = csv.next();
    if (!more) return at_row(more.error());
    if (!*more) return {};
    if (all.as_rows.size() + all.country_rows.size() == kMaxRows)
      return at_row(Error{Errc::too_large, fmt::format("more than {} rows", kMaxRows)});
    if (auto read = read_row(input, input_number, csv, all); !read)
      return at_row(std::move(read).error());
  }
}

// The network records and their names, numbered in the order of their first use.
class NetworkRecords {
 public:
  explicit NetworkRecords(const AsNumbers& as_numbers) : as_numbers_(as_numbers) {
    (void)number_of(0, 0);  // kNothingKnown
  }
  std::uint32_t number_of(std::uint32_t as_number, CountryNumber country) {
    const auto key = std::uint64_t{as_number} << 32 | country;
    const auto [found, is_new] = numbers_.try_emplace(key, count_);
    if (is_new) {
      append(as_numbers_[as_number], country);
      ++count_;
    }
    return found->second;
  }
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] const std::string& records() const { return records_.str(); }
  [[nodiscard]] const std::string& names() const { return names_; }

 private:
  void append(const As& as, CountryNumber country) {
    static_assert(kMaxRows * kMaxOperatorOctets <= std::numeric_limits<std::uint32_t>::max());
    std::uint32_t begin = 0;
    if (!as.name.empty()) {
      const auto [name, is_new] =
          name_begins_.try_emplace(as.name, static_cast<std::uint32_t>(names_.size()));
      if (is_new) names_.append(as.name);
      begin = name->second;
    }
    records_.u32(as.asn);
    records_.u32(begin);
    records_.u16(static_cast<std::uint16_t>(as.name.size()));
    records_.u8(static_cast<std::uint8_t>(country >> 8));
    records_.u8(static_cast<std::uint8_t>(country));
  }

  const AsNumbers& as_numbers_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::unordered_map<std::string_view, std::uint32_t> name_begins_;
  ByteWriter records_;
  std::string names_;
  std::uint32_t count_ = 0;
};

// One list of disjoint segments, read from left to right.
template <class Key>
class Cursor {
 public:
  explicit Cursor(const std::vector<Segment<Key>>& segments) : segments_(segments) {}
  // The value at `at`, 0 in a gap. Calls go upwards.
  std::uint32_t value_at(Key at) {
    while (next_ < segments_.size() && segments_[next_].end < at) ++next_;
    return next_ < segments_.size() && segments_[next_].start <= at ? segments_[next_].value : 0;
  }
  // The first place above `at`, which value_at() was asked last, where the value may change.
  [[nodiscard]] std::optional<Key> change_after(Key at) const {
    if (next_ == segments_.size()) return std::nullopt;
    const auto& segment = segments_[next_];
    if (segment.start > at) return segment.start;
    if (segment.end == kLast<Key>) return std::nullopt;
    return segment.end + 1;
  }

 private:
  const std::vector<Segment<Key>>& segments_;
  std::size_t next_ = 0;
};

struct Family {
  ByteWriter starts, networks;
  std::uint32_t count = 0;
};

void write_key(ByteWriter& out, V4Key key) { out.u32(key); }
void write_key(ByteWriter& out, V6Key key) {
  for (int shift = 120; shift >= 0; shift -= 8) out.u8(static_cast<std::uint8_t>(key >> shift));
}

template <class Key>
Family lay_over(const std::vector<Segment<Key>>& as, const std::vector<Segment<Key>>& countries,
                NetworkRecords& records) {
  Family family;
  Cursor as_cursor(as);
  Cursor country_cursor(countries);
  auto last = kNothingKnown;  // what lies before the first start
  std::optional<Key> at = Key{0};
  while (at) {
    const auto number = records.number_of(as_cursor.value_at(*at), country_cursor.value_at(*at));
    if (number != last) {
      write_key(family.starts, *at);
      family.networks.u32(number);
      ++family.count;
      last = number;
    }
    const auto x = as_cursor.change_after(*at);
    const auto y = country_cursor.change_after(*at);
    at = x && y ? std::min(*x, *y) : (x ? x : y);
  }
  return family;
}

template <class Key>
Family lay_over_rows(std::vector<Row<Key>> as, std::vector<Row<Key>> countries,
                     const AsNumbers& as_numbers, NetworkRecords& records) {
  const auto as_less = [&](std::uint32_t a, std::uint32_t b) {
    return as_numbers[a] < as_numbers[b];
  };
  return lay_over(flatten(std::move(as), as_less), flatten(std::move(countries), std::less<>{}),
                  records);
}

}  // namespace

Result<std::string> build_table(const std::vector<CsvInput>& inputs) {
  Everything all;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    WEIR_CHECK(read_input(inputs[i], static_cast<std::uint32_t>(i), all));

  NetworkRecords records(all.as_numbers);
  const auto v4 = lay_over_rows(std::move(all.as_rows.v4), std::move(all.country_rows.v4),
                                all.as_numbers, records);
  const auto v6 = lay_over_rows(std::move(all.as_rows.v6), std::move(all.country_rows.v6),
                                all.as_numbers, records);

  ByteWriter out;
  out.octets(kMagic);
  out.u32(kVersion);
  out.u32(v4.count);
  out.u32(v6.count);
  out.u32(records.count());
  out.u32(static_cast<std::uint32_t>(records.names().size()));
  out.u32(0);
  WEIR_ASSERT(out.str().size() == kHeaderOctets);
  out.octets(v4.starts.str());
  out.octets(v4.networks.str());
  out.octets(v6.starts.str());
  out.octets(v6.networks.str());
  out.octets(records.records());
  out.octets(records.names());
  out.octets(as_octets(crypto::sha256(out.str())));
  return out.take();
}

}  // namespace weir::network
