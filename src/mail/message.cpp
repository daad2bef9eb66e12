// The parser is one scan with a stack. Every entity that is open (the message, multiparts, embedded
// messages, the leaf that is being read) stands on the stack; a multipart carries its delimiter
// there. Inside bodies only lines that start with "--" are looked at, and each is compared with the
// open delimiters only (at most limits.depth, and octets are compared only if the length fits), so
// the time is O(octets) whatever the boundaries are. A body outside any multipart is not scanned at
// all.
#include "mail/message.h"

#include <algorithm>
#include <cstring>

#include "mail/ascii.h"
#include "mail/parameters.h"
#include "mail/problems.h"

namespace weir::mail {
namespace {

constexpr std::size_t kLookAheadLines =
    4;  // how far a header may be interrupted by lines that are no fields

// Fields whose appearance after an unreadable line shows that the header has not ended yet.
constexpr std::array<std::string_view, 16> kHeaderNames = {"content-type",
                                                           "content-transfer-encoding",
                                                           "content-disposition",
                                                           "mime-version",
                                                           "subject",
                                                           "from",
                                                           "to",
                                                           "cc",
                                                           "date",
                                                           "message-id",
                                                           "received",
                                                           "return-path",
                                                           "reply-to",
                                                           "sender",
                                                           "x-mailer",
                                                           "delivered-to"};

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;   // without the line end
  std::size_t next = 0;  // behind the line end
};

struct Open {
  std::size_t part = 0;
  std::string delimiter;  // "--boundary"; empty: not a multipart, or closed already
  bool multipart = false;
  bool seen = false;  // a delimiter was seen
  bool closed = false;
};

struct Delimiter {
  Line line;
  std::size_t level = 0;  // index in the stack
  bool last = false;
};

// The length of the field name if the line starts a field, else 0. Blanks before the colon are
// obsolete syntax.
std::size_t field_name_length(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] > 32 && line[i] < 127 && line[i] != ':') ++i;
  if (i == 0) return 0;
  std::size_t colon = i;
  while (colon < line.size() && is_blank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? i : 0;
}

class Parser {
 public:
  Parser(std::string_view octets, const Limits& limits) : octets_(octets), limits_(limits) {}

  Message run() {
    choose_line_end();
    skip_envelope();
    open_entity("text/plain");
    while (const auto delimiter = next_delimiter()) {
      if (!delimiter->last && message_.parts.size() >= limits_.parts) {
        problem("too_many_parts", delimiter->line.begin);
        break;
      }
      take(*delimiter);
    }
    close_to(0, octets_.size(), octets_.size());
    return std::move(message_);
  }

 private:
  void problem(std::string_view what, std::size_t offset, std::string_view detail = {}) {
    add_problem(message_.problems, what, offset, detail);
  }

  // A bare CR ends lines only in a message whose first line ends so; elsewhere it is an octet like
  // others.
  void choose_line_end() {
    const std::size_t first = octets_.substr(0, limits_.field_octets).find_first_of("\r\n");
    if (first == std::string_view::npos || octets_[first] == '\n') return;
    const std::size_t after = octets_.find_first_not_of('\r', first);
    cr_ends_lines_ =
        after != std::string_view::npos && octets_[after] != '\n' && after - first == 1;
    if (cr_ends_lines_) problem("bare_cr", first);
  }

  [[nodiscard]] Line line_at(std::size_t begin) const {
    Line line{begin, octets_.size(), octets_.size()};
    if (begin >= octets_.size()) return line;
    if (!cr_ends_lines_) {
      const void* found = std::memchr(octets_.data() + begin, '\n', octets_.size() - begin);
      if (found != nullptr) {
        line.end = static_cast<std::size_t>(static_cast<const char*>(found) - octets_.data());
        line.next = line.end + 1;
      }
      if (line.end > begin && octets_[line.end - 1] == '\r') --line.end;
      return line;
    }
    const std::size_t end = octets_.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) return line;
    line.end = end;
    line.next =
        end +
        (octets_[end] == '\r' && end + 1 < octets_.size() && octets_[end + 1] == '\n' ? 2 : 1);
    return line;
  }
  [[nodiscard]] std::string_view text(const Line& line) const {
    return octets_.substr(line.begin, line.end - line.begin);
  }

  void skip_envelope() {
    if (octets_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    Line line = line_at(at_);
    if (text(line).starts_with("From ") || text(line).starts_with(">From ")) {
      at_ = line.next;
      line = line_at(at_);
    }
    // Empty lines above the header are skipped if a header follows; else they are the end of an
    // empty header.
    std::size_t at = at_;
    while (at < octets_.size() && text(line).empty()) {
      at = line.next;
      line = line_at(at);
    }
    if (at != at_ && field_name_length(text(line)) > 0) {
      problem("leading_blank_line", at_);
      at_ = at;
    }
  }

  [[nodiscard]] bool any_delimiter() const {
    return std::any_of(open_.begin(), open_.end(),
                       [](const Open& o) { return !o.delimiter.empty(); });
  }

  // The open multipart whose delimiter this line is, innermost first.
  [[nodiscard]] std::optional<Delimiter> as_delimiter(const Line& line) const {
    std::string_view t = text(line);
    if (!t.starts_with("--")) return std::nullopt;
    while (!t.empty() && is_space(t.back())) t.remove_suffix(1);
    for (std::size_t i = open_.size(); i-- > 0;) {
      const std::string& d = open_[i].delimiter;
      if (d.empty() || t.size() < d.size() || t.size() > d.size() + 2) continue;
      if (t == d) return Delimiter{line, i, false};
      if (t.size() == d.size() + 2 && t.ends_with("--") && t.starts_with(d))
        return Delimiter{line, i, true};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Delimiter> next_delimiter() {
    if (!any_delimiter()) return std::nullopt;
    while (at_ < octets_.size()) {
      const Line line = line_at(at_);
      if (line.end - line.begin >= 2 && octets_[line.begin] == '-' &&
          octets_[line.begin + 1] == '-')
        if (auto found = as_delimiter(line)) return found;
      at_ = line.next;
    }
    return std::nullopt;
  }

  // The line end before a delimiter belongs to the delimiter.
  [[nodiscard]] std::size_t before_line_end(std::size_t at) const {
    if (at == 0) return 0;
    const char last = octets_[at - 1];
    if (last != '\n' && last != '\r') return at;
    --at;
    return last == '\n' && at > 0 && octets_[at - 1] == '\r' ? at - 1 : at;
  }

  void set_body_end(std::size_t index, std::size_t end) {
    Part& part = message_.parts[index];
    const auto begin = static_cast<std::size_t>(part.body_offset);
    part.body = octets_.substr(begin, std::max(begin, end) - begin);
  }

  // Closes every open entity from the top of the stack down to `level`, inclusive.
  void close_to(std::size_t level, std::size_t end, std::size_t offset) {
    while (open_.size() > level) {
      Open& top = open_.back();
      if (!top.closed) {
        set_body_end(top.part, end);
        if (top.multipart) problem(top.seen ? "unclosed_boundary" : "boundary_not_found", offset);
      }
      open_.pop_back();
    }
  }

  void take(const Delimiter& delimiter) {
    const std::size_t end = before_line_end(delimiter.line.begin);
    close_to(delimiter.level + 1, end, delimiter.line.begin);
    Open& multipart = open_[delimiter.level];
    Part& part = message_.parts[multipart.part];
    at_ = delimiter.line.next;
    if (!multipart.seen)
      part.body_offset = delimiter.last ? delimiter.line.begin : delimiter.line.next;
    multipart.seen = true;
    if (delimiter.last) {
      set_body_end(multipart.part, end);
      multipart.closed = true;
      multipart.delimiter.clear();
      return;
    }
    open_entity(part.type == "multipart/digest" ? "message/rfc822" : "text/plain");
  }

  // Reads a header at at_, pushes the entity; an embedded message opens the next one at once.
  void open_entity(std::string_view default_type) {
    while (true) {
      Part part;
      part.depth = open_.size();
      part.parent = open_.empty() ? 0 : open_.back().part;
      read_header(part);
      part.body_offset = at_;
      Open open;
      open.part = message_.parts.size();
      const bool embedded = describe(part, default_type, open);
      message_.parts.push_back(std::move(part));
      open_.push_back(std::move(open));
      if (!embedded) return;
      default_type = "text/plain";
    }
  }

  void read_header(Part& part) {
    Field* last = nullptr;
    bool too_many = false;
    while (at_ < octets_.size()) {
      const Line line = line_at(at_);
      const std::string_view t = text(line);
      if (t.empty()) {
        at_ = line.next;
        return;
      }
      if (is_blank(t.front()) && (last != nullptr || too_many)) {
        if (last != nullptr) extend(*last, line);
        at_ = line.next;
        continue;
      }
      if (as_delimiter(line)) {
        problem("header_cut_by_boundary", at_);
        return;
      }
      const std::size_t name = field_name_length(t);
      if (name == 0) {
        if (!header_goes_on(line)) {
          problem(part.fields.empty() ? "header_missing" : "header_not_ended", at_);
          return;
        }
        problem("header_line_unreadable", at_);
        last = nullptr;
        at_ = line.next;
        continue;
      }
      if (part.fields.size() >= limits_.fields) {
        if (!too_many) problem("too_many_fields", at_);
        too_many = true;
        last = nullptr;
      } else {
        last = &part.fields.emplace_back();
        last->name = t.substr(0, name);
        last->offset = line.begin;
        std::size_t value = t.find(':', name) + 1;
        while (value < t.size() && is_blank(t[value])) ++value;
        last->value = octets_.substr(line.begin + value, 0);
        extend(*last, line);
      }
      at_ = line.next;
    }
  }

  // Lets the field's value reach to the end of this line, or to the limit.
  void extend(Field& field, const Line& line) {
    const auto begin = static_cast<std::size_t>(field.value.data() - octets_.data());
    if (line.end - begin <= limits_.field_octets) {
      field.value = octets_.substr(begin, line.end - begin);
      return;
    }
    if (field.value.size() < limits_.field_octets) problem("field_too_long", field.offset);
    field.value = octets_.substr(begin, limits_.field_octets);
  }

  [[nodiscard]] bool header_goes_on(const Line& unreadable) const {
    std::size_t at = unreadable.next;
    for (std::size_t i = 0; i < kLookAheadLines && at < octets_.size(); ++i) {
      const Line line = line_at(at);
      const std::string_view t = text(line);
      if (t.empty()) return false;
      const std::string_view name = t.substr(0, field_name_length(t));
      if (!name.empty())
        return std::any_of(kHeaderNames.begin(), kHeaderNames.end(),
                           [&](std::string_view known) { return iequals(known, name); });
      at = line.next;
    }
    return false;
  }

  // The last field of this name: senders that write two fool whoever takes the first, and most
  // readers take the last.
  [[nodiscard]] const Field* field(const Part& part, std::string_view name) {
    const Field* found = nullptr;
    for (const Field& f : part.fields) {
      if (!iequals(f.name, name)) continue;
      if (found != nullptr) problem("field_repeated", f.offset, name);
      found = &f;
    }
    return found;
  }

  // Fills what the header says of the body; true if an embedded message starts at the body.
  [[nodiscard]] bool describe(Part& part, std::string_view default_type, Open& open) {
    part.type = default_type;
    part.encoding = "7bit";
    ParameterizedValue type;
    const Field* type_field = field(part, "content-type");
    if (type_field != nullptr) {
      type = parse_parameterized(type_field->value);
      const std::size_t slash = type.head.find('/');
      const bool readable = slash != std::string::npos && slash > 0 &&
                            slash + 1 < type.head.size() && !has_8bit(type.head) &&
                            type.head.size() <= 255;
      if (readable) {
        part.type = type.head;
      } else {
        part.type = "text/plain";
        problem("type_unreadable", type_field->offset);
      }
      if (const Parameter* charset = type.find("charset")) part.charset = trim(charset->value);
    }
    if (const Field* encoding = field(part, "content-transfer-encoding")) {
      part.encoding = parse_parameterized(encoding->value).head;
      if (part.encoding.empty()) part.encoding = "7bit";
    }
    const bool multipart = part.type.starts_with("multipart/");
    part.attachment = !multipart && !part.type.starts_with("text/");
    const Parameter* name = nullptr;
    ParameterizedValue disposition;
    if (const Field* f = field(part, "content-disposition")) {
      disposition = parse_parameterized(f->value);
      if (disposition.head == "attachment" && !multipart) part.attachment = true;
      name = disposition.find("filename");
    }
    if (name == nullptr) name = type.find("name");
    if (name != nullptr) part.name = decode_parameter(*name);

    if (multipart) {
      const Parameter* boundary = type.find("boundary");
      std::string_view value = boundary == nullptr ? std::string_view() : boundary->value;
      while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
      if (value.empty()) {
        problem("boundary_missing", type_field->offset);
      } else if (part.depth >= limits_.depth) {
        problem("too_deep", part.body_offset);
      } else {
        open.multipart = true;
        open.delimiter = "--";
        open.delimiter.append(value);
      }
      return false;
    }
    if (part.type != "message/rfc822" && part.type != "message/global" &&
        part.type != "message/news")
      return false;
    if (part.encoding == "base64" || part.encoding == "quoted-printable") {
      problem("message_encoded", part.body_offset, part.encoding);
      return false;
    }
    if (part.depth >= limits_.depth) {
      problem("too_deep", part.body_offset);
      return false;
    }
    if (message_.parts.size() + 1 >= limits_.parts) {
      problem("too_many_parts", part.body_offset);
      return false;
    }
    return at_ < octets_.size();
  }

  std::string_view octets_;
  const Limits& limits_;
  Message message_;
  std::vector<Open> open_;
  std::size_t at_ = 0;
  bool cr_ends_lines_ = false;
};

}  // namespace

bool has_8bit(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080U) != 0) return true;
  }
  for (; i < text.size(); ++i)
    if (is_8bit(text[i])) return true;
  return false;
}

const Field* Message::first(std::string_view name) const {
  if (parts.empty()) return nullptr;
  for (const Field& f : parts.front().fields)
    if (iequals(f.name, name)) return &f;
  return nullptr;
}

Message parse(std::string_view octets, const Limits& limits) {
  return Parser(octets, limits).run();
}

}  // namespace weir::mail
