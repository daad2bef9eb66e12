// sim/sim_disk.h - a disk in memory, behind SQLite's VFS interface, that loses power, fills up and
// rots on demand.
//
// Model:   a file's writes are safe once the file is synced; a name that was made or removed is
// safe once its folder is synced
//          (SQLite does it with the first sync of a new journal or -wal file). A power cut keeps,
//          of what is not safe, anything: all, nothing, a prefix that ends inside a sector, or any
//          subset of the sectors, in any order; holes read as zeros or garbage. Octets outside a
//          write are not harmed by it (SQLite's "powersafe overwrite", which the system's VFS
//          promises too). Shared memory for the WAL index is implemented in memory, so that several
//          connections of one process work.
// Seed:    everything, SQLite's own random numbers included, follows from the seed: the same calls
// give the same trace(). Use:     SimDisk disk("name", seed); open_log("file", ..., {.vfs =
// disk.vfs()}); disk.cut_power_after(17); ... until calls fail;
//          close everything; disk.restart(); open again and look.
// Threads: one thread. One SimDisk at a time (SQLite's random numbers are the process's). It
// outlives every connection on it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir::sim {

struct DiskState;

class SimDisk {
 public:
  SimDisk(std::string vfs_name, std::uint64_t seed);
  ~SimDisk();
  SimDisk(const SimDisk&) = delete;
  SimDisk& operator=(const SimDisk&) = delete;

  [[nodiscard]] const std::string& vfs() const;

  // The n-th change from now (write, truncation, sync, removal; n >= 1) is begun and not finished;
  // all later calls fail.
  void cut_power_after(std::uint64_t changes);
  void cut_power();
  [[nodiscard]] bool is_off() const;
  // Decides what of the unsafe data was kept. Every file must be closed.
  void restart();

  // Writes that would make the files larger than this, summed over all, do what still fits and fail
  // with SQLITE_FULL.
  void set_capacity(std::uint64_t octets);
  // From now on a sync says yes and does nothing.
  void ignore_syncs();
  // Turns one bit, chosen by the seed, of a file's content, at rest and in view.
  void flip_bit(const std::string& file);

  [[nodiscard]] std::uint64_t changes() const;                      // since the beginning
  [[nodiscard]] std::uint64_t size(const std::string& file) const;  // 0 if there is none
  // A hash over every call and every decision.
  [[nodiscard]] std::uint64_t trace() const;

 private:
  std::unique_ptr<DiskState> state_;
};

}  // namespace weir::sim
