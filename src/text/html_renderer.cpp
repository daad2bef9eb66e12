#include "text/html_renderer.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/utf8.h"
#include "text/html_references.h"
#include "text/html_values.h"

namespace weir::text {
namespace {

constexpr std::size_t kRootChangesMax = 8;
constexpr std::size_t kShownOctetsMax = 256;
constexpr std::size_t kReversalsMax = 4;  // of the whole text
constexpr std::size_t kStylesMax = 256;

enum class Ink { some, blank, zero_width };

bool is_wide_blank(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Whether a text draws anything: blanks alone are a distance, characters of no width among them are
// hidden.
Ink ink_of(std::string_view text) {
  Ink ink = Ink::blank;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      if (!is_html_blank(text[at]) && text[at] != '\0') return Ink::some;
      ++at;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (is_wide_blank(c)) continue;
    if ((c >= 0x202A && c <= 0x202E) ||  // they turn what follows
        !u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      return Ink::some;
    ink = Ink::zero_width;
  }
  return ink;
}

// Documents whose doctype makes browsers keep to the rules of the last century.
bool is_quirky(std::string_view doctype) {
  std::string lower;
  for (const char c : doctype.substr(0, 128)) lower.push_back(ascii_lower(c));
  if (!lower.starts_with("doctype html")) return true;
  for (const std::string_view old :
       {"html 2", "html 3", "html 4.0 transitional", "html 4.0 frameset", "//ietf", "//netscape"})
    if (lower.find(old) != std::string::npos) return true;
  const bool system_id = lower.find(".dtd") != std::string::npos;
  return !system_id && (lower.find("html 4.01 transitional") != std::string::npos ||
                        lower.find("html 4.01 frameset") != std::string::npos);
}

bool is_for_screens(const Token& style_tag) {
  static constexpr std::string_view kOther[] = {"print", "speech", "tty", "handheld"};
  const std::string_view media = without_blanks(style_tag.value(Attr::media));
  return std::ranges::none_of(
      kOther, [&](std::string_view other) { return equals_ignoring_case(media, other); });
}

Style declared_color(const Color& color) {
  Style style;
  style.set = Style::bit(Property::color);
  style.color = color;
  return style;
}

}  // namespace

StyleCache::StyleCache(std::size_t document_octets) {
  std::size_t places = 16;
  while (places < kStylesMax && places * 256 < document_octets) places *= 2;
  entries_.resize(places);
}

const Style& StyleCache::find(std::string_view raw, std::string& scratch, std::size_t& steps) {
  steps += raw.size() / 8 + 1;
  std::uint64_t hash = raw.size();
  std::size_t at = 0;
  for (; at + 8 <= raw.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, raw.data() + at, 8);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
  }
  for (; at < raw.size(); ++at)
    hash = (hash ^ static_cast<unsigned char>(raw[at])) * 0x100000001B3U;
  Entry& entry = entries_[(hash ^ hash >> 32) & (entries_.size() - 1)];
  if (entry.raw != raw || entry.raw.empty()) {
    entry.raw = raw;
    entry.style = {};
    steps += raw.size();
    apply_declarations(dereferenced(raw, Place::attribute, scratch, steps), entry.style, urls_);
  }
  return entry.style;
}

Renderer::Renderer(std::string_view html, const HtmlLimits& limits)
    : html_(html), limits_(limits), tokenizer_(html), open_(*this), styles_(html.size()) {
  link_color_ = {.blue = 238};
  seen_.reserve(html.size() / 4);
}

void Renderer::use_sheet(std::unique_ptr<StyleSheet> sheet) {
  sheet_ = std::move(sheet);
  sheet_is_whole_ = true;
  if (sheet_ && !sheet_->empty()) apply_sheet_to_root();
}

void Renderer::run() {
  Token token;
  while (!sheet_came_late_ && tokenizer_.next(token)) {
    ++steps_;
    switch (token.kind) {
      case Token::Kind::text: on_text(token); break;
      case Token::Kind::start_tag: on_start(token); break;
      case Token::Kind::end_tag: on_end(token); break;
    }
  }
}

// Only style sheets are looked for in what is left.
void Renderer::collect_sheets() {
  Token token;
  std::size_t templates = 0;
  bool for_us = true;
  while (tokenizer_.has_ahead("style") && tokenizer_.next(token)) {
    ++steps_;
    if (token.kind == Token::Kind::text) {
      if (token.raw_of != Tag::style || !for_us || templates > 0) continue;
      steps_ += token.text.size();
      sheet_->add(token.text);
    } else if (token.tag == Tag::template_) {
      if (token.kind == Token::Kind::start_tag)
        ++templates;
      else if (templates > 0)
        --templates;
    } else if (token.tag == Tag::style && token.kind == Token::Kind::start_tag) {
      for_us = is_for_screens(token);
    }
  }
}

HtmlText Renderer::take() {
  finish_link();
  if (sheet_) add_style_urls(sheet_->urls());
  result_.counts.comments = tokenizer_.comments();
  result_.counts.comment_octets = tokenizer_.comment_octets();
  result_.text = without_overrides(seen_.take(), result_.counts.overrides);
  result_.hidden = unseen_.take();
  for (std::size_t i = 0; i < kCauses; ++i)
    if (hidden_by_[i] > 0)
      result_.hidden_by.push_back(
          {.cause = name_of(static_cast<Cause>(i)), .octets = hidden_by_[i]});
  return std::move(result_);
}

std::size_t Renderer::steps() const {
  return steps_ + tokenizer_.steps() + open_.steps() + (sheet_ ? sheet_->steps() : 0);
}

void Renderer::on_text(const Token& token) {
  std::string_view text = token.text;
  switch (token.raw_of) {
    case Tag::style:
      if (open_.state().sink != State::Sink::nothing) add_sheet(text);
      return;
    case Tag::title:
      if (result_.title.empty()) result_.title = short_text(text);
      return;
    case Tag::script:
    case Tag::iframe:
    case Tag::noembed:
    case Tag::noframes: return;
    default: break;
  }
  const State& state = open_.parent_state(false);
  if (state.sink != State::Sink::text) {
    if (state.sink == State::Sink::style) add_sheet(text);
    return;
  }
  if (drop_newline_) {
    drop_newline_ = false;
    if (text.starts_with("\r\n"))
      text.remove_prefix(2);
    else if (text.starts_with('\n'))
      text.remove_prefix(1);
  }
  if (token.references) text = dereferenced(text, Place::text, scratch_, steps_);
  show(text, state);
}

void Renderer::add_sheet(std::string_view css) {
  if (sheet_is_whole_ || open_.has_template()) return;
  if (!sheet_) sheet_ = std::make_unique<StyleSheet>(html_.size());
  steps_ += css.size();
  sheet_->add(css);
  if (sheet_->empty()) return;
  // Elements that are open already, style itself left out, may be spoken of, too.
  if (!seen_.str().empty() || !unseen_.str().empty() || open_.size() > 2) sheet_came_late_ = true;
  apply_sheet_to_root();
}

void Renderer::show(std::string_view text, const State& state) {
  steps_ += text.size();
  const Ink ink = ink_of(text);
  if (state.cause != Cause::none && ink == Ink::blank) {
    unseen_.blank();
    return;
  }
  if (state.cause != Cause::none || ink == Ink::zero_width) {
    hide(text, state.cause != Cause::none ? state.cause : Cause::zero_width, state.keep_blanks);
    return;
  }
  seen_.text(text, state.keep_blanks);
  unseen_.blank();
  if (link_ != kNoLink && shown_.str().size() < kShownOctetsMax)
    shown_.text(utf8_prefix(text, 4 * kShownOctetsMax), false);
}

void Renderer::hide(std::string_view text, Cause cause, bool keep_blanks) {
  const std::size_t before = unseen_.str().size();
  unseen_.text(text, keep_blanks);
  hidden_by_[static_cast<std::size_t>(cause)] += unseen_.str().size() - before;
}

void Renderer::line(const State& state) {
  unseen_.line();
  if (state.gone != Cause::none) return;
  seen_.line();
  if (link_ != kNoLink) shown_.blank();
}

std::string_view Renderer::value(const Token& token, Attr attr) {
  return dereferenced(token.value(attr), Place::attribute, scratch_, steps_);
}

void Renderer::add_background(const Token& token, Style& style) {
  if (!has(token.tag, kHasBackground)) return;
  if (token.has(Attr::background)) {
    style.background = kUnknownColor;
  } else if (const auto color = parse_legacy_color(value(token, Attr::bgcolor))) {
    style.background = *color;
  } else {
    return;
  }
  style.set |= Style::bit(Property::background);
}

// What attributes and browsers say before any style sheet does.
void Renderer::add_hints(const Token& token, Style& style) {
  const auto hide_if = [&](bool hidden) {
    if (!hidden) return;
    style.set |= Style::bit(Property::display_none);
    style.on |= Style::bit(Property::display_none);
  };
  hide_if(token.has(Attr::hidden));
  if (token.has(Attr::bgcolor) || token.has(Attr::background)) add_background(token, style);
  switch (token.tag) {
    case Tag::template_:
    case Tag::datalist:
    case Tag::rp: hide_if(true); break;
    case Tag::font:
    case Tag::basefont:
      if (const auto color = parse_legacy_color(value(token, Attr::color)))
        apply_style(declared_color(*color), style);
      break;
    case Tag::a:
      if (token.has(Attr::href)) apply_style(declared_color(link_color_), style);
      break;
    case Tag::body:
      if (const auto color = parse_legacy_color(value(token, Attr::text)))
        apply_style(declared_color(*color), style);
      break;
    case Tag::bdo:
      style.set |= Style::bit(Property::overrides_order);
      style.on |= Style::bit(Property::overrides_order);
      break;
    default: break;
  }
  if (token.has(Attr::dir)) {
    style.set |= Style::bit(Property::right_to_left);
    if (equals_ignoring_case(token.value(Attr::dir), "rtl"))
      style.on |= Style::bit(Property::right_to_left);
  }
}

Style Renderer::style_of(const Token& token, std::span<const StyleNode> ancestors) {
  Style style;
  add_hints(token, style);
  if (sheet_ && !sheet_->empty()) {
    const std::string_view classes =
        dereferenced(token.value(Attr::class_), Place::attribute, css_scratch_, steps_);
    node_ = sheet_->node(token.tag == Tag::html ? Tag::body : token.tag, token.name, classes,
                         value(token, Attr::id));
    sheet_->apply(ancestors, node_, style);
  }
  if (const std::string_view raw = token.value(Attr::style); !raw.empty()) {
    apply_style(styles_.find(raw, scratch_, steps_), style);
    if (!styles_.urls().empty()) add_style_urls(styles_.urls());
  }
  return style;
}

void Renderer::begin_body() {
  if (rooted_) return;
  rooted_ = true;
  page_.quirks = is_quirky(tokenizer_.doctype());
  open_.set_root(open_.root_style(), page_);
}

// What the sheet says of <body>, written or not.
void Renderer::apply_sheet_to_root() {
  open_.nodes.resize(open_.size());
  open_.nodes.front() = sheet_->node(Tag::body, "body", {}, {});
  Style style;
  sheet_->apply({}, open_.nodes.front(), style);
  apply_style(open_.root_style(), style);
  open_.set_root(style, page_);
}

// <html> and <body>: the root is open already, and takes what they say.
void Renderer::on_root(const Token& token) {
  begin_body();
  if (const auto color = parse_legacy_color(value(token, Attr::link))) link_color_ = *color;
  const bool has_sheet = sheet_ && !sheet_->empty();
  if ((!token.has_attributes() && !has_sheet) || root_changes_ >= kRootChangesMax) return;
  ++root_changes_;
  Style style = style_of(token, {});
  if (has_sheet && token.tag == Tag::body && !open_.nodes.empty()) open_.nodes.front() = node_;
  if (bodies_ == 0) {
    Style merged = open_.root_style();
    apply_style(style, merged);
    style = merged;
  } else {
    apply_style(open_.root_style(), style);  // of two <body> the first one counts
  }
  if (token.tag == Tag::body) ++bodies_;
  open_.set_root(style, page_);
}

void Renderer::close_implied(const Token& token) {
  const Tag tag = token.tag;
  switch (tag) {
    case Tag::tr:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      if (open_.structure() == ScopeKind::cell) open_.close_structure();
      open_.close(Tag::tr);
      if (tag != Tag::tr && !open_.close(Tag::tbody) && !open_.close(Tag::thead))
        open_.close(Tag::tfoot);
      return;
    case Tag::td:
    case Tag::th:
    case Tag::caption:
      if (open_.structure() == ScopeKind::cell) open_.close_structure();
      return;
    case Tag::li: open_.close_item(tag, tag); break;
    case Tag::dd: open_.close_item(tag, Tag::dt); break;
    case Tag::dt: open_.close_item(tag, Tag::dd); break;
    case Tag::option:
    case Tag::optgroup:
      if (open_.top() == Tag::option) open_.close(Tag::option);
      if (tag == Tag::optgroup && open_.top() == Tag::optgroup) open_.close(tag);
      return;
    case Tag::a:
    case Tag::nobr: open_.close_formatting(tag); return;
    case Tag::button: open_.close(tag); return;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      if (open_.in_button_scope(Tag::p)) open_.close(Tag::p);
      open_.close_heading_on_top();
      return;
    default: break;
  }
  if (has(tag, kEndsParagraph) && open_.in_button_scope(Tag::p)) open_.close(Tag::p);
}

void Renderer::count(const Token& token) {
  HtmlCounts& counts = result_.counts;
  switch (token.tag) {
    case Tag::form: ++counts.forms; break;
    case Tag::input:
      if (equals_ignoring_case(token.value(Attr::type), "password")) ++counts.password_inputs;
      if (!equals_ignoring_case(token.value(Attr::type), "hidden")) ++counts.inputs;
      break;
    case Tag::select:
    case Tag::textarea: ++counts.inputs; break;
    case Tag::script: ++counts.scripts; break;
    case Tag::img:
    case Tag::image: {
      ++counts.images;
      const auto width = parse_length(token.value(Attr::width));
      const auto height = parse_length(token.value(Attr::height));
      if ((width && width->value <= 1) || (height && height->value <= 1)) ++counts.tiny_images;
      break;
    }
    case Tag::iframe:
    case Tag::frame:
    case Tag::object:
    case Tag::embed: ++counts.frames; break;
    default: break;
  }
}

// Words that stand in attributes but are seen.
void Renderer::show_words_of(const Token& token, const State& state) {
  std::string_view words;
  switch (token.tag) {
    case Tag::img:
    case Tag::image:
    case Tag::area:
      words = token.has(Attr::alt) ? token.value(Attr::alt) : token.value(Attr::title);
      break;
    case Tag::input: {
      const std::string_view type = token.value(Attr::type);
      const auto is = [&](std::string_view name) { return equals_ignoring_case(type, name); };
      words = token.value(Attr::value);
      if (is("hidden")) {
        hide(value(token, Attr::value), Cause::input, false);
        unseen_.blank();
        return;
      }
      if (is("checkbox") || is("radio") || is("color") || is("range") || is("file")) return;
      if (is("image"))
        words = token.has(Attr::alt) ? token.value(Attr::alt) : token.value(Attr::title);
      if (is("password")) words = {};
      if (words.empty()) words = token.value(Attr::placeholder);
      if ((is("submit") || is("image")) && form_link_ != kNoLink) {
        result_.links[static_cast<std::size_t>(form_link_)].shown = short_text(words);
        form_link_ = kNoLink;
      }
      break;
    }
    case Tag::textarea: words = token.value(Attr::placeholder); break;
    default: return;
  }
  if (!words.empty()) show(dereferenced(words, Place::attribute, scratch_, steps_), state);
}

void Renderer::push(const Token& token, const Style& own, const State& state, int link) {
  const bool turned = state.reversed != open_.parent_state(false).reversed;
  Element* const element = open_.push(token.tag, own, state);
  if (element == nullptr) {
    if (link != kNoLink) finish_link();
    return;
  }
  element->is_link = link != kNoLink;
  element->turned = turned;
  element->link = link;
  element->shown_begin = shown_.str().size();
  element->seen_begin = seen_.str().size();
  element->unseen_begin = unseen_.str().size();
  element->name = token.name;
  if (!open_.nodes.empty()) open_.nodes.push_back(node_);
}

void Renderer::on_foreign_start(const Token& token) {
  const bool html_font = token.tag == Tag::font &&
                         (token.has(Attr::color) || token.has(Attr::face) || token.has(Attr::size));
  if (has(token.tag, kBreaksOut) || html_font) {
    open_.leave_foreign();
    tokenizer_.set_foreign(false);
    on_start(token);
    return;
  }
  add_links(token);
  if (token.self_closing) return;
  const Style own = style_of(token, open_.nodes);
  const State::Markup markup = open_.state().markup;
  State next = state_in(open_.state(), token.tag, own, page_);
  switch (token.tag) {
    case Tag::foreignobject:
    case Tag::mi:
    case Tag::mo:
    case Tag::mn:
    case Tag::ms:
    case Tag::mtext:
    case Tag::annotation_xml: next.markup = State::Markup::html; break;
    case Tag::title:
    case Tag::desc:
      if (markup == State::Markup::svg) {
        next.markup = State::Markup::html;
        next.sink = State::Sink::nothing;
      }
      break;
    case Tag::annotation:
    case Tag::metadata:
    case Tag::script: next.sink = State::Sink::nothing; break;
    case Tag::style: next.sink = State::Sink::style; break;
    default: break;
  }
  int link = kNoLink;
  if (token.tag == Tag::a) {
    link = add_link(token, token.has(Attr::href) ? Attr::href : Attr::xlink_href);
    begin_link(link);
  }
  push(token, own, next, link);
  tokenizer_.set_foreign(open_.state().markup != State::Markup::html);
}

void Renderer::on_start(const Token& token) {
  const Tag tag = token.tag;
  drop_newline_ = false;
  if (open_.state().markup != State::Markup::html) {
    on_foreign_start(token);
    return;
  }
  if (tag == Tag::html || tag == Tag::body) {
    on_root(token);
    add_links(token);
    return;
  }
  if (tag == Tag::head) return;
  begin_body();
  // Parts of tables outside of tables are no tags to browsers.
  const bool table_part = has(tag, kTablePart) || tag == Tag::td || tag == Tag::th ||
                          tag == Tag::caption || tag == Tag::col || tag == Tag::colgroup;
  if (table_part && open_.structure() == ScopeKind::document) return;
  close_implied(token);
  count(token);
  if (tag == Tag::td || tag == Tag::th) seen_.blank();
  add_links(token);
  const State& around = open_.parent_state(table_part);
  if (tag == Tag::br) {
    if (around.gone == Cause::none) seen_.line_break();
    unseen_.line_break();
    if (link_ != kNoLink) shown_.blank();
    return;
  }
  const Style own = style_of(token, open_.nodes);
  State next = state_in(around, tag, own, page_);
  if (has(tag, kBlock)) line(next);
  show_words_of(token, next);
  if (has(tag, kVoid)) return;
  int link = kNoLink;
  if (tag == Tag::a && token.has(Attr::href)) {
    link = add_link(token, Attr::href);
    begin_link(link);
  } else if (tag == Tag::button && token.has(Attr::formaction)) {
    link = add_link(token, Attr::formaction);
    begin_link(link);
  } else if (tag == Tag::svg) {
    next.markup = State::Markup::svg;
    next.color = kUnknownColor;
    if (next.cause == Cause::color) next.cause = Cause::none;
  } else if (tag == Tag::math) {
    next.markup = State::Markup::math;
  } else if (tag == Tag::style) {
    // Sheets for paper and the like are none for us.
    if (!is_for_screens(token)) next.sink = State::Sink::nothing;
  }
  if ((tag == Tag::svg || tag == Tag::math) && token.self_closing) return;
  drop_newline_ = tag == Tag::pre || tag == Tag::textarea || tag == Tag::listing;
  if (tag == Tag::q) show("\"", next);
  push(token, own, next, link);
  tokenizer_.set_foreign(open_.state().markup != State::Markup::html);
}

void Renderer::on_end(const Token& token) {
  const Tag tag = token.tag;
  drop_newline_ = false;
  if (tag == Tag::body || tag == Tag::html || tag == Tag::head) return;
  if (tag == Tag::br) {
    line(open_.state());
    return;
  }
  if (tag == Tag::p && !open_.in_button_scope(Tag::p)) {
    line(open_.state());
    return;
  }
  if (has(tag, kVoid) || open_.forget_one_too_deep()) return;
  const ScopeKind kind = open_.structure();
  switch (tag) {
    case Tag::td:
    case Tag::th:
    case Tag::caption:
      if (kind == ScopeKind::cell) open_.close_structure();
      break;
    case Tag::tr:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      if (kind == ScopeKind::cell) open_.close_structure();
      open_.close(tag);
      break;
    case Tag::table:
      if (kind == ScopeKind::cell) open_.close_structure();
      if (open_.structure() == ScopeKind::table) open_.close_structure();
      break;
    case Tag::template_: open_.close_template(); break;
    case Tag::applet:
    case Tag::marquee:
    case Tag::object:
      if (open_.scope() == ScopeKind::object) open_.close_object();
      break;
    case Tag::form: open_.close_form(); break;
    case Tag::li:
      if (open_.in_list_scope(tag)) open_.close(tag);
      break;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6: open_.close_headings(); break;
    case Tag::q:
      if (open_.in_scope(tag)) show("\"", open_.state());
      open_.close_inline(tag);
      break;
    case Tag::other: open_.close_name(token.name); break;
    default:
      if (has(tag, kFormatting))
        open_.close_formatting(tag);
      else if (has(tag, kScopeEnd))
        open_.close(tag);
      else
        open_.close_inline(tag);
  }
  tokenizer_.set_foreign(open_.state().markup != State::Markup::html);
}

void Renderer::revealed(const Element& element, Cause before) {
  const std::string text = unseen_.cut(element.unseen_begin);
  std::size_t& octets = hidden_by_[static_cast<std::size_t>(before)];
  octets -= std::min(octets, text.size());
  steps_ += text.size();
  seen_.line();
  seen_.text(text, true);
}

void Renderer::closed(const Element& element) {
  if (element.turned) {
    ++result_.counts.overrides;
    const std::size_t octets =
        seen_.str().size() - std::min(element.seen_begin, seen_.str().size());
    if (reversed_ + octets <= kReversalsMax * html_.size()) {
      reversed_ += octets;
      steps_ += octets;
      seen_.reverse_from(element.seen_begin);
      if (link_ != kNoLink) shown_.reverse_from(element.shown_begin);
    }
  }
  if (has(element.tag, kBlock)) line(element.state);
  if (element.is_link) finish_link();
  if (element.tag == Tag::form) form_link_ = kNoLink;
}

}  // namespace weir::text
