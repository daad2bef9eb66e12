// The XML is not parsed into a tree: tags and texts are taken one after another, and a dozen
// element names tell what is text, what ends a line and what is hidden. Prefixes of names are left
// out.
#include "document/office.h"

#include <algorithm>

#include "base/utf8.h"
#include "document/ascii.h"

namespace weir::document {
namespace {

constexpr std::size_t kPartsMax = 500;

struct Tag {
  std::string_view name;  // without prefix
  std::string_view attributes;
  bool is_end = false;
};

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The five names of XML, and numbers.
std::string unescape_xml(std::string_view raw) {
  if (raw.find('&') == std::string_view::npos) return std::string(raw);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const std::size_t end = raw[i] == '&' ? raw.substr(i, 12).find(';') : std::string_view::npos;
    if (end == std::string_view::npos) {
      out.push_back(raw[i]);
      continue;
    }
    const std::string_view name = raw.substr(i + 1, end - 1);
    if (name == "amp") {
      out.push_back('&');
    } else if (name == "lt") {
      out.push_back('<');
    } else if (name == "gt") {
      out.push_back('>');
    } else if (name == "quot") {
      out.push_back('"');
    } else if (name == "apos") {
      out.push_back('\'');
    } else if (name.starts_with('#')) {
      const bool hex = name.size() > 1 && to_lower(name[1]) == 'x';
      std::uint32_t value = 0;
      for (const char c : name.substr(hex ? 2 : 1)) {
        const int digit = hex_value(c);
        if (digit < 0 || value > 0x10FFFF) break;
        value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
      }
      append_utf8(out, value);
    } else {
      out.push_back('&');
      continue;
    }
    i += end;
  }
  return out;
}

// The value of the first attribute of that name, prefix left out; unescaped.
std::string attribute(std::string_view attributes, std::string_view name) {
  for (std::size_t at = attributes.find('='); at != std::string_view::npos;
       at = attributes.find('=', at + 1)) {
    std::string_view before = trim(attributes.substr(0, at));
    before = before.substr(before.find_last_of(" \t\r\n\"'") + 1);
    const std::size_t open = attributes.find_first_of("\"'", at);
    if (open == std::string_view::npos) return {};
    const std::size_t close = attributes.find(attributes[open], open + 1);
    if (close == std::string_view::npos) return {};
    if (local_name(before) == name)
      return unescape_xml(attributes.substr(open + 1, close - open - 1));
    at = close;
  }
  return {};
}

// Calls on_text(raw) and on_tag(Tag) in order.
template <class OnText, class OnTag>
void walk_xml(std::string_view xml, OnText on_text, OnTag on_tag) {
  std::size_t at = 0;
  while (at < xml.size()) {
    const std::size_t open = std::min(xml.find('<', at), xml.size());
    if (open > at) on_text(xml.substr(at, open - at));
    if (open == xml.size()) return;
    if (xml.substr(open).starts_with("<!--")) {
      const std::size_t end = xml.find("-->", open);
      if (end == std::string_view::npos) return;
      at = end + 3;
      continue;
    }
    const std::size_t close = xml.find('>', open);
    if (close == std::string_view::npos) return;
    std::string_view inside = xml.substr(open + 1, close - open - 1);
    at = close + 1;
    Tag tag;
    if (inside.starts_with('/')) {
      tag.is_end = true;
      inside.remove_prefix(1);
    }
    const std::size_t name_end = std::min(inside.find_first_of(" \t\r\n/"), inside.size());
    tag.name = local_name(inside.substr(0, name_end));
    tag.attributes = inside.substr(name_end);
    on_tag(tag);
  }
}

// Word, PowerPoint, Excel's shared strings: text stands in <t>, and in nothing else.
void read_ooxml_text(std::string_view xml, Output& out) {
  bool in_text = false, in_instruction = false, hidden = false, empty_line = true;
  std::string instruction;
  walk_xml(
      xml,
      [&](std::string_view raw) {
        if (in_instruction && instruction.size() < 8'192) instruction += unescape_xml(raw);
        if (!in_text) return;
        const std::string text = to_valid_utf8(unescape_xml(raw));
        if (hidden) {
          out.hidden(text);
        } else {
          out.text(text);
          empty_line = false;
        }
      },
      [&](const Tag& tag) {
        if (tag.name == "t") {
          in_text = !tag.is_end && !tag.attributes.ends_with('/');
        } else if (tag.name == "instrText") {
          in_instruction = !tag.is_end;
          if (!tag.is_end) return;
          const std::string_view words = trim(instruction);
          if (istarts_with(words, "HYPERLINK") || istarts_with(words, "INCLUDEPICTURE")) {
            const std::size_t open = words.find('"');
            if (open != std::string_view::npos) {
              const std::string_view target = words.substr(open + 1);
              out.link(to_valid_utf8(target.substr(0, target.find('"'))));
            }
          } else if (istarts_with(words, "DDE")) {
            out.signal("office_dde");
          }
          instruction.clear();
        } else if (tag.name == "vanish") {
          hidden = !tag.is_end && attribute(tag.attributes, "val") != "0" &&
                   attribute(tag.attributes, "val") != "false";
        } else if (tag.name == "r") {
          if (tag.is_end && hidden) out.hidden("\n");
          hidden = false;
        } else if ((tag.name == "p" || tag.name == "si") && tag.is_end) {
          if (!empty_line) out.text("\n");
          empty_line = true;
        } else if (tag.name == "tab" && !in_text && !tag.is_end && !empty_line) {
          out.text("\t");
        } else if ((tag.name == "br" || tag.name == "cr") && !tag.is_end) {
          if (!empty_line) out.text("\n");
          empty_line = true;
        } else if (tag.name == "tc" && tag.is_end && !empty_line) {
          out.text("\t");
        }
      });
  if (!empty_line) out.text("\n");
}

void read_opendocument_text(std::string_view xml, Output& out) {
  bool in_body = false, empty_line = true;
  walk_xml(
      xml,
      [&](std::string_view raw) {
        if (!in_body || trim(raw).empty()) return;
        out.text(to_valid_utf8(unescape_xml(raw)));
        empty_line = false;
      },
      [&](const Tag& tag) {
        if (tag.name == "body") in_body = !tag.is_end;
        if (!in_body) return;
        if ((tag.name == "p" || tag.name == "h") && tag.is_end) {
          if (!empty_line) out.text("\n");
          empty_line = true;
        } else if (tag.name == "tab" && !tag.is_end) {
          out.text("\t");
        } else if (tag.name == "s" && !tag.is_end) {
          out.text(" ");
        } else if (tag.name == "line-break" && !tag.is_end) {
          out.text("\n");
        } else if (tag.name == "a" && !tag.is_end) {
          out.link(to_valid_utf8(attribute(tag.attributes, "href")));
        }
      });
  if (!empty_line) out.text("\n");
}

// Targets outside of the file (ECMA-376-2 9.3).
void read_relationships(std::string_view xml, Output& out) {
  walk_xml(
      xml, [](std::string_view) {},
      [&](const Tag& tag) {
        if (tag.name != "Relationship" || tag.is_end) return;
        if (!iequals(attribute(tag.attributes, "TargetMode"), "External")) return;
        const std::string type = attribute(tag.attributes, "Type");
        out.link(to_valid_utf8(attribute(tag.attributes, "Target")));
        if (type.ends_with("/attachedTemplate")) out.signal("office_remote_template");
        if (type.ends_with("/oleObject")) out.signal("office_remote_object");
      });
}

void read_title(std::string_view xml, Output& out) {
  bool in_title = false;
  walk_xml(
      xml,
      [&](std::string_view raw) {
        if (in_title) out.title(to_valid_utf8(unescape_xml(raw)));
      },
      [&](const Tag& tag) { in_title = tag.name == "title" && !tag.is_end; });
}

bool holds_text(std::string_view name) {
  return iequals(name, "word/document.xml") || iequals(name, "xl/sharedStrings.xml") ||
         istarts_with(name, "word/footnotes") || istarts_with(name, "word/header") ||
         istarts_with(name, "word/footer") ||
         (istarts_with(name, "ppt/slides/slide") && iends_with(name, ".xml"));
}

}  // namespace

bool read_office(ZipArchive& archive, Output& out) {
  bool ooxml = false, opendocument = false;
  for (const ZipEntry& entry : archive.entries()) {
    if (entry.name == "[Content_Types].xml") ooxml = true;
    if (entry.name == "META-INF/manifest.xml") opendocument = true;
  }
  // A Java archive has a manifest of another name, an OpenDocument its content.
  opendocument = opendocument && std::ranges::any_of(archive.entries(), [](const ZipEntry& entry) {
                   return entry.name == "content.xml";
                 });
  if (!ooxml && !opendocument) return false;
  out.document().kind = "office";
  std::size_t parts = 0;
  for (const ZipEntry& entry : archive.entries()) {
    const std::string_view name = entry.name;
    if (iends_with(name, "vbaProject.bin") || istarts_with(name, "Basic/"))
      out.signal("office_macro");
    if (name.find("embeddings/") != std::string_view::npos ||
        name.find("activeX/") != std::string_view::npos) {
      out.signal("office_embedded_object");
      out.name(name);
    }
    if (parts >= kPartsMax) continue;
    ++parts;
    if (ooxml && holds_text(name))
      read_ooxml_text(archive.contents(entry), out);
    else if (ooxml && iends_with(name, ".rels"))
      read_relationships(archive.contents(entry), out);
    else if (opendocument && name == "content.xml")
      read_opendocument_text(archive.contents(entry), out);
    else if (iequals(name, "docProps/core.xml") || name == "meta.xml")
      read_title(archive.contents(entry), out);
    else
      --parts;
  }
  return true;
}

}  // namespace weir::document
