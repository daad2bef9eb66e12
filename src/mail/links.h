// mail/links.h - the places a message wants its reader to go to.
//
// Input:  UTF-8 text as a person sees it, the link targets of its HTML, fields of its header. What
//         is found in text: links_scan.h. From HTML: every absolute target, "//host/...", "www."
//         and bare host targets; mailto:, tel:, data: and the like without host. Targets inside
//         the message (cid:, #, relative) are none.
// Output: one Link per url, in order of first appearance, at most `limit`; what is noteworthy of
//         each (link_traits.h), and where it leads on to. A url that is seen again adds its traits.
// Cost:   O(octets): every octet is looked at by one forward scan, and scans to the left end at the
//         link before. What one link costs does not depend on the others; the Public Suffix List is
//         asked once for each host.
// Threads: a collector belongs to one thread.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/host.h"
#include "mail/reading.h"
#include "text/html.h"

namespace weir::mail {

inline constexpr std::size_t kMaxUrl = 2'048;

class LinkCollector {
 public:
  explicit LinkCollector(std::size_t limit) : limit_(limit) {}
  void add_text(std::string_view utf8, LinkOrigin origin = LinkOrigin::text);
  void add_html(const std::vector<text::HtmlLink>& links);
  // One absolute target or bare host that a reader is led to: of a QR code, of a document.
  void add_target(std::string_view utf8, LinkOrigin origin);
  // A decoded field. Those that hold links (List-Unsubscribe, Archived-At, ...) give theirs, others
  // none. ASCII case of the name is ignored.
  void add_header(std::string_view name, std::string_view value);
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::vector<Link> take() { return std::move(links_); }

 private:
  struct Found {
    std::string_view url;
    const Host* host = nullptr;
    std::size_t path = std::string_view::npos;  // in url
    std::string_view shown;
    LinkOrigin origin = LinkOrigin::text;
    LinkTraits traits;
  };
  void add(const Found& found);
  void add_target(std::string_view target, std::string_view shown, LinkOrigin origin);
  [[nodiscard]] bool shows_other(const Link& link, std::string_view shown);

  std::size_t limit_;
  bool cut_ = false;
  std::vector<Link> links_;
  std::unordered_map<std::uint64_t, std::size_t> index_;  // hash of url
  DomainCache domains_;
};

}  // namespace weir::mail
