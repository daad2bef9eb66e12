#include "document/output.h"

#include <algorithm>

#include "base/utf8.h"
#include "document/ascii.h"
#include "text/html.h"

namespace weir::document {
namespace {

constexpr std::size_t kTargetOctetsMax = 2'048;
constexpr std::size_t kShownOctetsMax = 256;
constexpr std::size_t kNameOctetsMax = 1'024;
constexpr std::size_t kTitleOctetsMax = 1'024;

// Controls would let a name look like two.
std::string printable(std::string_view utf8, std::size_t max_octets) {
  std::string out(utf8_prefix(trim(utf8), max_octets));
  for (char& c : out)
    if (octet(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

}  // namespace

void Output::append(std::string& to, std::string_view utf8) {
  const std::size_t room = limits_.text_octets - std::min(limits_.text_octets, to.size());
  if (utf8.size() > room) {
    utf8 = utf8_prefix(utf8, room);
    problem("text_cut");
  }
  to.append(utf8);
}

void Output::line(std::string_view utf8) {
  if (utf8.empty()) return;
  text(utf8);
  if (utf8.back() != '\n') text("\n");
}

void Output::hidden_line(std::string_view utf8) {
  if (utf8.empty()) return;
  hidden(utf8);
  if (utf8.back() != '\n') hidden("\n");
}

void Output::title(std::string_view utf8) {
  if (document_.title.empty()) document_.title = printable(utf8, kTitleOctetsMax);
}

void Output::html(std::string_view utf8) {
  const text::HtmlText read = text::html_to_text(utf8, {.links = limits_.links});
  line(read.text);
  hidden_line(read.hidden);
  for (const text::HtmlLink& each : read.links) link(each.target, each.shown);
}

void Output::link(std::string_view target, std::string_view shown) {
  target = trim(target);
  if (target.empty()) return;
  if (document_.links.size() >= limits_.links) {
    problem("too_many_links");
    return;
  }
  document_.links.push_back(
      {std::string(utf8_prefix(target, kTargetOctetsMax)), printable(shown, kShownOctetsMax)});
}

void Output::name(std::string_view utf8) {
  if (document_.names.size() >= limits_.names) {
    problem("too_many_names");
    return;
  }
  std::string name = printable(utf8, kNameOctetsMax);
  if (!name.empty()) document_.names.push_back(std::move(name));
}

void Output::embed(std::string_view name, std::string_view type, std::string_view octets) {
  if (document_.embedded.size() >= limits_.names) {
    problem("too_many_names");
    return;
  }
  const std::size_t room = limits_.embedded_octets - embedded_octets_;
  if (octets.size() > room) {
    octets = octets.substr(0, room);
    problem("embedded_cut");
  }
  embedded_octets_ += octets.size();
  document_.embedded.push_back(
      {printable(name, kNameOctetsMax), printable(type, kNameOctetsMax), std::string(octets)});
}

void Output::add_once(std::vector<std::string>& to, std::string_view name) {
  if (std::ranges::find(to, name) == to.end()) to.emplace_back(name);
}

}  // namespace weir::document
