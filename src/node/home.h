// node/home.h - the folder that holds a node's state: where each thing lies, and how the stores and
// keys in it are opened.
//
//   weir.toml           configuration          evidence.db   the evidence log
//   policy.toml         policy                 ledger.db     the ledger's entries and checkpoints
//   keys/ledger.seed    signing key, 0600      projections/  derived, can be deleted (weir rebuild)
//   keys/ledger.pub     verifier key           networks.bin  address -> network
//   lock                held by the process that decides
#pragma once

#include <filesystem>
#include <memory>

#include "crypto/crypto.h"
#include "ledger/checkpoint.h"
#include "network/table.h"
#include "node/config.h"
#include "os/files.h"
#include "policy/policy.h"
#include "store/log_store.h"

namespace weir::node {

struct Home {
  std::filesystem::path folder;
  Config config;

  // Reads weir.toml in the folder, or `config_file` if that is not empty (then it must exist).
  // Creates nothing.
  [[nodiscard]] static Result<Home> open(std::filesystem::path folder,
                                         const std::filesystem::path& config_file);

  [[nodiscard]] std::filesystem::path projections() const { return folder / "projections"; }
  // Errc::not_found if there is no such folder; for steps that make sense only in a home.
  [[nodiscard]] Status check_exists() const;
  [[nodiscard]] Result<os::LockFile> lock() const;
};

// These make what is missing; the ones to read make nothing: what is missing is an empty log.
[[nodiscard]] Result<std::unique_ptr<store::LogStore>> open_evidence(const Home& home);
[[nodiscard]] Result<std::unique_ptr<store::LogStore>> open_evidence_to_read(const Home& home);

struct LedgerLogs {
  std::unique_ptr<store::LogStore> entries, checkpoints;
};
[[nodiscard]] Result<LedgerLogs> open_ledger_logs(const std::filesystem::path& folder);
[[nodiscard]] Result<LedgerLogs> open_ledger_logs_to_read(const std::filesystem::path& folder);

// Makes the key on first use, that is when no ledger has been signed here. A key without its
// ledger, or a ledger without its key, is Errc::not_found: a new one in its place would be a fork
// or a stranger to everybody who checks. Errc::invalid: the ledger is another domain's;
// Errc::permission: others may read the key.
[[nodiscard]] Result<crypto::SecretSeed> open_ledger_key(const Home& home,
                                                         store::LogStore& checkpoints,
                                                         Random& random);
// Writes keys/ledger.pub if it is missing or another's. To be called once a checkpoint is signed:
// the file says that there is a ledger.
[[nodiscard]] Status keep_verifier_key(const Home& home, const ledger::VerifierKey& key);
[[nodiscard]] Result<ledger::VerifierKey> read_verifier_key(const std::filesystem::path& folder);

[[nodiscard]] Result<policy::Policy> read_policy(const Home& home);

// The mapped table; an empty one if there is no file.
struct Networks {
  os::MappedFile file;
  network::Table table;
};
[[nodiscard]] Result<Networks> open_networks(const Home& home);

}  // namespace weir::node
