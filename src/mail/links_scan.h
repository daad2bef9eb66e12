// mail/links_scan.h - the links of running text, one after the other.
//
// Found: web URLs with a scheme, also disguised (hxxp, "http:\\", "h t" is not) or broken over
// lines
//   inside <...>; names from "www." on; bare names whose top-level domain is in the Public Suffix
//   List and that are no file name and no missing blank behind a full stop; names with disguised
//   dots; mailto:, tg: and the like. What is decided where writers differ: docs/reading/links.md.
// Cost:  O(octets): one forward scan over a table of interesting octets; scans to the left are
//   bounded and end at the link before. No allocation unless a candidate is near.
// Lifetime: the text and the cache outlive the scanner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/host.h"
#include "mail/link_traits.h"
#include "mail/links_names.h"

namespace weir::mail {

struct TextLink {
  std::size_t begin = 0;  // in the text
  std::size_t end = 0;
  std::string put_together;  // the URL, if it is not text[begin, end)
  std::optional<Host> host;  // none: contact, data, script
  LinkTraits traits;
  // Where host and path stand in the URL; npos without host.
  std::size_t path = std::string::npos;
  [[nodiscard]] std::string_view url(std::string_view text) const {
    return put_together.empty() ? text.substr(begin, end - begin) : std::string_view(put_together);
  }
};

class LinkScanner {
 public:
  LinkScanner(std::string_view utf8, DomainCache& cache) : text_(utf8), cache_(cache) {}
  // The next link, in order of its begin; links do not overlap.
  [[nodiscard]] std::optional<TextLink> next();

 private:
  bool scheme_at(std::size_t colon, std::size_t octets, TextLink& link);
  bool web_at(std::size_t begin, std::size_t colon, std::size_t after, bool disguised,
              TextLink& link);
  bool opaque_at(std::size_t begin, std::size_t after, LinkTrait trait, TextLink& link);
  bool name_at(std::size_t dot, Dot kind, TextLink& link);
  bool finish_bare(std::size_t begin, const NameText& name, TextLink& link);
  [[nodiscard]] bool is_broken_at(std::size_t end) const;
  bool take_name(std::size_t name_begin, const NameText& name, TextLink& link);
  void take_path(std::size_t authority_end, TextLink& link);
  void join_lines(TextLink& link);
  [[nodiscard]] std::size_t skip_plain_run(std::size_t dot);

  std::string_view text_;
  DomainCache& cache_;
  std::size_t at_ = 0;
  std::size_t done_ = 0;    // end of the link before
  std::size_t barren_ = 0;  // no name starts directly before it
};

// The end of path, query and fragment that go on at text[at]; sentence punctuation left off, and
// closing brackets that are not opened behind `begin`.
[[nodiscard]] std::size_t path_end(std::string_view text, std::size_t begin, std::size_t at);

// Whether the port written as `digits` is another than the scheme's own.
[[nodiscard]] bool is_odd_port(std::string_view scheme, std::string_view digits);

}  // namespace weir::mail
