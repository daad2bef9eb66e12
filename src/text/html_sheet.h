// text/html_sheet.h - style sheets: which rules apply to an element. For text/ only.
//
// Selectors of element names, classes and ids, behind ancestors and parents (" " and ">"). Where
// more than the open elements would be needed (siblings, :nth-child, attributes), or the reader's
// screen decides (@media with a width), the rule counts only as far as it shows text. Rules for
// :hover, for printing and for dark screens never apply. Bounds: kRulesMax selectors; matching ends
// when its budget, which is linear in the octets of the document, is used up: all is shown then.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/html_style.h"
#include "text/html_tags.h"

namespace weir::text {

// An element as selectors see it.
struct StyleNode {
  static constexpr std::size_t kClassesMax = 8;
  Tag tag = Tag::none;
  std::string_view name;
  std::uint32_t id = 0;  // StyleSheet::word_of(), as are the classes; only those some rule names
  std::uint32_t class_count = 0;
  std::array<std::uint32_t, kClassesMax> classes{};
};

class StyleSheet {
 public:
  explicit StyleSheet(std::size_t document_octets);
  void add(std::string_view css);
  [[nodiscard]] bool empty() const { return rules_.empty() && !overflow_; }
  [[nodiscard]] StyleNode node(Tag tag, std::string_view name, std::string_view classes,
                               std::string_view id) const;
  // What the rules say of `self`, which stands inside `ancestors` (the outermost first).
  void apply(std::span<const StyleNode> ancestors, const StyleNode& self, Style& style);
  [[nodiscard]] std::vector<std::string>& urls() { return urls_; }
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  struct Compound {
    Tag tag = Tag::none;    // none: any
    std::string_view name;  // of Tag::other
    std::uint32_t id = 0;
    std::uint32_t class_count = 0;
    std::array<std::uint32_t, 4> classes{};
    bool parent = false;  // stands in the one before, not just inside it
  };
  struct Rule {
    std::uint32_t first = 0, last = 0;  // in compounds_; the last one speaks of the element
    std::uint32_t style = 0;            // in styles_
    std::uint32_t specificity = 0;
    std::uint32_t next = 0;  // in the list of the same key; 0 ends it
  };
  enum class Mode : std::uint8_t { applies, doubt, never };
  struct Selector;

  void add_rule(std::string_view selectors, std::string_view declarations, Mode mode);
  [[nodiscard]] bool read_selector(std::string_view text, Selector& selector);
  [[nodiscard]] bool read_compound(std::string_view& text, Compound& compound, Selector& selector);
  void index(std::uint32_t rule);
  [[nodiscard]] std::uint32_t intern(std::string_view word);
  [[nodiscard]] std::uint32_t word_of(std::string_view word) const;
  [[nodiscard]] bool matches(const Compound& compound, const StyleNode& node) const;
  [[nodiscard]] bool matches(const Rule& rule, std::span<const StyleNode> ancestors);
  void collect(std::uint32_t list, std::span<const StyleNode> ancestors, const StyleNode& self);

  std::deque<std::string> texts_;  // of the sheets, comments left out: names point into them
  std::vector<Compound> compounds_;
  std::vector<Style> styles_;
  std::vector<Rule> rules_;
  std::unordered_map<std::string, std::uint32_t> words_;  // classes and ids: 1, 2, ...
  std::vector<std::uint32_t> by_class_, by_id_;           // lists by word: index in rules_ + 1
  std::array<std::uint32_t, kTags> by_tag_{};
  std::uint32_t by_nothing_ = 0;
  std::vector<std::uint32_t> matched_;
  std::vector<std::string> urls_;
  std::size_t steps_ = 0;
  std::size_t steps_max_;
  bool overflow_ = false;
};

}  // namespace weir::text
