#include "text/html_renderer.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/utf8.h"
#include "text/html_links.h"
#include "text/html_references.h"

namespace weir::text {
namespace {

using namespace literals;

constexpr std::size_t kDepthMax = 512;    // as in browsers
constexpr std::size_t kReopenMax = 8;     // formatting elements that go on behind a closed block
constexpr std::size_t kItemLookMax = 64;  // elements looked at for a list item to close
constexpr std::size_t kShownOctetsMax = 256;
constexpr Color kLinkColor{.blue = 238};

bool is_void(std::uint64_t id) {
  switch (id) {
    case "area"_id:
    case "base"_id:
    case "basefont"_id:
    case "bgsound"_id:
    case "br"_id:
    case "col"_id:
    case "embed"_id:
    case "frame"_id:
    case "hr"_id:
    case "img"_id:
    case "image"_id:
    case "input"_id:
    case "link"_id:
    case "meta"_id:
    case "param"_id:
    case "source"_id:
    case "track"_id:
    case "wbr"_id: return true;
    default: return false;
  }
}

bool is_block(std::uint64_t id) {
  switch (id) {
    case "address"_id:
    case "article"_id:
    case "aside"_id:
    case "blockquote"_id:
    case "body"_id:
    case "caption"_id:
    case "center"_id:
    case "dd"_id:
    case "details"_id:
    case "dialog"_id:
    case "dir"_id:
    case "div"_id:
    case "dl"_id:
    case "dt"_id:
    case "fieldset"_id:
    case "figcaption"_id:
    case "figure"_id:
    case "footer"_id:
    case "form"_id:
    case "h1"_id:
    case "h2"_id:
    case "h3"_id:
    case "h4"_id:
    case "h5"_id:
    case "h6"_id:
    case "header"_id:
    case "hr"_id:
    case "legend"_id:
    case "li"_id:
    case "listing"_id:
    case "main"_id:
    case "marquee"_id:
    case "menu"_id:
    case "nav"_id:
    case "ol"_id:
    case "option"_id:
    case "p"_id:
    case "plaintext"_id:
    case "pre"_id:
    case "section"_id:
    case "summary"_id:
    case "table"_id:
    case "tbody"_id:
    case "textarea"_id:
    case "tfoot"_id:
    case "thead"_id:
    case "tr"_id:
    case "ul"_id:
    case "xmp"_id: return true;
    default: return false;
  }
}

bool is_formatting(std::uint64_t id) {
  switch (id) {
    case "a"_id:
    case "b"_id:
    case "big"_id:
    case "code"_id:
    case "em"_id:
    case "font"_id:
    case "i"_id:
    case "nobr"_id:
    case "s"_id:
    case "small"_id:
    case "strike"_id:
    case "strong"_id:
    case "tt"_id:
    case "u"_id: return true;
    default: return false;
  }
}

bool keeps_blanks(std::uint64_t id) {
  return id == "pre"_id || id == "textarea"_id || id == "listing"_id || id == "xmp"_id ||
         id == "plaintext"_id;
}

enum class Ink { some, blank, zero_width };

// Whether a text draws anything: blanks alone are a distance, characters of no width among them are
// hidden.
Ink ink_of(std::string_view text) {
  Ink ink = Ink::blank;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == 0xA0 || (c < 0x80 && is_html_blank(static_cast<char>(c)))) continue;
    if (c < 0x80 ||
        !u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      return Ink::some;
    ink = Ink::zero_width;
  }
  return ink;
}

std::string_view value_or_empty(const std::string_view* value) {
  return value == nullptr ? std::string_view{} : *value;
}

}  // namespace

void FoldedText::text(std::string_view utf8, bool keep_blanks) {
  for (const char c : utf8) {
    if (c == '\0') continue;
    if (c == '\n' && keep_blanks) {
      line_break();
    } else if (is_html_blank(c) && !keep_blanks) {
      pending_blank_ = true;
    } else if (c != '\r') {
      if (!out_.empty()) {
        if (pending_lines_ > 0)
          out_.append(static_cast<std::size_t>(pending_lines_), '\n');
        else if (pending_blank_)
          out_.push_back(' ');
      }
      pending_lines_ = 0;
      pending_blank_ = false;
      out_.push_back(c);
    }
  }
}

std::string FoldedText::take() {
  pending_lines_ = 0;
  pending_blank_ = false;
  return std::exchange(out_, {});
}

bool Renderer::State::hidden() const {
  return gone || invisible || font_px <= 1 || is_unreadable(color, background);
}

const Renderer::State& Renderer::state() const {
  static const State kInitial;
  return elements_.empty() ? kInitial : elements_.back().state;
}

void Renderer::feed(const Token& token) {
  ++steps_;
  switch (token.kind) {
    case Token::Kind::text: on_text(token); break;
    case Token::Kind::start_tag: on_start(token); break;
    case Token::Kind::end_tag: on_end(token); break;
  }
}

HtmlText Renderer::take() {
  finish_link();
  result_.text = seen_.take();
  result_.hidden = unseen_.take();
  return std::move(result_);
}

void Renderer::on_text(const Token& token) {
  switch (token.raw_of) {
    case "style"_id:
      sheet_.add(token.text);
      steps_ += token.text.size();
      return;
    case "script"_id:
    case "title"_id:
    case "iframe"_id:
    case "noembed"_id:
    case "noframes"_id: return;
    default: break;
  }
  scratch_.clear();
  if (token.references)
    append_dereferenced(scratch_, token.text, Place::text, steps_);
  else
    scratch_.append(token.text);
  show(scratch_, state());
}

void Renderer::show(std::string_view text, const State& state) {
  steps_ += text.size();
  const Ink ink = ink_of(text);
  if (state.hidden() && ink == Ink::blank) {
    unseen_.blank();
    return;
  }
  if (state.hidden() || ink == Ink::zero_width) {
    unseen_.text(text, state.keep_blanks);
    return;
  }
  seen_.text(text, state.keep_blanks);
  unseen_.blank();
  if (link_ && shown_.str().size() < kShownOctetsMax)
    shown_.text(utf8_prefix(text, 4 * kShownOctetsMax), false);
}

void Renderer::line(const State& state) {
  unseen_.line();
  if (state.gone) return;
  seen_.line();
  if (link_) shown_.blank();
}

Style Renderer::style_of(const Token& token) {
  Style style;
  for (const Attribute& a : token.attributes) {
    switch (name_id(a.name)) {
      case "hidden"_id: style.display_none = true; break;
      case "bgcolor"_id:
        if (!style.background)
          style.background = parse_color(dereferenced(a.value, Place::attribute, steps_));
        break;
      case "background"_id: style.background = kUnknownColor; break;
      case "color"_id:
        if (token.id == "font"_id)
          style.color = parse_color(dereferenced(a.value, Place::attribute, steps_));
        break;
      case "text"_id:
        if (token.id == "body"_id)
          style.color = parse_color(dereferenced(a.value, Place::attribute, steps_));
        break;
      default: break;
    }
  }
  if (token.id == "template"_id || token.id == "datalist"_id) style.display_none = true;
  if (!sheet_.empty())
    sheet_.apply(token.name, value_or_empty(token.attribute("class")),
                 value_or_empty(token.attribute("id")), style);
  if (const std::string_view* inline_style = token.attribute("style")) {
    steps_ += inline_style->size();
    apply_declarations(dereferenced(*inline_style, Place::attribute, steps_), style);
  }
  if (token.id == "a"_id && !style.color && token.attribute("href") != nullptr)
    style.color = kLinkColor;
  return style;
}

Renderer::State Renderer::state_for(std::uint64_t id, const Style& own) const {
  State next = state();
  next.gone = next.gone || own.draws_nothing();
  next.invisible = own.invisible.value_or(next.invisible);
  next.keep_blanks = next.keep_blanks || keeps_blanks(id);
  if (own.font)
    next.font_px =
        own.font->unit == FontUnit::px ? own.font->value : own.font->value * next.font_px;
  if (own.color) next.color = *own.color;
  if (own.background && own.background->alpha > 0) {
    next.background = own.background->alpha < 1 ? kUnknownColor : *own.background;
  }
  return next;
}

void Renderer::push(std::uint64_t id, const Style& own, std::optional<ScopeKind> scope,
                    std::optional<std::size_t> link) {
  if (elements_.size() >= kDepthMax) {
    ++too_deep_;
    return;
  }
  Element element{.id = id, .own = own, .state = state_for(id, own), .link = link};
  elements_.push_back(std::move(element));
  if (scope == ScopeKind::template_) ++templates_;
  if (scope)
    scopes_.push_back({.kind = *scope, .base = elements_.size() - 1, .open = {}});
  else
    ++scopes_.back().open[id];
}

void Renderer::pop() {
  ++steps_;
  const Element& top = elements_.back();
  if (scopes_.size() > 1 && scopes_.back().base == elements_.size() - 1) {
    if (scopes_.back().kind == ScopeKind::template_) --templates_;
    scopes_.pop_back();
  } else {
    const auto count = scopes_.back().open.find(top.id);
    if (count != scopes_.back().open.end() && --count->second == 0)
      scopes_.back().open.erase(count);
  }
  if (is_block(top.id)) line(top.state);
  if (top.link) finish_link();
  elements_.pop_back();
}

// Closes elements_[index] and all above it. Formatting goes on behind a block that ends around it
// (WHATWG 13.2.4.3).
void Renderer::pop_to(std::size_t index, bool reopen_formatting) {
  std::vector<Element> reopened;
  while (elements_.size() > index) {
    if (reopen_formatting && elements_.size() - 1 > index && is_formatting(elements_.back().id) &&
        reopened.size() < kReopenMax) {
      reopened.push_back(elements_.back());
      elements_.back().link.reset();
    }
    pop();
  }
  for (auto element = reopened.rbegin(); element != reopened.rend(); ++element)
    push(element->id, element->own, std::nullopt, element->link);
}

void Renderer::pop_scope() { pop_to(scopes_.back().base, false); }

bool Renderer::close(std::uint64_t id) {
  const Scope& scope = scopes_.back();
  if (!scope.open.contains(id)) return false;
  std::size_t index = elements_.size();
  while (index > 0 && elements_[index - 1].id != id) --index;  // each step is a pop
  pop_to(index - 1, true);
  return true;
}

// A list item ends where the next one begins, but not the item around an inner list.
void Renderer::close_item(std::uint64_t id, std::uint64_t other_id) {
  const Scope& scope = scopes_.back();
  if (!scope.open.contains(id) && !scope.open.contains(other_id)) return;
  const std::size_t bottom = scopes_.size() > 1 ? scope.base + 1 : 0;
  for (std::size_t n = 0; n < kItemLookMax && elements_.size() > bottom + n; ++n) {
    ++steps_;
    const std::size_t index = elements_.size() - 1 - n;
    const std::uint64_t found = elements_[index].id;
    if (found == id || found == other_id) {
      pop_to(index, true);
      return;
    }
    if (found == "ul"_id || found == "ol"_id || found == "dl"_id || found == "menu"_id ||
        found == "select"_id)
      return;
  }
}

// What a start tag closes without an end tag.
void Renderer::close_implied(std::uint64_t id) {
  const bool in_cell = scopes_.back().kind == ScopeKind::cell;
  switch (id) {
    case "tr"_id:
    case "tbody"_id:
    case "thead"_id:
    case "tfoot"_id:
      if (in_cell) pop_scope();
      close("tr"_id);
      if (id != "tr"_id && !close("tbody"_id) && !close("thead"_id)) close("tfoot"_id);
      return;
    case "td"_id:
    case "th"_id:
    case "caption"_id:
      if (in_cell) pop_scope();
      return;
    case "li"_id: close_item(id, id); break;
    case "dd"_id: close_item(id, "dt"_id); break;
    case "dt"_id: close_item(id, "dd"_id); break;
    case "option"_id: close_item(id, id); return;
    case "a"_id: close(id); return;
    default: break;
  }
  if (is_block(id)) close("p"_id);
}

void Renderer::on_start(const Token& token) {
  const std::uint64_t id = token.id;
  if (id == "html"_id || id == "head"_id) return;
  close_implied(id);
  if (id == "td"_id || id == "th"_id) seen_.blank();
  const Style own = style_of(token);
  add_links(token);
  if (id == "br"_id) {
    if (!state().gone) seen_.line_break();
    unseen_.line_break();
    if (link_) shown_.blank();
    return;
  }
  const State next = state_for(id, own);
  if (is_block(id)) line(next);
  if (is_void(id)) {
    std::string_view words;
    if (id == "img"_id || id == "area"_id || id == "image"_id)
      words = value_or_empty(token.attribute("alt"));
    const std::string_view type = value_or_empty(token.attribute("type"));
    if (id == "input"_id &&
        (equals_ignoring_case(type, "submit") || equals_ignoring_case(type, "button")))
      words = value_or_empty(token.attribute("value"));
    if (!words.empty()) {
      scratch_.clear();
      append_dereferenced(scratch_, words, Place::attribute, steps_);
      show(scratch_, next);
    }
    return;
  }
  std::optional<ScopeKind> scope;
  if (id == "table"_id) scope = ScopeKind::table;
  if (id == "td"_id || id == "th"_id || id == "caption"_id) scope = ScopeKind::cell;
  if (id == "template"_id) scope = ScopeKind::template_;
  std::optional<std::size_t> link;
  if (id == "a"_id && token.attribute("href") != nullptr) {
    finish_link();
    link = add_link(token, "href");
    link_ = link;
  }
  push(id, own, scope, link);
}

void Renderer::on_end(const Token& token) {
  const std::uint64_t id = token.id;
  if (id == "body"_id || id == "html"_id || id == "head"_id) return;
  if (id == "br"_id || (id == "p"_id && !scopes_.back().open.contains(id))) {
    line(state());
    return;
  }
  if (too_deep_ > 0) {
    if (!is_void(id)) --too_deep_;
    return;
  }
  const ScopeKind kind = scopes_.back().kind;
  switch (id) {
    case "td"_id:
    case "th"_id:
    case "caption"_id:
      if (kind == ScopeKind::cell) pop_scope();
      return;
    case "tr"_id:
    case "tbody"_id:
    case "thead"_id:
    case "tfoot"_id:
      if (kind == ScopeKind::cell) pop_scope();
      break;
    case "table"_id:
      if (kind == ScopeKind::cell) pop_scope();
      if (scopes_.back().kind == ScopeKind::table) pop_scope();
      return;
    case "template"_id:
      if (templates_ == 0) return;
      while (scopes_.back().kind != ScopeKind::template_) pop_scope();
      pop_scope();
      return;
    default: break;
  }
  close(id);
}

std::optional<std::size_t> Renderer::add_link(const Token& token, std::string_view attribute) {
  const std::string_view* value = token.attribute(attribute);
  return value == nullptr ? std::nullopt : add_link(token.name, *value);
}

std::optional<std::size_t> Renderer::add_link(std::string_view element,
                                              std::string_view raw_target) {
  if (result_.links.size() >= limits_.links) {
    result_.links_cut = true;
    return std::nullopt;
  }
  // An octet of a target takes at most kReferenceOctetsMax octets to write; an image in the text
  // itself may be megabytes long.
  const std::string_view cut = utf8_prefix(raw_target, kTargetOctetsMax * 10);
  HtmlLink link;
  link.target = resolve(base_, clean_target(dereferenced(cut, Place::attribute, steps_)));
  for (const char c : element.substr(0, 32)) link.element.push_back(ascii_lower(c));
  result_.links.push_back(std::move(link));
  return result_.links.size() - 1;
}

// Links of all elements but <a>, whose shown text is not known yet.
void Renderer::add_links(const Token& token) {
  if (token.id == "a"_id) return;
  if (token.id == "meta"_id &&
      equals_ignoring_case(value_or_empty(token.attribute("http-equiv")), "refresh")) {
    const std::string_view target = refresh_target(value_or_empty(token.attribute("content")));
    steps_ += value_or_empty(token.attribute("content")).size();
    if (!target.empty()) add_link(token.name, target);
    return;
  }
  for (const std::string_view name : link_attributes(token.id)) {
    const std::optional<std::size_t> added = add_link(token, name);
    if (!added) continue;
    HtmlLink& link = result_.links[*added];
    if (token.id == "base"_id && base_.empty()) base_ = utf8_prefix(link.target, kBaseOctetsMax);
    if (const std::string_view* alt =
            token.id == "img"_id || token.id == "area"_id ? token.attribute("alt") : nullptr) {
      FoldedText words;
      words.text(dereferenced(utf8_prefix(*alt, 8 * kShownOctetsMax), Place::attribute, steps_),
                 false);
      link.shown = utf8_prefix(words.str(), kShownOctetsMax);
    }
  }
}

void Renderer::finish_link() {
  if (!link_) return;
  result_.links[*link_].shown = utf8_prefix(shown_.str(), kShownOctetsMax);
  (void)shown_.take();
  link_.reset();
}

}  // namespace weir::text
