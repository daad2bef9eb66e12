#include "node/messages.h"

#include <unistd.h>

#include "node/ordered.h"
#include "node/test_folder.h"
#include "os/files.h"

namespace weir::node {
namespace {

std::vector<std::string> paths_of(const std::vector<MessageRef>& messages) {
  std::vector<std::string> paths;
  for (const auto& message : messages)
    paths.push_back(std::filesystem::path(message.path).filename().string());
  return paths;
}

TEST(Messages, MboxIsSplitOnlyAtSeparators) {
  const TestFolder folder;
  folder.write(
      "box",
      "From a@b.example Sat Jan 31 12:00:00 2026\nSubject: one\n\nFrom here on it rains\n\n"
      "From now on, no more.\n\nFrom c@d.example Sat Jan 31 12:00:01 2026\nSubject: two\n\nx\n");
  const auto messages = list_messages({folder.path / "box"});
  ASSERT_TRUE(messages);
  ASSERT_EQ(paths_of(*messages), (std::vector<std::string>{"box#1", "box#2"}));
  EXPECT_EQ(load(messages->at(1), 1000)->octets,
            "From c@d.example Sat Jan 31 12:00:01 2026\nSubject: two\n\nx\n");
}

TEST(Messages, MaildirReadsCurAndNewAndNothingElse) {
  const TestFolder folder;
  for (const auto* name : {"cur/b", "new/a", "tmp/c", "cur/a"})
    folder.write(name, "Subject: x\n\n");
  folder.write("dovecot.index", "binary");
  const auto messages = list_messages({folder.path});
  ASSERT_TRUE(messages);
  EXPECT_EQ(paths_of(*messages), (std::vector<std::string>{"a", "b", "a"}));
}

TEST(Messages, IndexGivesLabelsAndPathsRelativeToItself) {
  const TestFolder folder;
  folder.write("in/m1", "Subject: x\n\n");
  folder.write("index", "spam in/m1 learn alpha\r\nham in/m2\n\n");
  const auto messages = list_messages({folder.path / "index"});
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ(messages->at(0).spam, true);
  EXPECT_EQ(messages->at(0).column, "learn");
  EXPECT_EQ(messages->at(1).spam, false);
  EXPECT_TRUE(load(messages->at(0), 100));
  EXPECT_EQ(load(messages->at(1), 100).error().code, Errc::not_found);
}

TEST(Messages, BadIndexLineIsNamed) {
  const TestFolder folder;
  folder.write("index", "spam a\nsapm b\n");
  const auto messages = read_index(folder.path / "index");
  ASSERT_FALSE(messages);
  EXPECT_NE(messages.error().detail.find("index:2:"), std::string::npos);
}

TEST(Messages, LongMessageIsCutAndSaysSo) {
  const TestFolder folder;
  folder.write("m", std::string(5000, 'x'));
  const auto messages = list_messages({folder.path / "m"});
  const auto loaded = load(messages->at(0), 4096);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->cut);
  EXPECT_EQ(loaded->octets.size(), 4096U);
  EXPECT_FALSE(load(messages->at(0), 5000)->cut);
}

TEST(Messages, AMessageInAFolderIsNoIndexWhateverItsFirstLineSays) {
  const TestFolder folder;
  folder.write("in/1", "spam /etc/hostname\nis what this mail says\n");
  folder.write("in/2", "Subject: x\n\n");
  const auto messages = list_messages({folder.path / "in"});
  ASSERT_TRUE(messages) << messages.error().detail;
  EXPECT_EQ(paths_of(*messages), (std::vector<std::string>{"1", "2"}));
}

TEST(Messages, OneFileOfAFolderThatCannotBeReadLeavesTheOthers) {
  const TestFolder folder;
  folder.write("in/a", "Subject: x\n\n");
  folder.write("in/c", "Subject: x\n\n");
  // Nobody may read his own memory at 0: a regular file that opens and does not read, even for
  // root.
  std::filesystem::create_symlink("/proc/self/mem", folder.path / "in" / "b");
  const auto messages = list_messages({folder.path / "in"});
  ASSERT_TRUE(messages) << messages.error().detail;
  ASSERT_EQ(paths_of(*messages), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_FALSE(load(messages->at(1), 100));
  EXPECT_TRUE(load(messages->at(2), 100));
}

TEST(Messages, MissingPathIsNamed) {
  EXPECT_NE(list_messages({"/nonexistent/x"}).error().detail.find("/nonexistent/x"),
            std::string::npos);
}

RC_GTEST_PROP(Ordered, ResultsComeInOrderWhateverTheWorkers,
              (unsigned char count, unsigned char threads)) {
  const std::size_t all = std::size_t{count} * 5;
  std::vector<std::size_t> taken;
  for_each_ordered(
      all, threads % 5U, [](std::size_t i) { return i * i; },
      [&](std::size_t i, std::size_t square) {
        RC_ASSERT(square == i * i);
        taken.push_back(i);
        return true;
      });
  RC_ASSERT(taken.size() == all);
  for (std::size_t i = 0; i < all; ++i) RC_ASSERT(taken[i] == i);
}

TEST(Ordered, StopsWhenTheTakerHasEnough) {
  std::size_t taken = 0;
  for_each_ordered(
      100'000, 4, [](std::size_t i) { return i; },
      [&](std::size_t, std::size_t) { return ++taken < 10; });
  EXPECT_EQ(taken, 10U);
}

}  // namespace
}  // namespace weir::node
