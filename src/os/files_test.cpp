#include "os/files.h"

#include <unistd.h>

#include <fstream>

#include "os/process.h"

namespace weir::os {
namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "weir-os-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(Files, ReplacedFileHoldsTheNewOctetsAndNothingIsLeftBeside) {
  const Folder folder;
  const auto file = folder.path / "a";
  ASSERT_TRUE(replace_file(file, "old"));
  ASSERT_TRUE(replace_file(file, std::string_view("new\0octets", 10), 0600));
  EXPECT_EQ(read_file(file).value(), std::string_view("new\0octets", 10));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path), {}), 1);
}

TEST(Files, MissingFileSaysWhichOne) {
  const auto missing = read_file("/nonexistent/weir");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  EXPECT_NE(missing.error().detail.find("/nonexistent/weir"), std::string::npos);
}

TEST(Files, LargerThanTheLimitIsRefused) {
  const Folder folder;
  ASSERT_TRUE(replace_file(folder.path / "a", std::string(1000, 'x')));
  EXPECT_EQ(read_file(folder.path / "a", 999).error().code, Errc::too_large);
  EXPECT_EQ(read_file(folder.path / "a", 1000).value().size(), 1000U);
  EXPECT_EQ(read_file("/dev/zero", 100'000).error().code, Errc::too_large);
}

TEST(Files, MappedFileShowsTheOctetsAndAnEmptyFileIsEmpty) {
  const Folder folder;
  ASSERT_TRUE(replace_file(folder.path / "a", "mapped"));
  ASSERT_TRUE(replace_file(folder.path / "b", ""));
  EXPECT_EQ(MappedFile::open(folder.path / "a").value().octets(), "mapped");
  EXPECT_EQ(MappedFile::open(folder.path / "b").value().octets(), "");
}

TEST(LockFile, SecondHolderIsToldWhoHasItAndGetsItLater) {
  const Folder folder;
  const auto path = folder.path / "lock";
  {
    const auto first = LockFile::acquire(path);
    ASSERT_TRUE(first);
    const auto second = LockFile::acquire(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::busy);
    EXPECT_NE(second.error().detail.find(std::to_string(::getpid())), std::string::npos);
  }
  EXPECT_TRUE(LockFile::acquire(path));
}

TEST(StopSignal, WaitsForTheSignalAndRemembersIt) {
  StopSignal stop;
  EXPECT_FALSE(stop.wait(Millis{1}));
  ::kill(::getpid(), SIGTERM);
  EXPECT_TRUE(stop.wait(Millis{1000}));
  EXPECT_TRUE(stop.wait(Millis{0}));
}

TEST(Usage, CountsProcessorTimeAndMemory) {
  const auto used = usage();
  EXPECT_GT(used.peak_rss_octets, 1'000'000U);
  EXPECT_GE(used.cpu_seconds, 0.0);
}

}  // namespace
}  // namespace weir::os
