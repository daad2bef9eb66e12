// text/html_renderer.h - tags and texts become what is seen and what is not. For text/ only.
//
// There is no tree: a stack of open elements, at most kDepthMax deep (deeper ones are counted, as
// in browsers), carries what decides whether text is seen. Table cells, tables and templates open a
// scope: an end tag for something outside them does nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/html.h"
#include "text/html_style.h"
#include "text/html_tokenizer.h"

namespace weir::text {

// Text with its blanks folded: one blank between words, line ends where they are asked for.
class FoldedText {
 public:
  void text(std::string_view utf8, bool keep_blanks);
  void blank() { pending_blank_ = true; }
  void line() { pending_lines_ = pending_lines_ == 0 ? 1 : pending_lines_; }
  void line_break() { pending_lines_ = pending_lines_ < 2 ? pending_lines_ + 1 : 2; }
  [[nodiscard]] const std::string& str() const { return out_; }
  [[nodiscard]] std::string take();

 private:
  std::string out_;
  int pending_lines_ = 0;
  bool pending_blank_ = false;
};

class Renderer {
 public:
  explicit Renderer(const HtmlLimits& limits) : limits_(limits) { scopes_.emplace_back(); }
  void feed(const Token& token);
  [[nodiscard]] HtmlText take();
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  // What an element hands down to the text in it.
  struct State {
    bool gone = false;
    bool invisible = false;
    bool keep_blanks = false;
    double font_px = 16;
    Color color{};
    Color background = kWhite;
    [[nodiscard]] bool hidden() const;
  };
  struct Element {
    std::uint64_t id = 0;
    Style own;
    State state;
    std::optional<std::size_t> link;  // index in links of the <a> that begins here
  };
  enum class ScopeKind { document, table, cell, template_ };
  struct Scope {
    ScopeKind kind = ScopeKind::document;
    std::size_t base = 0;  // index in elements_ of the element that opened it
    std::unordered_map<std::uint64_t, int> open;  // how many of each element, above base
  };

  void on_text(const Token& token);
  void on_start(const Token& token);
  void on_end(const Token& token);
  void show(std::string_view text, const State& state);
  void close_implied(std::uint64_t id);
  void push(std::uint64_t id, const Style& own, std::optional<ScopeKind> scope,
            std::optional<std::size_t> link);
  void pop();
  void pop_to(std::size_t index, bool reopen_formatting);
  void pop_scope();
  bool close(std::uint64_t id);  // the nearest one in the innermost scope
  void close_item(std::uint64_t id, std::uint64_t other_id);
  void line(const State& state);
  [[nodiscard]] const State& state() const;
  [[nodiscard]] Style style_of(const Token& token);
  [[nodiscard]] State state_for(std::uint64_t id, const Style& own) const;
  std::optional<std::size_t> add_link(const Token& token, std::string_view attribute);
  std::optional<std::size_t> add_link(std::string_view element, std::string_view raw_target);
  void add_links(const Token& token);
  void finish_link();

  HtmlLimits limits_;
  HtmlText result_;
  FoldedText seen_, unseen_, shown_;
  std::vector<Element> elements_;
  std::vector<Scope> scopes_;
  StyleSheet sheet_;
  std::string base_;
  std::string scratch_;
  std::optional<std::size_t> link_;  // whose shown text is being collected
  std::size_t templates_ = 0;        // open ones
  std::size_t too_deep_ = 0;         // open elements that are not on the stack
  std::size_t steps_ = 0;
};

}  // namespace weir::text
