#include "network/table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "base/random.h"
#include "crypto/crypto.h"

namespace weir::network {
namespace {

using Columns = CsvInput::Columns;

// An input that keeps its text.
struct Csv {
  Columns columns;
  std::string name;
  std::string text;
};

Csv as_csv(std::string text) { return {Columns::asn, "as.csv", std::move(text)}; }
Csv country_csv(std::string text) { return {Columns::country, "country.csv", std::move(text)}; }

Result<std::string> build(const std::vector<Csv>& csvs) {
  std::vector<CsvInput> inputs;
  for (const auto& csv : csvs) inputs.push_back({csv.columns, csv.name, csv.text});
  return build_table(inputs);
}

// A table and the octets it looks into.
class Built {
 public:
  explicit Built(const std::vector<Csv>& csvs)
      : octets_(build(csvs).value()), table_(Table::open(octets_).value()) {}
  [[nodiscard]] std::optional<Network> find(std::string_view address) const {
    return table_.find(Address::parse(address).value());
  }
  [[nodiscard]] std::optional<Network> find(const Address& address) const {
    return table_.find(address);
  }
  [[nodiscard]] const Table& table() const { return table_; }
  [[nodiscard]] const std::string& octets() const { return octets_; }

 private:
  std::string octets_;
  Table table_;
};

TEST(NetworkTable, AnEmptyTableKnowsNothing) {
  EXPECT_EQ(Table().find(Address::v4(1)), std::nullopt);
  const Built built({});
  EXPECT_EQ(built.find("192.0.2.1"), std::nullopt);
  EXPECT_EQ(built.find("2001:db8::1"), std::nullopt);
  EXPECT_EQ(built.table().ranges(), 0U);
}

TEST(NetworkTable, FindsBothEndsOfARangeAndNothingBeside) {
  const Built built({as_csv("192.0.2.0,192.0.2.127,64500,\"Reed, Rush & Co\"\n"
                            "2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,64501,Sedge\n"),
                     country_csv("192.0.2.0,192.0.2.255,NL\n")});
  const Network reed{64500, "Reed, Rush & Co", "NL"};
  EXPECT_EQ(built.find("192.0.2.0"), reed);
  EXPECT_EQ(built.find("192.0.2.127"), reed);
  EXPECT_EQ(built.find("::ffff:192.0.2.5"), reed);
  EXPECT_EQ(built.find("192.0.2.128"), (Network{0, "", "NL"}));
  EXPECT_EQ(built.find("192.0.1.255"), std::nullopt);
  EXPECT_EQ(built.find("192.0.3.0"), std::nullopt);
  EXPECT_EQ(built.find("2001:db8:0:ffff:ffff:ffff:ffff:ffff"), (Network{64501, "Sedge", ""}));
  EXPECT_EQ(built.find("2001:db8:1::"), std::nullopt);
  EXPECT_EQ(built.find("::"), std::nullopt);
}

TEST(NetworkTable, ReachesTheFirstAndTheLastAddress) {
  const Built built(
      {as_csv("0.0.0.0,255.255.255.255,1,a\n"
              "::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,2,b\n")});
  EXPECT_EQ(built.find("0.0.0.0"), (Network{1, "a", ""}));
  EXPECT_EQ(built.find("255.255.255.255"), (Network{1, "a", ""}));
  EXPECT_EQ(built.find("::"), (Network{2, "b", ""}));
  EXPECT_EQ(built.find("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), (Network{2, "b", ""}));
  EXPECT_EQ(built.table().ranges(), 2U);
}

TEST(NetworkTable, AnOperatorsOwnFileComesLastAndWins) {
  const Built built(
      {as_csv("198.51.100.0,198.51.100.255,64500,Upstream\n"),
       as_csv("198.51.100.16,198.51.100.31,64511,Ours\n198.51.100.40,198.51.100.47,0,\n")});
  EXPECT_EQ(built.find("198.51.100.15"), (Network{64500, "Upstream", ""}));
  EXPECT_EQ(built.find("198.51.100.16"), (Network{64511, "Ours", ""}));
  EXPECT_EQ(built.find("198.51.100.32"), (Network{64500, "Upstream", ""}));
  EXPECT_EQ(built.find("198.51.100.40"),
            std::nullopt);  // AS 0 without a name takes back what was said
}

TEST(NetworkTable, InsideOneInputTheNarrowerRowWins) {
  const std::string wide = "203.0.113.0,203.0.113.255,64500,Wide\n";
  const std::string narrow = "203.0.113.64,203.0.113.95,64501,Narrow\n";
  const Built a({as_csv(wide + narrow)});
  const Built b({as_csv(narrow + wide)});
  EXPECT_EQ(a.octets(), b.octets());
  EXPECT_EQ(a.find("203.0.113.64")->asn, 64501U);
  EXPECT_EQ(a.find("203.0.113.96")->asn, 64500U);
}

TEST(NetworkTable, NeighboursThatSayTheSameAreOneRange) {
  const Built built({as_csv("192.0.2.0,192.0.2.7,1,a\n192.0.2.8,192.0.2.15,AS1,a\n")});
  EXPECT_EQ(built.table().ranges(), 2U);  // the range and what follows it
}

TEST(NetworkTable, NamesAreTextWithoutControlCharacters) {
  const Built built({as_csv("192.0.2.0,192.0.2.0,1,\"a\nb\xff\"\n192.0.2.1,192.0.2.1,2," +
                            std::string(254, 'x') + "\xc3\xa9\n")});
  EXPECT_EQ(built.find("192.0.2.0")->operator_name, "a b\xef\xbf\xbd");
  EXPECT_EQ(built.find("192.0.2.1")->operator_name,
            std::string(254, 'x'));  // é would be cut in half
}

TEST(NetworkTable, ErrorsNameTheFileAndTheLine) {
  const auto error =
      build({as_csv("# ranges\n192.0.2.0,192.0.2.1,1,a\n192.0.2.9,192.0.2.1,1,a\n")}).error();
  EXPECT_EQ(error.code, Errc::invalid);
  EXPECT_NE(error.detail.find("as.csv line 3"), std::string::npos) << error.detail;
  EXPECT_EQ(error.offset, 33U);
  for (const auto* bad : {"192.0.2.0,192.0.2.1,1\n", "x,192.0.2.1,1,a\n", "192.0.2.0,::1,1,a\n",
                          "192.0.2.0,192.0.2.1,-1,a\n", "192.0.2.0,192.0.2.1,4294967296,a\n",
                          "192.0.2.0,192.0.2.1,1,\"a\n"})
    EXPECT_EQ(build({as_csv(bad)}).error().code, Errc::invalid) << bad;
  for (const auto* bad :
       {"192.0.2.0,192.0.2.1,nl\n", "192.0.2.0,192.0.2.1,NLD\n", "192.0.2.0,192.0.2.1,NL,x\n"})
    EXPECT_EQ(build({country_csv(bad)}).error().code, Errc::invalid) << bad;
}

TEST(NetworkTable, TheWorkedOctetsOfTheFormatPageHold) {
  const auto octets = build({as_csv("192.0.2.0,192.0.2.255,64500,Reed\n"),
                             country_csv("192.0.2.0,192.0.2.255,NL\n")})
                          .value();
  EXPECT_EQ(to_hex(octets),
            "574549524e45540a"
            "01000000"
            "02000000"
            "00000000"
            "02000000"
            "04000000"
            "00000000"
            "000200c0"
            "000300c0"
            "01000000"
            "00000000"
            "000000000000000000000000"
            "f4fb0000"
            "00000000"
            "0400"
            "4e4c"
            "52656564" +
                to_hex(as_octets(
                    crypto::sha256(std::string_view(octets).substr(0, octets.size() - 32)))));
}

TEST(NetworkTable, AnyChangedOrMissingOctetIsNoticed) {
  const Built built(
      {as_csv("192.0.2.0,192.0.2.255,64500,Reed\n2001:db8::,2001:db8::ff,64501,Rush\n"),
       country_csv("192.0.2.0,192.0.2.9,NL\n")});
  for (std::size_t i = 0; i < built.octets().size(); ++i) {
    auto changed = built.octets();
    changed[i] = static_cast<char>(changed[i] ^ 0x41);
    EXPECT_FALSE(Table::open(changed)) << "octet " << i;
    EXPECT_FALSE(Table::open(std::string_view(built.octets()).substr(0, i))) << "cut at " << i;
  }
  EXPECT_EQ(Table::open(built.octets() + "x").error().code, Errc::corrupt);
}

// The octets with `at` set and the checksum made right again: what a faulty writer would leave.
std::string resealed(std::string octets, std::size_t at, std::string_view with) {
  octets.replace(at, with.size(), with);
  octets.resize(octets.size() - 32);
  octets += as_octets(crypto::sha256(octets));
  return octets;
}

TEST(NetworkTable, AGoodChecksumOverABadStructureIsNotBelieved) {
  const auto octets = build({as_csv("192.0.2.0,192.0.2.255,64500,Reed\n"),
                             country_csv("192.0.2.0,192.0.2.255,NL\n")})
                          .value();
  ASSERT_TRUE(Table::open(resealed(octets, 0, "W")));
  EXPECT_EQ(Table::open(resealed(octets, 8, std::string_view("\2", 1))).error().code,
            Errc::unsupported);
  const std::pair<std::size_t, std::string_view> bad[] = {
      {8, {"\0", 1}},  // version 0
      {28, "x"},       // reserved octets
      {35, "\xff"},    // starts that go down
      {40, "\2"},      // a network that is not there
      {64, "\1"},      // a name outside the names
      {68, "\5"},      // a name that ends outside
      {70, "nl"},      // not a country
      {72, "\n"},      // a control character in a name
      {72, "\xff"},    // not UTF-8
  };
  for (const auto& [at, with] : bad)
    EXPECT_EQ(Table::open(resealed(octets, at, with)).error().code, Errc::corrupt) << at;
}

TEST(NetworkTable, OctetsMayLieAtAnyAlignment) {
  const Built built(
      {as_csv("192.0.2.0,192.0.2.255,64500,Reed\n2001:db8::,2001:db8::ff,64501,Rush\n")});
  for (std::size_t shift = 0; shift < 16; ++shift) {
    const auto moved = std::string(shift, 'x') + built.octets();
    const auto table = Table::open(std::string_view(moved).substr(shift)).value();
    EXPECT_EQ(table.find(Address::v4(0xc0000263))->operator_name, "Reed");
    EXPECT_EQ(table.find(Address::parse("2001:db8::10").value())->operator_name, "Rush");
  }
}

// --- laws, against a reference that looks at every row
// -----------------------------------------------------------

// A range of small numbers in one family; `number` becomes the last octet of an address.
struct SmallRow {
  bool v6 = false;
  int start = 0, end = 0, value = 0;
};

constexpr int kNumbers = 40;

Address small_address(bool v6, int number) {
  if (!v6) return Address::v4(0xc0000200U + static_cast<std::uint32_t>(number));
  // Consecutive addresses on both sides of a 64-bit border.
  std::array<std::uint8_t, 16> octets{0x20, 0x01, 0x0d, 0xb8};
  if (number >= kNumbers / 2) {
    octets[7] = 1;
    octets[15] = static_cast<std::uint8_t>(number - kNumbers / 2);
  } else {
    std::fill(octets.begin() + 8, octets.end(), std::uint8_t{0xff});
    octets[15] = static_cast<std::uint8_t>(256 - kNumbers / 2 + number);
  }
  return Address::v6(octets);
}

using SmallInput = std::pair<Columns, std::vector<SmallRow>>;

rc::Gen<SmallRow> small_row() {
  return rc::gen::map(rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::inRange(0, kNumbers),
                                     rc::gen::inRange(0, kNumbers), rc::gen::inRange(0, 4)),
                      [](const std::tuple<bool, int, int, int>& t) {
                        const auto [v6, a, b, value] = t;
                        return SmallRow{v6, std::min(a, b), std::max(a, b), value};
                      });
}

rc::Gen<std::vector<SmallInput>> small_inputs() {
  return rc::gen::resize(12, rc::gen::container<std::vector<SmallInput>>(rc::gen::pair(
                                 rc::gen::element(Columns::asn, Columns::country),
                                 rc::gen::container<std::vector<SmallRow>>(small_row()))));
}

std::string_view small_name(int value) {
  constexpr std::string_view kNames[] = {"", "Reed", "Rush, Sedge", "Rush, Sedge"};
  return kNames[value];
}
std::string_view small_country(int value) {
  constexpr std::string_view kCountries[] = {"", "AA", "BB", "NL"};
  return kCountries[value];
}

std::vector<Csv> as_csvs(const std::vector<SmallInput>& inputs) {
  std::vector<Csv> out;
  for (const auto& [columns, rows] : inputs) {
    std::string text;
    for (const auto& row : rows) {
      text += fmt::format("{},{},", small_address(row.v6, row.start).to_string(),
                          small_address(row.v6, row.end).to_string());
      text += columns == Columns::asn ? fmt::format("{},\"{}\"\n", row.value, small_name(row.value))
                                      : fmt::format("{}\n", small_country(row.value));
    }
    out.push_back({columns, "x", text});
  }
  return out;
}

// Which value shows for `address`: the last input that covers it, and in it the narrowest row, then
// the latest start, then the lowest value.
int shown_value(const std::vector<SmallInput>& inputs, Columns columns, bool v6, int number) {
  int value = 0;
  for (const auto& [input_columns, rows] : inputs) {
    if (input_columns != columns) continue;
    std::optional<SmallRow> best;
    for (const auto& row : rows) {
      if (row.v6 != v6 || number < row.start || number > row.end) continue;
      const auto rank = [](const SmallRow& r) {
        return std::tuple(r.end - r.start, -r.start, r.value);
      };
      if (!best || rank(row) < rank(*best)) best = row;
    }
    if (best) value = best->value;
  }
  return value;
}

RC_GTEST_PROP(NetworkTableProperty, AgreesWithALookAtEveryRow, ()) {
  const auto inputs = *small_inputs();
  const Built built(as_csvs(inputs));
  for (const bool v6 : {false, true}) {
    for (int number = 0; number < kNumbers; ++number) {
      const int as = shown_value(inputs, Columns::asn, v6, number);
      const int country = shown_value(inputs, Columns::country, v6, number);
      const auto found = built.find(small_address(v6, number));
      RC_ASSERT(found.has_value() == (as != 0 || country != 0));
      if (found) {
        const Network expected{static_cast<std::uint32_t>(as), small_name(as),
                               small_country(country)};
        RC_ASSERT(*found == expected);
      }
    }
  }
}

RC_GTEST_PROP(NetworkTableProperty, TheOrderOfRowsInsideAnInputSaysNothing, ()) {
  auto inputs = *small_inputs();
  const auto before = build(as_csvs(inputs)).value();
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  SeededRandom random(seed);
  for (auto& input : inputs)
    for (std::size_t i = input.second.size(); i > 1; --i)
      std::swap(input.second[i - 1], input.second[random.below(i)]);
  RC_ASSERT(build(as_csvs(inputs)).value() == before);
}

}  // namespace
}  // namespace weir::network
