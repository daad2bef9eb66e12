#include "node/node.h"

#include <atomic>

#include <fmt/format.h>

#include "base/guarded.h"
#include "base/log.h"
#include "mail/dump.h"
#include "net/dns_server.h"
#include "net/http.h"
#include "node/api.h"
#include "node/intake.h"

namespace weir::node {
namespace {

constexpr auto kSaveEvery = std::chrono::minutes{5};
// A decision costs a pass over the sources, so without new evidence it waits this long: expiry
// itself needs no decision.
constexpr auto kDecideEvery = std::chrono::seconds{10};

std::shared_ptr<const list::Zone> make_zone(const Config& config, std::uint64_t ledger_size) {
  list::Zone zone;
  zone.name = config.zone();
  zone.name_server = "ns." + config.domain;
  zone.mailbox = "hostmaster." + config.domain;
  zone.ttl_s = static_cast<std::uint32_t>(config.dns_ttl_s);
  zone.negative_ttl_s = static_cast<std::uint32_t>(config.dns_negative_ttl_s);
  zone.serial = static_cast<std::uint32_t>(ledger_size + 1);
  zone.link = config.base_url() + "/check/";
  return std::make_shared<const list::Zone>(std::move(zone));
}

void metric(std::string& out, std::string_view name, std::string_view type, std::string_view help,
            double value) {
  out += fmt::format("# HELP {} {}\n# TYPE {} {}\n{} {}\n", name, help, name, type, name, value);
}

class RunningNode final : public Node {
 public:
  RunningNode(std::unique_ptr<Engine> engine, const Clock& clock)
      : clock_(clock), engine_(std::move(engine)) {}
  RunningNode(const RunningNode&) = delete;
  RunningNode& operator=(const RunningNode&) = delete;

  ~RunningNode() override {
    // Servers call into this object: they go first.
    http_.reset();
    dns_.reset();
  }

  Status start_servers() {
    Config config;
    {
      auto engine = engine_.lock();
      config = (*engine)->home().config;
      publish(**engine);
    }
    saved_at_ = clock_.now();  // decided_at_ stays at the beginning: the first step decides about
                               // what came meanwhile
    net::DnsOptions dns;
    dns.listen = config.dns_listen;
    dns.workers = static_cast<unsigned>(config.dns_workers);
    WEIR_TRY(dns_, net::DnsServer::start(dns, [this] { return *dns_state_.lock(); }, clock_));
    net::HttpOptions http;
    http.listen = config.http_listen;
    http.max_body_octets = config.message_octets;
    WEIR_TRY(http_,
             net::HttpServer::start(http, [sources = api_sources(config)](const auto& request) {
               return respond(sources, request);
             }));
    return {};
  }

  Status step() override {
    const auto now = clock_.now();
    auto engine = engine_.lock();
    auto stepped = step_engine(**engine, now);
    healthy_.lock()->assign(stepped ? "" : stepped.error().detail);
    return stepped;
  }

  Status stop() override {
    http_.reset();
    dns_.reset();
    auto engine = engine_.lock();
    return (*engine)->save();
  }

  std::vector<std::string> dns_listening() const override { return dns_->listening(); }
  std::string http_listening() const override { return http_->listening(); }
  std::shared_ptr<const list::Index> index() override { return dns_state_.lock()->index; }

 private:
  Status step_engine(Engine& engine, UnixMillis now) {
    WEIR_TRY(const auto counted, engine.catch_up());
    // What failed last stays wrong until it is tried again.
    if (counted == 0 && now - decided_at_ < kDecideEvery && now >= decided_at_) return decided_;
    decided_at_ = now;
    decided_ = decide(engine, now);
    return decided_;
  }

  Status decide(Engine& engine, UnixMillis now) {
    WEIR_TRY(const auto made, engine.decide(now));
    if (made > 0) {
      log::info("decided", {{"entries", std::to_string(made)},
                            {"ledger", std::to_string(engine.ledger().size())}});
      publish(engine);
    }
    if (now - saved_at_ >= kSaveEvery || now < saved_at_) {
      WEIR_CHECK(engine.save());
      saved_at_ = now;
    }
    return {};
  }

  void publish(const Engine& engine) {
    auto zone = make_zone(engine.home().config, engine.ledger().size());
    auto state = dns_state_.lock();
    state->index = engine.index();
    state->zone = std::move(zone);
  }

  ApiSources api_sources(const Config& config) {
    ApiSources sources;
    sources.check_page = [this](std::string_view subject, Tongue tongue, bool json) {
      return check_page(subject, tongue, json);
    };
    sources.read = [options = read_options(config)](std::string_view octets) {
      return mail::to_json(mail::read(octets, options));
    };
    sources.metrics = [this] { return metrics(); };
    sources.health = [this]() -> Status {
      auto problem = healthy_.lock();
      if (problem->empty()) return {};
      return fail(Errc::io, *problem);
    };
    sources.checkpoint = [this] { return (*engine_.lock())->ledger().checkpoint(); };
    sources.verifier_key = [this] {
      return ledger::to_string((*engine_.lock())->ledger().verifier_key()) + "\n";
    };
    sources.entries = [this](std::uint64_t bundle, std::uint64_t width) {
      auto engine = engine_.lock();
      return entries(**engine, bundle, width);
    };
    return sources;
  }

  // A partial bundle is asked for by the size of the tree that it belongs to; the ledger must have
  // grown that far.
  static Result<std::string> entries(Engine& engine, std::uint64_t bundle, std::uint64_t width) {
    using ledger::kBundleEntries;
    if (bundle > engine.ledger().size() / kBundleEntries ||
        bundle * kBundleEntries + width > engine.ledger().size())
      return fail(Errc::not_found,
                  fmt::format("the ledger has {} entries", engine.ledger().size()));
    return ledger::entry_bundle(engine.entries(), bundle, bundle * kBundleEntries + width);
  }

  Result<std::string> check_page(std::string_view subject, Tongue tongue, bool json) {
    const auto now = clock_.now();
    auto engine = engine_.lock();
    const Engine& state = **engine;
    std::optional<Checked> checked;
    std::string error;
    if (!subject.empty() || json) {
      auto found = check(subject, state.projections().history, state.ledger().standings(),
                         state.networks(), now);
      if (found)
        checked = std::move(*found);
      else if (json)
        return std::unexpected(std::move(found).error());
      else
        error = std::move(found).error().detail;
    }
    if (json) return to_json(*checked);
    PageFacts facts;
    facts.zone = state.home().config.zone();
    facts.ledger_size = state.ledger().size();
    facts.listed = state.index()->size();
    facts.now = now;
    return lookup_page(facts, subject, checked ? &*checked : nullptr, error, tongue);
  }

  std::string metrics() {
    const auto answers = dns_->counts();
    auto engine = engine_.lock();
    const auto& state = **engine;
    std::string out;
    metric(out, "weir_evidence_records", "counter", "Records in the evidence log.",
           static_cast<double>(state.projections().position));
    metric(out, "weir_evidence_skipped", "counter", "Records that this program cannot count.",
           static_cast<double>(state.projections().skipped));
    metric(out, "weir_sources", "gauge", "Sources with a history.",
           static_cast<double>(state.projections().history.sources().size()));
    metric(out, "weir_ledger_entries", "counter", "Entries in the ledger.",
           static_cast<double>(state.ledger().size()));
    metric(out, "weir_listings", "gauge", "Listings in the index.",
           static_cast<double>(state.index()->size()));
    metric(out, "weir_model_spam_learnt", "gauge", "Spam messages that the model has learnt.",
           static_cast<double>(state.projections().model.spam_learnt()));
    metric(out, "weir_model_ham_learnt", "gauge", "Good messages that the model has learnt.",
           static_cast<double>(state.projections().model.ham_learnt()));
    constexpr std::array<std::string_view, 8> kKinds = {
        "ignored", "malformed", "refused", "listed", "not_listed", "nodata", "apex", "other"};
    out +=
        "# HELP weir_dns_answers DNS queries by what they were answered.\n"
        "# TYPE weir_dns_answers counter\n";
    for (std::size_t i = 0; i < answers.size(); ++i)
      out += fmt::format("weir_dns_answers{{kind=\"{}\"}} {}\n", kKinds[i], answers[i]);
    return out;
  }

  const Clock& clock_;
  Guarded<std::unique_ptr<Engine>> engine_;
  Guarded<net::DnsState> dns_state_;
  Guarded<std::string> healthy_;  // empty, or what the last step said
  UnixMillis saved_at_{}, decided_at_{};
  Status decided_;  // how the last decision ended
  std::unique_ptr<net::DnsServer> dns_;
  std::unique_ptr<net::HttpServer> http_;
};

}  // namespace

Result<std::unique_ptr<Node>> Node::start(std::unique_ptr<Engine> engine, const Clock& clock) {
  auto node = std::make_unique<RunningNode>(std::move(engine), clock);
  WEIR_CHECK(node->start_servers());
  return node;
}

}  // namespace weir::node
