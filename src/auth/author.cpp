#include "auth/author.h"

#include <algorithm>

#include "base/ascii.h"
#include "mail/host.h"

namespace weir::auth {
namespace {

class Scanner {
 public:
  std::vector<std::string> run(std::string_view raw);

 private:
  void end_word() {
    if (at_seen_ && !domain_.empty()) (in_brackets_ ? bracket_ : bare_) = domain_;
    domain_.clear();
    at_seen_ = false;
  }
  void end_mailbox();

  std::vector<std::string> domains_;
  std::string domain_;  // what stands behind the '@' of the word at hand
  std::string bare_, bracket_;
  bool at_seen_ = false;
  bool in_brackets_ = false;
};

void Scanner::end_mailbox() {
  end_word();
  const auto& chosen = bracket_.empty() ? bare_ : bracket_;
  if (!chosen.empty() && domains_.size() < kMaxAuthors) {
    const auto host = mail::canonical_host(chosen);
    if (host && !host->literal && std::ranges::find(domains_, host->name) == domains_.end())
      domains_.push_back(host->name);
  }
  bare_.clear();
  bracket_.clear();
}

std::vector<std::string> Scanner::run(std::string_view raw) {
  std::size_t comment_depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c == '\\' && (quoted || comment_depth > 0)) {
      ++i;
    } else if (quoted) {
      quoted = c != '"';
    } else if (c == '(') {
      ++comment_depth;
    } else if (comment_depth > 0) {
      if (c == ')') --comment_depth;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '<') {
      end_word();
      in_brackets_ = true;
    } else if (c == '>') {
      end_word();
      in_brackets_ = false;
    } else if ((c == ',' || c == ';' || c == ':') && !in_brackets_) {
      end_mailbox();
    } else if (c == '@') {
      domain_.clear();
      at_seen_ = true;
    } else if (is_space(c)) {
      if (!in_brackets_ && !domain_.empty()) end_word();
    } else if (at_seen_) {
      domain_ += c;
    }
  }
  in_brackets_ = in_brackets_ && !domain_.empty();
  end_mailbox();
  return std::move(domains_);
}

}  // namespace

std::vector<std::string> author_domains(std::string_view raw_value) {
  return Scanner().run(raw_value);
}

}  // namespace weir::auth
