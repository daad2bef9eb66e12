// store_sqlite/sqlite_log.h - LogStore on SQLite: WAL, synchronous=FULL, one table per log.
//
// Group commit: threads that append at the same time share one transaction and one sync. Several
// processes may use one file: a busy writer is waited for (10 s), then Errc::busy. Each record
// carries a checksum; a row that does not match is Errc::corrupt with its seq. A gap, a missing end
// or a file cut short is Errc::corrupt too, never a shorter answer. Several logs may live in one
// file. One object uses three connections; a fork() must not carry it over. Format:
// docs/formats/log-store.md; user_version says which; a newer one is Errc::unsupported, a database
// of another program
//          Errc::invalid. Errors name the file and what to do.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"
#include "store/log_store.h"

namespace weir::store_sqlite {

enum class Synchronous { full, normal, off };

struct SqliteOptions {
  std::string vfs =
      {};  // name of a registered VFS; empty = the system's. Tests put a faulty disk here.
  // Anything but full loses acknowledged records in a power cut; the tests of the simulated disk
  // use it to show that they notice.
  Synchronous synchronous = Synchronous::full;
  int checkpoint_pages =
      4'000;  // pages of 4,096 octets in the -wal file before they move into the file
  Millis busy_timeout =
      std::chrono::seconds{10};  // how long another process's transaction is waited for
};

// Creates file and table if missing. `log` is the table's name ([a-z_]+, at most 64 octets, not
// sqlite_...).
[[nodiscard]] Result<std::unique_ptr<store::LogStore>> open_log(const std::filesystem::path& file,
                                                                const std::string& log,
                                                                const SqliteOptions& options = {});

}  // namespace weir::store_sqlite
