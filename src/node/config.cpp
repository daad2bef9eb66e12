#include "node/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <variant>

#include "base/json_writer.h"
#include "base/nearest.h"
#include "base/toml_dots.h"
#include "base/utf8.h"

namespace weir::node {
namespace {

struct Probability {
  double Config::* member;
};
struct Whole {
  std::uint64_t Config::* member;
  std::uint64_t least, most;
};
struct ReadLimit {
  std::size_t mail::Limits::* member;
  std::size_t least, most;
};
struct FileLimit {
  std::size_t mail::FileLimits::* member;
  std::size_t least, most;
};
struct Domain {
  std::string Config::* member;
};
using Member =
    std::variant<std::string Config::*, std::vector<std::string> Config::*,
                 std::vector<Prefix> Config::*, Probability, Whole, Domain, ReadLimit, FileLimit>;

struct Setting {
  std::string_view section, key;
  Member member;
  std::string_view text;  // one sentence for the operator
};

const std::array kSettings = {
    Setting{
        "node", "domain", Domain{&Config::domain},
        "Domain of this list: the DNS zone is bl.<domain>, the ledger's key is <domain>/ledger."},
    Setting{"node", "trusted_networks", &Config::trusted_networks,
            "Your own mail hosts: their Received lines are believed, and they are never a source."},
    Setting{"node", "reporter", &Config::reporter,
            "Name under which this node's own observations stand in the evidence log."},
    Setting{"node", "public_url", &Config::public_url,
            "Where the look-up page is reached from outside; DNS TXT answers link to it. Empty: "
            "http://<http.listen>."},
    Setting{"judge", "tag_at", Probability{&Config::tag_at},
            "From this spam probability on the action is 'tag'."},
    Setting{"judge", "quarantine_at", Probability{&Config::quarantine_at},
            "From this spam probability on the action is 'quarantine'."},
    Setting{"judge", "reject_at", Probability{&Config::reject_at},
            "From this spam probability on the action is 'reject'."},
    Setting{"judge", "evidence_spam_at", Probability{&Config::evidence_spam_at},
            "A verdict of at least this counts as spam evidence against the source."},
    Setting{"judge", "evidence_good_at", Probability{&Config::evidence_good_at},
            "A verdict of at most this counts as good mail for the source; between the two nothing "
            "is recorded."},
    Setting{"limits", "message_octets", Whole{&Config::message_octets, 1024, 1ULL << 31},
            "A longer message is read up to here."},
    Setting{"limits", "depth", ReadLimit{&mail::Limits::depth, 1, 1'000},
            "Nested multiparts and messages; what is deeper stays closed."},
    Setting{"limits", "parts", ReadLimit{&mail::Limits::parts, 1, 1'000'000},
            "Parts of one message; what follows stays in the part that was open."},
    Setting{"limits", "fields", ReadLimit{&mail::Limits::fields, 10, 1'000'000},
            "Header fields of one part; more are left out."},
    Setting{"limits", "all_fields", ReadLimit{&mail::Limits::all_fields, 10, 10'000'000},
            "Header fields of all parts of one message; more are left out."},
    Setting{"limits", "field_octets", ReadLimit{&mail::Limits::field_octets, 998, 1U << 24},
            "A longer header field is cut."},
    Setting{"limits", "header_octets", ReadLimit{&mail::Limits::header_octets, 998, 1ULL << 31},
            "Headers of all parts of one message; fields above it are left out."},
    Setting{"limits", "parameters", ReadLimit{&mail::Limits::parameters, 1, 100'000},
            "Parameters of one header field; more are left out."},
    Setting{"limits", "decoded_octets", ReadLimit{&mail::Limits::decoded_octets, 1024, 1ULL << 31},
            "Decoded text of one message; the rest is left out."},
    Setting{"limits", "part_decoded_octets",
            ReadLimit{&mail::Limits::part_decoded_octets, 1024, 1ULL << 31},
            "Decoded message or multipart inside an encoding; the rest is left out."},
    Setting{"limits", "inline_files", ReadLimit{&mail::Limits::inline_files, 0, 100'000},
            "Files that are written into one text, as uuencode or yEnc; more stay text."},
    Setting{"limits", "file_octets", FileLimit{&mail::FileLimits::octets, 0, 1ULL << 31},
            "Decoded documents and pictures of one message that are looked into."},
    Setting{"limits", "images", FileLimit{&mail::FileLimits::images, 0, 10'000},
            "Pictures of one message that are searched for QR codes; 0: none."},
    Setting{"limits", "pixels", FileLimit{&mail::FileLimits::pixels, 0, 1'000'000'000},
            "Pixels of all these pictures; a picture above it is not searched."},
    Setting{"limits", "links", ReadLimit{&mail::Limits::links, 1, 10'000'000},
            "Links of one message; more are left out."},
    Setting{"limits", "hops", ReadLimit{&mail::Limits::hops, 1, 100'000},
            "Received lines that are looked at."},
    Setting{"policy", "file", &Config::policy_file,
            "Policy file, relative to the home folder; if it is missing, the built-in policy."},
    Setting{"network", "table", &Config::network_table,
            "Table of networks made by 'weir networks', relative to the home folder."},
    Setting{"dns", "listen", &Config::dns_listen,
            "Addresses and ports of the DNS server, UDP and TCP on each."},
    Setting{"dns", "workers", Whole{&Config::dns_workers, 1, 256},
            "Threads that answer DNS queries, per address."},
    Setting{"dns", "ttl", Whole{&Config::dns_ttl_s, 1, 86'400},
            "Seconds that a listing may be cached; never longer than it lasts."},
    Setting{"dns", "negative_ttl", Whole{&Config::dns_negative_ttl_s, 1, 86'400},
            "Seconds that 'not listed' may be cached: how soon a new listing is seen."},
    Setting{"http", "listen", &Config::http_listen,
            "Address and port of the look-up page, the API and the metrics."},
};

// In front of it stand the 64 octets of a reversed IPv6 address and "bl."; a name holds 253.
constexpr std::size_t kMaxDomainOctets = 180;

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > kMaxDomainOctets) return false;
  std::size_t label = 0;
  for (const char c : text) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (c == '.' ? label == 0 : !is_word) return false;
    label = c == '.' ? 0 : label + 1;
    if (label > 63) return false;
  }
  return label > 0;
}

std::string full_name(const Setting& setting) {
  return fmt::format("{}.{}", setting.section, setting.key);
}

std::string at_line(std::string_view file, const toml::node& node) {
  return fmt::format("{}:{}", file, node.source().begin.line);
}

std::unexpected<Error> wrong(std::string_view file, const toml::node& node, const Setting& setting,
                             std::string_view expected) {
  return fail(Errc::invalid,
              fmt::format("{}: {} must be {}", at_line(file, node), full_name(setting), expected));
}

template <class Take>
Status read_texts(const toml::node& node, std::string_view file, const Setting& setting,
                  Take take) {
  const auto* array = node.as_array();
  if (array == nullptr) return wrong(file, node, setting, "a list of texts");
  for (const auto& element : *array) {
    const auto text = element.value<std::string>();
    if (!text || !element.is_string()) return wrong(file, element, setting, "a list of texts");
    if (auto taken = take(*text); !taken)
      return std::unexpected(
          with_context(std::move(taken).error(),
                       fmt::format("{}: {}", at_line(file, element), full_name(setting))));
  }
  return {};
}

struct Reader {
  Config& config;
  const toml::node& node;
  std::string_view file;
  const Setting& setting;

  Status operator()(std::string Config::* member) const {
    const auto value = node.value<std::string>();
    if (!node.is_string() || !value) return wrong(file, node, setting, "a text");
    config.*member = *value;
    return {};
  }
  Status operator()(std::vector<std::string> Config::* member) const {
    std::vector<std::string> values;
    WEIR_CHECK(read_texts(node, file, setting, [&](const std::string& text) -> Status {
      values.push_back(text);
      return {};
    }));
    config.*member = std::move(values);
    return {};
  }
  Status operator()(std::vector<Prefix> Config::* member) const {
    std::vector<Prefix> values;
    WEIR_CHECK(read_texts(node, file, setting, [&](const std::string& text) -> Status {
      WEIR_TRY(const auto prefix, Prefix::parse(text));
      values.push_back(prefix);
      return {};
    }));
    config.*member = std::move(values);
    return {};
  }
  Status operator()(Domain domain) const {
    const auto value = node.value<std::string>();
    if (!node.is_string() || !value || !is_domain(*value))
      return wrong(file, node, setting,
                   fmt::format("a domain name such as \"list.example\": labels of letters, digits "
                               "and hyphens, at most {} octets",
                               kMaxDomainOctets));
    config.*domain.member = *value;
    return {};
  }
  Status operator()(Probability probability) const {
    const auto value = node.value<double>();
    if (!node.is_number() || !value || !(*value >= 0.0 && *value <= 1.0))
      return wrong(file, node, setting, "a number from 0 to 1");
    config.*probability.member = *value;
    return {};
  }
  Status operator()(Whole whole) const {
    WEIR_TRY(config.*whole.member, number(whole.least, whole.most));
    return {};
  }
  Status operator()(ReadLimit limit) const {
    WEIR_TRY(config.read_limits.*limit.member, number(limit.least, limit.most));
    return {};
  }
  Status operator()(FileLimit limit) const {
    WEIR_TRY(config.file_limits.*limit.member, number(limit.least, limit.most));
    return {};
  }

 private:
  [[nodiscard]] Result<std::uint64_t> number(std::uint64_t least, std::uint64_t most) const {
    const auto value = node.value<std::int64_t>();
    if (!node.is_integer() || !value || *value < 0 || static_cast<std::uint64_t>(*value) < least ||
        static_cast<std::uint64_t>(*value) > most)
      return wrong(file, node, setting, fmt::format("a whole number from {} to {}", least, most));
    return static_cast<std::uint64_t>(*value);
  }
};

// Writes the value as JSON; for these types TOML reads the same text.
struct ValueWriter {
  const Config& config;
  JsonWriter& out;

  void operator()(std::string Config::* member) const { out.value(config.*member); }
  void operator()(Domain domain) const { out.value(config.*domain.member); }
  void operator()(std::vector<std::string> Config::* member) const {
    out.begin_array();
    for (const auto& value : config.*member) out.value(value);
    out.end_array();
  }
  void operator()(std::vector<Prefix> Config::* member) const {
    out.begin_array();
    for (const auto& value : config.*member) out.value(value.to_string());
    out.end_array();
  }
  void operator()(Probability probability) const {
    const auto text = fmt::format("{}", config.*probability.member);
    // TOML wants a fraction or an exponent in a float.
    out.raw(text.find_first_of(".e") == std::string::npos ? text + ".0" : text);
  }
  void operator()(Whole whole) const { out.value(config.*whole.member); }
  void operator()(ReadLimit limit) const { out.value(config.read_limits.*limit.member); }
  void operator()(FileLimit limit) const { out.value(config.file_limits.*limit.member); }
};

std::string value_text(const Config& config, const Setting& setting) {
  JsonWriter out;
  std::visit(ValueWriter{config, out}, setting.member);
  return out.take();
}

std::string_view type_name(const Member& member) {
  constexpr std::array<std::string_view, 8> kNames = {
      "text",         "list of texts", "list of prefixes", "probability",
      "whole number", "domain name",   "whole number",     "whole number"};
  static_assert(kNames.size() == std::variant_size_v<Member>);
  return kNames[member.index()];
}

Status unknown_key(std::string_view file, const toml::node& node, std::string_view name,
                   std::span<const std::string_view> known) {
  constexpr std::size_t kShown = 60;
  return fail(Errc::invalid, fmt::format("{}: unknown key '{}'{}", at_line(file, node),
                                         utf8_prefix(name, kShown), did_you_mean(name, known)));
}

Status read_section(std::string_view file, std::string_view section, const toml::table& table,
                    Config& config) {
  for (const auto& [key, node] : table) {
    const Setting* found = nullptr;
    for (const auto& setting : kSettings)
      if (setting.section == section && setting.key == key.str()) found = &setting;
    if (found == nullptr) {
      std::vector<std::string> names;
      names.reserve(kSettings.size());
      for (const auto& setting : kSettings) names.push_back(full_name(setting));
      const std::vector<std::string_view> known(names.begin(), names.end());
      return unknown_key(file, node, fmt::format("{}.{}", section, key.str()), known);
    }
    WEIR_CHECK(std::visit(Reader{config, node, file, *found}, found->member));
  }
  return {};
}

Status check_order(std::string_view file, const Config& config) {
  if (!(config.tag_at <= config.quarantine_at && config.quarantine_at <= config.reject_at))
    return fail(Errc::invalid,
                fmt::format("{}: judge.tag_at <= quarantine_at <= reject_at must hold", file));
  if (!(config.evidence_good_at < config.evidence_spam_at))
    return fail(Errc::invalid,
                fmt::format("{}: judge.evidence_good_at must be below evidence_spam_at", file));
  return {};
}

}  // namespace

std::vector<Prefix> Config::default_trusted_networks() {
  std::vector<Prefix> prefixes;
  for (const auto* text : {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                           "::1/128", "fc00::/7", "fe80::/10"})
    prefixes.push_back(Prefix::parse(text).value());
  return prefixes;
}

std::string Config::base_url() const {
  auto url = public_url.empty() ? "http://" + http_listen : public_url;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Result<Config> parse_config(std::string_view toml, std::string_view file_name) {
  if (count_toml_dots(toml) > kMaxTomlDots)
    return fail(Errc::invalid,
                fmt::format("{}: more than {} dots outside strings", file_name, kMaxTomlDots));
  Config config;
  try {
    const auto root = toml::parse(toml, file_name);
    for (const auto& [section, node] : root) {
      std::vector<std::string_view> sections;
      for (const auto& setting : kSettings)
        if (sections.empty() || sections.back() != setting.section)
          sections.push_back(setting.section);
      if (std::find(sections.begin(), sections.end(), section.str()) == sections.end()) {
        WEIR_CHECK(unknown_key(file_name, node, section.str(), sections));
      } else if (const auto* table = node.as_table()) {
        WEIR_CHECK(read_section(file_name, section.str(), *table, config));
      } else {
        return fail(Errc::invalid,
                    fmt::format("{}: '{}' must be a section: [{}]", at_line(file_name, node),
                                section.str(), section.str()));
      }
    }
  } catch (const toml::parse_error& error) {
    return fail(Errc::invalid, fmt::format("{}:{}: {}", file_name, error.source().begin.line,
                                           error.description()));
  }
  WEIR_CHECK(check_order(file_name, config));
  return config;
}

std::string show_config(const Config& config) {
  std::string out;
  std::string_view section;
  for (const auto& setting : kSettings) {
    if (setting.section != section) {
      section = setting.section;
      out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", section);
    }
    out += fmt::format("# {}\n{} = {}\n", setting.text, setting.key, value_text(config, setting));
  }
  return out;
}

std::string show_config_json(const Config& config) {
  JsonWriter out;
  out.begin_object();
  std::string_view section;
  for (const auto& setting : kSettings) {
    if (setting.section != section) {
      if (!section.empty()) out.end_object();
      section = setting.section;
      out.key(section).begin_object();
    }
    out.key(setting.key).raw(value_text(config, setting));
  }
  out.end_object().end_object();
  return out.take();
}

std::string config_reference_markdown() {
  std::string out =
      "# Configuration\n\nOne TOML file, `$WEIR_HOME/weir.toml` or `--config FILE`. Every key may "
      "be left out. This page is made by `weir config reference`.\n\n"
      "| key | type | default | what |\n|---|---|---|---|\n";
  for (const auto& setting : kSettings)
    out += fmt::format("| `{}` | {} | `{}` | {} |\n", full_name(setting), type_name(setting.member),
                       value_text(Config{}, setting), setting.text);
  return out;
}

}  // namespace weir::node
