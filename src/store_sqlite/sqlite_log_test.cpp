#include "store_sqlite/sqlite_log.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/log_store_laws.h"

namespace weir::store {

namespace fs = std::filesystem;

// A folder of its own for each test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "weir-log-XXXXXX").string();
    WEIR_ASSERT(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  fs::path operator/(std::string_view name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::unique_ptr<LogStore> fresh_log() {
  static Folder folder;
  static std::atomic<int> number = 0;
  return store_sqlite::open_log(folder / fmt::format("{}.db", ++number), "evidence").value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, LogStoreLaws, testing::Values(LogStoreMaker{"sqlite", fresh_log}));

}  // namespace weir::store

namespace weir::store_sqlite {
namespace {

namespace fs = std::filesystem;
using store::Folder;
using store::LogStore;
using store::Record;
using store::Seq;

Result<Seq> append(LogStore& log, const std::vector<std::string>& records) {
  const std::vector<std::string_view> views(records.begin(), records.end());
  return log.append(views);
}

std::vector<Record> all(LogStore& log) { return log.read(0, SIZE_MAX, SIZE_MAX).value(); }

void change(const fs::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(db);
  sqlite3_close(db);
}

Errc code_of(const auto& result) {
  EXPECT_FALSE(result.has_value());
  return result ? Errc::invalid : result.error().code;
}

TEST(SqliteLog, RecordsAreThereAfterClosingAndOpening) {
  const Folder folder;
  ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), {"one", "two"}));
  const auto log = open_log(folder / "a.db", "evidence").value();
  EXPECT_EQ(log->head(), Seq{2});
  EXPECT_EQ(all(*log), (std::vector<Record>{{0, "one"}, {1, "two"}}));
}

TEST(SqliteLog, TwoLogsInOneFileAreApart) {
  const Folder folder;
  const auto entries = open_log(folder / "a.db", "entries").value();
  const auto checkpoints = open_log(folder / "a.db", "checkpoints").value();
  EXPECT_EQ(append(*entries, {"e0", "e1"}), Seq{0});
  EXPECT_EQ(append(*checkpoints, {"c0"}), Seq{0});
  EXPECT_EQ(append(*entries, {"e2"}), Seq{2});
  EXPECT_EQ(all(*checkpoints), (std::vector<Record>{{0, "c0"}}));
  EXPECT_EQ(entries->head(), Seq{3});
}

TEST(SqliteLog, AnotherOpenerSeesWhatWasCommittedAndAppendsBehindIt) {
  const Folder folder;
  const auto a = open_log(folder / "a.db", "evidence").value();
  const auto b = open_log(folder / "a.db", "evidence").value();
  EXPECT_EQ(append(*a, {"from a"}), Seq{0});
  EXPECT_EQ(b->head(), Seq{1});
  EXPECT_EQ(append(*b, {"from b"}), Seq{1});
  EXPECT_EQ(all(*a), (std::vector<Record>{{0, "from a"}, {1, "from b"}}));
}

TEST(SqliteLog, ManyOpenersOfANewFileAllGetIn) {
  const Folder folder;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      const auto log = open_log(folder / "a.db", t % 2 == 0 ? "even" : "odd");
      ASSERT_TRUE(log) << log.error().detail;
      for (int i = 0; i < 20; ++i) ASSERT_TRUE(append(**log, {"x"}));
    });
  threads.clear();
  for (const auto* name : {"even", "odd"})
    EXPECT_EQ(open_log(folder / "a.db", name).value()->head(), Seq{80});
}

TEST(SqliteLog, WritersInTwoConnectionsThatMoveTheirPagesOftenLoseNothing) {
  const Folder folder;
  const SqliteOptions often{.checkpoint_pages = 3};
  constexpr int kAppends = 300;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t)
      threads.emplace_back([&, t] {
        const auto log = open_log(folder / "a.db", "evidence", often).value();
        for (int i = 0; i < kAppends; ++i)
          ASSERT_TRUE(append(*log, {fmt::format("{} {} {}", t, i, std::string(500, 'x'))}));
      });
  }
  const auto log = open_log(folder / "a.db", "evidence", often).value();
  EXPECT_EQ(all(*log).size(), std::size_t{3 * kAppends});
  EXPECT_LT(fs::file_size(folder / "a.db-wal"), 4'000'000U);
}

TEST(SqliteLog, ThePagesLeaveTheWalFile) {
  const Folder folder;
  const auto log = open_log(folder / "a.db", "evidence", {.checkpoint_pages = 10}).value();
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(append(*log, {std::string(3'000, 'x')}));
  EXPECT_LT(fs::file_size(folder / "a.db-wal"), 200'000U);
  EXPECT_GT(fs::file_size(folder / "a.db"), 500'000U);
}

TEST(SqliteLog, NamesThatAreNoLogAreRefused) {
  const Folder folder;
  for (const auto* name : {"", "Evidence", "a-b", "x\"", "sqlite_schema", "log-heads"})
    EXPECT_EQ(code_of(open_log(folder / "a.db", name)), Errc::invalid) << name;
}

TEST(SqliteLog, AMissingFolderIsNamedWithTheRemedy) {
  const Folder folder;
  const auto result = open_log(folder / "missing" / "a.db", "evidence");
  EXPECT_EQ(code_of(result), Errc::not_found);
  EXPECT_NE(result.error().detail.find("missing/a.db"), std::string::npos);
}

TEST(SqliteLog, AFolderInTheFilesPlaceIsAPermissionErrorWithThePath) {
  const Folder folder;
  fs::create_directory(folder / "a.db");
  const auto result = open_log(folder / "a.db", "evidence");
  EXPECT_EQ(code_of(result), Errc::permission);
  EXPECT_NE(result.error().detail.find("a.db"), std::string::npos);
  EXPECT_NE(result.error().detail.find("check owner and mode"), std::string::npos);
}

TEST(SqliteLog, AFileThatCannotBeWrittenIsAPermissionError) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write anything";
  const Folder folder;
  {
    ASSERT_TRUE(open_log(folder / "a.db", "evidence"));
  }
  fs::permissions(folder / "a.db", fs::perms::owner_read);
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::permission);
}

TEST(SqliteLog, ANewerFormatIsUnsupportedAndLeftAsItIs) {
  const Folder folder;
  {
    ASSERT_TRUE(open_log(folder / "a.db", "evidence"));
  }
  change(folder / "a.db", "PRAGMA user_version=2");
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::unsupported);
}

TEST(SqliteLog, ADatabaseOfAnotherProgramIsNotTouched) {
  const Folder folder;
  change(folder / "a.db", "CREATE TABLE evidence (x)");
  const auto size = fs::file_size(folder / "a.db");
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::invalid);
  EXPECT_EQ(fs::file_size(folder / "a.db"), size);
  EXPECT_FALSE(fs::exists(folder / "a.db-wal"));
}

TEST(SqliteLog, ATextFileIsCorruptAndNotOverwritten) {
  const Folder folder;
  std::ofstream(folder / "a.db") << std::string(10'000, 'x');
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::corrupt);
  EXPECT_EQ(fs::file_size(folder / "a.db"), 10'000U);
}

TEST(SqliteLog, AChangedRecordIsCorruptAndNamed) {
  const Folder folder;
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), {"a", "b", "c", "d"}));
  }
  change(folder / "a.db", "UPDATE evidence SET octets = x'62', sum = sum + 1 WHERE seq = 2");
  const auto log = open_log(folder / "a.db", "evidence").value();
  EXPECT_EQ(log->read(0, 2, 99)->size(), 2U);
  const auto result = log->read(0, 9, 99);
  EXPECT_EQ(code_of(result), Errc::corrupt);
  EXPECT_NE(result.error().detail.find("record 2"), std::string::npos);
}

TEST(SqliteLog, TwoRecordsThatChangedPlacesAreCorrupt) {
  const Folder folder;
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), {"a", "b", "c", "d"}));
  }
  change(folder / "a.db",
         "UPDATE evidence SET seq = 99 WHERE seq = 1; UPDATE evidence SET seq = 1 WHERE seq = 2; "
         "UPDATE evidence SET seq = 2 WHERE seq = 99");
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence").value()->read(0, 9, 99)), Errc::corrupt);
}

TEST(SqliteLog, AMissingRecordIsCorruptAndNamed) {
  const Folder folder;
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), {"a", "b", "c"}));
  }
  change(folder / "a.db", "DELETE FROM evidence WHERE seq = 1");
  const auto result = open_log(folder / "a.db", "evidence").value()->read(0, 9, 99);
  EXPECT_EQ(code_of(result), Errc::corrupt);
  EXPECT_NE(result.error().detail.find("record 1"), std::string::npos);
}

TEST(SqliteLog, AMissingEndIsCorruptAtOpeningAndAtAppending) {
  const Folder folder;
  const auto log = open_log(folder / "a.db", "evidence").value();
  ASSERT_TRUE(append(*log, {"a", "b", "c"}));
  change(folder / "a.db", "DELETE FROM evidence WHERE seq = 2");
  EXPECT_EQ(code_of(append(*log, {"d"})), Errc::corrupt);
  EXPECT_EQ(code_of(log->read(0, 9, 99)), Errc::corrupt);
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::corrupt);
}

TEST(SqliteLog, AMissingHeadOrTableIsCorrupt) {
  const Folder folder;
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), {"a"}));
  }
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "entries").value(), {"a"}));
  }
  change(folder / "a.db", "DELETE FROM \"log-heads\" WHERE log = 'evidence'; DROP TABLE entries");
  EXPECT_EQ(code_of(open_log(folder / "a.db", "evidence")), Errc::corrupt);
  EXPECT_EQ(code_of(open_log(folder / "a.db", "entries")), Errc::corrupt);
}

TEST(SqliteLog, AFileCutShortAnywhereIsCorrupt) {
  const Folder folder;
  std::vector<std::string> records;
  for (int i = 0; i < 100; ++i) records.push_back(fmt::format("{} {}", i, std::string(300, 'x')));
  {
    ASSERT_TRUE(append(*open_log(folder / "a.db", "evidence").value(), records));
  }
  const auto size = fs::file_size(folder / "a.db");
  ASSERT_GT(size, 30'000U);
  // Lengths 0 and 1 are left out: SQLite takes them for a file just created.
  for (std::uintmax_t length = 2; length < size; length += 997) {
    fs::copy_file(folder / "a.db", folder / "b.db", fs::copy_options::overwrite_existing);
    fs::resize_file(folder / "b.db", length);
    const auto log = open_log(folder / "b.db", "evidence");
    if (log) {
      EXPECT_EQ(code_of((*log)->read(0, SIZE_MAX, SIZE_MAX)), Errc::corrupt) << length;
    } else {
      EXPECT_EQ(log.error().code, Errc::corrupt) << length << log.error().detail;
    }
  }
}

TEST(SqliteLog, AWriterThatNeverEndsIsBusy) {
  const Folder folder;
  const auto log =
      open_log(folder / "a.db", "evidence", {.busy_timeout = std::chrono::milliseconds{20}})
          .value();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "a.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(code_of(append(*log, {"a"})), Errc::busy);
  EXPECT_EQ(log->head(), Seq{0});
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_EQ(append(*log, {"a"}), Seq{0});
}

}  // namespace
}  // namespace weir::store_sqlite
