#include "text/html_tokenizer.h"

#include <algorithm>

namespace weir::text {
namespace {

using namespace literals;

constexpr std::size_t kAttributesMax = 64;

bool is_letter(char c) {
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'z';
}

bool has_raw_content(std::uint64_t id) {
  switch (id) {
    case "script"_id:
    case "style"_id:
    case "title"_id:
    case "textarea"_id:
    case "xmp"_id:
    case "iframe"_id:
    case "noembed"_id:
    case "noframes"_id:
    case "plaintext"_id: return true;
    default: return false;
  }
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view lower_case_b) {
  return std::ranges::equal(a, lower_case_b, {}, ascii_lower);
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_html_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_blank(text.back())) text.remove_suffix(1);
  return text;
}

const std::string_view* Token::attribute(std::string_view lower_case_name) const {
  for (const Attribute& a : attributes)
    if (equals_ignoring_case(a.name, lower_case_name)) return &a.value;
  return nullptr;
}

bool Tokenizer::next(Token& token) {
  token.attributes.clear();
  token.references = true;
  token.raw_of = 0;
  while (at_ < html_.size()) {
    if (!raw_name_.empty()) {
      take_raw_text(token);
      if (!token.text.empty()) return true;
      continue;
    }
    if (html_[at_] != '<') {
      take_text(token, html_.find('<', at_));
      return true;
    }
    ++steps_;
    const char c = at(1);
    if (is_letter(c) || (c == '/' && is_letter(at(2)))) {
      if (read_tag(token)) return true;
    } else if (html_.substr(at_).starts_with("<!--")) {
      skip_comment();
    } else if (c == '!' || c == '?' || c == '/') {
      skip_to('>');
    } else {
      take_text(token, html_.find('<', at_ + 1));
      return true;
    }
  }
  return false;
}

void Tokenizer::take_text(Token& token, std::size_t end) {
  end = std::min(end, html_.size());
  token.kind = Token::Kind::text;
  token.text = html_.substr(at_, end - at_);
  steps_ += token.text.size();
  at_ = end;
}

void Tokenizer::take_raw_text(Token& token) {
  const std::uint64_t id = name_id(raw_name_);
  std::size_t end = html_.size();
  if (id != "plaintext"_id) {
    for (std::size_t from = at_; (from = html_.find("</", from)) != std::string_view::npos;
         ++from) {
      const std::string_view rest = html_.substr(from + 2);
      const char after = rest.size() > raw_name_.size() ? rest[raw_name_.size()] : '\0';
      steps_ += 2;
      if (name_id(rest.substr(0, raw_name_.size())) != id) continue;
      if (after != '>' && after != '/' && !is_html_blank(after)) continue;
      end = from;
      break;
    }
  }
  take_text(token, end);
  token.raw_of = id;
  token.references = id == "title"_id || id == "textarea"_id;
  raw_name_ = {};
}

void Tokenizer::skip_to(char c) {
  const std::size_t end = std::min(html_.find(c, at_), html_.size());
  steps_ += end - at_;
  at_ = std::min(end + 1, html_.size());
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

void Tokenizer::skip_blanks() {
  while (at_ < html_.size() && is_html_blank(html_[at_])) ++at_;
}

// False if the input ends inside the tag.
bool Tokenizer::read_tag(Token& token) {
  const std::size_t begin = at_;
  const bool end_tag = at(1) == '/';
  at_ += end_tag ? 2 : 1;
  const std::size_t name_begin = at_;
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>')
    ++at_;
  token.kind = end_tag ? Token::Kind::end_tag : Token::Kind::start_tag;
  token.name = html_.substr(name_begin, at_ - name_begin);
  token.id = name_id(token.name);
  while (at_ < html_.size() && html_[at_] != '>') {
    if (is_html_blank(html_[at_]) || html_[at_] == '/')
      ++at_;
    else
      read_attribute(token);
  }
  steps_ += at_ - begin;
  if (at_ >= html_.size()) return false;
  ++at_;
  if (!end_tag && has_raw_content(token.id)) raw_name_ = token.name;
  return true;
}

void Tokenizer::read_attribute(Token& token) {
  const std::size_t name_begin =
      at_++;  // the first character is a part of the name even if it is '='
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' &&
         html_[at_] != '>' && html_[at_] != '=')
    ++at_;
  Attribute attribute{.name = html_.substr(name_begin, at_ - name_begin), .value = {}};
  skip_blanks();
  if (at(0) == '=') {
    ++at_;
    skip_blanks();
    const char quote = at(0);
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = std::min(at_ + 1, html_.size());
      const std::size_t end = std::min(html_.find(quote, begin), html_.size());
      attribute.value = html_.substr(begin, end - begin);
      at_ = std::min(end + 1, html_.size());
    } else {
      const std::size_t begin = at_;
      while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '>') ++at_;
      attribute.value = html_.substr(begin, at_ - begin);
    }
  }
  if (token.attributes.size() < kAttributesMax) token.attributes.push_back(attribute);
}

}  // namespace weir::text
