#include "text/html_tags.h"

#include "text/html_name_table.h"

namespace weir::text {
namespace {

struct Row {
  Tag tag;
  std::string_view name;
  int traits;
};

// In the order of Tag, behind none and other.
constexpr Row kRows[] = {
    {Tag::a, "a", kFormatting},
    {Tag::abbr, "abbr", 0},
    {Tag::address, "address", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::annotation, "annotation", 0},
    {Tag::annotation_xml, "annotation-xml", kSpecial},
    {Tag::applet, "applet", kSpecial | kScopeEnd | kOpensScope},
    {Tag::area, "area", kVoid | kSpecial},
    {Tag::article, "article", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::aside, "aside", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::audio, "audio", 0},
    {Tag::b, "b", kFormatting | kBreaksOut},
    {Tag::base, "base", kVoid | kSpecial},
    {Tag::basefont, "basefont", kVoid | kSpecial},
    {Tag::bdo, "bdo", 0},
    {Tag::bgsound, "bgsound", kVoid | kSpecial},
    {Tag::big, "big", kFormatting | kBreaksOut},
    {Tag::blockquote, "blockquote", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::body, "body", kBlock | kSpecial | kBreaksOut | kHasBackground},
    {Tag::br, "br", kVoid | kSpecial | kBreaksOut},
    {Tag::button, "button", kSpecial | kScopeEnd | kControl},
    {Tag::caption, "caption", kBlock | kSpecial | kScopeEnd | kOpensScope},
    {Tag::center, "center", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::clippath, "clippath", 0},
    {Tag::code, "code", kFormatting | kBreaksOut},
    {Tag::col, "col", kVoid | kSpecial | kHasBackground},
    {Tag::colgroup, "colgroup", kSpecial | kHasBackground},
    {Tag::datalist, "datalist", 0},
    {Tag::dd, "dd", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::defs, "defs", 0},
    {Tag::desc, "desc", kSpecial},
    {Tag::details, "details", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::dialog, "dialog", kBlock | kEndsParagraph | kScopeEnd},
    {Tag::dir, "dir", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::div, "div", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::dl, "dl", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::dt, "dt", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::em, "em", kFormatting | kBreaksOut},
    {Tag::embed, "embed", kVoid | kSpecial | kBreaksOut},
    {Tag::fieldset, "fieldset", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::figcaption, "figcaption", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::figure, "figure", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::font, "font", kFormatting},
    {Tag::footer, "footer", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::foreignobject, "foreignobject", kSpecial},
    {Tag::form, "form", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::frame, "frame", kVoid | kSpecial},
    {Tag::frameset, "frameset", kBlock | kSpecial | kScopeEnd},
    {Tag::h1, "h1", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::h2, "h2", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::h3, "h3", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::h4, "h4", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::h5, "h5", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::h6, "h6", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::head, "head", kSpecial | kBreaksOut},
    {Tag::header, "header", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::hgroup, "hgroup", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::hr, "hr", kVoid | kBlock | kSpecial | kEndsParagraph | kBreaksOut},
    {Tag::html, "html", kBlock | kSpecial | kHasBackground},
    {Tag::i, "i", kFormatting | kBreaksOut},
    {Tag::iframe, "iframe", kSpecial | kRaw},
    {Tag::image, "image", kVoid | kSpecial},
    {Tag::img, "img", kVoid | kSpecial | kBreaksOut},
    {Tag::input, "input", kVoid | kSpecial | kControl},
    {Tag::keygen, "keygen", kVoid | kSpecial | kControl},
    {Tag::label, "label", 0},
    {Tag::legend, "legend", kBlock},
    {Tag::li, "li", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::link, "link", kVoid | kSpecial},
    {Tag::listing, "listing",
     kBlock | kSpecial | kKeepsBlanks | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::main, "main", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::marquee, "marquee", kBlock | kSpecial | kScopeEnd | kHasBackground | kOpensScope},
    {Tag::math, "math", 0},
    {Tag::menu, "menu", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::meta, "meta", kVoid | kSpecial | kBreaksOut},
    {Tag::metadata, "metadata", 0},
    {Tag::mi, "mi", kSpecial},
    {Tag::mn, "mn", kSpecial},
    {Tag::mo, "mo", kSpecial},
    {Tag::ms, "ms", kSpecial},
    {Tag::mtext, "mtext", kSpecial},
    {Tag::nav, "nav", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::nobr, "nobr", kFormatting | kBreaksOut},
    {Tag::noembed, "noembed", kSpecial | kRaw},
    {Tag::noframes, "noframes", kSpecial | kRaw},
    {Tag::noscript, "noscript", kSpecial},
    {Tag::object, "object", kSpecial | kScopeEnd | kOpensScope},
    {Tag::ol, "ol", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::optgroup, "optgroup", kBlock},
    {Tag::option, "option", kBlock},
    {Tag::p, "p", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::param, "param", kVoid | kSpecial},
    {Tag::plaintext, "plaintext", kBlock | kSpecial | kRaw | kKeepsBlanks | kEndsParagraph},
    {Tag::pre, "pre", kBlock | kSpecial | kKeepsBlanks | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::q, "q", 0},
    {Tag::rp, "rp", 0},
    {Tag::rt, "rt", 0},
    {Tag::ruby, "ruby", kBreaksOut},
    {Tag::s, "s", kFormatting | kBreaksOut},
    {Tag::script, "script", kSpecial | kRaw},
    {Tag::search, "search", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::section, "section", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::select, "select", kSpecial | kScopeEnd | kControl},
    {Tag::small, "small", kFormatting | kBreaksOut},
    {Tag::source, "source", kVoid | kSpecial},
    {Tag::span, "span", kBreaksOut},
    {Tag::strike, "strike", kFormatting | kBreaksOut},
    {Tag::strong, "strong", kFormatting | kBreaksOut},
    {Tag::style, "style", kSpecial | kRaw},
    {Tag::sub, "sub", kBreaksOut},
    {Tag::summary, "summary", kBlock | kSpecial | kEndsParagraph | kScopeEnd},
    {Tag::sup, "sup", kBreaksOut},
    {Tag::svg, "svg", 0},
    {Tag::table, "table",
     kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut | kHasBackground | kOpensScope},
    {Tag::tbody, "tbody", kBlock | kSpecial | kScopeEnd | kTablePart | kHasBackground},
    {Tag::td, "td", kSpecial | kScopeEnd | kHasBackground | kOpensScope},
    {Tag::template_, "template", kSpecial | kScopeEnd | kOpensScope},
    {Tag::textarea, "textarea", kBlock | kSpecial | kRaw | kKeepsBlanks | kControl},
    {Tag::tfoot, "tfoot", kBlock | kSpecial | kScopeEnd | kTablePart | kHasBackground},
    {Tag::th, "th", kSpecial | kScopeEnd | kHasBackground | kOpensScope},
    {Tag::thead, "thead", kBlock | kSpecial | kScopeEnd | kTablePart | kHasBackground},
    {Tag::title, "title", kSpecial | kRaw},
    {Tag::tr, "tr", kBlock | kSpecial | kScopeEnd | kTablePart | kHasBackground},
    {Tag::track, "track", kVoid | kSpecial},
    {Tag::tt, "tt", kFormatting | kBreaksOut},
    {Tag::u, "u", kFormatting | kBreaksOut},
    {Tag::ul, "ul", kBlock | kSpecial | kEndsParagraph | kScopeEnd | kBreaksOut},
    {Tag::var, "var", kBreaksOut},
    {Tag::video, "video", 0},
    {Tag::wbr, "wbr", kVoid | kSpecial},
    {Tag::xmp, "xmp", kBlock | kSpecial | kRaw | kKeepsBlanks | kEndsParagraph},
};
constexpr std::size_t kFirst = 2;
static_assert(std::size(kRows) + kFirst == kTags);

constexpr auto kTagNames = [] {
  std::array<std::string_view, kTags - kFirst> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kRows[i].name;
  return names;
}();
constexpr auto kTraits = [] {
  std::array<std::uint16_t, kTags> traits{};
  for (const Row& row : kRows)
    traits[static_cast<std::size_t>(row.tag)] = static_cast<std::uint16_t>(row.traits);
  return traits;
}();
constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<std::size_t>(kRows[i].tag) != i + kFirst) return false;
  return true;
}
static_assert(in_order());
constexpr NameTable kTagTable(kTagNames);

// In the order of Attr.
constexpr std::array<std::string_view, kAttrs> kAttrNames = {
    "action",      "alink",   "alt",        "background", "bgcolor", "charset",    "class",
    "color",       "content", "data",       "dir",        "face",    "formaction", "height",
    "hidden",      "href",    "http-equiv", "id",         "link",    "media",      "ping",
    "placeholder", "poster",  "shape",      "size",       "src",     "srcdoc",     "srcset",
    "style",       "text",    "title",      "type",       "value",   "width",      "xlink:href"};
constexpr NameTable kAttrTable(kAttrNames);

}  // namespace

Tag tag_of(std::string_view name) {
  const int index = kTagTable.find(name);
  return index < 0 ? Tag::other : static_cast<Tag>(static_cast<std::size_t>(index) + kFirst);
}

constinit const std::array<std::uint16_t, kTags> kTagTraits = kTraits;

std::string_view name_of(Tag tag) {
  const auto index = static_cast<std::size_t>(tag);
  return index < kFirst ? std::string_view() : kTagNames[index - kFirst];
}

Attr attr_of(std::string_view name) {
  const int index = kAttrTable.find(name);
  return index < 0 ? Attr::count : static_cast<Attr>(index);
}

}  // namespace weir::text
