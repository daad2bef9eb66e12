#include "text/html_tokenizer.h"

#include <algorithm>

namespace weir::text {
namespace {

enum CharClass : std::uint8_t {
  kBlankChar = 1,
  kTagNameEnd = 2,   // blank / >
  kAttrNameEnd = 4,  // blank / > =
  kUnquotedEnd = 8,  // blank >
  kLetter = 16,
};
constexpr auto kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\r', '\f'})
    classes[static_cast<unsigned char>(c)] = kBlankChar | kTagNameEnd | kAttrNameEnd | kUnquotedEnd;
  classes['/'] = kTagNameEnd | kAttrNameEnd;
  classes['>'] = kTagNameEnd | kAttrNameEnd | kUnquotedEnd;
  classes['='] = kAttrNameEnd;
  for (unsigned char c = 'a'; c <= 'z'; ++c) {
    classes[c] = kLetter;
    classes[c - 32U] = kLetter;
  }
  return classes;
}();

bool is(char c, CharClass what) { return (kClasses[static_cast<unsigned char>(c)] & what) != 0; }

}  // namespace

std::size_t Tokenizer::find(char c, std::size_t from) const {
  return std::min(html_.find(c, from), html_.size());
}

bool Tokenizer::has_ahead(std::string_view name) {
  if (raw_ != Tag::none) return true;
  for (std::size_t at = std::max(ahead_, at_); (at = find('<', at)) < html_.size(); ++at) {
    ahead_ = at;
    if (equals_ignoring_case(html_.substr(at + 1, name.size()), name)) return true;
  }
  ahead_ = html_.size();
  return false;
}

bool Tokenizer::next(Token& token) {
  token.clear_attributes();
  token.references = true;
  token.self_closing = false;
  token.raw_of = Tag::none;
  while (at_ < html_.size()) {
    if (raw_ != Tag::none) {
      take_raw_text(token);
      if (!token.text.empty()) return true;
      continue;
    }
    if (html_[at_] != '<') {
      take_text(token, find('<', at_));
      return true;
    }
    ++steps_;
    const char c = at(1);
    if (is(c, kLetter) || (c == '/' && is(at(2), kLetter))) {
      if (read_tag(token)) return true;
    } else if (c == '!') {
      if (foreign_ && html_.substr(at_).starts_with("<![CDATA[")) {
        at_ += 9;
        const std::size_t end = std::min(html_.find("]]>", at_), html_.size());
        take_text(token, end);
        at_ = std::min(end + 3, html_.size());
        token.references = false;
        if (!token.text.empty()) return true;
      } else {
        skip_declaration();
      }
    } else if (c == '?' || (c == '/' && at_ + 2 < html_.size())) {
      ++comments_;
      const std::size_t begin = at_;
      skip_to('>');
      comment_octets_ += at_ - begin;
    } else {
      take_text(token, find('<', at_ + 1));
      return true;
    }
  }
  return false;
}

void Tokenizer::take_text(Token& token, std::size_t end) {
  token.kind = Token::Kind::text;
  token.text = html_.substr(at_, end - at_);
  steps_ += token.text.size();
  at_ = end;
}

// Whether a tag's name stands at name_at, and ends there.
bool Tokenizer::is_tag_end(std::size_t name_at, std::string_view name) const {
  const std::string_view rest = html_.substr(std::min(name_at, html_.size()));
  return rest.size() > name.size() && is(rest[name.size()], kTagNameEnd) &&
         equals_ignoring_case(rest.substr(0, name.size()), name);
}

std::size_t Tokenizer::raw_end(Tag tag) const {
  if (tag == Tag::plaintext) return html_.size();
  const std::string_view name = name_of(tag);
  std::size_t from = at_;
  while ((from = html_.find("</", from)) != std::string_view::npos) {
    if (is_tag_end(from + 2, name)) return from;
    from += 2;
  }
  return html_.size();
}

// Behind "<!--" and "<script" an end tag of script closes the inner one only (the states "script
// data double escaped" of the standard).
std::size_t Tokenizer::script_end() const {
  bool escaped = false;
  bool twice = false;
  std::size_t dashes_from = 0;
  for (std::size_t i = at_; i < html_.size(); ++i) {
    i = html_.find_first_of(escaped ? "<-" : "<", i);
    if (i == std::string_view::npos) break;
    const std::string_view rest = html_.substr(i);
    if (rest.starts_with("-->") && i >= dashes_from) {
      escaped = twice = false;
      i += 2;
    } else if (!escaped && rest.starts_with("<!--")) {
      escaped = true;
      dashes_from = i + 2;  // "<!-->" ends what it begins
      i += 1;
    } else if (rest.starts_with("</") && is_tag_end(i + 2, "script")) {
      if (!twice) return i;
      twice = false;
    } else if (escaped && !twice && rest.starts_with('<') && is_tag_end(i + 1, "script")) {
      twice = true;
    }
  }
  return html_.size();
}

void Tokenizer::take_raw_text(Token& token) {
  const Tag tag = raw_;
  take_text(token, tag == Tag::script ? script_end() : raw_end(tag));
  token.raw_of = tag;
  token.references = tag == Tag::title || tag == Tag::textarea;
  raw_ = Tag::none;
}

void Tokenizer::skip_to(char c) {
  const std::size_t end = find(c, at_);
  steps_ += end - at_;
  at_ = std::min(end + 1, html_.size());
}

void Tokenizer::skip_declaration() {
  const std::size_t begin = at_;
  if (html_.substr(at_).starts_with("<!--")) {
    skip_comment();
  } else {
    skip_to('>');
    constexpr std::string_view kDoctype = "<!doctype";
    const std::string_view all = html_.substr(begin, at_ - begin);
    if (equals_ignoring_case(all.substr(0, kDoctype.size()), kDoctype)) {
      if (doctype_.empty()) doctype_ = all.substr(2);
      return;
    }
  }
  ++comments_;
  comment_octets_ += at_ - begin;
}

void Tokenizer::skip_comment() {
  at_ += 4;
  const std::size_t begin = at_;
  if (at(0) == '>' || (at(0) == '-' && at(1) == '>')) {
    skip_to('>');
    return;
  }
  while (at_ < html_.size()) {
    at_ = std::min(html_.find("--", at_), html_.size());
    if (at(2) == '>' || (at(2) == '!' && at(3) == '>')) {
      skip_to('>');
      break;
    }
    at_ = std::min(at_ + 1, html_.size());
  }
  steps_ += at_ - begin;
}

// False if the input ends inside the tag.
bool Tokenizer::read_tag(Token& token) {
  const std::size_t begin = at_;
  const bool end_tag = html_[at_ + 1] == '/';
  at_ += end_tag ? 2 : 1;
  const std::size_t name_begin = at_;
  const char* const all = html_.data();
  const std::size_t size = html_.size();
  while (at_ < size && !is(all[at_], kTagNameEnd)) ++at_;
  token.kind = end_tag ? Token::Kind::end_tag : Token::Kind::start_tag;
  token.name = html_.substr(name_begin, at_ - name_begin);
  token.tag = tag_of(token.name);
  while (at_ < size && all[at_] != '>') {
    if (is(all[at_], kBlankChar)) {
      ++at_;
    } else if (all[at_] == '/') {
      token.self_closing = at(1) == '>';
      ++at_;
    } else {
      read_attribute(token, !end_tag);
    }
  }
  steps_ += at_ - begin;
  if (at_ >= size) return false;
  ++at_;
  if (!end_tag && !foreign_ && has(token.tag, kRaw)) raw_ = token.tag;
  return true;
}

void Tokenizer::read_attribute(Token& token, bool keep) {
  const char* const all = html_.data();
  const std::size_t size = html_.size();
  // The first character is a part of the name even if it is '='.
  const std::size_t name_begin = at_++;
  while (at_ < size && !is(all[at_], kAttrNameEnd)) ++at_;
  const std::size_t name_size = at_ - name_begin;
  while (at_ < size && is(all[at_], kBlankChar)) ++at_;
  std::string_view value;
  if (at_ < size && all[at_] == '=') {
    ++at_;
    while (at_ < size && is(all[at_], kBlankChar)) ++at_;
    const char quote = at(0);
    if (quote == '"' || quote == '\'') {
      const std::size_t end = find(quote, at_ + 1);
      value = html_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, size);
    } else {
      const std::size_t begin = at_;
      while (at_ < size && !is(all[at_], kUnquotedEnd)) ++at_;
      value = html_.substr(begin, at_ - begin);
    }
  }
  if (!keep) return;
  const Attr attr = attr_of({all + name_begin, name_size});
  if (attr != Attr::count) token.add_attribute(attr, value);
}

}  // namespace weir::text
