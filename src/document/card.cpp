#include "document/card.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/utf8.h"
#include "document/ascii.h"
#include "document/card_line.h"
#include "document/code_page.h"
#include "text/charset.h"

namespace weir::document {
namespace {

enum class Form : std::uint8_t {
  text,        // one text value
  components,  // components with blanks between them
  person,      // an address, with the name in CN
  mail,        // an address
  url,
  html,
  binary,  // a picture, a key: of interest only if it stands somewhere else
};

struct Property {
  std::string_view name;  // lower case
  Form form;
};
// What a reader of the message is shown.
constexpr auto kProperties = std::to_array<Property>({
    {"adr", Form::components},
    {"attach", Form::binary},
    {"attendee", Form::person},
    {"categories", Form::text},
    {"comment", Form::text},
    {"conference", Form::url},
    {"contact", Form::text},
    {"contact-uri", Form::url},
    {"description", Form::text},
    {"email", Form::mail},
    {"fn", Form::text},
    {"image", Form::binary},
    {"impp", Form::url},
    {"key", Form::binary},
    {"label", Form::text},
    {"location", Form::text},
    {"logo", Form::binary},
    {"n", Form::components},
    {"name", Form::text},
    {"nickname", Form::text},
    {"note", Form::text},
    {"org", Form::components},
    {"organizer", Form::person},
    {"photo", Form::binary},
    {"related", Form::text},
    {"resources", Form::text},
    {"role", Form::text},
    {"socialprofile", Form::url},
    {"sound", Form::binary},
    {"styled-description", Form::html},
    {"summary", Form::text},
    {"tel", Form::text},
    {"title", Form::text},
    {"url", Form::url},
    {"x-ablabel", Form::text},
    {"x-aim", Form::text},
    {"x-alt-desc", Form::html},
    {"x-icq", Form::text},
    {"x-jabber", Form::text},
    {"x-kakaotalk", Form::text},
    {"x-line", Form::text},
    {"x-msn", Form::text},
    {"x-phonetic-first-name", Form::text},
    {"x-phonetic-last-name", Form::text},
    {"x-qq", Form::text},
    {"x-skype", Form::text},
    {"x-socialprofile", Form::url},
    {"x-telegram", Form::text},
    {"x-wechat", Form::text},
    {"x-weixin", Form::text},
    {"x-wr-caldesc", Form::text},
    {"x-wr-calname", Form::text},
    {"x-yahoo", Form::text},
});
static_assert(std::ranges::is_sorted(kProperties, {}, &Property::name));

const Property* find_property(std::string_view name) {
  std::array<char, 32> lower{};
  if (name.size() > lower.size()) return nullptr;
  std::ranges::transform(name, lower.begin(), to_lower);
  const std::string_view key(lower.data(), name.size());
  const auto found = std::ranges::lower_bound(kProperties, key, {}, &Property::name);
  return found != kProperties.end() && found->name == key ? &*found : nullptr;
}

// Lenient: what is no escape stands for itself, a trailing '=' is dropped.
std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else if (text[i] != '=' || i + 1 < text.size()) {
      out.push_back(text[i]);
    }
  }
  return out;
}

bool looks_like_utf16(std::string_view octets) {
  return octets.starts_with("\xFF\xFE") || octets.starts_with("\xFE\xFF") ||
         (octets.size() >= 4 && ((octets[0] == '\0') != (octets[1] == '\0')));
}

class Reader {
 public:
  Reader(CardKind kind, std::string_view charset, Output& out)
      : kind_(kind), charset_(charset), out_(out) {}

  void read(std::string_view octets) {
    std::string whole;
    if (looks_like_utf16(octets)) {
      const bool big_endian = octets.starts_with("\xFE\xFF") || octets.front() == '\0';
      whole = decode_charset(octets, big_endian ? "utf-16be" : "utf-16le");
      octets = whole;
    }
    if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
    // Short values say little of their charset: it is found once, from all of them.
    if (!is_utf8(octets)) {
      constexpr std::size_t kSampleOctets = 65'536;
      fallback_ = text::to_utf8(octets.substr(0, kSampleOctets), charset_).used;
      if (fallback_ == "utf-8") fallback_.clear();
    } else if (octets.find('\x1B') != std::string_view::npos || charset_is_7bit()) {
      fallback_ = charset_;
    }
    ContentLines lines(octets);
    std::string_view line;
    while (lines.next(line)) {
      const auto parsed = parse_content_line(line);
      if (!parsed) {
        if (!trim(line).empty()) out_.problem("card_line_unreadable");
        continue;
      }
      if (iequals(parsed->name, "version") &&
          (trim(parsed->value) == "2.1" || trim(parsed->value) == "1.0"))
        lines.keep_fold_blank();
      take(*parsed);
    }
    if (begun_ == 0) out_.problem("card_without_begin");
    if (open_ > 0) out_.problem("card_unclosed");
  }

 private:
  [[nodiscard]] bool charset_is_7bit() const {
    const std::string_view name = text::canonical_charset(charset_);
    return name.starts_with("iso-2022") || name.starts_with("hz") || name == "utf-7";
  }

  void take(const ContentLine& line) {
    if (iequals(line.name, "begin")) {
      ++begun_;
      ++open_;
      const std::string_view what = trim(line.value);
      if (iequals(what, "vevent") || iequals(what, "vtodo") || iequals(what, "vjournal") ||
          iequals(what, "vcard"))
        ++out_.document().pages;
      if (iequals(what, "valarm")) ++alarms_;
      return;
    }
    if (iequals(line.name, "end")) {
      if (open_ > 0) --open_;
      if (alarms_ > 0 && iequals(trim(line.value), "valarm")) --alarms_;
      return;
    }
    if (!line.parameters.empty()) {
      out_.link(parameter(line, "altrep"));
      for (const std::string_view name : {"filename", "x-filename", "x-apple-filename"})
        if (const std::string_view file = parameter(line, name); !file.empty())
          out_.name(decoded(file, {}));
    }
    const Property* property = find_property(line.name);
    if (property == nullptr) {
      // Whatever the property means, a URL in it can be followed.
      if (const std::string_view value = trim(line.value);
          has_scheme(value) && value.find("://") != std::string_view::npos)
        out_.link(decoded(value, {}));
      return;
    }
    // "Reminder" is the program's text.
    if (alarms_ > 0 && property->form == Form::text) return;
    show(*property, line);
  }

  void show(const Property& property, const ContentLine& line) {
    const std::string_view encoding = parameter(line, "encoding");
    const bool base64 =
        iequals(encoding, "base64") || iequals(encoding, "b") || !parameter(line, "base64").empty();
    if (base64) {
      embed(property, line);
      return;
    }
    const bool quoted_printable =
        iequals(encoding, "quoted-printable") || !parameter(line, "quoted-printable").empty();
    std::string unquoted;
    std::string_view raw = line.value;
    if (quoted_printable) {
      unquoted = decode_quoted_printable(raw);
      raw = unquoted;
    }
    const std::string value = decoded(raw, parameter(line, "charset"));
    switch (property.form) {
      case Form::text: text(property, unescape_value(value)); break;
      case Form::components: components(property, value); break;
      case Form::person: person(line, value); break;
      case Form::mail: {
        const std::string address = unescape_value(value);
        out_.line(trim(address));
        if (address.find('@') != std::string::npos)
          out_.link(istarts_with(trim(address), "mailto:")
                        ? address
                        : "mailto:" + std::string(trim(address)));
        break;
      }
      case Form::url: {
        const std::string url = unescape_value(value);
        out_.line(trim(url));
        out_.link(url, decoded(parameter(line, "label"), {}));
        break;
      }
      case Form::html: html(line, value); break;
      case Form::binary:
        if (const std::string_view url = trim(value); has_scheme(url) && !istarts_with(url, "cid:"))
          out_.link(url);
        break;
    }
  }

  void text(const Property& property, std::string_view value) {
    if (property.name == "summary" || property.name == "fn") out_.title(value);
    // Apple's own labels are "_$!<HomePage>!$_".
    if (value.starts_with("_$!<") && value.ends_with(">!$_"))
      value = value.substr(4, value.size() - 8);
    out_.line(trim(value));
    if (property.name == "location" && has_scheme(trim(value)) &&
        value.find("://") != std::string_view::npos)
      out_.link(value);
  }

  void components(const Property& property, std::string_view value) {
    if (property.name != "n") {
      out_.line(join_components(value, ", "));
      return;
    }
    const std::string name = join_components(value, " ");
    // Nearly every card has the same name in FN.
    if (out_.document().title != name) out_.line(name);
  }

  void person(const ContentLine& line, std::string_view value) {
    const std::string name = decoded(parameter(line, "cn"), parameter(line, "charset"));
    std::string_view address = trim(value);
    if (istarts_with(address, "mailto:")) address.remove_prefix(7);
    if (has_scheme(trim(value))) out_.link(value, name);
    if (name.empty() || name == address)
      out_.line(address);
    else
      out_.line(name + " <" + std::string(address) + ">");
  }

  void html(const ContentLine& line, std::string_view value) {
    const std::string_view type = parameter(line, "fmttype");
    const std::string unescaped = unescape_value(value);
    if (iequals(type, "text/html") || unescaped.find('<') != std::string::npos)
      out_.html(unescaped);
    else
      out_.line(unescaped);
  }

  void embed(const Property& property, const ContentLine& line) {
    if (kind_ != CardKind::calendar || property.name != "attach") return;
    std::string packed;
    packed.reserve(line.value.size());
    for (const char c : line.value)
      if (!is_space(c)) packed.push_back(c);
    const auto octets = parse_base64(packed);
    if (!octets) {
      out_.problem("card_base64_broken");
      return;
    }
    std::string_view name = parameter(line, "filename");
    if (name.empty()) name = parameter(line, "x-filename");
    if (name.empty()) name = parameter(line, "x-apple-filename");
    out_.embed(decoded(name, {}), decoded(parameter(line, "fmttype"), {}), *octets);
  }

  [[nodiscard]] std::string decoded(std::string_view octets, std::string_view charset) const {
    if (charset.empty()) charset = fallback_;
    if (charset.empty()) charset = "utf-8";
    return text::to_utf8(octets, charset).text;
  }

  CardKind kind_;
  std::string_view charset_;
  Output& out_;
  std::string fallback_;  // the charset of values that do not name one; empty: UTF-8
  std::size_t begun_ = 0;
  std::size_t open_ = 0;
  std::size_t alarms_ = 0;
};

}  // namespace

void read_card(CardKind kind, std::string_view octets, std::string_view charset, Output& out) {
  Reader(kind, charset, out).read(octets);
}

}  // namespace weir::document
