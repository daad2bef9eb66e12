#include "text/html_stack.h"

#include <algorithm>
#include <optional>

#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

constexpr std::size_t kDepthMax = 512;  // as in browsers
constexpr std::size_t kReopenMax = 12;  // formatting elements that go on behind a closed block
constexpr int kSameReopenMax = 3;       // of one kind and style (WHATWG: "Noah's Ark clause")
constexpr int kLookMax = 64;            // elements looked at for one end tag

bool same_style(const Style& a, const Style& b) {
  return a.set == b.set && a.on == b.on && a.color == b.color && a.background == b.background &&
         a.font.value == b.font.value;
}

std::optional<ScopeKind> scope_of(const Element& element) {
  switch (element.tag) {
    case Tag::table: return ScopeKind::table;
    case Tag::td:
    case Tag::th:
    case Tag::caption: return ScopeKind::cell;
    case Tag::template_: return ScopeKind::template_;
    case Tag::applet:
    case Tag::marquee:
    case Tag::object: return ScopeKind::object;
    default: return std::nullopt;
  }
}

}  // namespace

OpenElements::OpenElements(Listener& listener) : listener_(listener) {
  last_.fill(-1);
  elements_.reserve(24);
  elements_.push_back({.tag = Tag::body, .name = "body", .own = {}, .state = {}});
  scopes_.reserve(12);
  scopes_.emplace_back();
}

void OpenElements::set_root(const Style& own, const Page& page) {
  page_ = page;
  elements_.front().own = own;
  elements_.front().state = state_in({}, Tag::body, own, page);
  page_.text_color = elements_.front().state.color;
  for (std::size_t i = 1; i < elements_.size(); ++i) {
    Element& element = elements_[i];
    const State before = element.state;
    element.state = state_in(elements_[i - 1].state, element.tag, element.own, page_);
    element.state.markup = before.markup;
    element.state.sink = before.sink;
    ++steps_;
  }
}

const State& OpenElements::parent_state(bool table_part) const {
  const Scope& scope = scopes_.back();
  const Tag tag = elements_.back().tag;
  if (!table_part && scope.kind == ScopeKind::table &&
      (tag == Tag::table || has(tag, kTablePart)) && scope.base > 0)
    return elements_[static_cast<std::size_t>(scope.base) - 1].state;
  return elements_.back().state;
}

bool OpenElements::push(Element element) {
  if (elements_.size() >= kDepthMax) {
    ++too_deep_;
    return false;
  }
  const int index = static_cast<int>(elements_.size());
  int& last_same = last_[static_cast<std::size_t>(element.tag)];
  element.previous_same = last_same;
  last_same = index;
  element.previous_special = last_special_;
  if (has(element.tag, kSpecial)) last_special_ = index;
  const std::optional<ScopeKind> scope =
      element.state.markup == State::Markup::html ? scope_of(element) : std::nullopt;
  elements_.push_back(element);
  if (scope) {
    if (*scope == ScopeKind::template_) ++templates_;
    scopes_.push_back(
        {.kind = *scope,
         .base = index,
         .structure = *scope == ScopeKind::object ? scopes_.back().structure : scopes_.size()});
  }
  return true;
}

void OpenElements::pop() {
  ++steps_;
  const Element& top = elements_.back();
  if (scopes_.back().base == top_index()) {
    if (scopes_.back().kind == ScopeKind::template_) --templates_;
    scopes_.pop_back();
  }
  if (top.tag != Tag::none) last_[static_cast<std::size_t>(top.tag)] = top.previous_same;
  last_special_ = top.previous_special;
  listener_.closed(top);
  elements_.pop_back();
  if (nodes.size() > elements_.size()) nodes.pop_back();
}

// Closes elements_[index] and all above it. Formatting goes on behind a block that ends around it
// (WHATWG 13.2.4.3). The root stays.
void OpenElements::pop_to(int index, bool formatting_goes_on) {
  index = std::max(index, 1);
  kept_.clear();
  while (top_index() >= index) {
    Element& top = elements_.back();
    if (formatting_goes_on && top_index() > index && has(top.tag, kFormatting) &&
        kept_.size() < kReopenMax) {
      const auto same = std::ranges::count_if(kept_, [&](const auto& one) {
        return one.first.tag == top.tag && same_style(one.first.own, top.own);
      });
      if (same < kSameReopenMax) {
        kept_.emplace_back(top, nodes.empty() ? StyleNode() : nodes.back());
        top.is_link = false;  // the link goes on
      }
    }
    pop();
  }
  for (; !kept_.empty(); kept_.pop_back()) {
    auto& [element, node] = kept_.back();
    element.state = state_in(state(), element.tag, element.own, page_);
    if (push(element) && !nodes.empty()) nodes.push_back(node);
  }
}

// Takes an element out from between others: what it declared ends, they go on.
void OpenElements::kill(int index) {
  Element& dead = elements_[static_cast<std::size_t>(index)];
  last_[static_cast<std::size_t>(dead.tag)] = dead.previous_same;
  listener_.closed(dead);
  dead.tag = Tag::none;
  dead.is_link = false;
  dead.turned = false;
  dead.own = {};
  if (!nodes.empty()) nodes[static_cast<std::size_t>(index)] = {};
  for (auto i = static_cast<std::size_t>(index); i < elements_.size(); ++i) {
    const Style own = elements_[i].own;
    const State before = elements_[i].state;
    elements_[i].state = state_in(elements_[i - 1].state, elements_[i].tag, own, page_);
    elements_[i].state.markup = before.markup;
    elements_[i].state.sink = before.sink;
    ++steps_;
  }
}

bool OpenElements::close(Tag tag) {
  if (!in_scope(tag)) return false;
  pop_to(last(tag), true);
  return true;
}

void OpenElements::close_inline(Tag tag) {
  if (in_scope(tag) && last(tag) >= last_special_) pop_to(last(tag), true);
}

void OpenElements::close_name(std::string_view name) {
  int index = last(Tag::other);
  const int bottom = std::max(base(), last_special_);
  for (int n = 0; n < kLookMax && index > bottom; ++n) {
    ++steps_;
    const Element& element = elements_[static_cast<std::size_t>(index)];
    if (element.name.size() == name.size() &&
        std::ranges::equal(element.name, name, {}, ascii_lower, ascii_lower)) {
      pop_to(index, true);
      return;
    }
    index = element.previous_same;
  }
}

void OpenElements::close_formatting(Tag tag) {
  if (!in_scope(tag)) return;
  const int index = last(tag);
  if (index > last_special_ || top_index() - index > kLookMax)
    pop_to(index, true);
  else
    kill(index);
}

void OpenElements::close_form() {
  if (!in_scope(Tag::form)) return;
  const int index = last(Tag::form);
  if (index == top_index() || top_index() - index > kLookMax)
    pop_to(index, true);
  else
    kill(index);
}

// A list item ends where the next one begins, but not the item around an inner list.
void OpenElements::close_item(Tag tag, Tag other) {
  const int index = std::max(last(tag), last(other));
  if (index <= base()) return;
  int special = last_special_;
  for (int n = 0; n < kLookMax && special > index; ++n) {
    ++steps_;
    const Element& element = elements_[static_cast<std::size_t>(special)];
    if (element.tag != Tag::address && element.tag != Tag::div && element.tag != Tag::p &&
        element.tag != Tag::none)
      return;
    special = element.previous_special;
  }
  if (special <= index) pop_to(index, true);
}

void OpenElements::close_headings() {
  int nearest = -1;
  for (const Tag tag : {Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6})
    nearest = std::max(nearest, last(tag));
  if (nearest > base()) pop_to(nearest, true);
}

void OpenElements::close_structure() {
  const Scope& scope = scopes_[scopes_.back().structure];
  if (scope.kind != ScopeKind::document) pop_to(scope.base, false);
}

void OpenElements::close_object() {
  if (scopes_.back().kind == ScopeKind::object) pop_scope();
}

void OpenElements::close_template() {
  if (templates_ == 0) return;
  while (scopes_.back().kind != ScopeKind::template_) pop_scope();
  pop_scope();
}

void OpenElements::leave_foreign() {
  while (elements_.size() > 1 && state().markup != State::Markup::html) pop();
}

bool OpenElements::forget_one_too_deep() {
  if (too_deep_ == 0) return false;
  --too_deep_;
  return true;
}

}  // namespace weir::text
