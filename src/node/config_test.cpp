#include "node/config.h"

namespace weir::node {
namespace {

TEST(Config, EmptyFileIsAllDefaults) {
  const auto config = parse_config("", "weir.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->zone(), "bl.weir.test");
  EXPECT_EQ(config->base_url(), "http://127.0.0.1:8300");
}

TEST(Config, ShownConfigurationReadsBackAsItself) {
  const auto config = parse_config(
      "[node]\ndomain = \"bl.example\"\ntrusted_networks = [\"192.0.2.0/24\"]\npublic_url = "
      "\"https://x.example/\"\n[judge]\nreject_at = 1\n[dns]\nlisten = [\"[::1]:53\"]\nttl = 60\n",
      "weir.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->base_url(), "https://x.example");
  EXPECT_EQ(config->dns_ttl_s, 60U);
  const auto again = parse_config(show_config(*config), "shown");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(show_config(*again), show_config(*config));
}

TEST(Config, LimitsOfMessagesAndOfTheirFilesAreRead) {
  const auto config = parse_config(
      "[limits]\nparameters = 7\npart_decoded_octets = 2048\nimages = 0\nfile_octets = 4096\n",
      "weir.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->read_limits.parameters, 7U);
  EXPECT_EQ(config->read_limits.part_decoded_octets, 2048U);
  EXPECT_EQ(config->file_limits.images, 0U);
  EXPECT_EQ(config->file_limits.octets, 4096U);
}

struct Wrong {
  const char* toml;
  const char* says;
};

TEST(Config, MistakesNameFileLineAndWhatWasMeant) {
  for (const auto& [toml, says] : {
           Wrong{"\n[dns]\nlissten = []\n",
                 "weir.toml:3: unknown key 'dns.lissten'; did you mean 'dns.listen'?"},
           Wrong{"[dnss]\n", "weir.toml:1: unknown key 'dnss'; did you mean 'dns'?"},
           Wrong{"dns = 3\n", "weir.toml:1: 'dns' must be a section: [dns]"},
           Wrong{"[dns]\nttl = \"300\"\n",
                 "weir.toml:2: dns.ttl must be a whole number from 1 to 86400"},
           Wrong{"[dns]\nttl = 0\n", "weir.toml:2: dns.ttl must be"},
           Wrong{"[judge]\ntag_at = 1.5\n",
                 "weir.toml:2: judge.tag_at must be a number from 0 to 1"},
           Wrong{"[judge]\ntag_at = 0.95\n", "judge.tag_at <= quarantine_at"},
           Wrong{"[node]\ntrusted_networks = [\"192.0.2.1/24\"]\n", "did you mean '192.0.2.0/24'?"},
           Wrong{"[node]\ntrusted_networks = \"192.0.2.0/24\"\n", "must be a list of texts"},
           Wrong{"[node\n", "weir.toml:1: "},
           Wrong{"[node]\ndomain = \"\"\n", "weir.toml:2: node.domain must be a domain name"},
           Wrong{"[node]\ndomain = \"a b.example\"\n", "node.domain must be a domain name"},
           Wrong{"[node]\ndomain = \"a..example\"\n", "node.domain must be a domain name"},
           Wrong{"[node]\ndomain = \"a.example.\"\n", "node.domain must be a domain name"},
       }) {
    const auto config = parse_config(toml, "weir.toml");
    ASSERT_FALSE(config) << toml;
    EXPECT_NE(config.error().detail.find(says), std::string::npos)
        << config.error().detail << "\nexpected: " << says;
  }
}

TEST(Config, SmallProbabilitiesReadBackAsThemselves) {
  const auto config = parse_config("[judge]\nevidence_good_at = 0.00001\n", "weir.toml");
  ASSERT_TRUE(config) << config.error().detail;
  const auto again = parse_config(show_config(*config), "shown");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->evidence_good_at, 0.00001);
}

TEST(Config, VeryDeepKeysAreAnErrorAndNoStackOverflow) {
  std::string deep = "a";
  for (int i = 0; i < 300'000; ++i) deep += ".a";
  for (const auto& text : {deep + " = 1\n", "[" + deep + "]\n"}) {
    const auto config = parse_config(text, "weir.toml");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().detail.find("dots outside strings"), std::string::npos);
  }
}

TEST(Config, LongUnknownKeysAreShownByTheirStart) {
  const auto config = parse_config(std::string(100'000, 'k') + " = 1\n", "weir.toml");
  ASSERT_FALSE(config);
  EXPECT_LT(config.error().detail.size(), 200U);
}

TEST(Config, ReferencePageIsUpToDate) {
  std::string page;
  if (auto* file = std::fopen(WEIR_SOURCE_DIR "/docs/operations/config.md", "rb")) {
    std::array<char, 65536> buffer{};
    page.assign(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), file));
    std::fclose(file);
  }
  EXPECT_EQ(page, config_reference_markdown())
      << "run: build/weir config reference > docs/operations/config.md";
}

RC_GTEST_PROP(Config, AnyOctetsGiveAConfigurationOrAnError, (const std::string& octets)) {
  const auto config = parse_config(octets, "x");
  if (!config) RC_ASSERT(!config.error().detail.empty());
}

}  // namespace
}  // namespace weir::node
