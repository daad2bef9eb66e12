#include "auth/answers.h"

#include <algorithm>

#include "base/ascii.h"

namespace weir::auth {

void Answers::put(Question question, Answer answer) {
  answers_.insert_or_assign(std::move(question), std::move(answer));
}

const Answer* Answers::find(const Question& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : &found->second;
}

const Answer* Answers::ask(const Question& question, std::vector<Question>& needs) const {
  const Answer* answer = find(question);
  if (answer == nullptr && std::ranges::find(needs, question) == needs.end())
    needs.push_back(question);
  return answer;
}

std::string canonical_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return lower(name);
}

bool is_domain(std::string_view canonical) {
  if (canonical.size() > 253) return false;
  std::size_t labels = 0;
  std::string_view label;
  for (std::size_t at = 0; at <= canonical.size();) {
    const auto end = std::min(canonical.find('.', at), canonical.size());
    label = canonical.substr(at, end - at);
    if (label.empty() || label.size() > dns::kMaxLabelOctets) return false;
    ++labels;
    at = end + 1;
  }
  return labels >= 2 && !std::ranges::all_of(label, is_digit);
}

Result<dns::Name> to_dns_name(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '\\') escaped += '\\';
    escaped += c;
  }
  return dns::Name::parse(escaped);
}

}  // namespace weir::auth
