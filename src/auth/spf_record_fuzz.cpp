// A record of any octets as the answer to every question: check_spf must end within its bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "auth/spf.h"
#include "auth/spf_record.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (size > 4'096) return 0;
  if (auth::is_spf_record(octets)) (void)auth::parse_spf_record(octets);

  auth::SpfInput input;
  input.client = Address::v4(0xC0000201);
  input.helo = "mail.example.org";
  input.mail_from = "some.body@example.com";
  auth::Answer answer;
  answer.status = auth::Answer::Status::found;
  answer.addresses = {Address::v4(0xC0000203)};
  std::size_t asked = 0;
  auth::Answers answers;
  auto step = auth::check_spf(input, answers);
  while (!step.done()) {
    for (const auto& question : step.needs) {
      ++asked;
      answer.texts = {question.type == dns::Type::txt ? std::string(octets) : "www.example.com"};
      answers.put(question, answer);
    }
    WEIR_ASSERT(asked <= auth::kMaxSpfQuestions);
    step = auth::check_spf(input, answers);
  }
  return 0;
}
