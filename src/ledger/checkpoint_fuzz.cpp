// The octets as a note, as a verifier key, and as a text that the right key has signed.
#include "base/utf8.h"
#include "ledger/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::ledger;
  static const auto seed = weir::crypto::SecretSeed::from_octets(std::string(32, '\x07')).value();
  static const VerifierKey key{.name = "weir.test/ledger", .key = seed.public_key()};
  const std::string_view octets(reinterpret_cast<const char*>(data), size);

  // Only a seed of the corpus opens: nobody else can sign.
  if (const auto opened = open_checkpoint(octets, key)) WEIR_ASSERT(opened->origin == key.name);
  if (const auto parsed = parse_verifier_key(octets)) WEIR_ASSERT(to_string(*parsed) == octets);

  std::string text = weir::to_valid_utf8(octets.substr(0, 4096));
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
  text += '\n';
  const auto note = sign_note(text, key.name, seed);
  WEIR_ASSERT(open_note(note, key).value() == text);
  if (const auto opened = open_checkpoint(note, key)) {
    // What is understood is written again as the begin of the same text; extension lines follow.
    const auto again = sign_checkpoint(*opened, seed);
    WEIR_ASSERT(text.starts_with(again.substr(0, again.find("\n\n") + 1)));
  }
  return 0;
}
