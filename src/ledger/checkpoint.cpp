#include "ledger/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace weir::ledger {
namespace {

// Takes one line without its newline; every line of a checkpoint holds something.
Result<std::string_view> take_line(std::string_view& text, std::string_view what) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos || end == 0)
    return fail(Errc::invalid, fmt::format("the checkpoint has no {}", what));
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

Result<std::uint64_t> parse_size(std::string_view digits) {
  std::uint64_t size = 0;
  const auto* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, size);
  if (parsed.ec != std::errc{} || parsed.ptr != end || (digits[0] == '0' && digits.size() > 1))
    return fail(Errc::invalid, "the size of the checkpoint is not a decimal number");
  return size;
}

Result<Digest> parse_root(std::string_view base64) {
  Digest root{};
  const auto octets = parse_base64(base64);
  if (!octets || octets->size() != root.size())
    return fail(Errc::invalid, "the root of the checkpoint is not 32 octets in base64");
  std::ranges::copy(*octets, root.begin());
  return root;
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SecretSeed& seed) {
  const auto text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                                to_base64(as_octets(checkpoint.root)));
  return sign_note(text, checkpoint.origin, seed);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  WEIR_TRY(auto text, open_note(note, key));
  WEIR_TRY(const auto origin, take_line(text, "origin"));
  if (origin != key.name)
    return fail(Errc::invalid, fmt::format("the checkpoint is of another log than {}", key.name));
  WEIR_TRY(const auto size, take_line(text, "size"));
  WEIR_TRY(const auto root, take_line(text, "root"));
  while (!text.empty()) WEIR_CHECK(take_line(text, "text in an extension line"));
  Checkpoint checkpoint{.origin = key.name};
  WEIR_TRY(checkpoint.size, parse_size(size));
  WEIR_TRY(checkpoint.root, parse_root(root));
  return checkpoint;
}

}  // namespace weir::ledger
