#include "text/html_stack.h"

#include <algorithm>

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

ScopeKind scope_of(Tag tag) {
  switch (tag) {
    case Tag::table: return ScopeKind::table;
    case Tag::template_: return ScopeKind::template_;
    case Tag::applet:
    case Tag::marquee:
    case Tag::object: return ScopeKind::object;
    default: return ScopeKind::cell;
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
  renew_states(1);
}

const State& OpenElements::parent_state(bool table_part) const {
  const Scope& scope = scopes_.back();
  const Tag tag = elements_.back().tag;
  if (!table_part && scope.kind == ScopeKind::table &&
      (tag == Tag::table || has(tag, kTablePart)) && scope.base > 0)
    return elements_[static_cast<std::size_t>(scope.base) - 1].state;
  return elements_.back().state;
}

Element* OpenElements::push(Tag tag, const Style& own, const State& state) {
  if (elements_.size() >= kDepthMax) {
    ++too_deep_;
    return nullptr;
  }
  const int index = static_cast<int>(elements_.size());
  int& last_same = last_[static_cast<std::size_t>(tag)];
  Element& element = elements_.emplace_back();
  element.tag = tag;
  element.previous_same = last_same;
  element.previous_special = last_special_;
  element.own = own;
  element.state = state;
  last_same = index;
  if (has(tag, kSpecial)) last_special_ = index;
  if (!has(tag, kOpensScope) || state.markup != State::Markup::html) return &element;
  const ScopeKind kind = scope_of(tag);
  if (kind == ScopeKind::template_) ++templates_;
  scopes_.push_back(
      {.kind = kind,
       .base = index,
       .structure = kind == ScopeKind::object ? scopes_.back().structure : scopes_.size()});
  return &element;
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

// Closes all elements above elements_[kept_top], but the root. Formatting among them goes on
// (WHATWG 13.2.4.3), unless it is the lowest that is closed and `after` says so.
void OpenElements::pop_above(int kept_top, After after) {
  const int index = std::max(kept_top, 0) + 1;
  const int lowest_going_on = after == After::all_goes_on ? index : index + 1;
  kept_.clear();
  while (top_index() >= index) {
    Element& top = elements_.back();
    if (after != After::nothing_goes_on && top_index() >= lowest_going_on &&
        has(top.tag, kFormatting) && kept_.size() < kReopenMax) {
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
  while (top_index() > 0 && top() == Tag::none) pop();
  for (; !kept_.empty(); kept_.pop_back()) {
    const auto& [kept, node] = kept_.back();
    const State next = state_in(state(), kept.tag, kept.own, page_);
    Element* const element = push(kept.tag, kept.own, next);
    if (element == nullptr) continue;
    element->goes_on = true;
    element->is_link = kept.is_link;
    element->link = kept.link;
    element->name = kept.name;
    if (!nodes.empty()) nodes.push_back(node);
  }
}

// Ends what an element declares, while those above it stay.
void OpenElements::kill(int index) {
  Element& dead = elements_[static_cast<std::size_t>(index)];
  int* same = &last_[static_cast<std::size_t>(dead.tag)];
  while (*same > index) same = &elements_[static_cast<std::size_t>(*same)].previous_same;
  *same = dead.previous_same;
  listener_.closed(dead);
  dead.tag = Tag::none;
  dead.is_link = false;
  dead.turned = false;
  dead.own = {};
  if (!nodes.empty()) nodes[static_cast<std::size_t>(index)] = {};
}

void OpenElements::renew_states(int from) {
  for (auto i = static_cast<std::size_t>(from); i < elements_.size(); ++i) {
    Element& element = elements_[i];
    const State before = element.state;
    element.state = state_in(elements_[i - 1].state, element.tag, element.own, page_);
    element.state.markup = before.markup;
    element.state.sink = before.sink;
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

// The "adoption agency" of the standard: blocks that were opened inside go on without what this
// element, and what is not formatting between them, declares.
void OpenElements::close_formatting(Tag tag) {
  if (!in_scope(tag)) return;
  const int index = last(tag);
  if (index > last_special_ || top_index() - index > kLookMax) {
    pop_to(index, true);
    return;
  }
  constexpr int kCloneMax = 3;  // formatting further below a block does not go on in it
  std::array<Cause, kLookMax + 1> before{};
  int block_above = 0;
  bool any = false;
  for (int i = last_special_; i > index; --i) {
    const Element& element = elements_[static_cast<std::size_t>(i)];
    before[static_cast<std::size_t>(i - index)] = element.state.cause;
    if (has(element.tag, kSpecial)) {
      block_above = i;
    } else if (element.tag != Tag::none &&
               (!has(element.tag, kFormatting) || block_above - i > kCloneMax)) {
      kill(i);
      any = true;
    }
  }
  if (any) {
    // Blocks are taken out of what was between, with all that was written in them.
    renew_states(index + 1);
    for (int i = index + 1; i <= last_special_; ++i) {
      const Element& element = elements_[static_cast<std::size_t>(i)];
      const Cause was = before[static_cast<std::size_t>(i - index)];
      if (!has(element.tag, kSpecial) || was == Cause::none || element.state.cause != Cause::none)
        continue;
      listener_.revealed(element, was);
      break;
    }
  }
  kill(index);
  pop_above(last_special_, After::all_goes_on);
  renew_states(index);
}

void OpenElements::close_form() {
  if (!in_scope(Tag::form)) return;
  const int index = last(Tag::form);
  const auto is_implied = [](Tag tag) {
    return tag == Tag::p || tag == Tag::li || tag == Tag::dd || tag == Tag::dt ||
           tag == Tag::option || tag == Tag::optgroup || tag == Tag::rp || tag == Tag::rt;
  };
  int above = top_index();
  while (above > index && is_implied(elements_[static_cast<std::size_t>(above)].tag)) --above;
  if (above == index) {
    pop_to(index, true);
    return;
  }
  // What is open inside stays inside, but the next end tag is not for this one.
  Element& form = elements_[static_cast<std::size_t>(index)];
  last_[static_cast<std::size_t>(Tag::form)] = form.previous_same;
  form.tag = Tag::none;
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

void OpenElements::close_heading_on_top() {
  int index = top_index();
  for (int n = 0; n < kLookMax && elements_[static_cast<std::size_t>(index)].goes_on; ++n) --index;
  const Tag tag = elements_[static_cast<std::size_t>(index)].tag;
  if (tag >= Tag::h1 && tag <= Tag::h6) pop_to(index, true);
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
