#include "text/html_sheet.h"

#include <algorithm>

#include "text/html_tokenizer.h"
#include "text/html_values.h"

namespace weir::text {
namespace {

constexpr std::size_t kRulesMax = 4'096;
constexpr std::size_t kCompoundsMax = 8;   // of one selector
constexpr std::size_t kNestingMax = 16;    // of @media and the like
constexpr std::size_t kStepsOfOctet = 10;  // of matching
constexpr std::size_t kStepsMin = 10'000;
constexpr double kNarrowPx = 240;  // no screen is narrower
constexpr double kWidePx = 4'000;  // few are wider

constexpr std::uint32_t kIdWeight = 1U << 20, kClassWeight = 1U << 10, kTagWeight = 1;

// The end of a rule's head: "{", ";" or "}" in no quotes and no brackets.
std::size_t head_end(std::string_view css) {
  int open = 0;
  for (std::size_t at = 0; at < css.size(); ++at) {
    const char c = css[at];
    if (c == '"' || c == '\'') {
      at = std::min(css.find_first_of(c == '"' ? "\"\n" : "'\n", at + 1), css.size());
    } else if (c == '(' || c == '[') {
      ++open;
    } else if (c == ')' || c == ']') {
      open = std::max(0, open - 1);
    } else if (c == '{' || (open == 0 && (c == ';' || c == '}'))) {
      return at;
    }
  }
  return css.size();
}

bool is_name_char(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view take_name(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size()) {
    if (is_name_char(text[size])) {
      ++size;
    } else if (text[size] == '\\' && size + 1 < text.size()) {
      size += 2;  // more digits of its number are letters of the name
      const std::size_t digits = text.find_first_not_of("0123456789abcdefABCDEF", size - 1);
      if (digits >= size && digits < text.size() && is_html_blank(text[digits])) size = digits + 1;
    } else {
      break;
    }
  }
  const std::string_view name = text.substr(0, size);
  text.remove_prefix(size);
  return name;
}

template <std::size_t kSize>
bool is_one_of(std::string_view text, const std::string_view (&lower_case)[kSize]) {
  return std::ranges::any_of(lower_case,
                             [&](std::string_view one) { return equals_ignoring_case(text, one); });
}

bool contains_word(std::string_view text, std::string_view lower_case) {
  for (std::size_t at = 0; at + lower_case.size() <= text.size(); ++at)
    if (equals_ignoring_case(text.substr(at, lower_case.size()), lower_case)) return true;
  return false;
}

enum class Answer : std::uint8_t { yes, maybe, no };

// One query of a list: "only screen and (max-width: 600px)".
Answer answer_of(std::string_view query) {
  if (contains_word(query.substr(0, 512), "dark")) return Answer::no;
  if (contains_word(query.substr(0, 16), "not ")) return Answer::maybe;
  Answer answer = Answer::yes;
  while (true) {
    std::string_view word = take_word(query);
    if (word.empty()) return answer;
    if (!word.starts_with('(')) {
      static constexpr std::string_view kScreens[] = {"screen", "all", "only", "and"};
      if (!is_one_of(word, kScreens)) return Answer::no;  // print, speech
      continue;
    }
    word = word.substr(1, word.find(')') - 1);
    const std::size_t colon = std::min(word.find(':'), word.size());
    const std::string_view feature = without_blanks(word.substr(0, colon));
    const auto length = parse_length(word.substr(std::min(colon + 1, word.size())));
    const bool max = equals_ignoring_case(feature, "max-width") ||
                     equals_ignoring_case(feature, "max-device-width");
    const bool min = equals_ignoring_case(feature, "min-width") ||
                     equals_ignoring_case(feature, "min-device-width");
    if (length && length->unit == Unit::px && (max || min)) {
      if (max ? length->value < kNarrowPx : length->value > kWidePx) return Answer::no;
      if (max ? length->value >= kWidePx : length->value <= kNarrowPx) continue;
    }
    answer = Answer::maybe;
  }
}

Answer answer_of_list(std::string_view queries) {
  queries = without_blanks(queries);
  if (queries.empty()) return Answer::yes;
  Answer best = Answer::no;
  while (!queries.empty()) best = std::min(best, answer_of(take_until(queries, ',')));
  return best;
}

}  // namespace

struct StyleSheet::Selector {
  std::array<Compound, kCompoundsMax> compounds;
  std::size_t count = 0;
  std::uint32_t specificity = 0;
  bool doubt = false;
  bool never = false;  // :hover, ::before
};

StyleSheet::StyleSheet(std::size_t document_octets)
    : by_class_(1), by_id_(1), steps_max_(document_octets * kStepsOfOctet + kStepsMin) {}

void StyleSheet::add(std::string_view css) {
  texts_.push_back(css.find("/*") == std::string_view::npos ? std::string(css)
                                                            : without_css_comments(css));
  std::string_view left = texts_.back();
  std::vector<Mode> modes = {Mode::applies};
  while (true) {
    left.remove_prefix(std::min(left.find_first_not_of(" \t\r\n\f"), left.size()));
    if (left.empty()) return;
    if (left.starts_with("<!--") || left.starts_with("-->")) {
      left.remove_prefix(left.starts_with('<') ? 4 : 3);
      continue;
    }
    if (left.starts_with('}')) {
      left.remove_prefix(1);
      if (modes.size() > 1) modes.pop_back();
      continue;
    }
    const bool at_rule = left.starts_with('@');
    std::size_t end = head_end(left);
    // Only an at-rule ends with a semicolon; elsewhere it makes the selector unreadable.
    const std::size_t begin = end;
    while (!at_rule && end < left.size() && left[end] == ';')
      end = std::min(end + 1 + head_end(left.substr(end + 1)), left.size());
    const std::string_view head = without_blanks(left.substr(0, end));
    const char what = end < left.size() ? left[end] : '\0';
    if (what == '}') {
      left.remove_prefix(end);
      continue;
    }
    left.remove_prefix(std::min(end + 1, left.size()));
    if (what != '{') continue;
    if (at_rule) {
      std::string_view query = head.substr(1);
      const std::string_view name = take_name(query);
      static constexpr std::string_view kAlways[] = {"layer", "scope", "starting-style"};
      static constexpr std::string_view kMaybe[] = {"supports", "container", "document",
                                                    "-moz-document"};
      Mode mode = modes.back();
      if (equals_ignoring_case(name, "media")) {
        const Answer answer = answer_of_list(query);
        if (answer == Answer::no) mode = Mode::never;
        if (answer == Answer::maybe && mode == Mode::applies) mode = Mode::doubt;
      } else if (is_one_of(name, kMaybe)) {
        if (mode == Mode::applies) mode = Mode::doubt;
      } else if (!is_one_of(name, kAlways)) {
        mode = Mode::never;  // @font-face, @keyframes
      }
      if (mode == Mode::never || modes.size() >= kNestingMax)
        (void)take_until(left, '}');
      else
        modes.push_back(mode);
      continue;
    }
    const std::string_view declarations = take_until(left, '}');
    if (begin == end) add_rule(head, declarations, modes.back());
  }
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations, Mode mode) {
  Style style;
  apply_declarations(declarations, style, urls_);
  if (style.empty()) return;
  std::uint32_t sure = 0, doubtful = 0;
  const auto keep = [&](const Style& kept) {
    styles_.push_back(kept);
    return static_cast<std::uint32_t>(styles_.size());
  };
  while (!selectors.empty()) {
    const std::string_view text = without_blanks(take_until(selectors, ','));
    Selector selector;
    if (!read_selector(text, selector) || selector.never) continue;
    const bool doubt = selector.doubt || mode == Mode::doubt;
    std::uint32_t& kept = doubt ? doubtful : sure;
    if (kept == 0) kept = keep(doubt ? in_doubt(style) : style);
    if (rules_.size() >= kRulesMax) {
      overflow_ = true;
      return;
    }
    const auto first = static_cast<std::uint32_t>(compounds_.size());
    compounds_.insert(compounds_.end(), selector.compounds.begin(),
                      selector.compounds.begin() + static_cast<std::ptrdiff_t>(selector.count));
    rules_.push_back({.first = first,
                      .last = static_cast<std::uint32_t>(compounds_.size()) - 1,
                      .style = kept - 1,
                      .specificity = selector.specificity});
    index(static_cast<std::uint32_t>(rules_.size()));
  }
}

// Lists are by the rarest thing that a rule asks of the element.
void StyleSheet::index(std::uint32_t rule) {
  const Compound& subject = compounds_[rules_[rule - 1].last];
  std::uint32_t& list = subject.id != 0            ? by_id_[subject.id]
                        : subject.class_count != 0 ? by_class_[subject.classes[0]]
                        : subject.tag != Tag::none ? by_tag_[static_cast<std::size_t>(subject.tag)]
                                                   : by_nothing_;
  rules_[rule - 1].next = list;
  list = rule;
}

std::uint32_t StyleSheet::intern(std::string_view word) {
  std::string key(word);
  if (word.find('\\') != std::string_view::npos) {
    key = without_css_escapes(word);
    if (key.find('_') != std::string::npos) key = " ";  // of signs: no class that we could tell
  }
  const auto [place, added] =
      words_.try_emplace(std::move(key), static_cast<std::uint32_t>(words_.size() + 1));
  if (added) {
    by_class_.push_back(0);
    by_id_.push_back(0);
  }
  return place->second;
}

std::uint32_t StyleSheet::word_of(std::string_view word) const {
  constexpr std::size_t kWordOctetsMax = 256;
  if (words_.empty() || word.size() > kWordOctetsMax) return 0;
  const auto found = words_.find(std::string(word));
  return found == words_.end() ? 0 : found->second;
}

// One element of a selector: "td.head#x:hover". False if it cannot be read.
bool StyleSheet::read_compound(std::string_view& text, Compound& compound, Selector& selector) {
  const std::size_t size_before = text.size();
  while (!text.empty()) {
    const char c = text.front();
    if (is_name_char(c) || c == '\\') {
      if (text.size() != size_before) return false;
      const std::string_view name = take_name(text);
      if (name.empty()) return false;  // a backslash at the end
      compound.tag = tag_of(name);
      if (compound.tag == Tag::html) compound.tag = Tag::body;
      compound.name = name;
      selector.specificity += kTagWeight;
    } else if (c == '*') {
      text.remove_prefix(1);
    } else if (c == '.' || c == '#') {
      text.remove_prefix(1);
      const std::string_view name = take_name(text);
      if (name.empty()) return false;
      if (c == '#') {
        if (compound.id != 0) selector.doubt = true;
        compound.id = intern(name);
        selector.specificity += kIdWeight;
      } else {
        if (compound.class_count < compound.classes.size())
          compound.classes[compound.class_count++] = intern(name);
        else
          selector.doubt = true;
        selector.specificity += kClassWeight;
      }
    } else if (c == '[') {
      text.remove_prefix(1);
      const std::string_view inside = take_until(text, ']');
      selector.specificity += kClassWeight;
      constexpr std::string_view kClass = "class~=";
      std::string_view value = inside.substr(std::min(inside.size(), kClass.size()));
      while (!value.empty() && (value.front() == '"' || value.front() == '\''))
        value.remove_prefix(1);
      const std::string_view name = take_name(value);
      if (inside.starts_with(kClass) && !name.empty() && value.size() <= 1 &&
          compound.class_count < compound.classes.size())
        compound.classes[compound.class_count++] = intern(name);
      else
        selector.doubt = true;
    } else if (c == ':') {
      text.remove_prefix(1);
      if (text.starts_with(':')) selector.never = true;
      while (text.starts_with(':')) text.remove_prefix(1);
      const std::string_view name = take_name(text);
      selector.specificity += kClassWeight;
      static constexpr std::string_view kNever[] = {
          "hover",  "active", "focus", "focus-within", "focus-visible", "visited",
          "target", "before", "after", "first-line",   "first-letter"};
      static constexpr std::string_view kAlways[] = {"link", "any-link", "root"};
      if (is_one_of(name, kNever))
        selector.never = true;
      else if (equals_ignoring_case(name, "root") && compound.tag == Tag::none)
        compound.tag = Tag::body;
      else if (!is_one_of(name, kAlways))
        selector.doubt = true;
      if (text.starts_with('(')) {
        text.remove_prefix(1);
        (void)take_until(text, ')');
      }
    } else {
      break;
    }
  }
  return text.size() != size_before;
}

bool StyleSheet::read_selector(std::string_view text, Selector& selector) {
  std::string_view left = text;
  bool parent = false;
  while (true) {
    Compound compound;
    if (!read_compound(left, compound, selector)) return false;
    compound.parent = parent;
    // Row groups are there even if nobody writes them; all is inside of body.
    const bool plain = compound.id == 0 && compound.class_count == 0;
    const bool always = plain && (compound.tag == Tag::tbody || compound.tag == Tag::body);
    const bool last = without_blanks(left).empty();
    if (!always || last) {
      if (selector.count == selector.compounds.size()) return false;
      selector.compounds[selector.count++] = compound;
    }
    if (last) break;
    left.remove_prefix(std::min(left.find_first_not_of(" \t\r\n\f"), left.size()));
    parent = false;
    if (left.starts_with('>')) {
      left.remove_prefix(1);
      parent = !always;
    } else if (left.starts_with('+') || left.starts_with('~')) {
      // The one beside is not open any more.
      left.remove_prefix(1);
      selector.doubt = true;
      if (!always) --selector.count;
    }
    left.remove_prefix(std::min(left.find_first_not_of(" \t\r\n\f"), left.size()));
  }
  selector.compounds[0].parent = false;
  return true;
}

StyleNode StyleSheet::node(Tag tag, std::string_view name, std::string_view classes,
                           std::string_view id) const {
  StyleNode node{.tag = tag, .name = name, .id = id.empty() ? 0 : word_of(id)};
  while (node.class_count < StyleNode::kClassesMax) {
    const std::size_t begin = classes.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) break;
    classes.remove_prefix(begin);
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n\f"), classes.size());
    if (const std::uint32_t word = word_of(classes.substr(0, end)); word != 0) {
      const auto known = std::span(node.classes).first(node.class_count);
      if (std::ranges::find(known, word) == known.end()) node.classes[node.class_count++] = word;
    }
    classes.remove_prefix(end);
  }
  return node;
}

bool StyleSheet::matches(const Compound& compound, const StyleNode& node) const {
  if (compound.tag != Tag::none && compound.tag != node.tag) return false;
  if (compound.tag == Tag::other &&
      (compound.name.size() != node.name.size() ||
       !std::ranges::equal(compound.name, node.name, {}, ascii_lower, ascii_lower)))
    return false;
  if (compound.id != 0 && compound.id != node.id) return false;
  const auto has = std::span(node.classes).first(node.class_count);
  for (std::uint32_t i = 0; i < compound.class_count; ++i)
    if (std::ranges::find(has, compound.classes[i]) == has.end()) return false;
  return true;
}

// The ancestors from the inside out: each row of "parent" compounds is sought as near as possible.
bool StyleSheet::matches(const Rule& rule, std::span<const StyleNode> ancestors) {
  std::size_t above = ancestors.size();
  for (std::uint32_t at = rule.last; at > rule.first;) {
    const bool must_be_parent = compounds_[at].parent;
    // compounds_[group] ... compounds_[at - 1] stand one in the other without a gap.
    std::uint32_t group = at - 1;
    while (group > rule.first && compounds_[group].parent) --group;
    const std::size_t size = at - group;
    bool found = false;
    for (; above >= size && !found; --above) {
      ++steps_;
      found = true;
      for (std::size_t i = 0; i < size && found; ++i)
        found = matches(compounds_[at - 1 - i], ancestors[above - 1 - i]);
      if (!found && must_be_parent) return false;
    }
    if (!found) return false;
    above = above + 1 - size;
    at = group;
  }
  return true;
}

void StyleSheet::collect(std::uint32_t list, std::span<const StyleNode> ancestors,
                         const StyleNode& self) {
  for (; list != 0; list = rules_[list - 1].next) {
    if (++steps_ > steps_max_) return;
    const Rule& rule = rules_[list - 1];
    if (matches(compounds_[rule.last], self) &&
        (rule.first == rule.last || matches(rule, ancestors)))
      matched_.push_back(list - 1);
  }
}

void StyleSheet::apply(std::span<const StyleNode> ancestors, const StyleNode& self, Style& style) {
  matched_.clear();
  if (!overflow_ && steps_ <= steps_max_) {
    collect(by_nothing_, ancestors, self);
    collect(by_tag_[static_cast<std::size_t>(self.tag)], ancestors, self);
    for (std::uint32_t i = 0; i < self.class_count; ++i)
      collect(by_class_[self.classes[i]], ancestors, self);
    if (self.id != 0) collect(by_id_[self.id], ancestors, self);
  }
  if (overflow_ || steps_ > steps_max_) {
    Style unknown;
    unknown.set = Style::bit(Property::color) | Style::bit(Property::background);
    unknown.color = unknown.background = kUnknownColor;
    apply_style(unknown, style);
    return;
  }
  if (matched_.size() > 1)
    std::ranges::sort(matched_, [&](std::uint32_t a, std::uint32_t b) {
      const std::uint32_t of_a = rules_[a].specificity;
      const std::uint32_t of_b = rules_[b].specificity;
      return of_a != of_b ? of_a < of_b : a < b;
    });
  for (const std::uint32_t rule : matched_) apply_style(styles_[rules_[rule].style], style);
  steps_ += matched_.size();
}

}  // namespace weir::text
