#include "node/home.h"

#include <sys/stat.h>

#include <system_error>

#include "base/log.h"
#include "store/memory_log.h"
#include "store_sqlite/sqlite_log.h"

namespace weir::node {
namespace {

constexpr std::string_view kEvidenceFile = "evidence.db", kLedgerFile = "ledger.db";

// What cannot be looked at is not taken for missing: opening it says what is wrong.
bool is_missing(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::status(file, error).type() == std::filesystem::file_type::not_found;
}

std::filesystem::path seed_file(const Home& home) { return home.folder / "keys" / "ledger.seed"; }

// Nothing to say if the first ledger is yet to be made or all of its parts are here.
Status check_ledger_parts(const Home& home, store::LogStore& checkpoints) {
  const auto seed = seed_file(home);
  WEIR_TRY(const auto signed_count, checkpoints.head());
  const auto known = read_verifier_key(home.folder);
  if (!known && known.error().code != Errc::not_found) return std::unexpected(known.error());
  if (is_missing(seed) && (signed_count > 0 || known))
    return fail(Errc::not_found,
                fmt::format("{} is missing, the key that signed the ledger in {}: restore it from "
                            "a backup, or begin a new ledger in another home (WEIR_HOME)",
                            seed.string(), home.folder.string()));
  if (!known) return {};
  if (signed_count == 0)
    return fail(Errc::not_found,
                fmt::format("{} is missing or empty, but its key has signed a ledger: restore it "
                            "with its -wal from a backup, or begin a new ledger with a new key: "
                            "move {} away",
                            (home.folder / kLedgerFile).string(), (home.folder / "keys").string()));
  if (known->name != home.config.ledger_origin())
    return fail(Errc::invalid,
                fmt::format("the ledger in {} is {}, but node.domain now makes it {}: set "
                            "node.domain back, or give the new domain another home (WEIR_HOME)",
                            home.folder.string(), known->name, home.config.ledger_origin()));
  return {};
}

}  // namespace

Result<Home> Home::open(std::filesystem::path folder, const std::filesystem::path& config_file) {
  Home home;
  home.folder = std::move(folder);
  const auto file = config_file.empty() ? home.folder / "weir.toml" : config_file;
  constexpr std::uint64_t kMaxConfigOctets = 1U << 20;
  auto text = os::read_file(file, kMaxConfigOctets);
  if (text) {
    WEIR_TRY(home.config, parse_config(*text, file.string()));
  } else if (!config_file.empty() || text.error().code != Errc::not_found) {
    return std::unexpected(std::move(text).error());
  }
  return home;
}

Status Home::check_exists() const {
  if (!is_missing(folder)) return {};
  return fail(
      Errc::not_found,
      fmt::format("the home {} does not exist; give another one (--home, WEIR_HOME), or make "
                  "it with 'weir up', 'weir learn' or 'weir report'",
                  folder.string()));
}

Result<os::LockFile> Home::lock() const {
  WEIR_CHECK(os::make_folders(folder));
  return os::LockFile::acquire(folder / "lock");
}

Result<std::unique_ptr<store::LogStore>> open_evidence(const Home& home) {
  WEIR_CHECK(os::make_folders(home.folder));
  return store_sqlite::open_log(home.folder / kEvidenceFile, "evidence");
}

Result<std::unique_ptr<store::LogStore>> open_evidence_to_read(const Home& home) {
  if (is_missing(home.folder / kEvidenceFile)) return std::make_unique<store::MemoryLog>();
  return open_evidence(home);
}

Result<LedgerLogs> open_ledger_logs(const std::filesystem::path& folder) {
  WEIR_CHECK(os::make_folders(folder));
  LedgerLogs logs;
  WEIR_TRY(logs.entries, store_sqlite::open_log(folder / kLedgerFile, "entries"));
  WEIR_TRY(logs.checkpoints, store_sqlite::open_log(folder / kLedgerFile, "checkpoints"));
  return logs;
}

Result<LedgerLogs> open_ledger_logs_to_read(const std::filesystem::path& folder) {
  if (is_missing(folder / kLedgerFile))
    return LedgerLogs{std::make_unique<store::MemoryLog>(), std::make_unique<store::MemoryLog>()};
  return open_ledger_logs(folder);
}

Result<crypto::SecretSeed> open_ledger_key(const Home& home, store::LogStore& checkpoints,
                                           Random& random) {
  WEIR_CHECK(check_ledger_parts(home, checkpoints));
  const auto file = seed_file(home);
  const auto folder = file.parent_path();
  auto octets = os::read_file(file, 64);
  if (!octets && octets.error().code != Errc::not_found)
    return std::unexpected(std::move(octets).error());
  if (octets) {
    struct stat info{};
    if (::stat(file.c_str(), &info) != 0) return std::unexpected(os::last_error("look at", file));
    if ((info.st_mode & 077) != 0)
      return fail(Errc::permission, fmt::format("{} can be read by others; run: chmod 600 {}",
                                                file.string(), file.string()));
    auto seed = crypto::SecretSeed::from_octets(*octets);
    if (!seed) return std::unexpected(with_context(std::move(seed).error(), file.string()));
    return seed;
  }
  WEIR_CHECK(os::make_folders(folder));
  if (::chmod(folder.c_str(), 0700) != 0)
    return std::unexpected(os::last_error("protect the folder", folder));
  crypto::SecretSeed seed(random);
  WEIR_CHECK(os::replace_file(file, seed.octets(), 0600));
  return seed;
}

Status keep_verifier_key(const Home& home, const ledger::VerifierKey& key) {
  const auto file = home.folder / "keys" / "ledger.pub";
  const auto text = ledger::to_string(key) + "\n";
  if (const auto known = os::read_file(file, 1024); known && *known == text) return {};
  WEIR_CHECK(os::replace_file(file, text));
  log::info("ledger.key_written", {{"file", file.string()}, {"key", ledger::to_string(key)}});
  return {};
}

Result<ledger::VerifierKey> read_verifier_key(const std::filesystem::path& folder) {
  WEIR_TRY(auto text, os::read_file(folder / "keys" / "ledger.pub", 1024));
  while (text.ends_with('\n')) text.pop_back();
  return ledger::parse_verifier_key(text);
}

Result<policy::Policy> read_policy(const Home& home) {
  const auto file = home.folder / home.config.policy_file;
  constexpr std::uint64_t kMaxPolicyOctets = 1U << 20;
  auto text = os::read_file(file, kMaxPolicyOctets);
  if (text) return policy::parse_policy(*text, file.string());
  if (text.error().code == Errc::not_found) return policy::Policy{};
  return std::unexpected(std::move(text).error());
}

Result<Networks> open_networks(const Home& home) {
  const auto path = home.folder / home.config.network_table;
  auto file = os::MappedFile::open(path);
  if (!file) {
    if (file.error().code == Errc::not_found) return Networks{};
    return std::unexpected(std::move(file).error());
  }
  auto table = network::Table::open(file->octets());
  if (!table) return std::unexpected(with_context(std::move(table).error(), path.string()));
  return Networks{std::move(*file), std::move(*table)};
}

}  // namespace weir::node
