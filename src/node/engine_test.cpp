#include "node/engine.h"

#include "node/intake.h"
#include "node/replay.h"
#include "node/test_folder.h"
#include "store/memory_log.h"

namespace weir::node {
namespace {

const UnixMillis kNow = parse_rfc3339("2026-01-31T12:00:00Z").value();

std::string mail(int number, std::string_view source, std::string_view text) {
  return fmt::format(
      "Received: from x.example (x.example [{}]) by mx.weir.test (Postfix) with ESMTP id A{};\r\n"
      "\tSat, 31 Jan 2026 11:{:02}:00 +0000\r\nSubject: number {}\r\n\r\n{}\r\n",
      source, number, number % 60, number, text);
}

evidence::Record report(int number, std::string_view source) {
  auto record = make_report(mail(number, source, "buy now"), read_options({}), "local", kNow);
  WEIR_ASSERT(record.has_value());
  return *record;
}

Result<std::unique_ptr<Engine>> open(const TestFolder& folder) {
  SeededRandom random(7);
  return Engine::open(Home{folder.path, {}}, random);
}

std::string octets_of(const std::filesystem::path& file) { return os::read_file(file).value(); }

TEST(Intake, SourceAndTimeComeFromTheTrace) {
  const auto record = report(3, "192.0.2.1");
  EXPECT_EQ(record.source, Address::parse("192.0.2.1").value());
  EXPECT_EQ(to_rfc3339(record.observed_at), "2026-01-31T11:03:00Z");
  EXPECT_EQ(record.features_version, 0);
}

TEST(Intake, ATimeInTheFutureIsNow) {
  const auto early = kNow - std::chrono::days{3};
  const auto record = make_report(mail(1, "192.0.2.1", "x"), read_options({}), "local", early);
  EXPECT_EQ(record->observed_at, early);
}

TEST(Engine, EnoughEvidenceListsAndTheEndLifts) {
  const TestFolder folder;
  auto engine = open(folder);
  ASSERT_TRUE(engine) << engine.error().detail;
  std::vector<evidence::Record> records;
  for (int i = 0; i < 6; ++i) records.push_back(report(i, "192.0.2.1"));
  records.push_back(report(9, "192.0.2.2"));
  ASSERT_TRUE((*engine)->record(records));
  ASSERT_EQ((*engine)->decide(kNow), 1U);
  const auto subject = Address::parse("192.0.2.1").value();
  ASSERT_NE((*engine)->index()->find(subject, kNow), nullptr);
  EXPECT_EQ((*engine)->index()->find(Address::parse("192.0.2.2").value(), kNow), nullptr);
  EXPECT_EQ((*engine)->decide(kNow), 0U) << "the same evidence decides once";
  const auto later = kNow + std::chrono::days{8};
  ASSERT_EQ((*engine)->decide(later), 1U);
  EXPECT_EQ((*engine)->index()->size(), 0U);
}

TEST(Engine, RebuildGivesTheSameOctets) {
  const TestFolder folder;
  {
    auto engine = open(folder);
    ASSERT_TRUE(engine);
    for (int i = 0; i < 40; ++i) {
      auto record = report(i, i % 2 == 0 ? "192.0.2.1" : "192.0.2.2");
      if (i % 3 == 0) {
        const auto observed =
            observe(mail(i, "192.0.2.3", "text " + std::to_string(i)), read_options({}));
        record = make_record(i % 2 == 0 ? evidence::Kind::learnt_spam : evidence::Kind::learnt_ham,
                             observed, "local", kNow);
      }
      ASSERT_TRUE((*engine)->record({record}));
      if (i % 10 == 0) {
        ASSERT_TRUE((*engine)->decide(kNow));
      }
    }
    ASSERT_TRUE((*engine)->save());
  }
  std::map<std::string, std::string> before;
  for (const auto& file : std::filesystem::directory_iterator(folder.path / "projections"))
    before[file.path().filename()] = octets_of(file.path());
  ASSERT_EQ(before.size(), 5U);
  SeededRandom random(8);
  ASSERT_TRUE(rebuild(Home{folder.path, {}}, random, {}));
  for (const auto& [name, octets] : before)
    EXPECT_EQ(octets_of(folder.path / "projections" / name), octets) << name;
}

TEST(Engine, SecondOneIsToldWhoHasTheHome) {
  const TestFolder folder;
  const auto first = open(folder);
  ASSERT_TRUE(first);
  const auto second = open(folder);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
}

TEST(Engine, KeyThatOthersCanReadIsRefusedWithTheRemedy) {
  const TestFolder folder;
  ASSERT_TRUE(open(folder));
  const auto seed = folder.path / "keys" / "ledger.seed";
  std::filesystem::permissions(seed, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  const auto engine = open(folder);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, Errc::permission);
  EXPECT_NE(engine.error().detail.find("chmod 600"), std::string::npos);
}

// The error of opening the home again once `change` was made to it.
Error after(const std::function<void(const TestFolder&)>& change, Config config = {}) {
  const TestFolder folder;
  WEIR_ASSERT(open(folder).has_value());
  change(folder);
  SeededRandom random(9);
  const auto again = Engine::open(Home{folder.path, std::move(config)}, random);
  return again ? Error{} : again.error();
}

TEST(Engine, ALostKeyIsNotReplacedInSilence) {
  const auto error = after([](const TestFolder& folder) {
    std::filesystem::remove(folder.path / "keys" / "ledger.seed");
  });
  EXPECT_EQ(error.code, Errc::not_found);
  EXPECT_NE(error.detail.find("ledger.seed is missing"), std::string::npos) << error.detail;
}

TEST(Engine, ALostKeyLeavesTheVerifierKey) {
  const TestFolder folder;
  ASSERT_TRUE(open(folder));
  const auto known = octets_of(folder.path / "keys" / "ledger.pub");
  std::filesystem::remove(folder.path / "keys" / "ledger.seed");
  SeededRandom random(9);
  ASSERT_FALSE(Engine::open(Home{folder.path, {}}, random));
  EXPECT_EQ(octets_of(folder.path / "keys" / "ledger.pub"), known);
}

TEST(Engine, ALostLedgerIsNotBegunAgainUnderTheSameKey) {
  for (const bool empty : {false, true}) {
    const auto error = after([&](const TestFolder& folder) {
      for (const auto* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm"})
        std::filesystem::remove(folder.path / name);
      if (empty) folder.write("ledger.db", "");
    });
    EXPECT_EQ(error.code, Errc::not_found);
    EXPECT_NE(error.detail.find("ledger.db is missing or empty"), std::string::npos)
        << error.detail;
  }
}

TEST(Engine, ALostVerifierKeyIsWrittenAgain) {
  const TestFolder folder;
  ASSERT_TRUE(open(folder));
  const auto file = folder.path / "keys" / "ledger.pub";
  const auto known = octets_of(file);
  std::filesystem::remove(file);
  ASSERT_TRUE(open(folder));
  EXPECT_EQ(octets_of(file), known);
}

TEST(Engine, AnotherDomainIsToldWhoseLedgerItIs) {
  Config config;
  config.domain = "other.example";
  const auto error = after([](const TestFolder&) {}, config);
  EXPECT_EQ(error.code, Errc::invalid);
  EXPECT_NE(error.detail.find("is weir.test/ledger, but node.domain"), std::string::npos)
      << error.detail;
}

TEST(Home, ReadingMakesNothing) {
  const TestFolder folder;
  const Home home{folder.path / "none", {}};
  EXPECT_EQ((*open_evidence_to_read(home))->head(), 0U);
  EXPECT_EQ(open_ledger_logs_to_read(home.folder)->entries->head(), 0U);
  EXPECT_EQ(projections_to_read(home)->position, 0U);
  EXPECT_FALSE(std::filesystem::exists(home.folder));
}

TEST(Projections, DamagedFilesAreMadeAgain) {
  const TestFolder folder;
  {
    auto engine = open(folder);
    ASSERT_TRUE((*engine)->record({report(1, "192.0.2.1")}));
    ASSERT_TRUE((*engine)->save());
  }
  const auto model = folder.path / "projections" / "model.bin";
  auto octets = octets_of(model);
  octets[octets.size() / 2] = static_cast<char>(octets[octets.size() / 2] ^ 1);
  folder.write("projections/model.bin", octets);
  const auto engine = open(folder);
  ASSERT_TRUE(engine) << engine.error().detail;
  EXPECT_EQ((*engine)->projections().position, 1U);
}

TEST(Projections, ShorterLogThanWhatWasCountedIsAnError) {
  const TestFolder folder;
  {
    auto engine = open(folder);
    ASSERT_TRUE((*engine)->record({report(1, "192.0.2.1")}));
    ASSERT_TRUE((*engine)->save());
  }
  for (const auto* name : {"evidence.db", "evidence.db-wal", "evidence.db-shm"})
    std::filesystem::remove(folder.path / name);
  const auto engine = open(folder);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, Errc::corrupt);
  EXPECT_NE(engine.error().detail.find("weir rebuild"), std::string::npos);
}

TEST(Projections, RecordsOfANewerProgramAreKeptAndNotCounted) {
  store::MemoryLog log;
  const std::string known = evidence::serialise(report(1, "192.0.2.1"));
  const std::vector<std::string_view> records = {R"({"v":2,"kind":"dream"})", known, "garbage"};
  ASSERT_TRUE(log.append(records));
  Projections projections;
  EXPECT_EQ(catch_up(projections, log), 3U);
  EXPECT_EQ(projections.skipped, 2U);
  EXPECT_EQ(projections.history.sources().size(), 1U);
}

TEST(Replay, LivesAMailboxThroughWithItsOwnClock) {
  const TestFolder folder;
  std::string index;
  for (int i = 0; i < 30; ++i) {
    const bool spam = i % 2 == 0;
    const auto name = fmt::format("m{:02}", i);
    folder.write("in/" + name, mail(i, spam ? "192.0.2.1" : "192.0.2.9",
                                    spam ? "cheap pills, buy now, no prescription"
                                         : "the minutes of our meeting are attached"));
    index += fmt::format("{} {} {}\n", spam ? "spam" : "ham", name, i < 20 ? "learn" : "scan");
  }
  folder.write("in/index", index);
  auto engine = open(folder);
  ASSERT_TRUE(engine);
  const auto messages = read_index(folder.path / "in" / "index");
  ASSERT_TRUE(messages);
  const auto done = replay(**engine, *messages, kNow, {});
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->messages, 30U);
  EXPECT_EQ(done->learnt, 20U);
  EXPECT_NE((*engine)->index()->find(Address::parse("192.0.2.1").value(), kNow), nullptr);
  EXPECT_EQ((*engine)->index()->find(Address::parse("192.0.2.9").value(), kNow), nullptr);
  const auto counted = (*engine)->projections().history.sources();
  ASSERT_TRUE(replay(**engine, *messages, kNow, {}));
  EXPECT_EQ((*engine)->projections().history.sources().at(Prefix::parse("192.0.2.1").value()).days,
            counted.at(Prefix::parse("192.0.2.1").value()).days)
      << "filed twice, counted once";
}

}  // namespace
}  // namespace weir::node
