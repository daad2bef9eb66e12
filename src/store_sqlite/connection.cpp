#include "store_sqlite/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

namespace weir::store_sqlite {
namespace {

struct Meaning {
  int code;  // primary result code
  Errc errc;
  std::string_view remedy;
};

constexpr Meaning kMeanings[] = {
    {SQLITE_FULL, Errc::full, "no space left; nothing was written: free space on its disk"},
    {SQLITE_TOOBIG, Errc::too_large, "larger than the library allows"},
    {SQLITE_READONLY, Errc::permission,
     "cannot be written: check owner and mode of the file and its folder"},
    {SQLITE_CANTOPEN, Errc::permission,
     "cannot be opened: check owner and mode of the file and its folder"},
    {SQLITE_PERM, Errc::permission, "cannot be opened: check owner and mode"},
    {SQLITE_AUTH, Errc::permission, "access refused"},
    {SQLITE_CORRUPT, Errc::corrupt,
     "is damaged: keep a copy and restore the file with its -wal from a backup"},
    {SQLITE_NOTADB, Errc::corrupt,
     "is no database, or its first page is damaged: restore it from a backup"},
    {SQLITE_CONSTRAINT, Errc::corrupt, "holds a record where the log's end should be"},
    {SQLITE_ERROR, Errc::corrupt, "does not hold the tables that a log needs"},
    {SQLITE_BUSY, Errc::busy, "another process has been writing for too long: try again"},
    {SQLITE_LOCKED, Errc::busy, "another connection holds it: try again"},
};

bool is_no_space(int system_error) { return system_error == ENOSPC || system_error == EDQUOT; }

}  // namespace

void Statement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::reset() { sqlite3_reset(handle_.get()); }

void Statement::start() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

void Statement::bind(int index, std::int64_t value) {
  const int code = sqlite3_bind_int64(handle_.get(), index, value);
  WEIR_ASSERT(code == SQLITE_OK);
}

void Statement::bind(int index, std::string_view octets) {
  // A null pointer would bind NULL, and an empty record is not that.
  const char* data = octets.empty() ? "" : octets.data();
  const int code = sqlite3_bind_blob64(handle_.get(), index, data, octets.size(), SQLITE_STATIC);
  WEIR_ASSERT(code == SQLITE_OK);
}

void Statement::bind_text(int index, std::string_view text) {
  const int code = sqlite3_bind_text64(handle_.get(), index, text.data(), text.size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
  WEIR_ASSERT(code == SQLITE_OK);
}

int Statement::step() { return sqlite3_step(handle_.get()); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string_view Statement::octets(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(size));
}

void Connection::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Result<Connection> Connection::open(const std::filesystem::path& file,
                                    const SqliteOptions& options) {
  Connection connection;
  connection.file_ = file;
  sqlite3* handle = nullptr;
  const bool own_vfs = !options.vfs.empty();
  // "./" keeps a file named ":memory:" a file.
  const std::string name = own_vfs || file.is_absolute() ? file.string() : "./" + file.string();
  const int code = sqlite3_open_v2(name.c_str(), &handle,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                                   own_vfs ? options.vfs.c_str() : nullptr);
  connection.handle_.reset(handle);
  if (code != SQLITE_OK) return std::unexpected(connection.error(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return connection;
}

Status Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Result<Statement> Connection::prepare(const std::string& sql) {
  Statement statement;
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  statement.handle_.reset(handle);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return statement;
}

Result<std::int64_t> Connection::ask(Statement& statement) {
  const int code = statement.step();
  if (code == SQLITE_DONE) {
    statement.reset();
    return fail(Errc::not_found, "no row");
  }
  if (code != SQLITE_ROW) {
    auto why = error(code);
    statement.reset();
    return std::unexpected(std::move(why));
  }
  const auto value = statement.integer(0);
  statement.reset();
  return value;
}

Result<std::int64_t> Connection::ask(const std::string& sql) {
  WEIR_TRY(auto statement, prepare(sql));
  return ask(statement);
}

Result<std::string> Connection::ask_text(const std::string& sql) {
  WEIR_TRY(auto statement, prepare(sql));
  const int code = statement.step();
  if (code == SQLITE_ROW) return std::string(statement.octets(0));
  if (code == SQLITE_DONE) return std::string();
  return std::unexpected(error(code));
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

bool Connection::read_only() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }

void Connection::roll_back() {
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Error Connection::error(int code) const {
  const int system_error = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  const std::string_view library = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  const auto said = fmt::format("{} (code {})", library, code);
  if ((code & 0xff) == SQLITE_IOERR && is_no_space(system_error))
    return {Errc::full, fmt::format("{}: {}: {}", file_.string(), kMeanings[0].remedy, said)};
  if (code == SQLITE_IOERR_CORRUPTFS)
    return {Errc::corrupt, fmt::format("{}: its file system is damaged: {}", file_.string(), said)};
  for (const auto& meaning : kMeanings)
    if (meaning.code == (code & 0xff))
      return {meaning.errc, fmt::format("{}: {}: {}", file_.string(), meaning.remedy, said)};
  return {Errc::io, fmt::format("{}: input or output failed: {}", file_.string(), said)};
}

}  // namespace weir::store_sqlite
