// SQLite's VFS and file methods over DiskState. Locks and the shared memory of the WAL index follow
// what sqlite3.h asks of xLock, xShmMap and xShmLock, for connections of one thread.
#include <algorithm>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "sim/disk_state.h"

namespace weir::sim {

struct Handle {
  DiskState* disk = nullptr;
  InodePtr inode;
  std::string name;
  bool syncs_folder = false;  // at its first sync
  bool removed_at_close = false;
  int lock = SQLITE_LOCK_NONE;
  bool mapped = false;
  unsigned shm_shared = 0, shm_exclusive = 0;  // masks of slots
};

namespace {

struct File {
  sqlite3_file base;
  Handle* handle;
};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->handle; }
DiskState& disk_of(sqlite3_vfs* vfs) { return *static_cast<DiskState*>(vfs->pAppData); }

void unlock_to(Handle& handle, int level) {
  Inode& inode = *handle.inode;
  if (handle.lock > SQLITE_LOCK_SHARED) {
    if (inode.reserved == &handle) inode.reserved = nullptr;
    if (inode.pending == &handle) inode.pending = nullptr;
    if (inode.exclusive == &handle) inode.exclusive = nullptr;
  }
  if (level == SQLITE_LOCK_NONE && handle.lock >= SQLITE_LOCK_SHARED) --inode.shared;
  handle.lock = level;
}

int shm_unmap(sqlite3_file* file, int remove) {
  auto& handle = handle_of(file);
  if (!handle.mapped) return SQLITE_OK;
  handle.mapped = false;
  Inode& inode = *handle.inode;
  for (unsigned i = 0; i < inode.slots.size(); ++i) {
    if ((handle.shm_shared >> i) & 1U) --inode.slots[i].shared;
    if ((handle.shm_exclusive >> i) & 1U) inode.slots[i].exclusive = nullptr;
  }
  handle.shm_shared = handle.shm_exclusive = 0;
  --inode.mappers;
  // Nobody left: the next one must not believe what it finds, as on a real system.
  if (inode.mappers == 0 || remove != 0) inode.regions.clear();
  return SQLITE_OK;
}

int file_close(sqlite3_file* file) {
  auto& handle = handle_of(file);
  shm_unmap(file, 0);
  unlock_to(handle, SQLITE_LOCK_NONE);
  if (handle.removed_at_close && !handle.name.empty()) handle.disk->remove(handle.name);
  --handle.disk->open_files;
  delete &handle;
  return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  auto& handle = handle_of(file);
  if (handle.disk->off) return SQLITE_IOERR_READ;
  const auto& now = handle.inode->now;
  const auto size = static_cast<std::size_t>(count);
  const auto at = std::min(now.size(), static_cast<std::size_t>(offset));
  const auto there = std::min(size, now.size() - at);
  std::memcpy(out, now.data() + at, there);
  if (there == size) return SQLITE_OK;
  std::memset(static_cast<char*>(out) + there, 0, size - there);
  return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* data, int count, sqlite3_int64 offset) {
  auto& handle = handle_of(file);
  DiskState& disk = *handle.disk;
  if (disk.off) return SQLITE_IOERR_WRITE;
  const bool goes_on = disk.begin_change();
  std::string_view octets(static_cast<const char*>(data), static_cast<std::size_t>(count));
  const auto at = static_cast<std::uint64_t>(offset);
  disk.note("write", handle.name, at, octets.size());
  const std::uint64_t size = handle.inode->now.size();
  const std::uint64_t free = disk.capacity - std::min(disk.capacity, disk.used());
  const bool fits = at + octets.size() <= size + free;
  if (!fits) octets = octets.substr(0, size + free > at ? size + free - at : 0);
  if (!octets.empty()) disk.write(*handle.inode, at, octets);
  if (!goes_on) return SQLITE_IOERR_WRITE;
  return fits ? SQLITE_OK : SQLITE_FULL;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 length) {
  auto& handle = handle_of(file);
  if (handle.disk->off) return SQLITE_IOERR_TRUNCATE;
  const bool goes_on = handle.disk->begin_change();
  handle.disk->note("truncate", handle.name, static_cast<std::uint64_t>(length), 0);
  handle.disk->truncate(*handle.inode, static_cast<std::uint64_t>(length));
  return goes_on ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int file_sync(sqlite3_file* file, int) {
  auto& handle = handle_of(file);
  handle.disk->note("sync", handle.name, handle.inode->unsafe.size(), 0);
  if (!handle.disk->begin_change()) return SQLITE_IOERR_FSYNC;
  handle.disk->sync(*handle.inode);
  if (handle.syncs_folder) handle.disk->sync_folder();
  handle.syncs_folder = false;
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* out) {
  auto& handle = handle_of(file);
  if (handle.disk->off) return SQLITE_IOERR_FSTAT;
  *out = static_cast<sqlite3_int64>(handle.inode->now.size());
  return SQLITE_OK;
}

int file_lock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  Inode& inode = *handle.inode;
  if (handle.disk->off) return SQLITE_IOERR_LOCK;
  if (handle.lock >= level) return SQLITE_OK;
  const auto other = [&](const Handle* holder) { return holder != nullptr && holder != &handle; };
  if (level == SQLITE_LOCK_SHARED) {
    if (other(inode.pending) || other(inode.exclusive)) return SQLITE_BUSY;
    ++inode.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (other(inode.reserved) || other(inode.pending) || other(inode.exclusive)) return SQLITE_BUSY;
    inode.reserved = &handle;
  } else {
    if (other(inode.reserved) || other(inode.pending) || other(inode.exclusive)) return SQLITE_BUSY;
    inode.pending = &handle;
    handle.lock = SQLITE_LOCK_PENDING;
    if (inode.shared > 1) return SQLITE_BUSY;
    inode.exclusive = &handle;
  }
  handle.lock = level;
  return SQLITE_OK;
}

int file_unlock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  if (handle.lock > level) unlock_to(handle, level);
  return SQLITE_OK;
}

int file_check_reserved_lock(sqlite3_file* file, int* out) {
  const Inode& inode = *handle_of(file).inode;
  *out = inode.reserved != nullptr || inode.pending != nullptr || inode.exclusive != nullptr;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int file_sector_size(sqlite3_file*) { return 4096; }
int file_device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shm_map(sqlite3_file* file, int index, int size, int extend, void volatile** out) {
  auto& handle = handle_of(file);
  Inode& inode = *handle.inode;
  *out = nullptr;
  if (handle.disk->off) return SQLITE_IOERR_SHMMAP;
  if (!handle.mapped) {
    handle.mapped = true;
    ++inode.mappers;
  }
  const auto wanted = static_cast<std::size_t>(index) + 1;
  if (size != 32768) return SQLITE_IOERR_SHMMAP;  // what every SQLite asks for
  if (inode.regions.size() < wanted && extend == 0) return SQLITE_OK;
  while (inode.regions.size() < wanted)
    inode.regions.push_back(std::make_unique<std::array<char, 32768>>());
  *out = inode.regions[wanted - 1]->data();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int first, int count, int flags) {
  auto& handle = handle_of(file);
  Inode& inode = *handle.inode;
  if (handle.disk->off) return SQLITE_IOERR_SHMLOCK;
  const bool is_shared = (flags & SQLITE_SHM_SHARED) != 0;
  const auto begin = static_cast<unsigned>(first), end = begin + static_cast<unsigned>(count);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (unsigned i = begin; i < end; ++i) {
      if ((handle.shm_shared >> i) & 1U) --inode.slots[i].shared;
      if ((handle.shm_exclusive >> i) & 1U) inode.slots[i].exclusive = nullptr;
      handle.shm_shared &= ~(1U << i);
      handle.shm_exclusive &= ~(1U << i);
    }
    return SQLITE_OK;
  }
  for (unsigned i = begin; i < end; ++i) {
    const auto& slot = inode.slots[i];
    if (slot.exclusive != nullptr && slot.exclusive != &handle) return SQLITE_BUSY;
    const int own = static_cast<int>((handle.shm_shared >> i) & 1U);
    if (!is_shared && slot.shared > own) return SQLITE_BUSY;
  }
  for (unsigned i = begin; i < end; ++i) {
    if (!is_shared) {
      inode.slots[i].exclusive = &handle;
      handle.shm_exclusive |= 1U << i;
    } else if (((handle.shm_shared >> i) & 1U) == 0) {
      ++inode.slots[i].shared;
      handle.shm_shared |= 1U << i;
    }
  }
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_device_characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
  auto& disk = disk_of(vfs);
  out->pMethods = nullptr;
  if (disk.off) return SQLITE_CANTOPEN;
  auto inode = name == nullptr ? std::make_shared<Inode>() : disk.find(name);
  const bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
  if (!inode) {
    if (!creates || !disk.begin_change()) return SQLITE_CANTOPEN;
    inode = std::make_shared<Inode>();
    auto& history = disk.names[name];
    if (history.empty()) history.push_back(nullptr);  // until its folder is synced
    history.push_back(inode);
    disk.note("create", name, 0, 0);
  }
  auto handle = std::make_unique<Handle>();
  handle->disk = &disk;
  handle->inode = inode;
  if (name != nullptr) handle->name = name;
  handle->syncs_folder =
      creates &&
      (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  handle->removed_at_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  ++disk.open_files;
  auto* file = reinterpret_cast<File*>(out);
  file->handle = handle.release();
  file->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  auto& disk = disk_of(vfs);
  if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
  disk.note("delete", name, static_cast<std::uint64_t>(sync_folder), 0);
  if (disk.off) return SQLITE_IOERR_DELETE;
  const bool goes_on = disk.begin_change();
  disk.remove(name);
  if (!goes_on) return SQLITE_IOERR_DELETE;
  if (sync_folder != 0) disk.sync_folder();
  return SQLITE_OK;
}

int vfs_access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  auto& disk = disk_of(vfs);
  if (disk.off) return SQLITE_IOERR_ACCESS;
  const auto inode = disk.find(name);
  *out = inode && (flags != SQLITE_ACCESS_EXISTS || !inode->now.empty()) ? 1 : 0;
  return SQLITE_OK;
}

int vfs_full_pathname(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs* vfs, int size, char* out) {
  disk_of(vfs).random.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(size)});
  return size;
}

int vfs_sleep(sqlite3_vfs*, int microseconds) { return microseconds; }

int vfs_current_time(sqlite3_vfs*, double* out) {
  *out = 2451544.5;  // 2000-01-01
  return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

void register_vfs(DiskState& state) {
  state.vfs.iVersion = 1;
  state.vfs.szOsFile = sizeof(File);
  state.vfs.mxPathname = 512;
  state.vfs.zName = state.vfs_name.c_str();
  state.vfs.pAppData = &state;
  state.vfs.xOpen = vfs_open;
  state.vfs.xDelete = vfs_delete;
  state.vfs.xAccess = vfs_access;
  state.vfs.xFullPathname = vfs_full_pathname;
  state.vfs.xRandomness = vfs_randomness;
  state.vfs.xSleep = vfs_sleep;
  state.vfs.xCurrentTime = vfs_current_time;
  state.vfs.xGetLastError = vfs_last_error;
  const int code = sqlite3_vfs_register(&state.vfs, 0);
  WEIR_ASSERT(code == SQLITE_OK);
}

}  // namespace weir::sim
