#include "document/document.h"

#include "document/ascii.h"
#include "document/card.h"
#include "document/output.h"
#include "document/pdf.h"
#include "document/rtf.h"
#include "document/tnef.h"
#include "document/zip.h"

namespace weir::document {
namespace {

constexpr std::size_t kFirstOctets = 1'024;

std::string_view without_bom(std::string_view octets) {
  if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
  while (!octets.empty() && is_space(octets.front())) octets.remove_prefix(1);
  return octets;
}

std::optional<Kind> kind_of_octets(std::string_view octets) {
  octets = octets.substr(0, kFirstOctets);
  if (octets.starts_with("PK\x03\x04") || octets.starts_with("PK\x05\x06")) return Kind::zip;
  if (octets.starts_with(kTnefSignature)) return Kind::tnef;
  if (octets.find("%PDF-") != std::string_view::npos) return Kind::pdf;
  const std::string_view text = without_bom(octets);
  if (text.starts_with("{\\rt")) return Kind::rtf;
  if (istarts_with(text, "BEGIN:VCALENDAR")) return Kind::calendar;
  if (istarts_with(text, "BEGIN:VCARD")) return Kind::card;
  return std::nullopt;
}

std::optional<Kind> kind_of_type(std::string_view type) {
  if (iequals(type, "text/calendar") || iequals(type, "text/x-vcalendar") ||
      iequals(type, "application/ics"))
    return Kind::calendar;
  if (iequals(type, "text/vcard") || iequals(type, "text/x-vcard") ||
      iequals(type, "text/directory"))
    return Kind::card;
  if (iequals(type, "application/rtf") || iequals(type, "text/rtf") ||
      iequals(type, "application/x-rtf") || iequals(type, "text/richtext-rtf"))
    return Kind::rtf;
  if (iequals(type, "application/pdf") || iequals(type, "application/x-pdf")) return Kind::pdf;
  if (iequals(type, "application/zip") || iequals(type, "application/x-zip-compressed") ||
      istarts_with(type, "application/vnd.openxmlformats-officedocument.") ||
      istarts_with(type, "application/vnd.oasis.opendocument."))
    return Kind::zip;
  if (iequals(type, "application/ms-tnef") || iequals(type, "application/vnd.ms-tnef"))
    return Kind::tnef;
  return std::nullopt;
}

std::optional<Kind> kind_of_name(std::string_view name) {
  if (iends_with(name, ".ics") || iends_with(name, ".vcs") || iends_with(name, ".ical"))
    return Kind::calendar;
  if (iends_with(name, ".vcf") || iends_with(name, ".vcard")) return Kind::card;
  if (iends_with(name, ".pdf")) return Kind::pdf;
  for (const std::string_view ending :
       {".zip", ".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".odt", ".ods", ".odp"})
    if (iends_with(name, ending)) return Kind::zip;
  if (iends_with(name, ".rtf")) return Kind::rtf;
  if (iequals(name, "winmail.dat") || iends_with(name, ".tnef")) return Kind::tnef;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::calendar: return "calendar";
    case Kind::card: return "card";
    case Kind::rtf: return "rtf";
    case Kind::pdf: return "pdf";
    case Kind::tnef: return "tnef";
    case Kind::zip: return "zip";
  }
  return {};
}

std::optional<Kind> kind_of(std::string_view type, std::string_view file_name,
                            std::string_view first_octets) {
  if (const auto kind = kind_of_octets(first_octets)) return kind;
  if (const auto kind = kind_of_type(trim(type))) return kind;
  return kind_of_name(trim(file_name));
}

Document read_document(Kind kind, std::string_view octets, const Limits& limits,
                       std::string_view charset) {
  Document document;
  document.kind = name_of(kind);
  Output out(document, limits);
  if (octets.size() > limits.input_octets) {
    octets = octets.substr(0, limits.input_octets);
    out.problem("input_cut");
  }
  switch (kind) {
    case Kind::calendar: read_card(CardKind::calendar, octets, charset, out); break;
    case Kind::card: read_card(CardKind::card, octets, charset, out); break;
    case Kind::rtf: read_rtf(octets, out); break;
    case Kind::tnef: read_tnef(octets, out); break;
    case Kind::pdf: read_pdf(octets, out); break;
    case Kind::zip: read_zip(octets, out); break;
  }
  return document;
}

}  // namespace weir::document
