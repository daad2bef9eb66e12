#include "auth/arc.h"

#include "base/bytes.h"
#include "crypto/crypto.h"

namespace weir::auth {
namespace {

crypto::SecretSeed seed() {
  return *crypto::SecretSeed::from_octets("an octet string of 32 for a test");
}

std::string signature_over(const std::string& octets) {
  const auto made = seed().sign(as_octets(crypto::sha256(octets)));
  return to_base64({reinterpret_cast<const char*>(made.data()), made.size()});
}

// A message and the sets on top of it; what is hashed is written out by hand.
struct Sealed {
  std::string fields;  // newest set first
  std::string sealed;  // canonical form of all sets, oldest first
  int instance = 0;

  void add(std::string_view cv, std::string_view body = "text\r\n") {
    ++instance;
    const auto results = fmt::format("i={}; mx{}.weir.test; dkim=pass", instance, instance);
    auto message = fmt::format(
        "i={}; a=ed25519-sha256; c=relaxed/relaxed; d=weir.test; s=k; h=from; bh={}; b=", instance,
        to_base64(as_octets(crypto::sha256(body))));
    message += signature_over("from:a@weir.test\r\narc-message-signature:" + message);
    sealed +=
        "arc-authentication-results:" + results + "\r\narc-message-signature:" + message + "\r\n";
    auto seal = fmt::format("i={}; a=ed25519-sha256; cv={}; d=weir.test; s=k; b=", instance, cv);
    seal += signature_over(sealed + "arc-seal:" + seal);
    sealed += "arc-seal:" + seal + "\r\n";
    fields = "ARC-Seal: " + seal + "\nARC-Message-Signature: " + message +
             "\nARC-Authentication-Results: " + results + "\n" + fields;
  }
  [[nodiscard]] std::string message(std::string_view body = "text\n") const {
    return fmt::format("{}From: a@weir.test\n\n{}", fields, body);
  }
};

ArcResult check(const std::string& message, bool key_answers = true) {
  const auto key = seed().public_key();
  const Header header(message);
  Answers answers;
  auto step = check_arc(header, answers);
  for (const auto& question : step.needs) {
    Answer answer;
    if (key_answers)
      answer = {Answer::Status::found,
                {"v=DKIM1; k=ed25519; p=" +
                 to_base64({reinterpret_cast<const char*>(key.data()), key.size()})},
                {}};
    answers.put(question, answer);
  }
  step = check_arc(header, answers);
  EXPECT_TRUE(step.done());
  return step.result;
}

Sealed chain(int sets) {
  Sealed sealed;
  for (int i = 0; i < sets; ++i) sealed.add(i == 0 ? "none" : "pass");
  return sealed;
}

TEST(Arc, AMessageThatNobodySealedIsNone) {
  EXPECT_EQ(check("From: a@weir.test\n\ntext\n").outcome, Outcome::none);
}

TEST(Arc, AWholeChainPassesAndNamesItsSealers) {
  for (const int sets : {1, 2, 3, 50}) {
    const auto result = check(chain(sets).message());
    EXPECT_EQ(result.outcome, Outcome::pass) << result.reason;
    ASSERT_EQ(result.sets.size(), static_cast<std::size_t>(sets));
    EXPECT_EQ(result.sets[0].domain, "weir.test");
    EXPECT_EQ(result.sets[0].results, " mx1.weir.test; dkim=pass");
  }
}

TEST(Arc, AChangeAfterTheLastSealBreaksTheChain) {
  EXPECT_EQ(check(chain(2).message("other\n")).outcome, Outcome::fail);
}

TEST(Arc, AChangeBeforeTheLastSealerSignedIsForgiven) {
  Sealed sealed;
  sealed.add("none", "text\r\n");
  sealed.add("pass", "text\r\nfooter\r\n");
  EXPECT_EQ(check(sealed.message("text\nfooter\n")).outcome, Outcome::pass);
}

TEST(Arc, EverySealMustFit) {
  auto message = chain(3).message();
  const auto at = message.find("mx1.");
  message[at + 2] = '9';
  EXPECT_EQ(check(message).outcome, Outcome::fail);
}

TEST(Arc, AChainMustBeWhole) {
  auto sealed = chain(2);
  const auto first = sealed.message();
  EXPECT_EQ(check(sealed.fields + first).outcome, Outcome::fail);  // every instance twice
  EXPECT_EQ(check(first.substr(first.find('\n') + 1)).outcome, Outcome::fail);
  auto gap = chain(1);
  gap.instance = 2;
  gap.add("pass");
  EXPECT_EQ(check(gap.message()).outcome, Outcome::fail);
  EXPECT_EQ(check(chain(51).message()).outcome, Outcome::fail);
}

TEST(Arc, WhatASealSaysOfTheChainMustFitItsPlace) {
  for (const auto* cv : {"pass", "fail", "what"}) {
    Sealed sealed;
    sealed.add(cv);
    EXPECT_EQ(check(sealed.message()).outcome, Outcome::fail) << cv;
  }
  for (const auto* cv : {"none", "fail"}) {
    Sealed sealed;
    sealed.add("none");
    sealed.add(cv);
    EXPECT_EQ(check(sealed.message()).outcome, Outcome::fail) << cv;
  }
}

TEST(Arc, AKeyThatCannotBeAskedForIsATemperror) {
  EXPECT_EQ(check(chain(2).message(), false).outcome, Outcome::temperror);
}

}  // namespace
}  // namespace weir::auth
