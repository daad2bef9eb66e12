#include "mail/message_unwrap.h"

#include <algorithm>

#include "mail/cms.h"
#include "mail/transfer.h"
#include "text/charset.h"

namespace weir::mail {

std::string unwrap(const Part& part, Content content, std::size_t max_octets, ProblemNotes& notes) {
  std::string out;
  std::string broken;
  const std::string_view view =
      decode_transfer_view(part.body, part.encoding, max_octets, out, broken);
  if (!broken.empty()) notes.add(broken, part.body_offset, part.encoding);
  if (view.data() == out.data())
    out.resize(view.size());
  else
    out.assign(view);
  if (content == Content::signed_data && !keep_signed_content(out)) {
    notes.add("signed_data_unreadable", part.body_offset, part.type);
    out.clear();
  }
  return out;
}

std::optional<std::string> from_utf16(std::string_view octets, std::size_t max_octets) {
  constexpr std::size_t kLetters = 6;  // as many letters in a row are not written so by chance
  const auto letters = [&](std::size_t low) {
    if (octets.size() < 2 * kLetters) return false;
    for (std::size_t i = 0; i < kLetters; ++i) {
      const char letter = octets[2 * i + low];
      if (octets[2 * i + 1 - low] != 0 || letter < 33 || letter > 126) return false;
    }
    return true;
  };
  const bool little = octets.starts_with("\xFF\xFE") || letters(0);
  const bool big = !little && (octets.starts_with("\xFE\xFF") || letters(1));
  if (!little && !big) return std::nullopt;
  return text::to_utf8(octets.substr(0, max_octets), little ? "utf-16le" : "utf-16be").text;
}

}  // namespace weir::mail
