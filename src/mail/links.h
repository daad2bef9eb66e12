// mail/links.h - the places a message wants its reader to go to.
//
// Input:  UTF-8 text as a person sees it, and the link targets of its HTML. Found in text: http,
// https, ftp and the disguised hxxp with
//         "://"; names that start with "www."; names with a bracketed dot ("example[.]com"). From
//         HTML: every absolute target,
//         "//host/..." and "www." targets; mailto:, tel: and the like without host. Targets inside
//         the message (cid:, #, relative) are none.
// Output: one Link per url, in order of first appearance; at most `limit`.
// Cost:   O(octets): every octet is looked at by one forward scan, and scans to the left end at the
// link before.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/reading.h"
#include "text/html.h"

namespace weir::mail {

inline constexpr std::size_t kMaxUrl = 2'048;

class LinkCollector {
 public:
  explicit LinkCollector(std::size_t limit) : limit_(limit) {}
  void add_text(std::string_view utf8);
  void add_html(const std::vector<text::HtmlLink>& links);
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::vector<Link> take() { return std::move(links_); }

 private:
  void add(std::string_view url, std::string_view host_text, std::string_view shown);
  void add_target(std::string_view target, std::string_view shown);

  std::size_t limit_;
  bool cut_ = false;
  std::vector<Link> links_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace weir::mail
