#include "ledger/checkpoint.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/merkle.h"
#include "ledger/test_entries.h"

namespace weir::ledger {
namespace {

using samples::kOrigin;

const VerifierKey& key() {
  static const VerifierKey key{.name = kOrigin, .key = samples::seed().public_key()};
  return key;
}

Errc code_of(const Result<Checkpoint>& result) {
  EXPECT_FALSE(result);
  return result ? Errc::io : result.error().code;
}

std::string signed_text(std::string_view text) { return sign_note(text, kOrigin, samples::seed()); }

TEST(SignedNote, OpensThePublishedExample) {
  const auto example =
      parse_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(example) << example.error().detail;
  const std::string note =
      "This is an example message.\n\n"
      "\xe2\x80\x94 example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
      "\n";
  EXPECT_EQ(open_note(note, *example).value(), "This is an example message.\n");
  EXPECT_EQ(to_string(*example),
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
}

TEST(SignedNote, AKeyNameHasNoBlankOfAnyScriptAndNoPlus) {
  EXPECT_TRUE(is_key_name("weir.test/ledger"));
  EXPECT_TRUE(is_key_name("\xe5\xa0\xb0.test"));
  EXPECT_TRUE(is_key_name(std::string(kMaxKeyNameOctets, 'a')));
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("a+b"), std::string("a\nb"),
        std::string("a\0b", 3), std::string("a\xc2\xa0"), std::string("\xe3\x80\x80"),
        std::string("\xe2\x80\xa8"), std::string("\xff"), std::string(kMaxKeyNameOctets + 1, 'a')})
    EXPECT_FALSE(is_key_name(bad)) << bad;
}

TEST(VerifierKey, MustHaveTheIdOfItsNameAndKey) {
  const auto text = to_string(key());
  EXPECT_EQ(parse_verifier_key(text).value(), key());
  const auto bad = [](std::string changed) {
    const auto parsed = parse_verifier_key(changed);
    EXPECT_FALSE(parsed) << changed;
    return parsed ? Errc::io : parsed.error().code;
  };
  EXPECT_EQ(bad("x" + text), Errc::invalid);
  EXPECT_EQ(bad(text + "A"), Errc::invalid);
  EXPECT_EQ(bad(""), Errc::invalid);
  EXPECT_EQ(bad("a+b"), Errc::invalid);
  EXPECT_EQ(bad("a+00000000+"), Errc::invalid);
  EXPECT_EQ(bad("a+00000000+AgAA"), Errc::unsupported);
  EXPECT_EQ(bad(std::string(100'000, 'x')), Errc::invalid);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(parse_verifier_key(changed)) << changed;
  }
}

// Ed25519 is deterministic: these octets never change.
constexpr std::string_view kGolden =
    "weir.test/ledger\n"
    "3\n"
    "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n"
    "\n"
    "\xe2\x80\x94 weir.test/ledger "
    "FX/pi5ec3qw6FKTOdr2asg0hs3Ak4ce2+HV0qhCvqFa/03b6Q9fQKbwGzi5WNy/bzRBWmpyyfEcFF2Oijsj8qkasxwM="
    "\n";

TEST(Checkpoint, HasTheDocumentedOctets) {
  const Checkpoint checkpoint{
      .origin = kOrigin, .size = 3, .root = leaf_hash(std::string_view("\0", 0))};
  EXPECT_EQ(sign_checkpoint(checkpoint, samples::seed()), kGolden);
  EXPECT_EQ(to_string(key()),
            "weir.test/ledger+157fe98b+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs");
  EXPECT_EQ(open_checkpoint(kGolden, key()).value(), checkpoint);
}

RC_GTEST_PROP(Checkpoint, OpensWhatWasSigned, (std::uint64_t size, const std::string& root)) {
  const Checkpoint checkpoint{.origin = kOrigin, .size = size, .root = leaf_hash(root)};
  const auto opened = open_checkpoint(sign_checkpoint(checkpoint, samples::seed()), key());
  RC_ASSERT(opened.has_value());
  RC_ASSERT(*opened == checkpoint);
}

TEST(Checkpoint, EveryOneByteChangeIsRefused) {
  for (std::size_t at = 0; at < kGolden.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed(kGolden);
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_FALSE(open_checkpoint(changed, key())) << "octet " << at << " bit " << bit;
    }
  for (std::size_t size = 0; size < kGolden.size(); ++size)
    EXPECT_FALSE(open_checkpoint(kGolden.substr(0, size), key())) << size;
}

TEST(Checkpoint, UnknownSignaturesAreIgnoredAroundAKnownOne) {
  SeededRandom random(1);
  const crypto::SecretSeed other(random);
  const std::string text(kGolden.substr(0, kGolden.find("\n\n") + 1));
  const auto ours = std::string(kGolden.substr(text.size() + 1));
  const auto line = [&](std::string_view name) {
    return sign_note(text, name, other).substr(text.size() + 1);
  };
  EXPECT_TRUE(open_checkpoint(text + "\n" + line("witness.test") + ours + line(kOrigin), key()));
  // The same name with another key is another signer; alone it is no signature of ours.
  EXPECT_EQ(code_of(open_checkpoint(text + "\n" + line(kOrigin), key())), Errc::corrupt);
  EXPECT_EQ(code_of(open_checkpoint(text + "\n" + line("witness.test"), key())), Errc::corrupt);
  // A short signature by a key that nobody here knows is still well-formed.
  EXPECT_TRUE(open_checkpoint(text + "\n" + ours + "\xe2\x80\x94 old.test AAAAAAE=\n", key()));
  EXPECT_EQ(code_of(open_checkpoint(text + "\n" + ours + "\xe2\x80\x94 old.test AAAA\n", key())),
            Errc::invalid);
  EXPECT_EQ(code_of(open_checkpoint(text + "\n" + ours + "- old.test AAAAAAE=\n", key())),
            Errc::invalid);
}

TEST(Checkpoint, AWrongSignatureByTheKnownKeyRefusesTheNoteEvenBesideARightOne) {
  const std::string text(kGolden.substr(0, kGolden.find("\n\n") + 1));
  const auto ours = std::string(kGolden.substr(text.size() + 1));
  const auto elsewhere = signed_text("another text\n").substr(std::strlen("another text\n\n"));
  EXPECT_EQ(code_of(open_checkpoint(text + "\n" + ours + elsewhere, key())), Errc::corrupt);
}

TEST(Checkpoint, SixteenSignaturesAreReadAndAFloodIsNot) {
  std::string note(kGolden);
  const std::string big = to_base64(std::string(5'000, 's'));
  for (int i = 0; i < 15; ++i) note += fmt::format("\xe2\x80\x94 witness.test/{} {}\n", i, big);
  EXPECT_TRUE(open_checkpoint(note, key()));
  std::string flood(kGolden);
  for (std::size_t i = 0; i < kMaxSignatures; ++i) flood += "\xe2\x80\x94 w AAAAAAE=\n";
  EXPECT_EQ(code_of(open_checkpoint(flood, key())), Errc::invalid);
  EXPECT_EQ(code_of(open_checkpoint(std::string(kMaxNoteOctets + 1, 'x'), key())), Errc::invalid);
}

TEST(Checkpoint, ASignedTextOfAnotherFormIsRefused) {
  const std::string root = to_base64(as_octets(leaf_hash("")));
  const std::string origin = kOrigin;
  EXPECT_TRUE(open_checkpoint(signed_text(origin + "\n3\n" + root + "\n"), key()));
  EXPECT_TRUE(open_checkpoint(signed_text(origin + "\n3\n" + root + "\nextension\n"), key()));
  for (const auto& text :
       {origin + "\n", origin + "\n3\n", origin + "\n\n" + root + "\n",
        origin + "\n03\n" + root + "\n", origin + "\n+3\n" + root + "\n",
        origin + "\n-3\n" + root + "\n", origin + "\n3 \n" + root + "\n",
        origin + "\n18446744073709551616\n" + root + "\n", origin + "\n3\n" + root.substr(4) + "\n",
        origin + "\n3\nAAAA" + root + "\n", "other.test/ledger\n3\n" + root + "\n",
        "\n3\n" + root + "\n", origin + "\n3\n" + root + "\n\nafter a gap\n"})
    EXPECT_EQ(code_of(open_checkpoint(signed_text(text), key())), Errc::invalid) << text;
  EXPECT_EQ(open_checkpoint(signed_text(origin + "\n18446744073709551615\n" + root + "\n"), key())
                .value()
                .size,
            ~std::uint64_t{0});
}

}  // namespace
}  // namespace weir::ledger
