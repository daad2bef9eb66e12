// document/output.h - a Document that grows within its Limits. For document/ only.
#pragma once

#include <algorithm>
#include <string_view>

#include "document/document.h"

namespace weir::document {

class Output {
 public:
  Output(Document& document, const Limits& limits) : document_(document), limits_(limits) {}

  // Valid UTF-8, appended as far as the limit goes; past it, the problem `text_cut`.
  void text(std::string_view utf8) { append(document_.text, utf8); }
  void hidden(std::string_view utf8) { append(document_.hidden, utf8); }
  void line(std::string_view utf8);         // with a line end behind it; nothing if empty
  void hidden_line(std::string_view utf8);  // the same
  void title(std::string_view utf8);        // the first one counts
  // HTML: its text, hidden text and links.
  void html(std::string_view utf8);
  void link(std::string_view target, std::string_view shown = {});
  void name(std::string_view utf8);
  void problem(std::string_view name) { add_once(document_.problems, name); }
  void signal(std::string_view name) { add_once(document_.signals, name); }
  // Cut to what is left of limits.embedded_octets, with the problem `embedded_cut`.
  void embed(std::string_view name, std::string_view type, std::string_view octets);

  // All that is inflated draws on one account.
  [[nodiscard]] std::size_t inflated_left() const {
    return limits_.inflated_octets - document_.inflated_octets;
  }
  void count_inflated(std::size_t octets) {
    document_.inflated_octets += std::min(octets, inflated_left());
  }

  [[nodiscard]] bool is_full() const { return document_.text.size() >= limits_.text_octets; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] Document& document() { return document_; }

 private:
  void append(std::string& to, std::string_view utf8);
  static void add_once(std::vector<std::string>& to, std::string_view name);

  Document& document_;
  const Limits& limits_;
  std::size_t embedded_octets_ = 0;
};

}  // namespace weir::document
