// text/html_renderer.h - tags and texts become what is seen and what is not. For text/ only.
//
// A style sheet counts for the whole document, also for what stands before it: a renderer that
// meets one behind text says so, and a second one is given all sheets beforehand.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/html.h"
#include "text/html_folded.h"
#include "text/html_stack.h"
#include "text/html_tokenizer.h"

namespace weir::text {

// Styles of attributes that were read before: mail writes the same few again and again.
class StyleCache {
 public:
  explicit StyleCache(std::size_t document_octets);
  // The style of a value with its references still in.
  [[nodiscard]] const Style& find(std::string_view raw, std::string& scratch, std::size_t& steps);
  [[nodiscard]] std::vector<std::string>& urls() { return urls_; }

 private:
  struct Entry {
    std::string_view raw;
    Style style;
  };
  std::vector<Entry> entries_;  // one place for each hash: the later one stays
  std::vector<std::string> urls_;
};

class Renderer final : private OpenElements::Listener {
 public:
  Renderer(std::string_view html, const HtmlLimits& limits);
  // All style sheets of the document: those that are met later are passed over.
  void use_sheet(std::unique_ptr<StyleSheet> sheet);
  void run();
  // A style sheet stood behind text that it may speak of: run() ended there.
  [[nodiscard]] bool sheet_came_late() const { return sheet_came_late_; }
  void collect_sheets();
  [[nodiscard]] std::unique_ptr<StyleSheet> take_sheet() { return std::move(sheet_); }
  [[nodiscard]] HtmlText take();
  [[nodiscard]] std::size_t steps() const;

 private:
  void on_text(const Token& token);
  void on_start(const Token& token);
  void on_foreign_start(const Token& token);
  void on_end(const Token& token);
  void closed(const Element& element) override;
  void revealed(const Element& element, Cause before) override;

  void on_root(const Token& token);
  void close_implied(const Token& token);
  void add_sheet(std::string_view css);
  void show(std::string_view text, const State& state);
  void hide(std::string_view text, Cause cause, bool keep_blanks);
  void show_words_of(const Token& token, const State& state);
  void line(const State& state);
  void push(const Token& token, const Style& own, const State& state, int link);
  [[nodiscard]] Style style_of(const Token& token, std::span<const StyleNode> ancestors);
  void begin_body();
  void apply_sheet_to_root();
  void add_hints(const Token& token, Style& style);
  void add_background(const Token& token, Style& style);
  [[nodiscard]] std::string_view value(const Token& token, Attr attr);
  void count(const Token& token);

  int add_link(std::string_view element, std::string_view raw_target);
  int add_link(const Token& token, Attr attr);
  void add_links(const Token& token);
  void add_srcset(std::string_view candidates);
  void add_style_urls(std::vector<std::string>& urls);
  void begin_link(int link);
  void finish_link();
  [[nodiscard]] std::string short_text(std::string_view raw);

  std::string_view html_;
  HtmlLimits limits_;
  Tokenizer tokenizer_;
  HtmlText result_;
  FoldedText seen_, unseen_, shown_;
  OpenElements open_;
  Page page_;
  StyleCache styles_;
  std::unique_ptr<StyleSheet> sheet_;
  StyleNode node_;  // of the element whose style was asked for last, if there is a sheet
  std::array<std::size_t, kCauses> hidden_by_{};
  std::string base_;
  std::string scratch_, css_scratch_;
  Color link_color_;
  int link_ = kNoLink;       // whose shown text is being collected
  int form_link_ = kNoLink;  // of the form that waits for the words of its button
  std::size_t steps_ = 0;
  std::size_t reversed_ = 0;  // octets put into another order so far
  std::size_t root_changes_ = 0;
  std::size_t bodies_ = 0;
  bool sheet_is_whole_ = false;
  bool sheet_came_late_ = false;
  bool drop_newline_ = false;  // the first one in <pre> and <textarea>
  bool rooted_ = false;
};

}  // namespace weir::text
