#include "auth/spf.h"

#include "auth/answer_file.h"
#include "auth/spf_macro.h"
#include "auth/spf_record.h"

namespace weir::auth {
namespace {

AnswerFile zone(std::string_view json) {
  auto file = AnswerFile::parse(json);
  if (!file) ADD_FAILURE() << file.error().detail;
  return file ? std::move(*file) : AnswerFile();
}

SpfResult check(const AnswerFile& file, std::string_view client = "192.0.2.1",
                std::string mail_from = "someone@weir.test") {
  SpfInput input;
  input.client = *Address::parse(client);
  input.helo = "mail.weir.test";
  input.mail_from = std::move(mail_from);
  input.receiver = "mx.weir.example";
  input.now = from_unix_millis(1'700'000'000'000);
  Answers answers;
  return finish([&](const Answers& a) { return check_spf(input, a); }, file, answers);
}

std::string record(std::string_view name, std::string_view text) {
  return fmt::format(R"({{"name": "{}", "type": "TXT", "data": ["{}"]}})", name, text);
}

Outcome outcome_of(std::string_view text, std::string_view client = "192.0.2.1") {
  return check(zone("[" + record("weir.test", text) + "]"), client).outcome;
}

TEST(SpfRecord, OneBrokenTermBreaksTheRecordWhereverItStands) {
  for (const auto* text : {"v=spf1 -all foo",
                           "v=spf1 ip4:192.0.2.256",
                           "v=spf1 ip4:192.0.2.1/33",
                           "v=spf1 ip4:192.0.2.1/",
                           "v=spf1 ip4:192.0.2.1/024",
                           "v=spf1 ip6:192.0.2.1",
                           "v=spf1 ip4:::1",
                           "v=spf1 ip6:::1/129",
                           "v=spf1 all:weir.test",
                           "v=spf1 all/8",
                           "v=spf1 include",
                           "v=spf1 include:",
                           "v=spf1 a:",
                           "v=spf1 a/33",
                           "v=spf1 a//129",
                           "v=spf1 a/",
                           "v=spf1 a/8/8",
                           "v=spf1 mx:weir",
                           "v=spf1 ptr/8",
                           "v=spf1 exists",
                           "v=spf1 exists:%{x}.test",
                           "v=spf1 exists:%{d0}.test",
                           "v=spf1 exists:%{d.test",
                           "v=spf1 exists:%",
                           "v=spf1 exists:%{c}.weir.test",
                           "v=spf1 redirect=a.test redirect=b.test",
                           "v=spf1 exp=a.test exp=b.test",
                           "v=spf1 redirect=",
                           "v=spf1 unknown=%{",
                           "v=spf1 a:weir.123",
                           "v=spf1 a:weir.-x",
                           "v=spf1 --all",
                           "v=spf1 \tall"})
    EXPECT_FALSE(parse_spf_record(text)) << text;
}

TEST(SpfRecord, FormsThatTheGrammarAllowsAreRead) {
  const auto record = parse_spf_record(
      "V=SPF1  A/24//64 Mx:weir.test//64 ?ptr ~IP4:192.0.2.7/24 unknown=%{d} "
      "+exists:%{ir}.%{v}.%{d2r-}.weir.test. a:%{d/}/8 exp=%{h} redirect=x.test ");
  ASSERT_TRUE(record);
  ASSERT_EQ(record->terms.size(), 6U);
  EXPECT_EQ(record->terms[0].v4_length, 24);
  EXPECT_EQ(record->terms[0].v6_length, 64);
  EXPECT_EQ(record->terms[1].domain, "weir.test");
  EXPECT_EQ(record->terms[1].v4_length, 32);
  EXPECT_EQ(record->terms[2].qualifier, Outcome::neutral);
  EXPECT_EQ(record->terms[3].network.to_string(), "192.0.2.0/24");
  EXPECT_EQ(record->terms[5].domain, "%{d/}");
  EXPECT_EQ(record->terms[5].v4_length, 8);
  EXPECT_EQ(record->redirect, "x.test");
}

TEST(SpfRecord, OnlyTheWholeVersionWordMakesOne) {
  EXPECT_TRUE(is_spf_record("v=spf1"));
  EXPECT_TRUE(is_spf_record("V=spf1 -all"));
  EXPECT_FALSE(is_spf_record("v=spf10 -all"));
  EXPECT_FALSE(is_spf_record(" v=spf1 -all"));
  EXPECT_FALSE(is_spf_record("spf2.0/pra -all"));
}

TEST(SpfMacro, ExamplesOfTheStandardExpand) {
  MacroValues values;
  values.local_part = "strong-bad";
  values.sender_domain = values.domain = "email.example.com";
  values.client = *Address::parse("192.0.2.3");
  values.validated = "mx.example.org";
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {"%{s}", "strong-bad@email.example.com"},
      {"%{d4}", "email.example.com"},
      {"%{d2}", "example.com"},
      {"%{d1}", "com"},
      {"%{dr}", "com.example.email"},
      {"%{d2r}", "example.email"},
      {"%{l-}", "strong.bad"},
      {"%{lr-}", "bad.strong"},
      {"%{l1r-}", "strong"},
      {"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
      {"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
      {"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
      {"%{p2}%%%-", "example.org%%20"}};
  for (const auto& [spec, expanded] : rows)
    EXPECT_EQ(expand_domain(spec, values), expanded) << spec;
  values.client = *Address::parse("2001:db8::cb01");
  EXPECT_EQ(expand_domain("%{ir}.%{v}._spf.%{d2}", values),
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com");
  values.local_part = "a b/\xc3\xa4";
  EXPECT_EQ(expand_explanation("%{L} %{c}%_%{t}", values), "a%20b%2F%C3%A4 2001:db8::cb01 0");
}

TEST(SpfMacro, ALongNameLosesLabelsAtItsLeft) {
  MacroValues values;
  values.local_part = std::string(60, 'a') + "." + std::string(63, 'b') + "." +
                      std::string(63, 'c') + "." + std::string(63, 'd');
  const auto name = expand_domain("%{l}.weir.test", values);
  ASSERT_TRUE(name);
  EXPECT_LE(name->size(), 253U);
  EXPECT_TRUE(name->starts_with("bbb"));
}

TEST(SpfMacro, AnExpansionWithoutEndIsRefused) {
  MacroValues values;
  values.local_part = std::string(500, 'x');
  std::string text;
  for (int i = 0; i < 100; ++i) text += "%{l}";
  EXPECT_EQ(expand_explanation(text, values), std::nullopt);
}

TEST(Spf, QualifiersAreTheResult) {
  EXPECT_EQ(outcome_of("v=spf1 +all"), Outcome::pass);
  EXPECT_EQ(outcome_of("v=spf1 all"), Outcome::pass);
  EXPECT_EQ(outcome_of("v=spf1 -all"), Outcome::fail);
  EXPECT_EQ(outcome_of("v=spf1 ~all"), Outcome::softfail);
  EXPECT_EQ(outcome_of("v=spf1 ?all"), Outcome::neutral);
  EXPECT_EQ(outcome_of("v=spf1"), Outcome::neutral);
  EXPECT_EQ(outcome_of("v=spf1 ip4:192.0.2.0/24 -all"), Outcome::pass);
  EXPECT_EQ(outcome_of("v=spf1 ip4:192.0.2.0/24 -all", "198.51.100.1"), Outcome::fail);
  EXPECT_EQ(outcome_of("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1"), Outcome::pass);
  EXPECT_EQ(outcome_of("v=spf1 ip6:2001:db8::/32 -all", "192.0.2.1"), Outcome::fail);
}

TEST(Spf, AMappedAddressIsTheIpv4AddressInside) {
  EXPECT_EQ(outcome_of("v=spf1 ip4:192.0.2.0/24 -all", "::ffff:192.0.2.9"), Outcome::pass);
}

TEST(Spf, ADnsThatDoesNotAnswerIsATemperrorAndNeverAFail) {
  const auto file = zone(R"([{"name": "weir.test", "status": "failed"}])");
  EXPECT_EQ(check(file).outcome, Outcome::temperror);
  const auto include = zone("[" + record("weir.test", "v=spf1 include:slow.test -all") +
                            R"(, {"name": "slow.test", "status": "failed"}])");
  EXPECT_EQ(check(include).outcome, Outcome::temperror);
}

TEST(Spf, WhatIsAskedForIsKnownStepByStep) {
  SpfInput input;
  input.client = *Address::parse("192.0.2.1");
  input.helo = "mail.weir.test";
  input.mail_from = "someone@Weir.TEST";
  Answers answers;
  auto step = check_spf(input, answers);
  ASSERT_EQ(step.needs, (std::vector<Question>{{"weir.test", dns::Type::txt}}));
  answers.put(step.needs[0], {Answer::Status::found, {"v=spf1 mx -all"}, {}});
  step = check_spf(input, answers);
  ASSERT_EQ(step.needs, (std::vector<Question>{{"weir.test", dns::Type::mx}}));
  answers.put(step.needs[0], {Answer::Status::found, {"a.weir.test.", "b.weir.test"}, {}});
  step = check_spf(input, answers);  // both hosts at once
  ASSERT_EQ(step.needs,
            (std::vector<Question>{{"a.weir.test", dns::Type::a}, {"b.weir.test", dns::Type::a}}));
  answers.put(step.needs[0], {Answer::Status::no_data, {}, {}});
  answers.put(step.needs[1], {Answer::Status::found, {}, {input.client}});
  step = check_spf(input, answers);
  EXPECT_TRUE(step.done());
  EXPECT_EQ(step.result.outcome, Outcome::pass);
  EXPECT_EQ(step.result.mechanism, "mx");
  EXPECT_EQ(step.result.domain, "weir.test");
  EXPECT_EQ(step.result.terms, 1);
  EXPECT_EQ(step.result.voids, 0);
}

TEST(Spf, ALoopOfIncludesEndsAtTenLookups) {
  const auto result = check(zone("[" + record("weir.test", "v=spf1 include:weir.test -all") + "]"));
  EXPECT_EQ(result.outcome, Outcome::permerror);
  EXPECT_EQ(result.terms, kMaxSpfTerms + 1);
  EXPECT_EQ(check(zone("[" + record("weir.test", "v=spf1 redirect=weir.test") + "]")).outcome,
            Outcome::permerror);
}

TEST(Spf, AThirdVoidLookupIsAnError) {
  EXPECT_EQ(outcome_of("v=spf1 a:x.test a:y.test ?all"), Outcome::neutral);
  EXPECT_EQ(outcome_of("v=spf1 a:x.test a:y.test a:z.test ?all"), Outcome::permerror);
}

TEST(Spf, AnIncludeThatForbidsDoesNotMatch) {
  const auto file = zone("[" + record("weir.test", "v=spf1 include:other.test ~all") + "," +
                         record("other.test", "v=spf1 -all exp=why.test") + "," +
                         record("why.test", "never shown") + "]");
  const auto result = check(file);
  EXPECT_EQ(result.outcome, Outcome::softfail);
  EXPECT_EQ(result.explanation, "");
}

TEST(Spf, AnExplanationIsExpandedAndIsOfTheRecordThatFails) {
  const auto file = zone("[" + record("weir.test", "v=spf1 redirect=other.test exp=no.test") + "," +
                         record("other.test", "v=spf1 -all exp=why.%{d}") + "," +
                         record("why.other.test", "%{c} is not %{d}'s; asked by %{r}") + "]");
  const auto result = check(file);
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.explanation, "192.0.2.1 is not other.test's; asked by mx.weir.example");
  EXPECT_EQ(result.record_of, "other.test");
  EXPECT_EQ(result.domain, "weir.test");
}

TEST(Spf, TheNullSenderIsThePostmasterOfHelo) {
  const auto result =
      check(zone("[" + record("mail.weir.test", "v=spf1 -all") + "]"), "192.0.2.1", "");
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.identity, SpfIdentity::helo);
  EXPECT_EQ(result.sender, "postmaster@mail.weir.test");
}

TEST(Spf, ANameOfTheClientCountsOnlyIfItLeadsBack) {
  const auto liar =
      zone("[" + record("weir.test", "v=spf1 ptr -all") +
           R"(, {"name": "1.2.0.192.in-addr.arpa", "type": "PTR", "data": ["mx.weir.test"]},
                             {"name": "mx.weir.test", "type": "A", "data": ["192.0.2.2"]}])");
  EXPECT_EQ(check(liar).outcome, Outcome::fail);
  const auto honest =
      zone("[" + record("weir.test", "v=spf1 ptr -all") +
           R"(, {"name": "1.2.0.192.in-addr.arpa", "type": "PTR", "data": ["mx.weir.test"]},
                               {"name": "mx.weir.test", "type": "A", "data": ["192.0.2.1"]}])");
  EXPECT_EQ(check(honest).outcome, Outcome::pass);
}

RC_GTEST_PROP(Spf, EndsWithinItsBoundsWhateverTheRecordsSay, ()) {
  const auto term = rc::gen::element<std::string>(
      "include:%{d2}", "a", "mx", "ptr", "exists:%{p}.x.test", "a:%{l}.weir.test", "include:b.test",
      "?mx:%{ir}.y.test", "exp=%{p}.z.test", "redirect=c.test");
  const auto terms = *rc::gen::container<std::vector<std::string>>(term);
  std::string text = "v=spf1";
  for (const auto& word : terms) text += " " + word;
  SpfInput input;
  input.client = Address::v4(0xC0000201);
  input.mail_from = "someone@weir.test";
  std::size_t asked = 0;
  Answers answers;
  auto step = check_spf(input, answers);
  while (!step.done()) {
    for (const auto& question : step.needs) {
      RC_ASSERT(answers.find(question) == nullptr);
      ++asked;
      Answer answer{Answer::Status::found, {}, {Address::v4(0xC0000209)}};
      if (question.type == dns::Type::txt) answer.texts = {text};
      if (question.type == dns::Type::mx || question.type == dns::Type::ptr)
        for (int i = 0; i < 10; ++i)
          answer.texts.push_back(fmt::format("h{}.{}", i, question.name.substr(0, 60) + ".test"));
      answers.put(question, std::move(answer));
    }
    RC_ASSERT(asked <= kMaxSpfQuestions);
    step = check_spf(input, answers);
  }
  RC_ASSERT(step.result.terms <= kMaxSpfTerms + 1);
}

}  // namespace
}  // namespace weir::auth
