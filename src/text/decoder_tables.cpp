#include "text/decoder_tables.h"

#include <iconv.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/error.h"

namespace weir::text {
namespace {

constexpr std::size_t kCharsetsMax = 96;

class Handle {
 public:
  explicit Handle(const char* name) : handle_(iconv_open("UCS-4LE", name)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (opened()) iconv_close(handle_);
  }
  [[nodiscard]] bool opened() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // What the octets mean if they are one whole character; {0, 0} if not.
  [[nodiscard]] Sequence convert(std::string_view octets) const {
    if (!opened()) return {};
    std::array<unsigned char, 32> out{};
    char* to = reinterpret_cast<char*>(out.data());
    char* from = const_cast<char*>(octets.data());  // iconv does not write to it
    std::size_t left = octets.size();
    std::size_t room = out.size();
    (void)iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    const auto status = iconv(handle_, &from, &left, &to, &room);
    if (status == static_cast<std::size_t>(-1) || left > 0) return {};
    // Some converters hold a character back that the next one may combine with.
    (void)iconv(handle_, nullptr, nullptr, &to, &room);
    const std::size_t units = (out.size() - room) / 4;
    if (units == 0 || units > 2) return {};
    return {code_point(out, 0), units == 2 ? code_point(out, 4) : 0};
  }

 private:
  static char32_t code_point(const std::array<unsigned char, 32>& out, std::size_t at) {
    return out[at] | static_cast<char32_t>(out[at + 1]) << 8 |
           static_cast<char32_t>(out[at + 2]) << 16 | static_cast<char32_t>(out[at + 3]) << 24;
  }
  iconv_t handle_;
};

Unit put(PairTable& table, Sequence s) {
  if (s.first == 0) return 0;
  const bool surrogate = s.first >= 0xD800 && s.first < 0xE000;
  if (s.first < 0x10000 && s.second == 0 && !surrogate) return static_cast<Unit>(s.first);
  if (surrogate || table.sequences.size() >= 0x800) return 0;
  table.sequences.push_back(s);
  return static_cast<Unit>(0xD800 + table.sequences.size() - 1);
}

// Adds what `name` knows of the octets behind `prefix` and the table does not.
void add_pairs(PairTable& table, const char* name, std::string_view prefix = {}) {
  const Handle handle(name);
  if (!handle.opened()) return;
  std::string octets(prefix);
  octets.resize(prefix.size() + 2);
  for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
    const auto l = static_cast<unsigned char>(lead);
    octets[prefix.size()] = static_cast<char>(lead);
    const std::string_view alone = std::string_view(octets).substr(0, prefix.size() + 1);
    if (const Sequence s = handle.convert(alone); s.first != 0) {
      if (Unit& unit = table.units[pair_index(l, 0)]; unit == 0) unit = put(table, s);
      continue;
    }
    for (unsigned trail = 0x30; trail <= 0xFF; ++trail) {
      octets[prefix.size() + 1] = static_cast<char>(trail);
      Unit& unit = table.units[pair_index(l, static_cast<unsigned char>(trail))];
      if (unit == 0) unit = put(table, handle.convert(octets));
    }
  }
}

bool is(const Charset& charset, std::string_view name) { return charset.name == name; }

// NEC's selection of IBM's extensions stands in rows 89 to 92 of what mailers for Windows send as
// EUC-JP and ISO-2022-JP; eucJP-ms has characters of the user's own there, which mean nothing to
// anyone else.
void put_nec_rows(PairTable& table) {
  const Handle handle("CP932");
  for (unsigned row = 89; row <= 92; ++row) {
    for (unsigned cell = 1; cell <= 94; ++cell) {
      const unsigned lead = (row - 1) / 2 + 0x81 + 0x40;
      const unsigned place = (row - 1) % 2 * 94 + cell - 1;
      const unsigned trail = place + 0x40 + (place >= 0x3F ? 1U : 0U);
      const char octets[] = {static_cast<char>(lead), static_cast<char>(trail)};
      const Sequence s = handle.convert({octets, 2});
      if (s.first == 0) continue;
      table.units[pair_index(static_cast<unsigned char>(row + 0xA0),
                             static_cast<unsigned char>(cell + 0xA0))] = put(table, s);
    }
  }
}

std::size_t utf8_size(char32_t c) {
  if (c == 0) return 0;
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

void measure_growth(PairTable& table) {
  for (std::size_t i = 0; i < table.units.size(); ++i) {
    if (table.units[i] == 0) continue;
    const Sequence s = table.at(table.units[i]);
    const std::size_t size = utf8_size(s.first) + utf8_size(s.second);
    const std::size_t trail = i & 0xFF;
    const std::size_t octets = trail == 0 ? 1 : 2;
    const std::size_t high = trail >= 0x80 ? 2 : 1;
    if (size > octets) table.growth = std::max(table.growth, (size - octets + high - 1) / high);
  }
}

std::unique_ptr<const PairTable> make_pair_table(const Charset& charset) {
  auto table = std::make_unique<PairTable>();
  if (charset.coding != Coding::multi) return table;
  add_pairs(*table, charset.iconv_name);
  // Where a charset leaves pairs empty, a sibling that mail takes it for may have them.
  if (is(charset, "big5-hkscs")) add_pairs(*table, "BIG5");
  if (is(charset, "cp932")) add_pairs(*table, "SHIFT_JISX0213");
  if (is(charset, "shift_jisx0213")) add_pairs(*table, "CP932");
  if (is(charset, "euc-jp")) {
    put_nec_rows(*table);
    add_pairs(*table, "EUC-JISX0213");
  }
  if (is(charset, "euc-jisx0213")) add_pairs(*table, "EUC-JP-MS");
  if (is(charset, "gb18030")) table->units[pair_index(0x80, 0)] = 0x20AC;  // cp936's euro sign
  // KS X 1001:2002 has the sign of the postal code there; the converter is older.
  if (is(charset, "cp949") && table->units[pair_index(0xB0, 0xA1)] != 0)
    table->units[pair_index(0xA2, 0xE8)] = 0x327E;
  measure_growth(*table);
  return table;
}

SingleTable make_single_table(const Charset& charset) {
  SingleTable table{};
  for (unsigned octet = 0; octet < 0x80; ++octet) table[octet] = static_cast<Unit>(octet);
  if (charset.coding != Coding::single) return table;
  const Handle handle(charset.iconv_name);
  for (unsigned octet = 0x80; octet <= 0xFF; ++octet) {
    const char c = static_cast<char>(octet);
    const Sequence s = handle.convert({&c, 1});
    if (s.first < 0x10000 && s.second == 0) table[octet] = static_cast<Unit>(s.first);
  }
  return table;
}

std::unique_ptr<const PairTable> make_prefixed(std::initializer_list<const char*> names) {
  auto table = std::make_unique<PairTable>();
  for (const char* name : names) add_pairs(*table, name, "\x8F");
  return table;
}

// One static object for each charset, made when it is first asked for.
template <std::size_t Index>
const PairTable& pair_table_at() {
  static const std::unique_ptr<const PairTable> table = make_pair_table(charsets()[Index]);
  return *table;
}

template <std::size_t Index>
const SingleTable& single_table_at() {
  static const SingleTable table = make_single_table(charsets()[Index]);
  return table;
}

using PairGetter = const PairTable& (*)();
using SingleGetter = const SingleTable& (*)();
template <std::size_t... Is>
constexpr std::array<PairGetter, sizeof...(Is)> pair_getters(std::index_sequence<Is...> /*all*/) {
  return {pair_table_at<Is>...};
}
template <std::size_t... Is>
constexpr std::array<SingleGetter, sizeof...(Is)> single_getters(
    std::index_sequence<Is...> /*all*/) {
  return {single_table_at<Is>...};
}
constexpr auto kPairGetters = pair_getters(std::make_index_sequence<kCharsetsMax>());
constexpr auto kSingleGetters = single_getters(std::make_index_sequence<kCharsetsMax>());

}  // namespace

const SingleTable& single_table(const Charset& charset) {
  const std::size_t index = index_of(charset);
  WEIR_ASSERT(index < kCharsetsMax);
  return kSingleGetters[index]();
}

const PairTable& pair_table(const Charset& charset) {
  const std::size_t index = index_of(charset);
  WEIR_ASSERT(index < kCharsetsMax);
  return kPairGetters[index]();
}

const PairTable& jis_x_0212() {
  static const auto table = make_prefixed({"EUC-JP-MS", "EUC-JISX0213"});
  return *table;
}

const PairTable& jis_x_0213_plane_2() {
  static const auto table = make_prefixed({"EUC-JISX0213", "EUC-JP-MS"});
  return *table;
}

Sequence cns_11643(unsigned plane, unsigned char lead, unsigned char trail) {
  thread_local const Handle handle("EUC-TW");
  const char octets[] = {'\x8E', static_cast<char>(0xA0 + plane), static_cast<char>(lead),
                         static_cast<char>(trail)};
  return handle.convert({octets, 4});
}

const std::array<Unit, kGbFour>& gb_four() {
  static const auto table = [] {
    auto out = std::make_unique<std::array<Unit, kGbFour>>();
    const Handle handle("GB18030");
    for (std::size_t i = 0; i < kGbFour; ++i) {
      const char octets[] = {
          static_cast<char>(0x81 + i / 12'600), static_cast<char>(0x30 + i / 1'260 % 10),
          static_cast<char>(0x81 + i / 10 % 126), static_cast<char>(0x30 + i % 10)};
      const Sequence s = handle.convert({octets, 4});
      const bool surrogate = s.first >= 0xD800 && s.first < 0xE000;
      if (s.first < 0x10000 && s.second == 0 && !surrogate) (*out)[i] = static_cast<Unit>(s.first);
    }
    return out;
  }();
  return *table;
}

}  // namespace weir::text
