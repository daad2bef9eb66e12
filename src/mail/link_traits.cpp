#include "mail/link_traits.h"

#include <array>

namespace weir::mail {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(LinkTrait::kCount)> kNames = {
    "no_scheme",  "disguised",   "wrapped",      "idn",      "mixed_script", "lookalike",
    "ip_literal", "ip_odd_form", "percent_host", "userinfo", "odd_port",     "shown_differs",
    "redirect",   "data",        "script",       "contact",  "shortener",    "hosted"};
static_assert(kNames.size() <= 32 && !kNames.back().empty());

}  // namespace

std::string_view link_origin_name(LinkOrigin origin) {
  switch (origin) {
    case LinkOrigin::text: return "text";
    case LinkOrigin::html: return "html";
    case LinkOrigin::qr: return "qr";
    case LinkOrigin::document: return "document";
    case LinkOrigin::header: return "header";
  }
  return {};
}

std::string_view link_trait_name(LinkTrait trait) {
  const auto index = static_cast<std::size_t>(trait);
  return index < kNames.size() ? kNames[index] : std::string_view();
}

std::vector<std::string_view> LinkTraits::names() const {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (has(static_cast<LinkTrait>(i))) out.push_back(kNames[i]);
  return out;
}

}  // namespace weir::mail
