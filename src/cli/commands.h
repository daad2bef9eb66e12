// cli/commands.h - what each command is told, as plain values, and the function that does it.
//
// Every function returns the exit code: 0 done, 1 found something or failed, 2 wrong use. Errors go
// to standard error as one sentence.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace weir::cli {

inline constexpr int kDone = 0;
inline constexpr int kFoundOrFailed = 1;
inline constexpr int kWrongUse = 2;

// Options that every command has.
struct Common {
  std::filesystem::path home;    // --home, WEIR_HOME or ./var
  std::filesystem::path config;  // --config; empty: weir.toml in the home, if there is one
  bool json = false;
};

struct UpOptions {
  std::filesystem::path samples;  // folder with an index; loaded if nothing is known yet
  std::filesystem::path clock;    // file with the time, for tests and replays
};
int up(const Common& common, const UpOptions& options);

struct ReadOptions {
  std::vector<std::string> paths;
};
int read(const Common& common, const ReadOptions& options);

struct ScanOptions {
  std::vector<std::string> paths;
  bool record = false;  // file the verdicts as evidence
};
int scan(const Common& common, const ScanOptions& options);

struct LearnOptions {
  bool spam = false;
  std::vector<std::string> paths;
};
int learn(const Common& common, const LearnOptions& options);

struct ReportOptions {
  std::vector<std::string> paths;
  std::string reporter;  // empty: the configured one
};
int report(const Common& common, const ReportOptions& options);

struct CheckOptions {
  std::string subject;
  std::optional<std::string> now;
};
int check(const Common& common, const CheckOptions& options);

struct DecideOptions {
  std::optional<std::string> now;
};
int decide(const Common& common, const DecideOptions& options);

struct LedgerOptions {
  std::string at;   // folder or URL; empty: the home
  std::string key;  // verifier key; empty: the home's, or the one at the URL
};
int ledger_show(const Common& common, const LedgerOptions& options);
int ledger_verify(const Common& common, const LedgerOptions& options);

int rebuild(const Common& common);

struct EvalOptions {
  std::string index;
  std::uint64_t skip = 0;
  std::string scores;
};
int eval(const Common& common, const EvalOptions& options);

struct NetworksOptions {
  std::string out;
  std::vector<std::string> asn, country;
};
int networks(const Common& common, const NetworksOptions& options);

int config_show(const Common& common);
int config_reference();

}  // namespace weir::cli
