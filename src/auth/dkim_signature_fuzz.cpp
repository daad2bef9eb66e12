// A message of any octets, with keys of any octets: checking DKIM must end, and ask for no more
// keys than it looks at signatures.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "auth/dkim.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (const auto parsed = auth::parse_dkim_signature(octets))
    WEIR_ASSERT(parsed->b_begin <= parsed->b_end && parsed->b_end <= octets.size());
  (void)auth::parse_arc_message_signature(octets);
  (void)auth::parse_arc_seal(octets);
  (void)auth::parse_dkim_key(octets);

  const auto now = from_unix_millis(1'700'000'000'000);
  const auto text = "DKIM-Signature:" + std::string(octets);
  const auto line = octets.substr(0, octets.find('\n'));
  for (const std::string_view message : {octets, std::string_view(text)}) {
    const auth::Header header(message);
    auth::Answers answers;
    auto step = auth::check_dkim(header, now, answers);
    WEIR_ASSERT(step.needs.size() <= auth::kMaxDkimSignatures);
    for (const auto& question : step.needs)
      answers.put(question,
                  {auth::Answer::Status::found, {std::string(line), "v=DKIM1; p=MFwwDQ"}, {}});
    step = auth::check_dkim(header, now, answers);
    WEIR_ASSERT(step.done() && step.result.outcome != auth::Outcome::pass);
  }
  return 0;
}
