// store_sqlite/sqlite_log.h - LogStore on SQLite: WAL, synchronous=FULL, one table per log.
//
// Group commit: threads that append at the same time share one transaction and one sync. Several processes may use one file: a busy writer is
// waited for (10 s), then Errc::busy. Each record carries a checksum; a row that does not match is Errc::corrupt with its seq.
// Format:  docs/formats/log-store.md; user_version says which; a newer one is Errc::unsupported.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "store/log_store.h"

namespace weir::store_sqlite {

struct SqliteOptions {
  std::string vfs;  // name of a registered VFS; empty = the system's. Tests put a faulty disk here.
};

// Creates file and table if missing. `log` is the table's name ([a-z_]+).
[[nodiscard]] Result<std::unique_ptr<store::LogStore>> open_log(const std::filesystem::path& file, const std::string& log,
                                                                const SqliteOptions& options = {});

}  // namespace weir::store_sqlite
