#include "network/csv.h"

#include <cstring>

namespace weir::network {

CsvReader::CsvReader(std::string_view octets) : input_(octets) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (input_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

Result<bool> CsvReader::next() {
  skip_lines_without_row();
  count_ = 0;
  row_line_ = line_;
  row_offset_ = at_;
  if (at_ == input_.size()) return false;
  while (true) {
    if (count_ == kMaxFields) return fail(Errc::too_large, "the row has too many fields", at_);
    WEIR_CHECK(read_field());
    if (at_line_end()) break;
    ++at_;  // the comma
  }
  end_line();
  return true;
}

void CsvReader::skip_lines_without_row() {
  while (at_ < input_.size()) {
    if (input_[at_] == '#') {
      const auto end = input_.find('\n', at_);
      at_ = end == std::string_view::npos ? input_.size() : end;
    } else if (!at_line_end()) {
      return;
    }
    end_line();
  }
}

bool CsvReader::at_line_end() const {
  if (at_ >= input_.size() || input_[at_] == '\n') return true;
  return input_[at_] == '\r' && (at_ + 1 == input_.size() || input_[at_ + 1] == '\n');
}

void CsvReader::end_line() {
  if (at_ < input_.size() && input_[at_] == '\r') ++at_;
  if (at_ < input_.size()) {
    ++at_;
    ++line_;
  }
}

Status CsvReader::read_field() {
  if (at_ < input_.size() && input_[at_] == '"') return read_quoted();
  const auto begin = at_;
  while (!at_line_end() && input_[at_] != ',') {
    if (input_[at_] == '"')
      return fail(Errc::invalid, "a quote inside a field that does not begin with one", at_);
    ++at_;
  }
  fields_[count_++] = input_.substr(begin, at_ - begin);
  return {};
}

Status CsvReader::read_quoted() {
  const auto open = at_++;
  auto run = at_;  // begin of the text not yet copied
  auto& text = unquoted_[count_];
  text.clear();
  while (true) {
    const auto quote = input_.find('"', at_);
    if (quote == std::string_view::npos)
      return fail(Errc::invalid, "a quote is opened and never closed", open);
    for (; at_ < quote; ++at_) line_ += input_[at_] == '\n';
    at_ = quote + 1;
    if (at_ == input_.size() || input_[at_] != '"') break;
    text.append(input_.substr(run, at_ - run));  // with the first of the two quotes
    run = ++at_;
  }
  const auto rest = input_.substr(run, at_ - 1 - run);
  if (!at_line_end() && input_[at_] != ',')
    return fail(Errc::invalid, "text after a closing quote", at_);
  if (text.empty()) {
    fields_[count_++] = rest;
  } else {
    text.append(rest);
    fields_[count_++] = text;
  }
  return {};
}

}  // namespace weir::network
