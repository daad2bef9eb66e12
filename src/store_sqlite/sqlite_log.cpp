// One log is one table of rows (seq, octets, sum) and one row in "log-heads", which says where the
// log ends. Both change in one transaction, so that a damaged page which hides rows shows as a
// difference between the two instead of as a shorter log.
//
// Checkpoints (moving pages from the -wal file into the file) are made by hand, on a connection of
// their own, while the writer connection holds SQLite's write lock. Libraries before 3.51.3 have a
// race between a checkpoint and another connection that starts the -wal file anew at the same
// instant, which loses committed pages ("WAL-reset bug"); with the write lock held nobody can do
// so. The automatic checkpoint would run without that lock.
#include "store_sqlite/sqlite_log.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <xxhash.h>

#include <bit>
#include <thread>

#include "base/bytes.h"
#include "base/guarded.h"
#include "base/log.h"
#include "store_sqlite/connection.h"
#include "store_sqlite/group_commit.h"

namespace weir::store_sqlite {
namespace {

using store::Record;
using store::Seq;

constexpr std::int64_t kFormat = 1;
constexpr std::int64_t kApplicationId = 0x57656972;  // "Weir"
constexpr Seq kMaxSeq = INT64_MAX;

// The seq is part of it, so that a row that moved is seen as well.
std::int64_t record_sum(Seq seq, std::string_view octets) {
  return std::bit_cast<std::int64_t>(XXH64(octets.data(), octets.size(), seq));
}

std::int64_t head_sum(std::string_view log, Seq head) {
  return std::bit_cast<std::int64_t>(XXH64(log.data(), log.size(), head));
}

std::string_view pragma_value(Synchronous synchronous) {
  switch (synchronous) {
    case Synchronous::full: return "FULL";
    case Synchronous::normal: return "NORMAL";
    case Synchronous::off: return "OFF";
  }
  return "FULL";
}

// A connection with the statements that read a log.
struct Reading {
  Connection connection;
  std::string log;
  std::string where;  // "log in file", for errors
  Statement head_row, last_seq, rows;

  Status prepare() {
    WEIR_TRY(head_row, connection.prepare("SELECT head, sum FROM \"log-heads\" WHERE log = ?1"));
    WEIR_TRY(last_seq, connection.prepare(fmt::format("SELECT max(seq) FROM \"{}\"", log)));
    WEIR_TRY(rows, connection.prepare(fmt::format("SELECT seq, octets, sum FROM \"{}\" WHERE "
                                                  "seq >= ?1 ORDER BY seq LIMIT ?2",
                                                  log)));
    return {};
  }

  std::unexpected<Error> corrupt(std::string_view what) const {
    return fail(Errc::corrupt,
                fmt::format("{}: {}: restore the file with its -wal from a backup", where, what));
  }

  // Where the log says that it ends.
  Result<Seq> head() {
    head_row.start();
    head_row.bind_text(1, log);
    const int code = head_row.step();
    if (code == SQLITE_DONE) {
      head_row.reset();
      return corrupt("the row that says where the log ends is missing");
    }
    if (code != SQLITE_ROW) {
      auto error = connection.error(code);
      head_row.reset();
      return std::unexpected(std::move(error));
    }
    const auto number = head_row.integer(0);
    const auto sum = head_row.integer(1);
    head_row.reset();
    if (number < 0 || sum != head_sum(log, static_cast<Seq>(number)))
      return corrupt("the row that says where the log ends does not match its checksum");
    return static_cast<Seq>(number);
  }

  // The same, compared with the last row that is really there. Inside a transaction.
  Result<Seq> checked_head() {
    WEIR_TRY(const Seq end, head());
    last_seq.start();
    if (const int code = last_seq.step(); code != SQLITE_ROW) {
      auto error = connection.error(code);
      last_seq.reset();
      return std::unexpected(std::move(error));
    }
    // max() of no rows is NULL, which has no octets.
    const bool none = last_seq.octets(0).empty();
    const auto last = last_seq.integer(0);
    last_seq.reset();
    if (none ? end != 0 : static_cast<Seq>(last) + 1 != end)
      return corrupt(
          none ? fmt::format("its {} records are missing", end)
               : fmt::format("record {} is the last one found, but the log has {}", last, end));
    return end;
  }

  // Inside a transaction.
  Result<std::vector<Record>> read(Seq from, std::size_t max_records, std::size_t max_octets) {
    std::vector<Record> out;
    if (from > kMaxSeq || max_records == 0) return out;
    WEIR_TRY(const Seq end, head());
    if (from >= end) return out;
    const Seq wanted = std::min<Seq>(max_records, end - from);
    rows.start();
    rows.bind(1, static_cast<std::int64_t>(from));
    rows.bind(2, static_cast<std::int64_t>(wanted));
    auto status = collect(from, wanted, max_octets, out);
    rows.reset();
    if (!status) return std::unexpected(std::move(status).error());
    return out;
  }

 private:
  Status collect(Seq from, Seq wanted, std::size_t max_octets, std::vector<Record>& out) {
    std::size_t octets = 0;
    while (out.size() < wanted) {
      const Seq seq = from + out.size();
      const int code = rows.step();
      if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return std::unexpected(
            with_context(connection.error(code), fmt::format("reading record {}", seq)));
      }
      if (code == SQLITE_DONE || static_cast<Seq>(rows.integer(0)) != seq)
        return corrupt(fmt::format("record {} is missing", seq));
      const auto record = rows.octets(1);
      if (rows.integer(2) != record_sum(seq, record))
        return corrupt(fmt::format("record {} does not match its checksum", seq));
      octets += record.size();
      if (!out.empty() && octets > max_octets) break;
      out.push_back({seq, std::string(record)});
    }
    return {};
  }
};

Status configure(Connection& connection, const SqliteOptions& options) {
  WEIR_CHECK(connection.execute(fmt::format(
      "PRAGMA synchronous={}; PRAGMA cell_size_check=ON; PRAGMA wal_autocheckpoint=0; "
      "PRAGMA journal_size_limit={}",
      pragma_value(options.synchronous), std::int64_t{options.checkpoint_pages} * 4096 * 2)));
  return {};
}

// Ours and of a format that this program knows, or new. True if it holds a format already.
Result<bool> recognise(Connection& connection, const std::string& where) {
  WEIR_TRY(const auto application, connection.ask("PRAGMA application_id"));
  WEIR_TRY(const auto format, connection.ask("PRAGMA user_version"));
  if (application == 0 && format == 0) {
    WEIR_TRY(const auto objects, connection.ask("SELECT count(*) FROM sqlite_schema"));
    if (objects == 0) return false;
  }
  if (application != kApplicationId)
    return fail(Errc::invalid,
                fmt::format("{}: a database of another program: name another file", where));
  if (format > kFormat)
    return fail(Errc::unsupported,
                fmt::format("{}: written by a newer program (format {}, this one knows {}): use "
                            "that program",
                            where, format, kFormat));
  if (format < 1) return fail(Errc::corrupt, fmt::format("{}: has no format number", where));
  return true;
}

// Inside a write transaction.
Status create_missing(Connection& connection, const std::string& log, const std::string& where) {
  WEIR_TRY(const bool has_format, recognise(connection, where));
  if (!has_format) {
    WEIR_CHECK(connection.execute(
        fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; "
                    "CREATE TABLE \"log-heads\" (log TEXT PRIMARY KEY, head INTEGER NOT NULL, "
                    "sum INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    kApplicationId, kFormat)));
  }
  WEIR_TRY(const auto tables,
           connection.ask(fmt::format(
               "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{}'", log)));
  WEIR_TRY(const auto heads,
           connection.ask(fmt::format("SELECT count(*) FROM \"log-heads\" WHERE log = '{}'", log)));
  if (tables != heads)
    return fail(Errc::corrupt, fmt::format("{}: {} is missing: restore the file from a backup",
                                           where, tables == 0 ? "its table" : "its head"));
  if (tables != 0) return {};
  return connection.execute(
      fmt::format("CREATE TABLE \"{0}\" (seq INTEGER PRIMARY KEY, octets BLOB NOT NULL, sum "
                  "INTEGER NOT NULL) STRICT; INSERT INTO \"log-heads\" VALUES ('{0}', 0, {1})",
                  log, head_sum(log, 0)));
}

class SqliteLog final : public store::LogStore {
 public:
  [[nodiscard]] Status open(const std::filesystem::path& file, const std::string& log,
                            const SqliteOptions& options) {
    options_ = options;
    const auto where = fmt::format("log {} in {}", log, file.string());
    WEIR_TRY(writer_.connection, Connection::open(file, options));
    if (writer_.connection.read_only())
      return fail(Errc::permission,
                  fmt::format("{}: the file cannot be written: check owner and mode of it and "
                              "its folder",
                              where));
    // Nothing of another program's database is changed, not even its journal mode. One transaction,
    // so that another process which creates the file just now is seen before or after, not halfway.
    WEIR_CHECK(writer_.connection.execute("BEGIN"));
    const auto format = recognise(writer_.connection, where);
    writer_.connection.roll_back();
    if (!format) return std::unexpected(format.error());
    WEIR_CHECK(configure(writer_.connection, options));
    WEIR_TRY(const auto mode, writer_.connection.ask_text("PRAGMA journal_mode=WAL"));
    if (mode != "wal")
      return fail(Errc::unsupported,
                  fmt::format("{}: its file system has no shared memory for files (a network "
                              "file system?): put it on a local disk",
                              where));
    WEIR_CHECK(writer_.connection.execute("BEGIN IMMEDIATE"));
    auto status = create_missing(writer_.connection, log, where);
    if (status) status = writer_.connection.execute("COMMIT");
    writer_.connection.roll_back();
    WEIR_CHECK(status);

    WEIR_TRY(checkpointer_, Connection::open(file, options));
    WEIR_CHECK(configure(checkpointer_, options));
    auto reader = reader_.lock();
    WEIR_TRY(reader->connection, Connection::open(file, options));
    WEIR_CHECK(configure(reader->connection, options));
    for (Reading* reading : {&writer_, &*reader}) {
      reading->log = log;
      reading->where = where;
      WEIR_CHECK(reading->prepare());
    }
    WEIR_TRY(insert_, writer_.connection.prepare(
                          fmt::format("INSERT INTO \"{}\" VALUES (?1, ?2, ?3)", log)));
    WEIR_TRY(set_head_, writer_.connection.prepare(
                            "UPDATE \"log-heads\" SET head = ?2, sum = ?3 WHERE log = ?1"));
    sqlite3_wal_hook(
        writer_.connection.handle(),
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<SqliteLog*>(self)->wal_pages_ = pages;
          return SQLITE_OK;
        },
        this);
    return quick_check(*reader);
  }

  Result<Seq> append(std::span<const std::string_view> records) override {
    return submit(std::nullopt, records);
  }

  Result<Seq> append_at(Seq expected, std::span<const std::string_view> records) override {
    return submit(expected, records);
  }

  Result<std::vector<Record>> read(Seq from, std::size_t max_records,
                                   std::size_t max_octets) override {
    auto reader = reader_.lock();
    WEIR_CHECK(reader->connection.execute("BEGIN"));
    auto records = reader->read(from, max_records, max_octets);
    reader->connection.roll_back();
    return records;
  }

  Result<Seq> head() override { return reader_.lock()->head(); }

 private:
  Result<Seq> submit(std::optional<Seq> expected, std::span<const std::string_view> records) {
    WEIR_CHECK(store::check_records(records));
    Request request{.expected = expected, .records = records};
    group_.submit(
        request, [this](std::span<Request* const> group) { commit(group); },
        [this] { checkpoint_if_due(); });
    return request.result;
  }

  // The leader's thread only, as all that follows.
  void commit(std::span<Request* const> group) {
    auto status = writer_.connection.execute("BEGIN IMMEDIATE");
    if (status) {
      const auto head_before = writer_.checked_head();
      auto end = head_before ? insert(group, *head_before) : head_before;
      if (!end) {
        status = std::unexpected(std::move(end).error());
      } else if (*end != *head_before) {
        status = set_head(*end);
        if (status) status = writer_.connection.execute("COMMIT");
      }
      writer_.connection.roll_back();
    }
    if (status) return;
    const auto error = with_context(status.error(), "appending to " + writer_.where);
    for (Request* request : group) request->result = std::unexpected(error);
  }

  // In order, so that a compare-and-set sees what came before it in the same group. Gives the new
  // head.
  Result<Seq> insert(std::span<Request* const> group, Seq head) {
    for (Request* request : group) {
      if (request->expected && *request->expected != head) {
        request->result = store::conflict(*request->expected, head);
        continue;
      }
      request->result = head;
      for (const auto octets : request->records) {
        insert_.start();
        insert_.bind(1, static_cast<std::int64_t>(head));
        insert_.bind(2, octets);
        insert_.bind(3, record_sum(head, octets));
        if (auto status = finish(insert_); !status) return std::unexpected(status.error());
        ++head;
      }
    }
    return head;
  }

  Status set_head(Seq head) {
    set_head_.start();
    set_head_.bind_text(1, writer_.log);
    set_head_.bind(2, static_cast<std::int64_t>(head));
    set_head_.bind(3, head_sum(writer_.log, head));
    return finish(set_head_);
  }

  Status finish(Statement& statement) {
    const int code = statement.step();
    Status status;
    if (code != SQLITE_DONE) status = std::unexpected(writer_.connection.error(code));
    statement.reset();
    return status;
  }

  // A failure costs no record: they stay in the -wal file, and the next commit tries again.
  void checkpoint_if_due() {
    if (wal_pages_ < next_checkpoint_pages()) return;
    int pages = 0, moved = 0;
    auto status = writer_.connection.execute("BEGIN IMMEDIATE");
    if (status) {
      const int code = sqlite3_wal_checkpoint_v2(checkpointer_.handle(), "main",
                                                 SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
      if (code != SQLITE_OK) status = std::unexpected(checkpointer_.error(code));
      writer_.connection.roll_back();
    }
    if (!status) log::warn("store.checkpoint_failed", {{"why", status.error().detail}});
    // What a reader still needs cannot move; a little later it can.
    held_back_pages_ = status && moved == pages ? 0 : wal_pages_;
  }

  int next_checkpoint_pages() const {
    return held_back_pages_ +
           (held_back_pages_ == 0 ? options_.checkpoint_pages : options_.checkpoint_pages / 4 + 1);
  }

  // The ends of the log; a full check costs a pass over everything and is `read`'s business, record
  // by record.
  static Status quick_check(Reading& reading) {
    WEIR_CHECK(reading.connection.execute("BEGIN"));
    auto status = [&]() -> Status {
      WEIR_TRY(const Seq head, reading.checked_head());
      if (head == 0) return {};
      WEIR_TRY(const auto first, reading.read(0, 1, 1));
      WEIR_TRY(const auto last, reading.read(head - 1, 1, 1));
      static_cast<void>(first);
      static_cast<void>(last);
      return {};
    }();
    reading.connection.roll_back();
    return status;
  }

  SqliteOptions options_;
  GroupCommit group_;
  // Leader: writer and checkpointer. Statements die before their connections (declared after them).
  Reading writer_;
  Statement insert_, set_head_;
  Connection checkpointer_;
  int wal_pages_ = 0;        // in the -wal file after the last commit
  int held_back_pages_ = 0;  // there when a checkpoint could not move everything
  Guarded<Reading> reader_;
};

Status check_log_name(const std::string& log) {
  const bool good = !log.empty() && log.size() <= 64 && !log.starts_with("sqlite_") &&
                    log.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
  if (!good)
    return fail(Errc::invalid,
                "a log's name has 1 to 64 letters a to z or _, and does not begin "
                "with sqlite_");
  return {};
}

}  // namespace

Result<std::unique_ptr<store::LogStore>> open_log(const std::filesystem::path& file,
                                                  const std::string& log,
                                                  const SqliteOptions& options) {
  WEIR_CHECK(check_log_name(log));
  if (std::error_code ignored;
      options.vfs.empty() && file.has_parent_path() && !exists(file.parent_path(), ignored))
    return fail(Errc::not_found,
                fmt::format("{}: its folder does not exist: create it", file.string()));
  // Two processes that create one file at once may see each other's lock where SQLite does not wait
  // by itself.
  const auto pause = std::chrono::milliseconds{10};
  for (auto waited = Millis{0};; waited += pause) {
    auto opened = std::make_unique<SqliteLog>();
    const auto status = opened->open(file, log, options);
    if (status) return opened;
    if (status.error().code != Errc::busy || waited >= options.busy_timeout)
      return std::unexpected(with_context(status.error(), "opening log " + log));
    opened.reset();
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace weir::store_sqlite
