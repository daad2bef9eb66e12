// os/files.h - files as Weir uses them: whole, mapped, replaced at once, locked. Errors name the
// path and the remedy.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace weir::os {

[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::uint64_t max_octets = 1ULL << 32);
// At most max_octets from the front; `cut` says whether there was more.
[[nodiscard]] Result<std::string> read_file_head(const std::filesystem::path& path,
                                                 std::uint64_t max_octets, bool& cut);
// The same from the descriptor itself: opening /dev/stdin anew fails for sockets and for pipes of
// another user, and starts a file from its beginning.
[[nodiscard]] Result<std::string> read_standard_input_head(std::uint64_t max_octets, bool& cut);
// Written beside, synced, renamed over, folder synced: after a crash the old or the new content is
// there, whole.
[[nodiscard]] Status replace_file(const std::filesystem::path& path, std::string_view octets,
                                  unsigned mode = 0644);
[[nodiscard]] Status make_folders(const std::filesystem::path& path);

// Read-only map of a whole file. Octets stay valid while the object lives.
class MappedFile {
 public:
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  [[nodiscard]] std::string_view octets() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// One holder at a time, across processes; released when the object or the process dies. Errc::busy
// names the holder's pid.
class LockFile {
 public:
  [[nodiscard]] static Result<LockFile> acquire(const std::filesystem::path& path);
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  explicit LockFile(int fd) : fd_(fd) {}
  int fd_ = -1;
};

// An Error for the current errno, with what was tried and a remedy where there is one.
[[nodiscard]] Error last_error(std::string_view doing, const std::filesystem::path& path);

}  // namespace weir::os
