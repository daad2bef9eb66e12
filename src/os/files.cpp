#include "os/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

namespace weir::os {
namespace {

// Closes on every way out.
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

Status write_all(int fd, std::string_view octets, const std::filesystem::path& path) {
  while (!octets.empty()) {
    const auto written = ::write(fd, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return std::unexpected(last_error("write", path));
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_folder(const std::filesystem::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return std::unexpected(last_error("sync", folder));
  return {};
}

Result<std::string> read_head(int fd, const std::filesystem::path& path, std::uint64_t max_octets,
                              bool& cut) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) return std::unexpected(last_error("open", path));
  // Read to the end, not to st_size: pipes and growing files have none. A step more than the file
  // holds finds the end at once.
  const auto expected = static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0)) + 1;
  constexpr std::uint64_t kStep = 1U << 16;
  std::string content;
  std::size_t used = 0;
  while (used <= max_octets) {
    const auto want =
        std::min(used == 0 ? std::max(expected, kStep) : used + kStep, max_octets + 1 - used);
    content.resize(used + static_cast<std::size_t>(want));
    const auto got = ::read(fd, content.data() + used, static_cast<std::size_t>(want));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(last_error("read", path));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  cut = used > max_octets;
  content.resize(cut ? static_cast<std::size_t>(max_octets) : used);
  return content;
}

}  // namespace

Error last_error(std::string_view doing, const std::filesystem::path& path) {
  const int number = errno;
  Errc code = Errc::io;
  std::string_view remedy;
  switch (number) {
    case ENOENT:
    case ENOTDIR: code = Errc::not_found; break;
    case EACCES:
    case EPERM:
    case EROFS:
      code = Errc::permission;
      remedy = "; check the owner and mode of the file and its folder";
      break;
    case ENOSPC:
    case EDQUOT:
      code = Errc::full;
      remedy = "; free some space or move WEIR_HOME to a larger disk";
      break;
    case EISDIR: code = Errc::invalid; break;
    default: break;
  }
  return Error{code, fmt::format("cannot {} {}: {}{}", doing, path.string(),
                                 std::generic_category().message(number), remedy)};
}

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_octets) {
  bool cut = false;
  WEIR_TRY(auto content, read_file_head(path, max_octets, cut));
  if (cut)
    return fail(Errc::too_large,
                fmt::format("{} is larger than {} octets", path.string(), max_octets));
  return content;
}

Result<std::string> read_file_head(const std::filesystem::path& path, std::uint64_t max_octets,
                                   bool& cut) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return std::unexpected(last_error("open", path));
  return read_head(fd.get(), path, max_octets, cut);
}

Result<std::string> read_standard_input_head(std::uint64_t max_octets, bool& cut) {
  return read_head(STDIN_FILENO, "standard input", max_octets, cut);
}

Status replace_file(const std::filesystem::path& path, std::string_view octets, unsigned mode) {
  auto beside = path;
  beside += fmt::format(".{}.new", ::getpid());
  const Fd fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                     static_cast<mode_t>(mode)));
  if (fd.get() < 0) return std::unexpected(last_error("create", beside));
  auto written = write_all(fd.get(), octets, beside);
  if (written && ::fsync(fd.get()) != 0) written = std::unexpected(last_error("sync", beside));
  if (written && ::rename(beside.c_str(), path.c_str()) != 0)
    written = std::unexpected(last_error("replace", path));
  if (!written) {
    ::unlink(beside.c_str());
    return written;
  }
  return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

Status make_folders(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return {};
  errno = error.value();
  return std::unexpected(last_error("create the folder", path));
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return std::unexpected(last_error("open", path));
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return std::unexpected(last_error("read", path));
  MappedFile file;
  if (info.st_size == 0) return file;
  void* data =
      ::mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (data == MAP_FAILED) return std::unexpected(last_error("map", path));
  file.data_ = static_cast<const char*>(data);
  file.size_ = static_cast<std::size_t>(info.st_size);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  // munmap takes a pointer to non-const and does not write through it.
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

Result<LockFile> LockFile::acquire(const std::filesystem::path& path) {
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (fd.get() < 0) return std::unexpected(last_error("open the lock", path));
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return std::unexpected(last_error("lock", path));
    char pid[32] = {};
    const auto got = ::read(fd.get(), pid, sizeof pid - 1);
    return fail(Errc::busy,
                fmt::format("{} is in use by process {}; stop it first, or give this one another "
                            "home (WEIR_HOME)",
                            path.parent_path().string(), got > 0 ? pid : "unknown"));
  }
  const auto pid = std::to_string(::getpid());
  if (::ftruncate(fd.get(), 0) != 0) return std::unexpected(last_error("write", path));
  WEIR_CHECK(write_all(fd.get(), pid, path));
  return LockFile(fd.release());
}

LockFile::LockFile(LockFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

LockFile::~LockFile() {
  if (fd_ >= 0) ::close(fd_);  // the kernel lets the lock go with the descriptor
}

}  // namespace weir::os
