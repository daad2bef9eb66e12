#include "auth/dmarc.h"

#include "auth/author.h"

namespace weir::auth {
namespace {

struct World {
  std::string from = "From: a@mail.weir.com\n\n";
  std::map<std::string, Answer> zone;
  SpfResult spf;
  DkimResults dkim;
  int sample = 0;

  World& record(const std::string& name, std::string text) {
    auto& answer = zone["_dmarc." + name];
    answer.status = Answer::Status::found;
    answer.texts.push_back(std::move(text));
    return *this;
  }
  World& spf_is(Outcome outcome, std::string domain) {
    spf.outcome = outcome;
    spf.domain = std::move(domain);
    return *this;
  }
  World& dkim_is(Outcome outcome, std::string domain) {
    DkimResult result;
    result.outcome = outcome;
    result.domain = std::move(domain);
    dkim.signatures.push_back(std::move(result));
    return *this;
  }
  [[nodiscard]] DmarcResult check() const {
    const Header header(from);
    const DmarcInput input{header, spf, dkim, sample};
    Answers answers;
    auto step = check_dmarc(input, answers);
    for (const auto& question : step.needs) {
      const auto found = zone.find(question.name);
      Answer answer;
      answer.status = Answer::Status::no_name;
      answers.put(question, found == zone.end() ? answer : found->second);
    }
    step = check_dmarc(input, answers);
    EXPECT_TRUE(step.done());
    return step.result;
  }
};

TEST(Dmarc, ADomainWithoutRecordAsksForNothing) {
  EXPECT_EQ(World().check().outcome, Outcome::none);
  EXPECT_EQ(World().record("weir.com", "v=spf1 -all").check().outcome, Outcome::none);
  EXPECT_EQ(World().record("weir.com", "v=DMARC1").check().outcome, Outcome::none);
  EXPECT_EQ(World().record("weir.com", "v=DMARC1; p=what").check().outcome, Outcome::none);
  EXPECT_EQ(World().record("weir.com", "p=reject; v=DMARC1").check().outcome, Outcome::none);
}

TEST(Dmarc, SeveralRecordsCountAsNone) {
  const auto result = World()
                          .record("weir.com", "v=DMARC1; p=reject")
                          .record("weir.com", "v=DMARC1; p=none")
                          .check();
  EXPECT_EQ(result.outcome, Outcome::none);
  EXPECT_NE(result.reason.find("several"), std::string::npos);
}

TEST(Dmarc, ThePolicyOfTheOrganisationHoldsForItsSubdomains) {
  auto result = World().record("weir.com", "v=DMARC1; p=reject").check();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.asked, DmarcPolicy::reject);
  EXPECT_EQ(result.record_of, "weir.com");
  EXPECT_EQ(World().record("weir.com", "v=DMARC1; p=reject; sp=quarantine").check().asked,
            DmarcPolicy::quarantine);
  result = World()
               .record("weir.com", "v=DMARC1; p=reject")
               .record("mail.weir.com", "v=DMARC1; p=none")
               .check();
  EXPECT_EQ(result.asked, DmarcPolicy::none);
  EXPECT_EQ(result.record_of, "mail.weir.com");
}

TEST(Dmarc, AlignmentIsByOrganisationUnlessStrict) {
  const std::string relaxed = "v=DMARC1; p=reject";
  const std::string strict = "v=DMARC1; p=reject; adkim=s; aspf=s";
  EXPECT_EQ(
      World().record("weir.com", relaxed).spf_is(Outcome::pass, "other.weir.com").check().outcome,
      Outcome::pass);
  EXPECT_EQ(
      World().record("weir.com", strict).spf_is(Outcome::pass, "other.weir.com").check().outcome,
      Outcome::fail);
  EXPECT_EQ(
      World().record("weir.com", strict).spf_is(Outcome::pass, "mail.weir.com").check().outcome,
      Outcome::pass);
  EXPECT_EQ(World().record("weir.com", relaxed).dkim_is(Outcome::pass, "weir.com").check().outcome,
            Outcome::pass);
  EXPECT_EQ(World().record("weir.com", strict).dkim_is(Outcome::pass, "weir.com").check().outcome,
            Outcome::fail);
  EXPECT_EQ(World().record("weir.com", relaxed).dkim_is(Outcome::pass, "weir.net").check().outcome,
            Outcome::fail);
  EXPECT_EQ(
      World().record("weir.com", relaxed).spf_is(Outcome::softfail, "weir.com").check().outcome,
      Outcome::fail);
}

TEST(Dmarc, TwoTenantsOfAPublicSuffixAreNotOneOrganisation) {
  World world;
  world.from = "From: a@one.co.uk\n\n";
  world.record("one.co.uk", "v=DMARC1; p=reject").dkim_is(Outcome::pass, "two.co.uk");
  EXPECT_EQ(world.check().outcome, Outcome::fail);
}

TEST(Dmarc, WhatCouldStillPassIsATemperror) {
  const std::string record = "v=DMARC1; p=reject";
  EXPECT_EQ(
      World().record("weir.com", record).spf_is(Outcome::temperror, "weir.com").check().outcome,
      Outcome::temperror);
  EXPECT_EQ(
      World().record("weir.com", record).dkim_is(Outcome::temperror, "other.com").check().outcome,
      Outcome::fail);
  World silent;
  silent.zone["_dmarc.weir.com"] = {};
  EXPECT_EQ(silent.check().outcome, Outcome::temperror);
}

TEST(Dmarc, APercentageSparesTheRestOneStep) {
  const std::string record = "v=DMARC1; p=reject; pct=30";
  World world;
  world.record("weir.com", record);
  world.sample = 29;
  EXPECT_EQ(world.check().asked, DmarcPolicy::reject);
  world.sample = 30;
  EXPECT_EQ(world.check().asked, DmarcPolicy::quarantine);
  EXPECT_EQ(parse_dmarc_record("v=DMARC1; p=none; pct=300")->percent, 100);
}

TEST(Dmarc, APolicyThatCannotBeReadIsNoneIfReportsAreWanted) {
  const auto record = parse_dmarc_record("v=DMARC1; p=what; rua=mailto:a@weir.com");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->policy, DmarcPolicy::none);
  EXPECT_FALSE(parse_dmarc_record("v=DMARC1; p=reject; sp=what"));
  EXPECT_TRUE(parse_dmarc_record(" v = DMARC1 ;; junk; p = Reject;"));
}

TEST(Dmarc, NoAuthorOrSeveralIsAnError) {
  World world;
  world.record("weir.com", "v=DMARC1; p=none");
  for (const auto* from :
       {"Subject: x\n\n", "From: a@weir.com\nFrom: b@weir.com\n\n", "From: nobody\n\n",
        "From: a@weir.com, b@other.com\n\n", "From: a@[192.0.2.1]\n\n"}) {
    world.from = from;
    EXPECT_EQ(world.check().outcome, Outcome::permerror) << from;
  }
  world.from = "From: a@weir.com, b@weir.com\n\n";
  EXPECT_NE(world.check().outcome, Outcome::permerror);
}

TEST(Author, OnlyRealAddressesCount) {
  using Domains = std::vector<std::string>;
  EXPECT_EQ(author_domains(" \"a@bank.com\" <b@Weir.COM>"), (Domains{"weir.com"}));
  EXPECT_EQ(author_domains("a@bank.com <b@weir.com>"), (Domains{"weir.com"}));
  EXPECT_EQ(author_domains("b@weir.com (a@bank.com)"), (Domains{"weir.com"}));
  EXPECT_EQ(author_domains("<@relay.com,@other.com:b@weir.com>"), (Domains{"weir.com"}));
  EXPECT_EQ(author_domains("\"a@x.com\"@weir.com"), (Domains{"weir.com"}));
  EXPECT_EQ(author_domains("group: a@one.com, b@two.com;"), (Domains{"one.com", "two.com"}));
  EXPECT_EQ(author_domains("a@weir.com\r\n\t<b@weir.net>"), (Domains{"weir.net"}));
  EXPECT_EQ(author_domains(""), Domains{});
}

}  // namespace
}  // namespace weir::auth
