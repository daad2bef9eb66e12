#include "mail/message_header.h"

#include "base/ascii.h"
#include "mail/parameters.h"
#include "mail/problems.h"
#include "mail/transfer.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxType = 255;  // RFC 6838: two names of at most 127
// How far below a header with two types the delimiter of a multipart is looked for.
constexpr std::size_t kDelimiterWithin = 4'096;

struct ContentFields {
  const Field* type = nullptr;
  const Field* multipart = nullptr;  // another Content-Type above `type`, which names a multipart
  const Field* encoding = nullptr;
  const Field* disposition = nullptr;
};

// The last field of each name: senders that write two fool whoever takes the first, and most
// readers take the last.
ContentFields content_fields(const std::vector<Field>& fields, ProblemNotes& notes) {
  ContentFields found;
  const auto take = [&](const Field*& into, const Field& field, std::string_view name) {
    if (!iequals(field.name, name)) return;
    if (into != nullptr) notes.add("field_repeated", field.offset, name);
    into = &field;
  };
  for (const Field& field : fields) {
    if (to_lower(field.name.front()) != 'c') continue;
    if (found.type != nullptr && istarts_with(found.type->value, "multipart/"))
      found.multipart = found.type;
    take(found.type, field, "content-type");
    take(found.encoding, field, "content-transfer-encoding");
    take(found.disposition, field, "content-disposition");
  }
  return found;
}

bool is_type(std::string_view head) {
  const std::size_t slash = head.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < head.size() &&
         head.size() <= kMaxType && !has_8bit(head);
}

// The multipart that the field names begins in `rest`.
bool delimiter_follows(const Field& field, std::string_view rest, const Limits& limits) {
  const auto type = parse_parameterized(field.value, limits.parameters);
  const Parameter* boundary = type.find("boundary");
  if (boundary == nullptr || trim(boundary->value).empty()) return false;
  const std::string delimiter = "\n--" + std::string(trim(boundary->value));
  rest = rest.substr(0, kDelimiterWithin);
  std::size_t end = delimiter.size() - 1;
  if (!rest.starts_with(std::string_view(delimiter).substr(1))) {
    const std::size_t found = rest.find(delimiter);
    if (found == std::string_view::npos) return false;
    end = found + delimiter.size();
  }
  return end < rest.size() && is_space(rest[end]);
}

bool holds_message(const Part& part, const ParameterizedValue& type) {
  if (!part.type.starts_with("message/")) return false;
  const std::string_view subtype = std::string_view(part.type).substr(8);
  if (subtype == "rfc822" || subtype == "global" || subtype == "news" ||
      subtype == "external-body" || subtype == "x-rfc822")
    return true;
  if (subtype != "partial") return false;
  // Only the first piece of a divided message begins with its header (RFC 2046 5.2.2).
  const Parameter* number = type.find("number");
  return number != nullptr && trim(number->value) == "1";
}

bool holds_signed_data(const Part& part, const ParameterizedValue& type) {
  if (part.type != "application/pkcs7-mime" && part.type != "application/x-pkcs7-mime")
    return false;
  const Parameter* kind = type.find("smime-type");
  return kind == nullptr || iequals(kind->value, "signed-data");
}

}  // namespace

void ProblemNotes::add(std::string_view what, std::uint64_t offset, std::string_view detail) {
  if (what == full) return;
  if (!add_problem(problems, what, decoded ? origin : offset, detail)) full = what;
}

bool is_encoded(std::string_view encoding) {
  const auto known = transfer_encoding(encoding);
  return known != TransferEncoding::identity && known != TransferEncoding::unknown;
}

Entity describe(Part& part, std::string_view default_type, std::string_view rest,
                const Limits& limits, ProblemNotes& notes) {
  ContentFields fields = content_fields(part.fields, notes);
  Entity entity;
  part.type = default_type;
  part.encoding = "7bit";
  ParameterizedValue type;
  if (fields.type != nullptr && fields.multipart != nullptr && fields.multipart != fields.type &&
      delimiter_follows(*fields.multipart, rest, limits))
    fields.type = fields.multipart;
  if (fields.type != nullptr) {
    type = parse_parameterized(fields.type->value, limits.parameters);
    if (type.cut) notes.add("too_many_parameters", fields.type->offset);
    if (is_type(type.head)) {
      part.type = type.head;
    } else {
      part.type = "text/plain";
      notes.add("type_unreadable", fields.type->offset);
    }
    if (const Parameter* charset = type.find("charset")) part.charset = trim(charset->value);
  }
  if (fields.encoding != nullptr) {
    part.encoding = parse_parameterized(fields.encoding->value, limits.parameters).head;
    if (part.encoding.empty()) part.encoding = "7bit";
  }
  const bool multipart = part.type.starts_with("multipart/");
  part.attachment = !multipart && !part.type.starts_with("text/");
  const Parameter* name = nullptr;
  ParameterizedValue disposition;
  if (fields.disposition != nullptr) {
    disposition = parse_parameterized(fields.disposition->value, limits.parameters);
    if (disposition.cut) notes.add("too_many_parameters", fields.disposition->offset);
    if (disposition.head == "attachment" && !multipart) part.attachment = true;
    name = disposition.find("filename");
    // What belongs to Content-Type is written here by some, and the other way round.
    if (name == nullptr) name = disposition.find("name");
  }
  if (name == nullptr) name = type.find("name");
  if (name == nullptr) name = type.find("filename");
  if (name != nullptr) part.name = decode_parameter(*name);

  if (multipart) {
    entity.content = Content::multipart;
    if (const Parameter* boundary = type.find("boundary")) {
      std::string_view value = boundary->value;
      while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
      entity.boundary = value;
    }
    if (entity.boundary.empty())
      notes.add("boundary_missing",
                fields.type == nullptr ? part.body_offset : fields.type->offset);
  } else if (holds_message(part, type)) {
    entity.content = is_encoded(part.encoding) ? Content::encoded_message : Content::embedded;
  } else if (holds_signed_data(part, type)) {
    entity.content = Content::signed_data;
  }
  return entity;
}

}  // namespace weir::mail
