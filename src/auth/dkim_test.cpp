#include "auth/dkim.h"

#include "auth/tag_list.h"
#include "crypto/crypto.h"

namespace weir::auth {
namespace {

const UnixMillis kNow = from_unix_millis(1'700'000'000'000);

crypto::SecretSeed seed() {
  return *crypto::SecretSeed::from_octets("an octet string of 32 for a test");
}

std::string key_record(std::string_view more = "") {
  const auto key = seed().public_key();
  return fmt::format("v=DKIM1; k=ed25519;{} p={}", more,
                     to_base64({reinterpret_cast<const char*>(key.data()), key.size()}));
}

// A signature made beside the code under test: what is hashed is written out by hand. `tags` are
// all but bh= and b=, in relaxed form.
std::string sign(std::string_view tags, const std::string& canonical_fields,
                 std::string_view canonical_body, std::string_view name = "dkim-signature") {
  const auto value =
      fmt::format("{}; bh={}; b=", tags, to_base64(as_octets(crypto::sha256(canonical_body))));
  const auto digest = crypto::sha256(fmt::format("{}{}:{}", canonical_fields, name, value));
  const auto signature = seed().sign(as_octets(digest));
  return value + to_base64({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

DkimResults check(const std::string& message, std::string record = key_record(),
                  UnixMillis now = kNow) {
  const Header header(message);
  Answers answers;
  auto step = check_dkim(header, now, answers);
  for (const auto& question : step.needs)
    answers.put(question, {Answer::Status::found, {record}, {}});
  step = check_dkim(header, now, answers);
  EXPECT_TRUE(step.done());
  return step.result;
}

constexpr std::string_view kTags =
    "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=weir.test; s=k1; h=from:subject";
const std::string kFields = "from:a@weir.test\r\nsubject:two words\r\n";

std::string signed_message(std::string_view tags = kTags) {
  return "DKIM-Signature: " + sign(tags, kFields, "text\r\n") +
         "\r\nFrom: a@weir.test\r\nSubject: two words\r\n\r\ntext\r\n";
}

Outcome with_tags(std::string_view tags) { return check(signed_message(tags)).outcome; }

TEST(Dkim, AMessageWithoutSignatureIsNone) {
  const auto results = check("From: a@weir.test\r\n\r\ntext\r\n");
  EXPECT_EQ(results.outcome, Outcome::none);
  EXPECT_TRUE(results.signatures.empty());
}

TEST(Dkim, AGoodSignaturePassesAndSaysWhoseItIs) {
  const auto results = check(signed_message());
  ASSERT_EQ(results.signatures.size(), 1U);
  EXPECT_EQ(results.outcome, Outcome::pass) << results.signatures[0].reason;
  EXPECT_EQ(results.signatures[0].domain, "weir.test");
  EXPECT_EQ(results.signatures[0].selector, "k1");
  EXPECT_EQ(results.signatures[0].identity, "@weir.test");
}

TEST(Dkim, RelaxedFormsForgiveBlanksFoldingAndCase) {
  const auto signature = sign(kTags, kFields, " a b\r\n\r\nc\r\n");
  for (const auto* message : {"From: a@weir.test\r\nSubject: two words\r\n\r\n a b\r\n\r\nc\r\n",
                              "FROM : \ta@weir.test \r\nsubJECT:two\r\n\t words\r\n\r\n\t a \tb  "
                              "\r\n \r\nc\t\r\n\r\n \r\n",
                              "From: a@weir.test\nSubject: two words\n\n a b\n\nc"})
    EXPECT_EQ(check("DKIM-Signature: " + signature + "\r\n" + message).outcome, Outcome::pass)
        << message;
  for (const auto* message : {"From: a@weir.test\r\nSubject: twowords\r\n\r\n a b\r\n\r\nc\r\n",
                              "From: a@weir.test\r\nSubject: two words\r\n\r\na b\r\n\r\nc\r\n",
                              "From: a@weir.test\r\nSubject: two words\r\n\r\n a b\r\nc\r\n",
                              "From: a@weir.test\r\nSubject: two Words\r\n\r\n a b\r\n\r\nc\r\n"})
    EXPECT_EQ(check("DKIM-Signature: " + signature + "\r\n" + message).outcome, Outcome::fail)
        << message;
}

TEST(Dkim, SimpleFormsForgiveOnlyEmptyLinesAtTheEnd) {
  const auto value =
      fmt::format("v=1; a=ed25519-sha256; c=simple; d=weir.test; s=k1; h=From; bh={}; b=",
                  to_base64(as_octets(crypto::sha256("a  b \r\n"))));
  const auto digest = crypto::sha256("From:  a@weir.test \r\nDKIM-Signature: " + value);
  const auto made = seed().sign(as_octets(digest));
  const auto field = "DKIM-Signature: " + value +
                     to_base64({reinterpret_cast<const char*>(made.data()), made.size()}) + "\r\n";
  EXPECT_EQ(check(field + "From:  a@weir.test \r\n\r\na  b \r\n").outcome, Outcome::pass);
  EXPECT_EQ(check(field + "From:  a@weir.test \n\na  b \n\n\n").outcome, Outcome::pass);
  EXPECT_EQ(check(field + "From: a@weir.test \r\n\r\na  b \r\n").outcome, Outcome::fail);
  EXPECT_EQ(check(field + "From:  a@weir.test \r\n\r\na  b\r\n").outcome, Outcome::fail);
  EXPECT_EQ(check(field + "From:  a@weir.test \r\n\r\na  b \r\n \r\n").outcome, Outcome::fail);
}

TEST(Dkim, AnEmptyBodyIsNothingRelaxedAndOneLineEndSimple) {
  const auto message = [](std::string_view c, std::string_view body) {
    const auto tags =
        fmt::format("v=1; a=ed25519-sha256; c=relaxed/{}; d=weir.test; s=k1; h=from:subject", c);
    return "DKIM-Signature: " + sign(tags, kFields, body) +
           "\r\nFrom: a@weir.test\r\nSubject: two words\r\n\r\n";
  };
  EXPECT_EQ(check(message("relaxed", "")).outcome, Outcome::pass);
  EXPECT_EQ(check(message("simple", "\r\n")).outcome, Outcome::pass);
  EXPECT_EQ(check(message("simple", "")).outcome, Outcome::fail);
}

TEST(Dkim, TagsThatBreakARuleDoNotPass) {
  const std::string rest = "; d=weir.test; s=k1; h=from:subject";
  const std::string head = "v=1; a=ed25519-sha256; c=relaxed/relaxed; ";
  EXPECT_EQ(with_tags("v=2; a=ed25519-sha256; c=relaxed/relaxed" + rest), Outcome::permerror);
  EXPECT_EQ(with_tags("a=ed25519-sha256; c=relaxed/relaxed" + rest), Outcome::neutral);
  EXPECT_EQ(with_tags("v=1; a=rsa-sha1; c=relaxed/relaxed" + rest), Outcome::permerror);
  EXPECT_EQ(with_tags("v=1; a=x-sha256; c=relaxed/relaxed" + rest), Outcome::permerror);
  EXPECT_EQ(with_tags("v=1; a=rsa-sha256; c=relaxed/relaxed" + rest), Outcome::permerror);  // k=
  EXPECT_EQ(with_tags(head + "s=k1; h=from:subject"), Outcome::neutral);
  EXPECT_EQ(with_tags(head + "d=test; s=k1; h=from:subject"), Outcome::neutral);
  EXPECT_EQ(with_tags(head + "d=weir.test; h=from:subject"), Outcome::neutral);
  EXPECT_EQ(with_tags(head + "d=weir.test; s=k1; h=subject"), Outcome::neutral);
  EXPECT_EQ(with_tags(head + "d=weir.test; s=k1"), Outcome::neutral);
  EXPECT_EQ(with_tags(head + "d=weir.test; d=weir.test; s=k1; h=from:subject"), Outcome::neutral);
  EXPECT_EQ(with_tags("v=1; a=ed25519-sha256; c=loose" + rest), Outcome::neutral);
  EXPECT_EQ(with_tags(std::string(kTags) + "; q=carrier/pigeon"), Outcome::permerror);
  EXPECT_EQ(with_tags(std::string(kTags) + "; q=x:dns/txt"), Outcome::pass);
  EXPECT_EQ(with_tags(std::string(kTags) + "; i=a@other.test"), Outcome::neutral);
  EXPECT_EQ(with_tags(std::string(kTags) + "; i=a@notweir.test"), Outcome::neutral);
  EXPECT_EQ(with_tags(std::string(kTags) + "; i=a@sub.weir.test"), Outcome::pass);
  EXPECT_EQ(with_tags(std::string(kTags) + "; t=x"), Outcome::neutral);
  EXPECT_EQ(with_tags(std::string(kTags) + "; l=-1"), Outcome::neutral);
  EXPECT_EQ(with_tags(std::string(kTags) + "; unknown=1"), Outcome::pass);
}

TEST(Dkim, TimeIsThatOfTheCaller) {
  EXPECT_EQ(with_tags(std::string(kTags) + "; t=1699999000; x=1699999100"), Outcome::policy);
  EXPECT_EQ(with_tags(std::string(kTags) + "; t=1699999000; x=1700000100"), Outcome::pass);
  EXPECT_EQ(with_tags(std::string(kTags) + "; t=1699999000; x=1699999000"), Outcome::neutral);
  const auto future = check(signed_message(std::string(kTags) + "; t=1700009000"));
  EXPECT_EQ(future.outcome, Outcome::pass);
  EXPECT_TRUE(future.signatures.at(0).future);
}

TEST(Dkim, AKeyMustBeThereAndFit) {
  EXPECT_EQ(check(signed_message(), "v=DKIM1; k=ed25519; p=").outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), "no key at all").outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), "v=DKIM2; k=ed25519; p=AAAA").outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), "v=DKIM1; k=ed25519; p=AAAA").outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), key_record(" h=sha1;")).outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), key_record(" h=sha1:sha256;")).outcome, Outcome::pass);
  EXPECT_EQ(check(signed_message(), key_record(" s=tls;")).outcome, Outcome::permerror);
  EXPECT_EQ(check(signed_message(), key_record(" s=email:tls;")).outcome, Outcome::pass);
  EXPECT_EQ(check(signed_message(), key_record(" t=s;")).outcome, Outcome::pass);
  EXPECT_EQ(check(signed_message(std::string(kTags) + "; i=a@sub.weir.test"), key_record(" t=s;"))
                .outcome,
            Outcome::permerror);
  EXPECT_TRUE(check(signed_message(), key_record(" t=y;")).signatures.at(0).testing);
}

TEST(Dkim, ADnsThatDoesNotAnswerIsATemperror) {
  const auto message = signed_message();
  const Header header(message);
  Answers answers;
  auto step = check_dkim(header, kNow, answers);
  ASSERT_EQ(step.needs, (std::vector<Question>{{"k1._domainkey.weir.test", dns::Type::txt}}));
  answers.put(step.needs[0], {});
  EXPECT_EQ(check_dkim(header, kNow, answers).result.outcome, Outcome::temperror);
  answers.put(step.needs[0], {Answer::Status::no_name, {}, {}});
  EXPECT_EQ(check_dkim(header, kNow, answers).result.outcome, Outcome::permerror);
}

TEST(Dkim, AFromFieldAddedOnTopIsNotCovered) {
  EXPECT_EQ(check("From: b@other.test\r\n" + signed_message()).outcome, Outcome::policy);
  const auto tags = std::string(kTags) + ":from";
  const auto sealed = check(signed_message(tags));
  EXPECT_EQ(sealed.outcome, Outcome::pass);
  EXPECT_TRUE(sealed.signatures.at(0).oversigned_from);
  EXPECT_EQ(check("From: b@other.test\r\n" + signed_message(tags)).outcome, Outcome::fail);
}

TEST(Dkim, WordsBehindTheSignedLengthAreReported) {
  const auto tags = std::string(kTags) + "; l=6";
  const auto whole = check(signed_message(tags));
  EXPECT_EQ(whole.outcome, Outcome::pass);
  EXPECT_FALSE(whole.signatures.at(0).body_open);
  const auto more = check(signed_message(tags) + "buy this\r\n");
  EXPECT_EQ(more.outcome, Outcome::pass);
  EXPECT_TRUE(more.signatures.at(0).body_open);
  EXPECT_EQ(with_tags(std::string(kTags) + "; l=7"), Outcome::fail);
}

TEST(Dkim, OneOfSeveralSignaturesIsEnoughAndOnlySomeAreLookedAt) {
  std::string message;
  for (int i = 0; i < 12; ++i) message += "DKIM-Signature: v=1; nonsense\r\n";
  const auto results = check(message + signed_message());
  EXPECT_EQ(results.signatures.size(), kMaxDkimSignatures);
  EXPECT_EQ(results.unchecked, 3U);
  EXPECT_EQ(results.outcome, Outcome::neutral);
  EXPECT_EQ(check("DKIM-Signature: v=1; nonsense\r\n" + signed_message()).outcome, Outcome::pass);
}

TEST(TagList, OnlyTheLastSemicolonMayStandAlone) {
  EXPECT_TRUE(TagList::parse("a=1;b=2;"));
  EXPECT_TRUE(TagList::parse(" a = 1 ;\r\n\tb=; "));
  EXPECT_TRUE(TagList::parse(""));
  EXPECT_FALSE(TagList::parse("a=1;;b=2"));
  EXPECT_FALSE(TagList::parse(";a=1"));
  EXPECT_FALSE(TagList::parse("a"));
  EXPECT_FALSE(TagList::parse("a=1; a=2"));
  EXPECT_FALSE(TagList::parse("1a=1"));
  EXPECT_FALSE(TagList::parse(std::string_view("a=\0", 3)));
}

RC_GTEST_PROP(BodyHasher, LineEndsAndEmptyLinesAtTheEndDoNotMatter, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element(' ', '\t', '\n', 'a', 'b'));
  std::string crlf;
  for (const char c : text) {
    if (c == '\n') crlf += '\r';
    crlf += c;
  }
  for (const auto canon : {Canon::simple, Canon::relaxed}) {
    BodyHasher lf_body(text);
    BodyHasher crlf_body(crlf);
    RC_ASSERT(lf_body.hash(canon, {}).digest == crlf_body.hash(canon, {}).digest);
    const auto longer = crlf + (crlf.empty() || crlf.ends_with('\n') ? "\r\n" : "\r\n\r\n");
    BodyHasher longer_body(longer);
    RC_ASSERT(longer_body.hash(canon, {}).digest == crlf_body.hash(canon, {}).digest);
  }
}

}  // namespace
}  // namespace weir::auth
