#include "auth/header.h"

#include <algorithm>

#include "base/ascii.h"
#include "mail/message_scan.h"

namespace weir::auth {
namespace {

void append_value_simple(std::string& out, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const auto feed = value.find('\n', at);
    if (feed == std::string_view::npos) {
      out += value.substr(at);
      return;
    }
    auto line = value.substr(at, feed - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += line;
    out += "\r\n";
    at = feed + 1;
  }
}

// RFC 6376 3.4.2: unfolded, runs of blanks are one space, none at either end.
void append_value_relaxed(std::string& out, std::string_view value) {
  bool blank = false;
  bool first = true;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (c == '\n' || (c == '\r' && at + 1 < value.size() && value[at + 1] == '\n')) continue;
    if (blank && !first) out += ' ';
    blank = false;
    first = false;
    out += c;
  }
}

void append_name(std::string& out, std::string_view name, Canon canon) {
  if (canon == Canon::simple) {
    out += name;
  } else {
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    for (const char c : name) out += to_lower(c);
  }
  out += ':';
}

void append_value(std::string& out, std::string_view value, Canon canon) {
  if (canon == Canon::simple)
    append_value_simple(out, value);
  else
    append_value_relaxed(out, value);
}

}  // namespace

Header::Header(std::string_view octets) {
  std::size_t at = 0;
  const auto next_line = [&](std::size_t from) {
    const auto feed = octets.find('\n', from);
    return feed == std::string_view::npos ? octets.size() : feed + 1;
  };
  if (octets.starts_with("From ") || octets.starts_with(">From ")) at = next_line(0);
  std::size_t open_begin = 0;  // of the open field's value
  std::size_t open_end = 0;
  bool open = false;
  const auto close = [&] {
    if (open) fields_.back().value = octets.substr(open_begin, open_end - open_begin);
    open = false;
  };
  while (at < octets.size()) {
    const auto next = next_line(at);
    auto end = next;
    if (end > at && octets[end - 1] == '\n') --end;
    if (end > at && octets[end - 1] == '\r' && end < next) --end;
    const auto line = octets.substr(at, end - at);
    if (line.empty()) {
      body_ = octets.substr(next);
      break;
    }
    if (is_blank(line.front())) {
      if (open) open_end = end;
    } else {
      close();
      const auto name = mail::field_name_length(line);
      const auto colon = name > 0 ? line.find(':', name) : std::string_view::npos;
      if (colon != std::string_view::npos) {
        if (fields_.size() >= kMaxHeaderFields) {
          cut_ = true;
        } else {
          fields_.push_back({line.substr(0, colon), {}});
          open = true;
          open_begin = at + colon + 1;
          open_end = end;
          by_name_[lower(line.substr(0, name))].push_back(
              static_cast<std::uint32_t>(fields_.size() - 1));
        }
      }
    }
    at = next;
  }
  close();
}

const std::vector<std::uint32_t>& Header::named(const std::string& name) const {
  static const std::vector<std::uint32_t> kNone;
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? kNone : found->second;
}

void append_field(std::string& out, const HeaderField& field, Canon canon) {
  append_name(out, field.name, canon);
  append_value(out, field.value, canon);
  out += "\r\n";
}

void append_signature_field(std::string& out, const HeaderField& field, Canon canon,
                            std::size_t begin, std::size_t end) {
  append_name(out, field.name, canon);
  std::string value(field.value.substr(0, begin));
  value += field.value.substr(end);
  append_value(out, value, canon);
}

}  // namespace weir::auth
