#include "node/engine.h"

#include <system_error>

#include "base/log.h"

namespace weir::node {
namespace {

constexpr std::string_view kListFile = "list.bin";

std::array<std::uint8_t, 4> code_octets(const std::string& code) {
  // Entries are checked when they are read: a code is an IPv4 address in 127.0.0.0/8.
  const auto address = Address::parse(code);
  WEIR_ASSERT(address && address->is_v4());
  const auto& octets = address->octets();
  return {octets[0], octets[1], octets[2], octets[3]};
}

}  // namespace

std::shared_ptr<const list::Index> make_index(const ledger::Standings& standings) {
  std::vector<list::Listing> listings;
  listings.reserve(standings.listed().size());
  for (const auto& [subject, standing] : standings.listed())
    listings.push_back(
        {subject, code_octets(standing.code), standing.since, standing.until, standing.reason});
  return std::make_shared<const list::Index>(std::move(listings));
}

Result<std::unique_ptr<Engine>> Engine::open(Home home, Random& random, const Progress& progress) {
  WEIR_TRY(auto lock, home.lock());
  WEIR_TRY(auto logs, open_ledger_logs(home.folder));
  WEIR_TRY(auto seed, open_ledger_key(home, *logs.checkpoints, random));
  std::unique_ptr<Engine> engine(new Engine(std::move(home), std::move(lock), std::move(seed)));
  WEIR_TRY(engine->policy_, read_policy(engine->home_));
  WEIR_TRY(engine->networks_, open_networks(engine->home_));
  WEIR_TRY(engine->evidence_, open_evidence(engine->home_));
  engine->logs_ = std::move(logs);
  WEIR_TRY(auto ledger, ledger::Ledger::open(*engine->logs_.entries, *engine->logs_.checkpoints,
                                             engine->home_.config.ledger_origin(), engine->seed_));
  engine->ledger_ = std::make_unique<ledger::Ledger>(std::move(ledger));
  WEIR_CHECK(keep_verifier_key(engine->home_, engine->ledger_->verifier_key()));
  WEIR_TRY(engine->projections_,
           current_projections(engine->home_.projections(), *engine->evidence_, progress));
  engine->index_ = make_index(engine->ledger_->standings());
  engine->indexed_ = engine->ledger_->size();
  return engine;
}

Result<std::uint64_t> Engine::catch_up() { return node::catch_up(projections_, *evidence_); }

Result<std::size_t> Engine::decide(UnixMillis now) {
  const auto entries = policy::decide(projections_.history, ledger_->standings(), policy_, now);
  // Also without new entries: an append that failed at its checkpoint left some to sign.
  WEIR_CHECK(ledger_->append(entries));
  const auto made = ledger_->size() - indexed_;
  if (made > 0) index_ = make_index(ledger_->standings());
  indexed_ = ledger_->size();
  return made;
}

Status Engine::record(const std::vector<evidence::Record>& records) {
  if (records.empty()) return {};
  std::vector<std::string> octets;
  octets.reserve(records.size());
  for (const auto& record : records) octets.push_back(evidence::serialise(record));
  const std::vector<std::string_view> views(octets.begin(), octets.end());
  WEIR_TRY(const auto first, evidence_->append(views));
  (void)first;
  // Another process may have appended as well: count in the order of the log.
  WEIR_TRY(const auto counted, catch_up());
  (void)counted;
  return {};
}

Status Engine::save() const {
  WEIR_CHECK(save_projections(home_.projections(), projections_));
  return os::replace_file(home_.projections() / kListFile, index_->serialise());
}

Status rebuild(const Home& home, Random& random, const Engine::Progress& progress) {
  {
    WEIR_TRY(const auto lock, home.lock());
    std::error_code error;
    std::filesystem::remove_all(home.projections(), error);
    if (error)
      return fail(Errc::io, fmt::format("cannot remove {}: {}", home.projections().string(),
                                        error.message()));
  }
  WEIR_TRY(const auto engine, Engine::open(home, random, progress));
  return engine->save();
}

}  // namespace weir::node
