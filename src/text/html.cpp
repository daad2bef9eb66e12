#include "text/html.h"

#include <cstring>

#include "base/utf8.h"
#include "text/html_counted.h"
#include "text/html_renderer.h"
#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

constexpr std::size_t kMetaOctets =
    1'024;  // WHATWG HTML 13.2.3.2: where an encoding declaration must stand

// ASCII is looked at eight octets at a time; most of a document is.
bool is_valid(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  return is_utf8(text.substr(at));
}

// The charset parameter of "text/html; charset=gb2312".
std::string_view charset_of_content(std::string_view content) {
  constexpr std::string_view kName = "charset";
  for (std::size_t at = 0; at + kName.size() < content.size(); ++at) {
    if (!equals_ignoring_case(content.substr(at, kName.size()), kName)) continue;
    std::string_view rest = without_blanks(content.substr(at + kName.size()));
    if (!rest.starts_with('=')) continue;
    rest = without_blanks(rest.substr(1));
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    return rest.substr(0, rest.find_first_of("\"'; \t\r\n"));
  }
  return {};
}

}  // namespace

HtmlText html_to_text_counted(std::string_view html, const HtmlLimits& limits, std::size_t& steps) {
  std::string repaired;
  if (!is_valid(html)) {
    repaired = to_valid_utf8(html);
    html = repaired;
  }
  Renderer renderer(html, limits);
  renderer.run();
  steps = renderer.steps();
  if (!renderer.sheet_came_late()) return renderer.take();
  Renderer again(html, limits);
  renderer.collect_sheets();
  steps = renderer.steps();
  again.use_sheet(renderer.take_sheet());
  again.run();
  steps += again.steps();
  return again.take();
}

HtmlText html_to_text(std::string_view html, const HtmlLimits& limits) {
  std::size_t steps = 0;
  return html_to_text_counted(html, limits, steps);
}

std::string_view meta_charset(std::string_view octets) {
  Tokenizer tokenizer(octets.substr(0, kMetaOctets));
  Token token;
  while (tokenizer.next(token)) {
    if (token.kind != Token::Kind::start_tag || token.tag != Tag::meta) continue;
    if (token.has(Attr::charset)) return without_blanks(token.value(Attr::charset));
    if (!equals_ignoring_case(without_blanks(token.value(Attr::http_equiv)), "content-type"))
      continue;
    if (const std::string_view charset = charset_of_content(token.value(Attr::content));
        !charset.empty())
      return charset;
  }
  return {};
}

}  // namespace weir::text
