#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/cms.h"
#include "mail/inline_files.h"
#include "mail/message.h"
#include "mail/transfer.h"

// The first octet is the limit; the rest is decoded in every way.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::mail;
  if (size == 0) return 0;
  const std::size_t limit = data[0] < 200 ? data[0] : 1U << 20;
  const std::string_view raw(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string problem;
  for (const std::string_view encoding :
       {"base64", "quoted-printable", "x-uuencode", "x-yencode", "8bit", "other"}) {
    const std::string out = decode_transfer(raw, encoding, limit, problem);
    WEIR_ASSERT(out.size() <= limit);
    // What fits is the beginning of what is there, but for blanks whose line end was cut off.
    std::string whole_problem;
    const std::string whole = decode_transfer(raw, encoding, 1U << 24, whole_problem);
    const std::size_t kept = out.find_last_not_of(" \t") + 1;
    WEIR_ASSERT(whole.starts_with(std::string_view(out).substr(0, kept)));
    WEIR_ASSERT(problem == "decoded_too_large" || whole == out);
  }
  const InlineFiles found = find_inline_files(raw, 1 + limit % 8);
  std::size_t octets = found.text.size();
  for (const InlineFile& file : found.files) {
    octets += file.encoded.size();
    WEIR_ASSERT(weir::is_utf8(file.name));
    WEIR_ASSERT(decode_inline_file(file, limit, problem).size() <= limit);
  }
  WEIR_ASSERT(found.files.empty() || octets == raw.size());
  std::string object(raw);
  if (keep_signed_content(object)) WEIR_ASSERT(!object.empty() && object.size() < raw.size());
  return 0;
}
