#include "node/home.h"

#include <sys/stat.h>

#include "base/log.h"
#include "store_sqlite/sqlite_log.h"

namespace weir::node {

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

Result<os::LockFile> Home::lock() const {
  WEIR_CHECK(os::make_folders(folder));
  return os::LockFile::acquire(folder / "lock");
}

Result<std::unique_ptr<store::LogStore>> open_evidence(const Home& home) {
  WEIR_CHECK(os::make_folders(home.folder));
  return store_sqlite::open_log(home.folder / "evidence.db", "evidence");
}

Result<LedgerLogs> open_ledger_logs(const std::filesystem::path& folder) {
  WEIR_CHECK(os::make_folders(folder));
  LedgerLogs logs;
  WEIR_TRY(logs.entries, store_sqlite::open_log(folder / "ledger.db", "entries"));
  WEIR_TRY(logs.checkpoints, store_sqlite::open_log(folder / "ledger.db", "checkpoints"));
  return logs;
}

Result<crypto::SecretSeed> open_ledger_key(const Home& home, Random& random) {
  const auto folder = home.folder / "keys";
  const auto file = folder / "ledger.seed";
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
  const ledger::VerifierKey key{home.config.ledger_origin(), seed.public_key()};
  WEIR_CHECK(os::replace_file(folder / "ledger.pub", ledger::to_string(key) + "\n"));
  log::info("ledger.key_made", {{"file", file.string()}, {"key", ledger::to_string(key)}});
  return seed;
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
