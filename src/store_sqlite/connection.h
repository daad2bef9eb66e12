// store_sqlite/connection.h - the few calls of SQLite that the log needs, with its errors as ours.
// Internal to the module.
//
// Connection and Statement are used by one thread at a time; a Statement dies before its
// Connection.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store_sqlite/sqlite_log.h"

struct sqlite3;
struct sqlite3_stmt;

namespace weir::store_sqlite {

class Statement {
 public:
  Statement() = default;
  // Starts anew with these parameters. Octets must live until the last step().
  void start();
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view octets);
  void bind_text(int index, std::string_view text);
  // SQLite's result code is mapped by the connection, which knows the file.
  [[nodiscard]] int step();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view octets(int column) const;  // until the next step() or reset()
  void reset();

 private:
  friend class Connection;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalise> handle_;
};

class Connection {
 public:
  Connection() = default;
  [[nodiscard]] static Result<Connection> open(const std::filesystem::path& file,
                                               const SqliteOptions& options);
  [[nodiscard]] Status execute(const std::string& sql);
  [[nodiscard]] Result<Statement> prepare(const std::string& sql);
  // The one integer that the statement gives; not_found if it gives no row.
  [[nodiscard]] Result<std::int64_t> ask(Statement& statement);
  [[nodiscard]] Result<std::int64_t> ask(const std::string& sql);
  [[nodiscard]] Result<std::string> ask_text(const std::string& sql);
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool read_only() const;
  // What a result code other than OK, ROW, DONE means to the caller, with the file and a remedy.
  [[nodiscard]] Error error(int code) const;
  // Drops an open transaction; nothing can be done if that fails too.
  void roll_back();
  [[nodiscard]] sqlite3* handle() { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::filesystem::path file_;
};

}  // namespace weir::store_sqlite
