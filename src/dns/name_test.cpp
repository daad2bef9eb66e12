#include "dns/name.h"

namespace weir::dns {
namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }

rc::Gen<std::string> any_label() {
  return rc::gen::resize(static_cast<int>(kMaxLabelOctets), rc::gen::nonEmpty<std::string>());
}

// Wire form of labels of any octets, at most 255 in all.
rc::Gen<std::string> any_wire() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(any_label()),
                      [](const std::vector<std::string>& labels) {
                        std::string wire;
                        for (const auto& label : labels) {
                          const auto cut = label.substr(0, kMaxLabelOctets);
                          if (wire.size() + 2 + cut.size() > kMaxNameOctets) break;
                          wire.push_back(static_cast<char>(cut.size()));
                          wire += cut;
                        }
                        return wire + '\0';
                      });
}

TEST(Name, TextBecomesLengthOctetsAndLabels) {
  EXPECT_EQ(name("bl.weir.test").wire(), std::string_view("\2bl\4weir\4test\0", 14));
  EXPECT_EQ(name("bl.weir.test.").wire(), name("bl.weir.test").wire());
  EXPECT_EQ(name(".").wire(), std::string_view("\0", 1));
  EXPECT_TRUE(Name().is_root());
}

TEST(Name, EscapesStandForAnyOctet) {
  EXPECT_EQ(name("a\\.b\\000c").wire(), std::string_view("\5a.b\0c\0", 7));
  EXPECT_EQ(name("a\\.b\\000c").to_string(), "a\\.b\\000c");
  for (const auto* bad : {"a\\", "a\\25", "a\\256", "a\\2x5"})
    EXPECT_FALSE(Name::parse(bad)) << bad;
}

TEST(Name, LimitsAreThoseOfRfc1035) {
  const std::string label63(63, 'a');
  EXPECT_TRUE(Name::parse(label63));
  EXPECT_FALSE(Name::parse(label63 + "a"));
  const std::string three = label63 + "." + label63 + "." + label63 + ".";
  EXPECT_EQ(Name::parse(three + std::string(61, 'b'))->wire().size(), kMaxNameOctets);
  EXPECT_FALSE(Name::parse(three + std::string(62, 'b')));
  for (const auto* bad : {"", "..", ".a", "a..b"}) EXPECT_FALSE(Name::parse(bad)) << bad;
}

TEST(Name, CaseIsKeptAndIgnored) {
  EXPECT_EQ(name("BL.Weir.TEST"), name("bl.weir.test"));
  EXPECT_EQ(name("BL.Weir.TEST").to_string(), "BL.Weir.TEST");
  EXPECT_FALSE(name("a\\192") == name("a\\224"));  // only ASCII letters have case here
}

TEST(Name, BelowGivesTheLabelsInFront) {
  const Name zone = name("bl.weir.test");
  EXPECT_EQ(name("2.0.0.127.BL.weir.test").below(zone), std::string_view("\1"
                                                                         "2\1"
                                                                         "0\1"
                                                                         "0\3"
                                                                         "127",
                                                                         10));
  EXPECT_EQ(zone.below(zone), "");
  EXPECT_EQ(name("a.b").below(Name()), std::string_view("\1a\1b", 4));
  EXPECT_FALSE(name("weir.test").below(zone));
  EXPECT_FALSE(name("xbl.weir.test").below(zone));
  // The octets of the zone inside one label are not the zone.
  EXPECT_FALSE(name("x\\002bl.weir.test").below(zone));
}

TEST(Name, PointersLeadBackOnlyAndNeverLoop) {
  using namespace std::literals;
  const auto read = [](std::string_view message, std::size_t at) {
    return Name::read(message, at);
  };
  EXPECT_EQ(read("\1a\0\1b\xc0\0"sv, 3)->to_string(), "b.a");
  EXPECT_FALSE(read("\xc0\0"sv, 0));        // itself
  EXPECT_FALSE(read("\1a\xc0\0"sv, 0));     // its own beginning
  EXPECT_FALSE(read("\xc0\2\xc0\0"sv, 0));  // forwards
  EXPECT_FALSE(read("\1a\xc0"sv, 0));       // half a pointer
  EXPECT_FALSE(
      read("\x40"
           "a\0"sv,
           0));  // reserved label type
  EXPECT_FALSE(read("\5ab"sv, 0));
  EXPECT_FALSE(read(""sv, 0));
}

TEST(Name, LongChainsOfPointersEnd) {
  std::string message("\0", 1);
  message.push_back('\0');
  for (std::size_t to = 0; message.size() < 16'000; to = message.size() - 2) {
    message.push_back(static_cast<char>(0xc0 | (to >> 8)));
    message.push_back(static_cast<char>(to));
  }
  std::size_t near = 2 + 2 * 100;
  EXPECT_TRUE(Name::read(message, near));
  std::size_t far = message.size() - 2;
  EXPECT_FALSE(Name::read(message, far));
}

RC_GTEST_PROP(NameProperty, TextOfAnyNameReadsBackTheSame, ()) {
  const auto wire = *any_wire();
  std::size_t at = 0;
  const auto read = Name::read(wire, at);
  RC_ASSERT(read.has_value());
  RC_ASSERT(at == wire.size());
  RC_ASSERT(read->wire() == wire);
  RC_ASSERT(Name::parse(read->to_string())->wire() == wire);
  std::size_t skipped = 0;
  RC_ASSERT(skip_name(wire, skipped) && skipped == at);
}

RC_GTEST_PROP(NameProperty, ReadAndSkipStayInsideAnyOctets,
              (const std::string& octets, std::uint16_t start)) {
  std::size_t at = octets.empty() ? 0 : start % octets.size();
  std::size_t skipped = at;
  const auto read = Name::read(octets, at);
  const bool skip = skip_name(octets, skipped);
  if (read) {
    RC_ASSERT(skip && skipped == at && at <= octets.size());
    RC_ASSERT(read->wire().size() <= kMaxNameOctets && read->wire().back() == '\0');
  }
}

}  // namespace
}  // namespace weir::dns
