// ledger show, ledger verify.
#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "net/http.h"
#include "node/api.h"
#include "node/home.h"
#include "store/memory_log.h"

namespace weir::cli {
namespace {

constexpr std::size_t kBatchRecords = 1'000, kBatchOctets = 8U << 20;
using ledger::kBundleEntries;
constexpr std::uint64_t kMaxLedgerOctets = 1ULL << 30;  // held in memory
constexpr std::size_t kMaxBundleOctets = kBundleEntries * (2 + 65'535);

std::string entry_line(std::uint64_t index, const ledger::Entry& entry) {
  return fmt::format("{:>6}  {}  {:<6}  {:<18}  until {}  {}", index, to_rfc3339(entry.time),
                     ledger::to_string(entry.action), entry.subject.to_string(),
                     to_rfc3339(entry.until), entry.reason);
}

Status append_one(store::LogStore& log, std::string_view octets) {
  WEIR_TRY(const auto seq, log.append({&octets, 1}));
  (void)seq;
  return {};
}

// A ledger to look at, and the key that should have signed it.
struct Opened {
  node::LedgerLogs logs;
  ledger::VerifierKey key;
};

// The checkpoint and the entries that it covers, fetched as tlog-tiles bundles into memory.
Result<Opened> fetch(std::string url, const std::string& key_text) {
  while (url.ends_with('/')) url.pop_back();
  if (!url.ends_with("/ledger")) url += "/ledger";
  const auto get = [&](const std::string& path, std::size_t max) -> Result<std::string> {
    WEIR_TRY(auto response, net::http_get(url + "/" + path, max));
    if (response.status != 200)
      return fail(Errc::not_found, fmt::format("{}/{}: HTTP {}", url, path, response.status));
    return std::move(response.body);
  };
  std::string key = key_text;
  if (key.empty()) {
    WEIR_TRY(key, get("key", 1024));
    while (key.ends_with('\n')) key.pop_back();
  }
  WEIR_TRY(const auto verifier, ledger::parse_verifier_key(key));
  if (key_text.empty())
    complain(
        "the key comes from the same server; give --key to check against one that you trust: " +
        ledger::to_string(verifier));
  WEIR_TRY(const auto note, get("checkpoint", 64 << 10));
  WEIR_TRY(const auto checkpoint, ledger::open_checkpoint(note, verifier));
  Opened fetched{{std::make_unique<store::MemoryLog>(), std::make_unique<store::MemoryLog>()},
                 verifier};
  Progress progress("Fetching the ledger");
  std::uint64_t fetched_octets = 0;
  for (std::uint64_t done = 0; done < checkpoint.size;) {
    const node::TilePath tile{done / kBundleEntries,
                              std::min(kBundleEntries, checkpoint.size - done)};
    const auto path = "tile/entries/" + node::tile_path(tile);
    WEIR_TRY(const auto octets, get(path, kMaxBundleOctets));
    const auto bundle = ledger::parse_bundle(octets);
    if (!bundle)
      return std::unexpected(with_context(bundle.error(), fmt::format("{}/{}", url, path)));
    if (bundle->size() != tile.width)
      return fail(Errc::corrupt, fmt::format("{}/{} holds {} entries; the checkpoint says {}", url,
                                             path, bundle->size(), tile.width));
    // Whoever holds the key can sign any size.
    fetched_octets += octets.size();
    if (fetched_octets > kMaxLedgerOctets)
      return fail(Errc::too_large,
                  fmt::format("{}: more than {} octets of entries; copy the node's folder and give "
                              "that instead",
                              url, kMaxLedgerOctets));
    for (const auto& entry : *bundle) WEIR_CHECK(append_one(*fetched.logs.entries, entry));
    done += tile.width;
    progress.update(done, checkpoint.size);
  }
  WEIR_CHECK(append_one(*fetched.logs.checkpoints, note));
  return fetched;
}

Result<Opened> open(const Common& common, const LedgerOptions& options) {
  if (options.at.starts_with("http://") || options.at.starts_with("https://"))
    return fetch(options.at, options.key);
  std::filesystem::path folder =
      options.at.empty() ? common.home : std::filesystem::path(options.at);
  if (folder.filename() == "ledger.db") folder = folder.parent_path();
  std::error_code error;
  if (!std::filesystem::exists(folder / "ledger.db", error))
    return fail(Errc::not_found, fmt::format("{} holds no ledger.db; give the folder of a node, or "
                                             "its http:// address",
                                             folder.string()));
  Opened opened;
  WEIR_TRY(opened.logs, node::open_ledger_logs(folder));
  if (options.key.empty()) {
    WEIR_TRY(opened.key, node::read_verifier_key(folder));
  } else {
    WEIR_TRY(opened.key, ledger::parse_verifier_key(options.key));
  }
  return opened;
}

Result<ledger::Verified> verify(const Common& common, const LedgerOptions& options) {
  WEIR_TRY(const auto opened, open(common, options));
  return ledger::verify_logs(*opened.logs.entries, *opened.logs.checkpoints, opened.key);
}

// A home without a ledger shows an empty one; only what was asked for by name must be there.
Result<node::LedgerLogs> open_to_show(const Common& common, const LedgerOptions& options) {
  if (options.at.empty()) return node::open_ledger_logs_to_read(common.home);
  WEIR_TRY(auto opened, open(common, options));
  return std::move(opened.logs);
}

Status show(const Common& common, const LedgerOptions& options) {
  WEIR_TRY(const auto logs, open_to_show(common, options));
  for (store::Seq next = 0;;) {
    WEIR_TRY(const auto records, logs.entries->read(next, kBatchRecords, kBatchOctets));
    if (records.empty()) return {};
    for (const auto& record : records) {
      if (common.json) {
        JsonWriter out;
        out.begin_object();
        out.key("index").value(record.seq);
        out.key("entry").raw(record.octets);
        out.end_object();
        print_line(out.str());
        continue;
      }
      const auto entry = ledger::parse_entry(record.octets);
      if (!entry)
        return std::unexpected(
            with_context(entry.error(), fmt::format("ledger entry {}", record.seq)));
      print_line(entry_line(record.seq, *entry));
    }
    next = records.back().seq + 1;
  }
}

}  // namespace

int ledger_show(const Common& common, const LedgerOptions& options) {
  const auto shown = show(common, options);
  return shown ? kDone : complain(shown.error());
}

int ledger_verify(const Common& common, const LedgerOptions& options) {
  const auto verified = verify(common, options);
  if (common.json) {
    JsonWriter out;
    out.begin_object();
    out.key("ok").value(verified.has_value());
    if (verified) {
      out.key("size").value(verified->size);
      out.key("root").value(to_hex(as_octets(verified->root)));
      out.key("checkpoints").value(verified->checkpoints);
      out.key("error").null();
    } else {
      out.key("size").null().key("root").null();
      out.key("error").value(verified.error().detail);
    }
    out.end_object();
    print_line(out.str());
  } else if (verified) {
    print_line(fmt::format("The ledger is whole: {} entries under {} checkpoints, root {}",
                           verified->size, verified->checkpoints,
                           to_hex(as_octets(verified->root))));
  }
  if (verified) return kDone;
  return common.json ? kFoundOrFailed : complain(verified.error());
}

}  // namespace weir::cli
