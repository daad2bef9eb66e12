#include "auth/outcome.h"

#include <array>
#include <utility>

#include "base/ascii.h"

namespace weir::auth {
namespace {

constexpr std::array<std::pair<std::string_view, Outcome>, 8> kWords = {{
    {"none", Outcome::none},
    {"neutral", Outcome::neutral},
    {"pass", Outcome::pass},
    {"fail", Outcome::fail},
    {"softfail", Outcome::softfail},
    {"policy", Outcome::policy},
    {"temperror", Outcome::temperror},
    {"permerror", Outcome::permerror},
}};

}  // namespace

std::string_view to_string(Outcome outcome) {
  for (const auto& [word, value] : kWords)
    if (value == outcome) return word;
  return "none";
}

std::optional<Outcome> parse_outcome(std::string_view word) {
  for (const auto& [text, value] : kWords)
    if (iequals(word, text)) return value;
  if (iequals(word, "hardfail")) return Outcome::fail;
  return std::nullopt;
}

}  // namespace weir::auth
