// The parser is one scan with a stack. Every entity that is open (the message, multiparts, embedded
// messages, the leaf that is being read) stands on the stack; a multipart carries its delimiter
// there. Inside bodies only lines that start with "--" are looked at, and each is compared with the
// open delimiters only (at most limits.depth, and octets are compared only if the length fits), so
// the time is O(octets) whatever the boundaries are. A body outside any multipart is not scanned at
// all.
//
// When the entity on top of the stack ends and something to be parsed stands in it in an encoding,
// the decoded octets become the source: the scan of the outer octets stops before the delimiter,
// goes on in the decoded ones, and returns to that delimiter when they are at their end. Sources
// nest as entities do, so limits.depth bounds them.
#include "mail/message.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/ascii.h"
#include "mail/message_header.h"
#include "mail/message_scan.h"
#include "mail/message_unwrap.h"

namespace weir::mail {
namespace {

constexpr std::size_t kLookAheadLines =
    4;  // how far a header may be interrupted by lines that are no fields
constexpr std::size_t kLookAheadFields =
    64;  // how far behind them a well-known field is looked for
constexpr std::size_t kLookAheadBudget = 4'096;  // lines of the second kind in all
// Boundaries taken from the body instead of the header; each may cost a second scan of a multipart.
constexpr std::size_t kMaxGuesses = 4;
constexpr std::size_t kUsualFields = 32;
constexpr std::size_t kNone = std::string_view::npos;

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

struct Open {
  std::size_t part = 0;
  Content content = Content::leaf;
  std::string delimiter;          // "--boundary"; empty: not a multipart, unknown, or closed
  std::size_t candidate = kNone;  // a line that may be the delimiter if the declared one is absent
  bool multipart = false;
  bool declared = false;   // its boundary is in the header
  bool seen = false;       // a delimiter was seen
  bool closed = false;     // the body's end is known
  bool continued = false;  // the same multipart goes on in decoded octets
};

struct Delimiter {
  Line line;
  std::size_t level = 0;  // index in the stack
  bool last = false;
};

struct Source {
  Lines lines;
  std::size_t at = 0;
  std::size_t base = 0;    // the lowest entity of this source in the stack
  std::size_t buffer = 0;  // as Part::buffer
};

class Parser {
 public:
  Parser(std::string_view octets, const Limits& limits)
      : limits_(limits),
        notes_{message_.problems, false, 0, {}},
        decoded_left_(limits.decoded_octets) {
    source_.lines = Lines(octets);
  }

  Message run() {
    if (auto utf8 = from_utf16(octets(), limits_.decoded_octets)) {
      notes_.add("utf16_message", 0);
      notes_.decoded = true;
      source_.buffer = keep(std::move(*utf8));
      source_.lines = Lines(*message_.buffers.back());
    }
    if (const std::size_t cr = source_.lines.choose_line_end(limits_.field_octets); cr != kNone)
      notes_.add("bare_cr", cr);
    open_entity("text/plain");
    while (true) {
      std::optional<Delimiter> delimiter = next_delimiter();
      if (delimiter && !delimiter->last && message_.parts.size() >= limits_.parts) {
        notes_.add("too_many_parts", delimiter->line.begin);
        source_.at = octets().size();
        delimiter.reset();
      }
      const std::size_t end =
          delimiter ? source_.lines.before_line_end(delimiter->line.begin) : octets().size();
      const bool top_ends = !delimiter || delimiter->level + 1 < open_.size();
      if (top_ends && (guess_boundary() || unwrap_top(end))) continue;
      if (delimiter) {
        take(*delimiter, end);
        continue;
      }
      close_to(source_.base, octets().size(), octets().size());
      if (outer_.empty()) return std::move(message_);
      source_ = outer_.back();
      outer_.pop_back();
      notes_.decoded = source_.buffer != 0;
    }
  }

 private:
  [[nodiscard]] std::string_view octets() const { return source_.lines.octets(); }
  [[nodiscard]] std::string_view text(const Line& line) const { return source_.lines.text(line); }

  // A byte order mark, an mbox line and empty lines above a header.
  void skip_envelope() {
    if (octets().substr(source_.at).starts_with("\xEF\xBB\xBF")) source_.at += 3;
    Line line = source_.lines.at(source_.at);
    if (text(line).starts_with("From ") || text(line).starts_with(">From ")) {
      source_.at = line.next;
      line = source_.lines.at(source_.at);
    }
    // Empty lines are skipped if a header follows; else they are the end of an empty header.
    std::size_t at = source_.at;
    while (at < octets().size() && text(line).empty()) {
      at = line.next;
      line = source_.lines.at(at);
    }
    if (at != source_.at && field_name_length(text(line)) > 0 && !as_delimiter(line)) {
      notes_.add("leading_blank_line", source_.at);
      source_.at = at;
    }
  }

  // The open multipart of this source whose delimiter this line is, innermost first.
  [[nodiscard]] std::optional<Delimiter> as_delimiter(const Line& line) const {
    std::string_view t = text(line);
    if (!t.starts_with("--")) return std::nullopt;
    while (!t.empty() && is_space(t.back())) t.remove_suffix(1);
    for (std::size_t i = open_.size(); i-- > source_.base;) {
      const std::string& d = open_[i].delimiter;
      if (d.empty() || t.size() < d.size() || t.size() > d.size() + 2) continue;
      if (t == d) return Delimiter{line, i, false};
      if (t.size() == d.size() + 2 && t.ends_with("--") && t.starts_with(d))
        return Delimiter{line, i, true};
    }
    return std::nullopt;
  }

  // Whether delimiters matter in what is open.
  [[nodiscard]] bool any_multipart() const {
    for (std::size_t i = source_.base; i < open_.size(); ++i)
      if (open_[i].multipart && !open_[i].closed) return true;
    return false;
  }

  // Leaves source_.at at the delimiter that it returns, or at the end.
  [[nodiscard]] std::optional<Delimiter> next_delimiter() {
    if (!any_multipart()) return std::nullopt;
    while ((source_.at = source_.lines.find_dashes(source_.at)) < octets().size()) {
      const Line line = source_.lines.at(source_.at);
      if (auto found = as_delimiter(line)) return found;
      note_candidate(line);
      source_.at = line.next;
    }
    return std::nullopt;
  }

  // A line of dashes and more with a Content field under it looks like a delimiter.
  void note_candidate(const Line& line) {
    Open& top = open_.back();
    if (!top.multipart || top.seen || top.closed || top.candidate != kNone) return;
    const std::string_view t = trim(text(line));
    if (t.size() <= 2 || t.ends_with("--")) return;
    if (istarts_with(octets().substr(line.next), "content-")) top.candidate = line.begin;
  }

  // A multipart ends and its delimiter was nowhere: the body shows which one its writer meant.
  [[nodiscard]] bool guess_boundary() {
    Open& top = open_.back();
    if (top.candidate == kNone || top.seen || top.closed || guesses_ >= kMaxGuesses) return false;
    ++guesses_;
    source_.at = std::exchange(top.candidate, kNone);
    const std::string_view line = trim(text(source_.lines.at(source_.at)));
    notes_.add("boundary_guessed", source_.at, line);
    top.delimiter = line;
    return true;
  }

  std::size_t keep(std::string decoded) {
    decoded_left_ -= std::min(decoded_left_, decoded.size());
    message_.buffers.push_back(std::make_unique<const std::string>(std::move(decoded)));
    return message_.buffers.size();
  }

  // The entity on top of the stack ends at `end`. If its octets have to be decoded to be parsed,
  // they become the source, and true is returned.
  [[nodiscard]] bool unwrap_top(std::size_t end) {
    Open& top = open_.back();
    Part& part = message_.parts[top.part];
    const bool multipart = top.content == Content::multipart && !top.seen && !top.continued &&
                           !top.closed && is_encoded(part.encoding);
    if (top.content == Content::leaf || top.content == Content::embedded ||
        (top.content == Content::multipart && !multipart))
      return false;
    set_body_end(top.part, end);
    top.closed = true;
    const Content content = std::exchange(top.content, Content::leaf);
    if (part.depth >= limits_.depth) {
      notes_.add("too_deep", part.body_offset);
      return false;
    }
    if (message_.parts.size() >= limits_.parts) {
      notes_.add("too_many_parts", part.body_offset);
      return false;
    }
    std::string decoded =
        unwrap(part, content, std::min(decoded_left_, limits_.part_decoded_octets), notes_);
    if (decoded.empty()) return false;
    enter(keep(std::move(decoded)), content == Content::multipart);
    return true;
  }

  // Goes on in a buffer, under the entity on top of the stack.
  void enter(std::size_t buffer, bool continues_multipart) {
    const std::size_t under = open_.size() - 1;
    if (!notes_.decoded) notes_.origin = message_.parts[open_[under].part].body_offset;
    notes_.decoded = true;
    outer_.push_back(source_);
    source_ = Source{Lines(*message_.buffers[buffer - 1]), 0, open_.size(), buffer};
    (void)source_.lines.choose_line_end(limits_.field_octets);
    if (!continues_multipart) {
      embedded_ = true;
      open_entity("text/plain");
      return;
    }
    Open again = open_[under];
    again.content = Content::multipart;
    again.closed = false;
    again.continued = true;
    again.candidate = kNone;
    open_.push_back(std::move(again));
  }

  void set_body_end(std::size_t index, std::size_t end) {
    Part& part = message_.parts[index];
    const auto begin = static_cast<std::size_t>(part.body_offset);
    part.body = octets().substr(begin, std::max(begin, end) - begin);
  }

  // Closes every open entity from the top of the stack down to `level`, inclusive.
  void close_to(std::size_t level, std::size_t end, std::size_t offset) {
    while (open_.size() > level) {
      Open& top = open_.back();
      if (!top.closed) {
        if (!top.continued) set_body_end(top.part, end);
        if (top.multipart && (top.seen || top.declared))
          notes_.add(top.seen ? "unclosed_boundary" : "boundary_not_found", offset);
      }
      open_.pop_back();
    }
  }

  void take(const Delimiter& delimiter, std::size_t end) {
    close_to(delimiter.level + 1, end, delimiter.line.begin);
    Open& multipart = open_[delimiter.level];
    Part& part = message_.parts[multipart.part];
    source_.at = delimiter.line.next;
    if (!multipart.seen && !multipart.continued)
      part.body_offset = delimiter.last ? delimiter.line.begin : delimiter.line.next;
    multipart.seen = true;
    if (delimiter.last) {
      if (!multipart.continued) set_body_end(multipart.part, end);
      multipart.closed = true;
      multipart.delimiter.clear();
      return;
    }
    // Nothing stands between two delimiters, or between one and the end: that is no part.
    if (source_.at >= octets().size()) return;
    if (as_delimiter(source_.lines.at(source_.at))) {
      notes_.add("header_cut_by_boundary", source_.at);
      return;
    }
    open_entity(part.type == "multipart/digest" ? "message/rfc822" : "text/plain");
  }

  // Reads a header at source_.at, pushes the entity; an embedded message opens the next one at
  // once.
  void open_entity(std::string_view default_type) {
    while (true) {
      Part part;
      if (open_.empty()) {
        part.fields.reserve(kUsualFields);
      } else {
        part.parent = open_.back().part;
        part.depth = message_.parts[part.parent].depth + 1;
      }
      part.buffer = source_.buffer;
      if (message_.parts.empty() || embedded_) skip_envelope();
      embedded_ = false;
      read_header(part);
      part.body_offset = source_.at;
      Open open =
          opened(part, describe(part, default_type, octets().substr(source_.at), limits_, notes_));
      const Content content = open.content;
      message_.parts.push_back(std::move(part));
      open_.push_back(std::move(open));
      if (content != Content::embedded) return;
      embedded_ = true;
      default_type = "text/plain";
    }
  }

  // The stack entry of a part that is about to be added.
  [[nodiscard]] Open opened(const Part& part, Entity entity) {
    Open open;
    open.part = message_.parts.size();
    open.content = entity.content;
    if (open.content == Content::leaf) return open;
    if (part.depth >= limits_.depth) {
      notes_.add("too_deep", part.body_offset);
      open.content = Content::leaf;
    } else if (open.content == Content::multipart) {
      open.multipart = true;
      open.declared = !entity.boundary.empty();
      if (open.declared) open.delimiter = "--" + std::move(entity.boundary);
    } else if (open.content == Content::encoded_message) {
      notes_.add("message_encoded", part.body_offset, part.encoding);
      // Some say base64 and write the message as it is.
      if (iequals(part.encoding, "base64") && starts_with_field()) open.content = Content::embedded;
    }
    if (open.content == Content::embedded && message_.parts.size() + 1 >= limits_.parts) {
      notes_.add("too_many_parts", part.body_offset);
      open.content = Content::leaf;
    }
    if (open.content == Content::embedded && source_.at >= octets().size())
      open.content = Content::leaf;
    return open;
  }

  [[nodiscard]] bool starts_with_field() const {
    const Line line = source_.lines.at(source_.at);
    return field_name_length(text(line)) > 0 && !as_delimiter(line);
  }

  void read_header(Part& part) {
    Field* last = nullptr;
    std::size_t type = 0;  // 1 + the index of the Content-Type read last
    bool left_out = false;
    while (source_.at < octets().size()) {
      const Line line = source_.lines.at(source_.at);
      const std::string_view t = text(line);
      if (t.empty()) {
        source_.at = line.next;
        return;
      }
      header_octets_ += line.next - line.begin;
      if (is_blank(t.front()) && (last != nullptr || left_out)) {
        if (last != nullptr) extend(*last, line);
        source_.at = line.next;
        continue;
      }
      if (as_delimiter(line)) {
        notes_.add("header_cut_by_boundary", source_.at);
        return;
      }
      if (is_own_delimiter(part, type, t)) {
        notes_.add("header_not_ended", source_.at);
        return;
      }
      const std::size_t name = field_name_length(t);
      if (name == 0 && last != nullptr && is_lost_folding(*last, t)) {
        notes_.add("header_line_unreadable", source_.at);
        extend(*last, line);
      } else if (name == 0) {
        if (!header_goes_on(line, part, type)) {
          notes_.add(part.fields.empty() ? "header_missing" : "header_not_ended", source_.at);
          return;
        }
        notes_.add("header_line_unreadable", source_.at);
        last = nullptr;
        left_out = false;
      } else if (const auto limit = limit_reached(part); !limit.empty()) {
        notes_.add(limit, source_.at);
        left_out = true;
        last = nullptr;
      } else {
        last = &part.fields.emplace_back();
        ++fields_;
        last->name = t.substr(0, name);
        if (iequals(last->name, "content-type")) type = part.fields.size();
        last->offset = line.begin;
        std::size_t value = t.find(':', name) + 1;
        while (value < t.size() && is_blank(t[value])) ++value;
        last->value = octets().substr(line.begin + value, 0);
        extend(*last, line);
      }
      source_.at = line.next;
    }
  }

  // The first delimiter of the multipart whose header is being read: the empty line is missing.
  [[nodiscard]] static bool is_own_delimiter(const Part& part, std::size_t type,
                                             std::string_view line) {
    constexpr std::size_t kShown = 1'000;  // octets of the field that are searched
    if (type == 0 || !line.starts_with("--")) return false;
    const std::string_view boundary = trim(line.substr(2));
    const std::string_view value = part.fields[type - 1].value.substr(0, kShown);
    return boundary.size() > 2 && value.find(boundary) != std::string_view::npos;
  }

  // The limit that keeps one more field out, or empty.
  [[nodiscard]] std::string_view limit_reached(const Part& part) const {
    if (part.fields.size() >= limits_.fields || fields_ >= limits_.all_fields)
      return "too_many_fields";
    if (header_octets_ > limits_.header_octets) return "header_too_large";
    return {};
  }

  // Lets the field's value reach to the end of this line, or to the limit.
  void extend(Field& field, const Line& line) {
    const auto begin = static_cast<std::size_t>(field.value.data() - octets().data());
    if (line.end - begin <= limits_.field_octets) {
      field.value = octets().substr(begin, line.end - begin);
      return;
    }
    if (field.value.size() < limits_.field_octets) notes_.add("field_too_long", field.offset);
    field.value = octets().substr(begin, limits_.field_octets);
  }

  // A field stands a few lines below, and in the unbroken run of fields that it begins there is one
  // that only headers have.
  [[nodiscard]] bool header_goes_on(const Line& unreadable, const Part& part, std::size_t type) {
    std::size_t at = unreadable.next;
    bool in_fields = false;
    for (std::size_t i = 0; at < octets().size(); ++i) {
      const Line line = source_.lines.at(at);
      const std::string_view t = text(line);
      if (t.empty() || is_own_delimiter(part, type, t)) return false;
      const std::string_view name = t.substr(0, field_name_length(t));
      if (!name.empty() &&
          std::any_of(kHeaderNames.begin(), kHeaderNames.end(),
                      [&](std::string_view known) { return iequals(known, name); }))
        return true;
      in_fields = in_fields || !name.empty();
      if (in_fields && name.empty() && !is_blank(t.front())) return false;
      if (i + 1 >= kLookAheadLines) {
        if (!in_fields || i >= kLookAheadFields || looked_ahead_ >= kLookAheadBudget) return false;
        ++looked_ahead_;
      }
      at = line.next;
    }
    return false;
  }

  // "boundary=..." at the begin of a line, under a field that ends with a semicolon: folding whose
  // blank is lost.
  [[nodiscard]] static bool is_lost_folding(const Field& field, std::string_view line) {
    if (!trim(field.value).ends_with(';')) return false;
    const std::size_t equals = line.find('=');
    return equals != std::string_view::npos && equals > 0 &&
           std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(equals),
                       [](char c) { return is_alnum(c) || c == '-' || c == '*'; });
  }

  const Limits& limits_;
  Message message_;
  ProblemNotes notes_;
  Source source_;
  std::vector<Source> outer_;
  std::vector<Open> open_;
  std::size_t decoded_left_;
  std::size_t header_octets_ = 0;
  std::size_t fields_ = 0;
  std::size_t guesses_ = 0;
  std::size_t looked_ahead_ = 0;
  bool embedded_ = false;  // the entity about to be opened is a message inside another part
};

}  // namespace

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
