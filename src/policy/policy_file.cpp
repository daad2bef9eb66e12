// The file is a table of keys, and so is this reader: kRows names each key, where it stands and how
// it is read. Whatever is not in kRows is an error, because a mistyped key that is passed over
// silently is a rule that does not hold.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "base/nearest.h"
#include "base/toml_dots.h"
#include "policy/policy.h"

namespace weir::policy {
namespace {

constexpr Millis kMinWindow = std::chrono::days{1};  // evidence is counted by day
constexpr Millis kMaxWindow = std::chrono::days{reputation::kDaysKept};
constexpr Millis kMinTerm = std::chrono::hours{1};
constexpr std::uint64_t kMaxMinSpam = 1'000'000;
constexpr std::uint32_t kMaxVersion = 999'999'999;

Status invalid(std::string detail) { return fail(Errc::invalid, std::move(detail)); }

bool is_policy_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameOctets && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Status in_range(std::string_view what, Millis value, Millis least, Millis most) {
  if (value >= least && value <= most) return {};
  return invalid(fmt::format("{} must be from {} to {}", what, to_string_duration(least),
                             to_string_duration(most)));
}

// The readers of a value; the message says what is wanted.

Result<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  return fail(Errc::invalid, "must be text in quotes");
}

Result<std::uint64_t> number_of(const toml::node& node) {
  const auto* number = node.as_integer();
  if (number == nullptr || number->get() < 0)
    return fail(Errc::invalid, "must be a whole number, not below 0");
  return static_cast<std::uint64_t>(number->get());
}

Result<Millis> duration_of(const toml::node& node) {
  const auto* text = node.as_string();
  if (text == nullptr) return fail(Errc::invalid, "must be a duration in quotes such as \"48h\"");
  return parse_duration(text->get());
}

Result<std::uint64_t> percent_of(const toml::node& node) {
  const auto percent = node.value<double>();  // also of a whole number
  if (!node.is_number() || !percent || !(*percent >= 0 && *percent <= 100))
    return fail(Errc::invalid, "must be a number from 0 to 100");
  return static_cast<std::uint64_t>(std::llround(*percent * 10'000));
}

Result<std::vector<Prefix>> prefixes_of(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) return fail(Errc::invalid, "must be a list such as [\"192.0.2.0/24\"]");
  if (array->size() > kMaxNever)
    return fail(Errc::invalid, fmt::format("must have at most {} prefixes", kMaxNever));
  std::vector<Prefix> prefixes;
  for (const auto& item : *array) {
    const auto* text = item.as_string();
    if (text == nullptr) return fail(Errc::invalid, "must hold prefixes in quotes only");
    WEIR_TRY(const auto prefix, Prefix::parse(text->get()));
    prefixes.push_back(prefix);
  }
  return prefixes;
}

template <auto Member, auto Read>
Status set(Policy& policy, const toml::node& node) {
  WEIR_TRY(policy.*Member, Read(node));
  return {};
}

Status set_version(Policy& policy, const toml::node& node) {
  WEIR_TRY(const auto number, number_of(node));
  if (number > kMaxVersion) return invalid(fmt::format("must be at most {}", kMaxVersion));
  policy.version = static_cast<std::uint32_t>(number);
  return {};
}

struct Row {
  std::string_view table;  // empty: top of the file
  std::string_view key;
  Status (*set)(Policy&, const toml::node&);
};

constexpr Row kRows[] = {
    {"", "name", set<&Policy::name, text_of>},
    {"", "version", set_version},
    {"list", "code", set<&Policy::code, text_of>},
    {"list", "first_term", set<&Policy::first_term, duration_of>},
    {"list", "max_collateral_percent", set<&Policy::max_collateral_ppm, percent_of>},
    {"list", "max_term", set<&Policy::max_term, duration_of>},
    {"list", "min_spam", set<&Policy::min_spam, number_of>},
    {"list", "never", set<&Policy::never, prefixes_of>},
    {"list", "window", set<&Policy::window, duration_of>},
};
constexpr std::string_view kTables[] = {"list"};

std::vector<std::string_view> known_keys(std::string_view table) {
  std::vector<std::string_view> keys;
  for (const auto& row : kRows)
    if (row.table == table) keys.push_back(row.key);
  if (table.empty()) keys.insert(keys.end(), std::begin(kTables), std::end(kTables));
  return keys;
}

const Row* find_row(std::string_view table, std::string_view key) {
  const auto* row =
      std::ranges::find_if(kRows, [&](const Row& r) { return r.table == table && r.key == key; });
  return row == std::end(kRows) ? nullptr : row;
}

class Reader {
 public:
  explicit Reader(std::string_view file_name) : file_name_(file_name) {}

  Status read(const toml::table& top) {
    for (const auto& [key, node] : top) {
      if (std::ranges::find(kTables, key.str()) == std::end(kTables)) {
        WEIR_CHECK(read_key("", key, node));
      } else if (const auto* table = node.as_table()) {
        for (const auto& [inner, value] : *table) WEIR_CHECK(read_key(key.str(), inner, value));
      } else {
        return at(key, fmt::format("`{0}` must be a table: [{0}]", key.str()));
      }
    }
    if (const auto status = validate(policy); !status)
      return invalid(fmt::format("{}{}: {}", file_name_, line_of(status.error().detail),
                                 status.error().detail));
    return {};
  }

  Policy policy;

 private:
  Status at(const toml::key& key, std::string_view what) const {
    return invalid(fmt::format("{}:{}: {}", file_name_, key.source().begin.line, what));
  }

  // What validate() says begins with the key. A key that is not in the file cannot be wrong by
  // itself, but first_term can be longer than a max_term that is.
  std::string line_of(std::string_view detail) const {
    const auto found = lines_.find(detail.substr(0, detail.find(' ')));
    return found == lines_.end() ? std::string() : fmt::format(":{}", found->second);
  }

  Status read_key(std::string_view table, const toml::key& key, const toml::node& node) {
    const auto* row = find_row(table, key.str());
    if (row == nullptr) return at(key, unknown(table, key.str()));
    lines_.emplace(row->key, key.source().begin.line);
    if (const auto status = row->set(policy, node); !status)
      return at(key, fmt::format("`{}`: {}", key.str(), status.error().detail));
    return {};
  }

  static std::string unknown(std::string_view table, std::string_view key) {
    const auto shown = key.substr(0, 60);
    const auto keys = known_keys(table);
    if (const auto near = nearest(key, keys); !near.empty())
      return fmt::format("unknown key `{}`; did you mean `{}`?", shown, near);
    // The right key in the wrong place is not a typing error.
    for (const auto& row : kRows)
      if (row.key == key)
        return fmt::format(
            "unknown key `{}` here; it belongs {}", shown,
            row.table.empty() ? "before the first table" : fmt::format("into [{}]", row.table));
    return fmt::format("unknown key `{}`; known here: {}", shown, fmt::join(keys, ", "));
  }

  std::string_view file_name_;
  std::map<std::string_view, toml::source_index> lines_;  // of the keys in the file
};

}  // namespace

Status validate(const Policy& policy) {
  if (!is_policy_name(policy.name))
    return invalid(fmt::format("name must be 1 to {} of a-z, 0-9 and -", kMaxNameOctets));
  if (policy.version < 1 || policy.version > kMaxVersion)
    return invalid(fmt::format("version must be from 1 to {}", kMaxVersion));
  if (policy.min_spam < 1 || policy.min_spam > kMaxMinSpam)
    return invalid(fmt::format("min_spam must be from 1 to {}", kMaxMinSpam));
  if (policy.max_collateral_ppm > 1'000'000)
    return invalid("max_collateral_percent must be from 0 to 100");
  WEIR_CHECK(in_range("window", policy.window, kMinWindow, kMaxWindow));
  WEIR_CHECK(in_range("max_term", policy.max_term, kMinTerm, ledger::kMaxListing));
  if (policy.first_term < kMinTerm || policy.first_term > policy.max_term)
    return invalid(fmt::format("first_term must be from {} to max_term, which is {}",
                               to_string_duration(kMinTerm), to_string_duration(policy.max_term)));
  if (!ledger::is_listing_code(policy.code))
    return invalid("code must be an address in 127.0.0.0/8 other than 127.0.0.1");
  if (policy.never.size() > kMaxNever)
    return invalid(fmt::format("never must have at most {} prefixes", kMaxNever));
  return {};
}

Result<Policy> parse_policy(std::string_view toml, std::string_view file_name) {
  if (toml.size() > kMaxPolicyOctets)
    return fail(Errc::too_large,
                fmt::format("{}: a policy file is at most {} octets", file_name, kMaxPolicyOctets));
  if (count_toml_dots(toml) > kMaxTomlDots)
    return fail(Errc::invalid,
                fmt::format("{}: more than {} dots outside strings", file_name, kMaxTomlDots));
  try {
    const toml::table table = toml::parse(toml, file_name);
    Reader reader(file_name);
    WEIR_CHECK(reader.read(table));
    return std::move(reader.policy);
  } catch (const toml::parse_error& error) {
    return fail(Errc::invalid, fmt::format("{}:{}: {}", file_name, error.source().begin.line,
                                           error.description()));
  }
}

std::string default_policy_toml() {
  return R"(# When an address is listed, for how long, and when it is let go.
# Every key may be left out; the values here are the defaults (docs/operations/policy.md).

name = "usual"  # stands in each ledger entry, with the version: usual/spam-source@1
version = 1     # raise it with every change of this file

[list]
# Pieces of spam evidence inside the window that a listing needs.
min_spam = 3
# How far back evidence counts: 1d to 90d.
window = "7d"
# Expected good mail among all mail from the address; with more it is not listed.
max_collateral_percent = 2
# Length of the first listing; it doubles with each relapse, up to max_term.
first_term = "48h"
max_term = "30d"
# What DNS answers.
code = "127.0.0.2"
# Prefixes that are never listed, such as ["192.0.2.0/24", "2001:db8::/32"].
never = []
)";
}

}  // namespace weir::policy
