// scan, learn, report: the commands that read messages.
#include <thread>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "node/engine.h"
#include "node/messages.h"
#include "node/ordered.h"
#include "node/scan.h"
#include "store/memory_log.h"

namespace weir::cli {
namespace {

using node::MessageRef;

// Records that one append carries: large enough to share a sync, small enough to answer soon.
constexpr std::size_t kBatch = 256;

// Collects records and lines; appends the records durably, then prints the lines that tell of them.
class Filing {
 public:
  Filing(store::LogStore& log, bool json, Progress& progress)
      : log_(log), json_(json), progress_(progress) {}

  void add(const evidence::Record& record, std::string line) {
    records_.push_back(evidence::serialise(record));
    lines_.push_back(std::move(line));
  }
  void add_line(std::string line) { lines_.push_back(std::move(line)); }
  void add_failure(const std::string& path, const Error& error) {
    failed_ = true;
    progress_.clear();
    if (json_)
      lines_.push_back(unreadable_json(path, error));
    else
      complain(error.detail.find(path) == std::string::npos ? with_context(error, path) : error);
  }
  [[nodiscard]] Status flush_if_full() { return lines_.size() >= kBatch ? flush() : Status{}; }
  [[nodiscard]] Status flush() {
    if (!records_.empty()) {
      const std::vector<std::string_view> views(records_.begin(), records_.end());
      WEIR_TRY(const auto first, log_.append(views));
      (void)first;
      filed_ += records_.size();
      records_.clear();
    }
    if (!lines_.empty()) progress_.clear();
    for (const auto& line : lines_) print_line(line);
    lines_.clear();
    return {};
  }
  [[nodiscard]] std::size_t filed() const { return filed_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  store::LogStore& log_;
  bool json_;
  Progress& progress_;
  std::vector<std::string> records_, lines_;
  std::size_t filed_ = 0;
  bool failed_ = false;
};

// Brings the saved projections up to date, unless a node has the home: then it does that itself.
Status refresh_projections(const node::Home& home, store::LogStore& evidence) {
  const auto lock = home.lock();
  if (!lock) return lock.error().code == Errc::busy ? Status{} : std::unexpected(lock.error());
  WEIR_TRY(const auto projections, node::current_projections(home.projections(), evidence));
  return node::save_projections(home.projections(), projections);
}

struct Made {
  evidence::Record record;
  std::string line;
};

// Makes a record of each message on all cores and files them in input order.
template <class Make>
int file_messages(const Common& common, const std::vector<std::string>& paths,
                  std::string_view what, Make make) {
  const auto home = node::Home::open(common.home, common.config);
  if (!home) return complain(home.error());
  const auto messages = node::list_messages(paths);
  if (!messages) return complain(messages.error());
  const auto evidence = node::open_evidence(*home);
  if (!evidence) return complain(evidence.error());
  Progress progress{std::string(what)};
  Filing filing(**evidence, common.json, progress);
  Status status;
  node::for_each_ordered(
      messages->size(), std::thread::hardware_concurrency(),
      [&](std::size_t i) -> Result<Made> {
        const auto& message = (*messages)[i];
        WEIR_TRY(const auto loaded, node::load(message, home->config.message_octets));
        return make(*home, message, loaded.octets);
      },
      [&](std::size_t i, Result<Made> made) {
        if (made)
          filing.add(made->record, std::move(made->line));
        else
          filing.add_failure((*messages)[i].path, made.error());
        status = filing.flush_if_full();
        progress.update(i + 1, messages->size());
        return status.has_value();
      });
  if (status) status = filing.flush();
  if (status && filing.filed() > 0) status = refresh_projections(*home, **evidence);
  if (!status) return complain(status.error());
  return filing.failed() ? kFoundOrFailed : kDone;
}

std::string source_text(const evidence::Record& record) {
  return record.source ? record.source->to_string() : "-";
}

void write_source(JsonWriter& out, const evidence::Record& record) {
  out.key("source");
  if (record.source)
    out.value(record.source->to_string());
  else
    out.null();
}

Result<node::Projections> read_projections(const node::Home& home) {
  Progress progress("Reading evidence");
  return node::projections_to_read(home, progress.callback());
}

}  // namespace

int scan(const Common& common, const ScanOptions& options) {
  const auto home = node::Home::open(common.home, common.config);
  if (!home) return complain(home.error());
  const auto messages = node::list_messages(options.paths);
  if (!messages) return complain(messages.error());
  // Without --record nothing is written, and the home may belong to somebody else.
  Result<std::unique_ptr<store::LogStore>> evidence = std::make_unique<store::MemoryLog>();
  if (options.record) evidence = node::open_evidence(*home);
  if (!evidence) return complain(evidence.error());
  const auto projections = read_projections(*home);
  if (!projections) return complain(projections.error());
  const auto networks = node::open_networks(*home);
  if (!networks) return complain(networks.error());
  const auto mail_options = node::read_options(home->config);
  const SystemClock clock;

  struct Result_ {
    std::string line;
    std::optional<evidence::Record> record;
    bool found = false;
  };
  Progress progress("Judging");
  Filing filing(**evidence, common.json, progress);
  Status status;
  bool found = false;
  node::for_each_ordered(
      messages->size(), std::thread::hardware_concurrency(),
      [&](std::size_t i) -> Result<Result_> {
        const auto& message = (*messages)[i];
        WEIR_TRY(const auto loaded, node::load(message, home->config.message_octets));
        auto scanned = node::scan(message.path, loaded.octets, projections->model, home->config,
                                  mail_options, networks->table);
        if (loaded.cut) node::note_cut(scanned.observed.reading, home->config);
        Result_ result;
        result.found = scanned.action != node::Action::accept;
        std::string id;
        const auto kind = node::evidence_of(scanned.verdict.spam_probability, home->config);
        if (options.record && kind) {
          result.record =
              node::make_record(*kind, scanned.observed, home->config.reporter, clock.now());
          result.record->spam_permille =
              static_cast<std::uint32_t>(scanned.verdict.spam_probability * 1000.0);
          id = evidence::to_string(evidence::id(*result.record));
        }
        result.line = common.json ? node::to_json(scanned, id) : node::to_line(scanned);
        return result;
      },
      [&](std::size_t i, Result<Result_> result) {
        if (!result) {
          filing.add_failure((*messages)[i].path, result.error());
        } else {
          found |= result->found;
          if (result->record)
            filing.add(*result->record, std::move(result->line));
          else
            filing.add_line(std::move(result->line));
        }
        // Without records there is nothing to wait for: each line goes out at once.
        status = options.record ? filing.flush_if_full() : filing.flush();
        progress.update(i + 1, messages->size());
        return status.has_value();
      });
  if (status) status = filing.flush();
  if (!status) return complain(status.error());
  return found || filing.failed() ? kFoundOrFailed : kDone;
}

int learn(const Common& common, const LearnOptions& options) {
  const auto kind = options.spam ? evidence::Kind::learnt_spam : evidence::Kind::learnt_ham;
  const SystemClock clock;
  return file_messages(
      common, options.paths, "Learning",
      [&](const node::Home& home, const MessageRef& message,
          std::string_view octets) -> Result<Made> {
        const auto observed = node::observe(octets, node::read_options(home.config));
        Made made{node::make_record(kind, observed, home.config.reporter, clock.now()), {}};
        const auto id = evidence::to_string(evidence::id(made.record));
        if (common.json) {
          JsonWriter out;
          out.begin_object();
          out.key("path").value(message.path);
          out.key("learnt").value(options.spam ? "spam" : "ham");
          out.key("evidence_id").value(id);
          write_source(out, made.record);
          out.end_object();
          made.line = out.take();
        } else {
          made.line = fmt::format("learnt {}  {}  {}  {}", options.spam ? "spam" : "ham", id,
                                  source_text(made.record), node::printable(message.path));
        }
        return made;
      });
}

int report(const Common& common, const ReportOptions& options) {
  const SystemClock clock;
  return file_messages(
      common, options.paths, "Filing",
      [&](const node::Home& home, const MessageRef& message,
          std::string_view octets) -> Result<Made> {
        const auto& reporter = options.reporter.empty() ? home.config.reporter : options.reporter;
        auto record =
            node::make_report(octets, node::read_options(home.config), reporter, clock.now());
        if (!record) return std::unexpected(with_context(std::move(record).error(), message.path));
        Made made{std::move(*record), {}};
        const auto id = evidence::to_string(evidence::id(made.record));
        if (common.json) {
          JsonWriter out;
          out.begin_object();
          out.key("path").value(message.path);
          out.key("evidence_id").value(id);
          write_source(out, made.record);
          out.end_object();
          made.line = out.take();
        } else {
          made.line = fmt::format("filed  {}  {}  {}", id, source_text(made.record),
                                  node::printable(message.path));
        }
        return made;
      });
}

}  // namespace weir::cli
