#include "text/html.h"

#include "base/utf8.h"
#include "text/html_counted.h"
#include "text/html_renderer.h"
#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

using namespace literals;

constexpr std::size_t kMetaOctets =
    1'024;  // WHATWG HTML 13.2.3.2: where an encoding declaration must stand

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
  if (!is_utf8(html)) {
    repaired = to_valid_utf8(html);
    html = repaired;
  }
  Tokenizer tokenizer(html);
  Renderer renderer(limits);
  Token token;
  while (tokenizer.next(token)) renderer.feed(token);
  steps = tokenizer.steps() + renderer.steps();
  return renderer.take();
}

HtmlText html_to_text(std::string_view html, const HtmlLimits& limits) {
  std::size_t steps = 0;
  return html_to_text_counted(html, limits, steps);
}

std::string_view meta_charset(std::string_view octets) {
  Tokenizer tokenizer(octets.substr(0, kMetaOctets));
  Token token;
  while (tokenizer.next(token)) {
    if (token.kind != Token::Kind::start_tag || token.id != "meta"_id) continue;
    if (const std::string_view* charset = token.attribute("charset"))
      return without_blanks(*charset);
    const std::string_view* type = token.attribute("http-equiv");
    const std::string_view* content = token.attribute("content");
    if (type == nullptr || content == nullptr ||
        !equals_ignoring_case(without_blanks(*type), "content-type"))
      continue;
    if (const std::string_view charset = charset_of_content(*content); !charset.empty())
      return charset;
  }
  return {};
}

}  // namespace weir::text
