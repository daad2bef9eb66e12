// The links of a document, with the text shown for each: a part of the renderer.
#include <algorithm>

#include "base/utf8.h"
#include "text/html_links.h"
#include "text/html_references.h"
#include "text/html_renderer.h"

namespace weir::text {
namespace {

constexpr std::size_t kShownOctetsMax = 256;
constexpr std::size_t kCandidatesMax = 16;  // of one srcset

}  // namespace

std::string Renderer::short_text(std::string_view raw) {
  FoldedText words;
  words.text(
      dereferenced(utf8_prefix(raw, 8 * kShownOctetsMax), Place::attribute, scratch_, steps_),
      false);
  return std::string(utf8_prefix(words.str(), kShownOctetsMax));
}

int Renderer::add_link(const Token& token, Attr attr) {
  return token.has(attr) ? add_link(token.name, token.value(attr)) : kNoLink;
}

int Renderer::add_link(std::string_view element, std::string_view raw_target) {
  if (result_.links.size() >= limits_.links) {
    result_.links_cut = true;
    return kNoLink;
  }
  // An octet of a target takes at most kReferenceOctetsMax octets to write; an image in the text
  // itself may be megabytes long.
  const std::string_view cut = utf8_prefix(raw_target, kTargetOctetsMax * 10);
  HtmlLink& link = result_.links.emplace_back();
  link.target = clean_target(dereferenced(cut, Place::attribute, scratch_, steps_));
  if (!base_.empty()) link.target = resolve(base_, link.target);
  for (const char c : element.substr(0, 32)) link.element.push_back(ascii_lower(c));
  return static_cast<int>(result_.links.size()) - 1;
}

// Links of all elements but <a>, whose shown text is not known yet.
void Renderer::add_links(const Token& token) {
  if (!token.has_attributes()) return;
  if (token.tag == Tag::meta) {
    if (!equals_ignoring_case(without_blanks(token.value(Attr::http_equiv)), "refresh")) return;
    const std::string_view content = token.value(Attr::content);
    steps_ += content.size();
    if (const std::string_view target = refresh_target(content); !target.empty())
      add_link(token.name, target);
    return;
  }
  for (const Attr attr : link_attributes(token.tag)) {
    const int added = add_link(token, attr);
    if (added == kNoLink) continue;
    const auto link = static_cast<std::size_t>(added);
    if (token.tag == Tag::base && base_.empty())
      base_ = utf8_prefix(result_.links[link].target, kBaseOctetsMax);
    if (token.tag == Tag::form) form_link_ = added;
    if (token.tag == Tag::img || token.tag == Tag::area || token.tag == Tag::image)
      result_.links[link].shown = short_text(token.value(Attr::alt));
    if (token.tag == Tag::input && attr == Attr::formaction)
      result_.links[link].shown = short_text(token.value(Attr::value));
  }
  if (token.has(Attr::srcset) && (token.tag == Tag::img || token.tag == Tag::source))
    add_srcset(token.value(Attr::srcset));
}

// "a.png 1x, b.png 2x": a comma in a URL does not end it, one behind it does.
void Renderer::add_srcset(std::string_view candidates) {
  for (std::size_t n = 0; n < kCandidatesMax; ++n) {
    while (!candidates.empty() && (is_html_blank(candidates.front()) || candidates.front() == ','))
      candidates.remove_prefix(1);
    std::size_t end = 0;
    while (end < candidates.size() && !is_html_blank(candidates[end])) ++end;
    std::string_view url = candidates.substr(0, end);
    candidates.remove_prefix(end);
    if (url.empty()) return;
    const bool alone = url.ends_with(',');
    while (url.ends_with(',')) url.remove_suffix(1);
    add_link("img", url);
    if (!alone) candidates.remove_prefix(std::min(candidates.find(','), candidates.size()));
  }
}

void Renderer::add_style_urls(std::vector<std::string>& urls) {
  for (const std::string& url : urls) {
    if (result_.links.size() >= limits_.links) {
      result_.links_cut = true;
      break;
    }
    HtmlLink& link = result_.links.emplace_back();
    link.target = resolve(base_, clean_target(url));
    link.element = "style";
  }
  urls.clear();
}

void Renderer::begin_link(int link) {
  finish_link();
  link_ = link;
}

void Renderer::finish_link() {
  if (link_ == kNoLink) return;
  std::size_t overrides = 0;
  const std::string shown = without_overrides(shown_.take(), overrides);
  result_.links[static_cast<std::size_t>(link_)].shown = utf8_prefix(shown, kShownOctetsMax);
  link_ = kNoLink;
}

}  // namespace weir::text
