// sim/disk_state.h - the files of a simulated disk and what is safe of them. Internal to the
// module.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace weir::sim {

struct Handle;

struct Change {
  bool is_truncation = false;
  std::uint64_t offset = 0;  // or the new length
  std::string octets;
};

// A file's content, whatever its name.
struct Inode {
  std::string now;             // what programs read
  std::string safe;            // what was there at the last sync
  std::vector<Change> unsafe;  // what turns safe into now

  // Locks of SQLite (sqlite.org/lockingv3): who holds what.
  int shared = 0;
  const Handle* reserved = nullptr;
  const Handle* pending = nullptr;
  const Handle* exclusive = nullptr;

  // The WAL index.
  struct Slot {
    int shared = 0;
    const Handle* exclusive = nullptr;
  };
  std::vector<std::unique_ptr<std::array<char, 32768>>> regions;
  std::array<Slot, SQLITE_SHM_NLOCK> slots{};
  int mappers = 0;
};
using InodePtr = std::shared_ptr<Inode>;

struct DiskState {
  explicit DiskState(std::uint64_t seed) : random(seed) {}

  std::string vfs_name;
  sqlite3_vfs vfs{};
  SeededRandom random;
  // What a name meant since its folder was last synced, oldest first; null = no such file.
  std::map<std::string, std::vector<InodePtr>, std::less<>> names;
  std::optional<std::uint64_t> changes_left;
  std::uint64_t changes = 0;
  std::uint64_t capacity = UINT64_MAX;
  std::uint64_t trace = 0;
  bool off = false;
  bool syncs_ignored = false;
  int open_files = 0;

  [[nodiscard]] InodePtr find(std::string_view name) const;
  void note(std::string_view what, std::string_view name, std::uint64_t a, std::uint64_t b);
  // Counts a change; false if the power is off or goes off with this one.
  [[nodiscard]] bool begin_change();
  [[nodiscard]] std::uint64_t used() const;
  void write(Inode& inode, std::uint64_t offset, std::string_view octets);
  void truncate(Inode& inode, std::uint64_t length);
  void sync(Inode& inode) const;
  void sync_folder();
  void remove(const std::string& name);
  void lose_unsafe();

 private:
  void settle(Inode& inode);
};

void register_vfs(DiskState& state);

}  // namespace weir::sim
