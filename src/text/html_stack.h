// text/html_stack.h - the open elements of a document. For text/ only.
//
// As WHATWG HTML 13.2.4 has them, at most kDepthMax deep (deeper ones are counted, as in browsers).
// Table cells, tables, templates and objects open a scope: an end tag for something outside them
// does nothing. For each kind of element the nearest open one is known, so that an end tag finds
// its element without a search.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "text/html_sheet.h"
#include "text/html_state.h"

namespace weir::text {

inline constexpr int kNoLink = -1;

struct Element {
  Tag tag = Tag::none;
  bool is_link = false;          // an <a> or a button with a target: its text is shown for a link
  bool goes_on = false;          // formatting that was open in a block before
  bool turned = false;           // its text runs against that around it
  int previous_same = -1;        // the open element of the same kind below
  int previous_special = -1;     // the special one below
  int link = kNoLink;            // index in links
  std::size_t seen_begin = 0;    // size of the seen text before it
  std::size_t shown_begin = 0;   // size of the text shown for the link around it
  std::size_t unseen_begin = 0;  // size of the hidden text before it
  std::string_view name;
  Style own;
  State state;
};

enum class ScopeKind : std::uint8_t { document, table, cell, template_, object };

class OpenElements {
 public:
  // Is told of each element that ends, while its state still holds.
  class Listener {
   public:
    virtual void closed(const Element& element) = 0;
    // The text written in this open element, so far hidden by that cause, is seen after all.
    virtual void revealed(const Element& element, Cause before) = 0;

   protected:
    ~Listener() = default;
  };

  explicit OpenElements(Listener& listener);
  // The root is body: it is always open.
  void set_root(const Style& own, const Page& page);
  [[nodiscard]] const Style& root_style() const { return elements_.front().own; }

  // Where the next element or text will stand: what is not in a cell is put before its table.
  [[nodiscard]] const State& parent_state(bool table_part) const;
  [[nodiscard]] const State& state() const { return elements_.back().state; }
  [[nodiscard]] Tag top() const { return elements_.back().tag; }
  [[nodiscard]] ScopeKind scope() const { return scopes_.back().kind; }
  // The nearest scope that is no object.
  [[nodiscard]] ScopeKind structure() const { return scopes_[scopes_.back().structure].kind; }
  [[nodiscard]] bool in_scope(Tag tag) const { return last(tag) > base(); }
  [[nodiscard]] bool in_list_scope(Tag tag) const {
    return last(tag) > base() && last(tag) > std::max(last(Tag::ul), last(Tag::ol));
  }
  [[nodiscard]] bool in_button_scope(Tag tag) const {
    return last(tag) > base() && last(tag) > last(Tag::button);
  }

  // The new element on top, to be filled by the caller before any other call: what it declares and
  // its state must be those given here. nullptr if it is too deep to be kept.
  Element* push(Tag tag, const Style& own, const State& state);
  void close_template();
  void close_object();                     // the scope on top
  void close_structure();                  // the nearest scope that is no object, with all in it
  bool close(Tag tag);                     // the nearest one in this scope, with all in it
  void close_name(std::string_view name);  // an element that we know nothing of
  void close_inline(Tag tag);              // only if nothing special is open inside
  void close_formatting(Tag tag);          // special elements inside stay open
  void close_form();
  void close_item(Tag tag, Tag other);  // before the next item of a list
  void close_headings();
  void close_heading_on_top();  // or under formatting that only goes on
  void leave_foreign();

  [[nodiscard]] std::size_t size() const { return elements_.size(); }
  [[nodiscard]] std::size_t steps() const { return steps_; }
  [[nodiscard]] bool has_template() const { return templates_ > 0; }
  bool forget_one_too_deep();  // for an end tag: true if it belongs to an element not kept

  // Selectors ask for ancestors.
  std::vector<StyleNode> nodes;

 private:
  struct Scope {
    ScopeKind kind = ScopeKind::document;
    int base = 0;               // index of the element that opened it
    std::size_t structure = 0;  // index of the nearest scope that is no object
  };

  [[nodiscard]] int last(Tag tag) const { return last_[static_cast<std::size_t>(tag)]; }
  [[nodiscard]] int base() const { return scopes_.back().base; }
  [[nodiscard]] int top_index() const { return static_cast<int>(elements_.size()) - 1; }
  void pop();
  enum class After : std::uint8_t { nothing_goes_on, formatting_inside_goes_on, all_goes_on };
  void pop_above(int kept_top, After after);
  void pop_to(int index, bool formatting_goes_on) {  // elements_[index] is closed, too
    pop_above(index - 1,
              formatting_goes_on ? After::formatting_inside_goes_on : After::nothing_goes_on);
  }
  void kill(int index);
  void renew_states(int from);
  void pop_scope() { pop_to(scopes_.back().base, false); }

  Listener& listener_;
  Page page_;
  std::vector<Element> elements_;
  std::vector<Scope> scopes_;
  std::array<int, kTags> last_;
  std::vector<std::pair<Element, StyleNode>> kept_;  // while elements go on behind a block
  int last_special_ = 0;
  std::size_t templates_ = 0;
  std::size_t too_deep_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace weir::text
