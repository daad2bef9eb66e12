// node/config.h - the one configuration file (TOML) and its defaults.
//
// Every key has a default; an unknown key, a wrong type or a value out of range is an error that
// names file, line and the nearest known key. The table in config.cpp is the only list of keys: it
// yields the parser, `weir config show` and docs/operations/config.md.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/error.h"
#include "base/time.h"
#include "mail/reading.h"

namespace weir::node {

struct Config {
  // [node]
  std::string domain = "weir.test";
  std::vector<Prefix> trusted_networks = default_trusted_networks();
  std::string reporter = "local";
  std::string public_url;  // empty: http://<http.listen>
  // [judge]
  double tag_at = 0.6;
  double quarantine_at = 0.9;
  double reject_at = 0.99;
  double evidence_spam_at = 0.9;
  double evidence_good_at = 0.2;
  // [limits]
  std::uint64_t message_octets = 50U << 20;
  mail::Limits read_limits;
  mail::FileLimits file_limits;
  // [policy]
  std::string policy_file = "policy.toml";  // relative to the home; missing = the built-in policy
  // [network]
  std::string network_table = "networks.bin";  // relative to the home; missing = nothing known
  // [dns]
  std::vector<std::string> dns_listen = {"127.0.0.1:5300"};
  std::uint64_t dns_workers = 2;
  std::uint64_t dns_ttl_s = 300;
  std::uint64_t dns_negative_ttl_s = 60;
  // [http]
  std::string http_listen = "127.0.0.1:8300";

  [[nodiscard]] static std::vector<Prefix> default_trusted_networks();
  [[nodiscard]] std::string zone() const { return "bl." + domain; }
  [[nodiscard]] std::string ledger_origin() const { return domain + "/ledger"; }
  [[nodiscard]] std::string base_url() const;  // without a slash at the end
};

[[nodiscard]] Result<Config> parse_config(std::string_view toml, std::string_view file_name);

// The effective configuration as TOML with a comment for every key; parse_config() of it gives the
// same Config.
[[nodiscard]] std::string show_config(const Config& config);
[[nodiscard]] std::string show_config_json(const Config& config);
// docs/operations/config.md: a table of keys, types, defaults and what they mean.
[[nodiscard]] std::string config_reference_markdown();

}  // namespace weir::node
