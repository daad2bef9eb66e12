#include "judge/judge.h"
#include "judge/readings.h"

namespace weir::judge {
namespace {

Model taught(int messages) {
  Model model;
  for (int i = 0; i < messages; ++i)
    model.learn(digest_of(std::to_string(i)), i % 2 == 0 ? Label::spam : Label::ham,
                extract(reading_of(std::to_string(i),
                                   i % 2 == 0 ? "win a prize now" : "minutes of the meeting")));
  return model;
}

std::string sealed(std::string body) {
  body += as_octets(crypto::sha256(body));
  return body;
}

std::string body_of(const Model& model) {
  std::string octets = model.serialise();
  octets.resize(octets.size() - 32);
  return octets;
}

TEST(Snapshot, OfAnEmptyModelIsTheExampleInTheDocument) {
  const std::string octets = Model().serialise();
  EXPECT_EQ(to_hex(std::string_view(octets).substr(0, octets.size() - 32)),
            "574549524d4f444c"
            "010216"
            "0000"
            "00"
            "00");
}

TEST(Snapshot, JudgesAndLearnsOnAsTheModelDid) {
  Model model = taught(20);
  auto back = Model::parse(model.serialise());
  ASSERT_TRUE(back) << back.error().detail;
  const Features f = extract(reading_of("x", "win a meeting"));
  EXPECT_EQ(back->log_odds(f), model.log_odds(f));
  EXPECT_EQ(back->spam_learnt(), 10U);
  EXPECT_EQ(back->serialise(), model.serialise());
  // A message learnt before is known still, and can be taken back.
  const auto first = extract(reading_of("0", "win a prize now"));
  for (Model* one : {&model, &*back}) {
    one->learn(digest_of("1"), Label::ham, f);
    one->learn(digest_of("0"), Label::ham, first);
  }
  EXPECT_EQ(back->ham_learnt(), 11U);
  EXPECT_EQ(back->serialise(), model.serialise());
}

TEST(Snapshot, HoldsTheFirstAndTheLastPlaceOfTheTable) {
  Model model;
  const Features ends{{0, (1U << kHashBits) - 1}};
  model.learn(digest_of("1"), Label::ham, ends);
  const auto back = Model::parse(model.serialise());
  ASSERT_TRUE(back);
  EXPECT_LT(model.log_odds(ends), 0);
  EXPECT_EQ(back->log_odds(ends), model.log_odds(ends));
}

TEST(Snapshot, AnyChangedOctetIsNoticed) {
  const std::string good = taught(3).serialise();
  for (std::size_t i = 0; i < good.size(); i += 1 + good.size() / 200) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    const auto result = Model::parse(bad);
    ASSERT_FALSE(result) << i;
    EXPECT_EQ(result.error().code, Errc::corrupt) << i;
  }
  for (std::size_t length = 0; length < good.size(); length += 1 + good.size() / 200)
    EXPECT_FALSE(Model::parse(std::string_view(good).substr(0, length))) << length;
}

TEST(Snapshot, OfANewerFormatOrOfOtherFeaturesIsUnsupported) {
  std::string newer = body_of(Model());
  newer[8] = 2;
  EXPECT_EQ(Model::parse(sealed(newer)).error().code, Errc::unsupported);
  std::string other = body_of(Model());
  other[9] = kFeaturesVersion + 1;
  EXPECT_EQ(Model::parse(sealed(other)).error().code, Errc::unsupported);
}

TEST(Snapshot, SealedNonsenseIsCorrupt) {
  const auto octets = [](std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) out.push_back(static_cast<char>(value));
    return out;
  };
  const std::string head = body_of(Model()).substr(0, 13);  // up to the number of weights
  std::string counted = head;
  counted[12] = 2;  // ham learnt
  const std::string learnt = std::string(16, 'k') + std::string(13, '\0');
  const auto code = [](const std::string& body) { return Model::parse(sealed(body)).error().code; };
  EXPECT_EQ(code(head), Errc::corrupt);
  EXPECT_EQ(code(head + octets({0xFF, 0xFF, 0xFF, 0xFF, 0x0F})), Errc::corrupt);  // many weights
  const std::string behind = octets({1, 0x81, 0x80, 0x80, 2, 1, 1, 0});
  EXPECT_EQ(code(head + behind), Errc::corrupt);                   // a weight behind the table
  EXPECT_EQ(code(head + octets({0, 1}) + learnt), Errc::corrupt);  // one learnt, none counted
  EXPECT_TRUE(Model::parse(sealed(counted + octets({0, 1}) + learnt)));
  EXPECT_EQ(code(counted + octets({0, 2}) + learnt + learnt), Errc::corrupt);  // the same twice
  EXPECT_EQ(code(counted + octets({0, 1}) + learnt + "x"), Errc::corrupt);
  std::string label = learnt;
  label[20] = 2;
  EXPECT_EQ(code(counted + octets({0, 1}) + label), Errc::corrupt);
  const std::string huge = octets({0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1});
  EXPECT_EQ(code(counted + huge), Errc::corrupt);
}

RC_GTEST_PROP(Snapshot, ParsesWhatWasWritten,
              (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
  Model model;
  for (const auto& [message, spam] : steps)
    model.learn(digest_of(std::to_string(message)), spam ? Label::spam : Label::ham,
                {{message, 1'000U * (1U + message)}});
  const std::string octets = model.serialise();
  const auto back = Model::parse(octets);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->serialise() == octets);
}

}  // namespace
}  // namespace weir::judge
