#include "document/tnef.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "document/ascii.h"
#include "document/code_page.h"
#include "document/mapi.h"
#include "document/rtf.h"
#include "document/rtf_compressed.h"
#include "text/charset.h"

namespace weir::document {
namespace {

// Attribute numbers, without their type in the upper half (MS-OXTNEF 2.1.3.3).
enum Attribute : std::uint16_t {
  kSubject = 0x8004,
  kBody = 0x800C,
  kAttachData = 0x800F,
  kAttachTitle = 0x8010,
  kAttachTransportName = 0x9001,
  kAttachRenderData = 0x9002,
  kMessageProperties = 0x9003,
  kAttachProperties = 0x9005,
  kOemCodePage = 0x9007,
};
// MAPI properties (MS-OXPROPS).
enum Property : std::uint16_t {
  kSubjectProperty = 0x0037,
  kBodyProperty = 0x1000,
  kRtfProperty = 0x1009,
  kHtmlProperty = 0x1013,
  kDisplayName = 0x3001,
  kAttachDataProperty = 0x3701,
  kAttachShortName = 0x3704,
  kAttachLongName = 0x3707,
  kAttachMimeType = 0x370E,
  kInternetCodePage = 0x3FDE,
  kMessageCodePage = 0x3FFD,
};

// An embedded message is a TNEF stream behind the id of an interface.
constexpr std::size_t kInterfaceIdOctets = 16;
constexpr std::size_t kDepthMax = 8;
constexpr std::size_t kMessagesMax = 100;

struct Attachment {
  std::string title, transport_name, short_name, long_name, display_name, type;
  std::string_view data;

  [[nodiscard]] std::string_view name() const {
    for (const std::string* each :
         {&long_name, &transport_name, &title, &short_name, &display_name})
      if (!each->empty()) return *each;
    return {};
  }
};

struct Pending {
  std::string_view octets;
  std::size_t depth = 0;
};

std::string_view until_nul(std::string_view octets) { return octets.substr(0, octets.find('\0')); }

class Message {
 public:
  Message(const Pending& self, std::vector<Pending>& pending, Output& out)
      : self_(self), pending_(pending), out_(out) {}

  void read() {
    ByteReader reader(self_.octets);
    if (reader.octets(kTnefSignature.size()) != kTnefSignature) {
      out_.problem("tnef_unreadable");
      return;
    }
    (void)reader.octets(2);  // a key for the attachments of the mail it came from
    std::size_t attributes = 0;
    while (reader.left() > 0) {
      if (++attributes > out_.limits().objects) {
        out_.problem("tnef_too_many_attributes");
        break;
      }
      const std::uint8_t level = reader.u8();
      const std::uint32_t id = reader.u32();
      const std::uint32_t size = reader.u32();
      const std::size_t left = reader.left();
      if (!reader.ok() || (level != 1 && level != 2)) {
        out_.problem("tnef_broken");
        break;
      }
      // The octets of a file that was cut off are still worth reading.
      const std::string_view data = reader.octets(std::min<std::size_t>(size, left));
      take(static_cast<std::uint16_t>(id & 0xFFFF), data);
      if (size + std::size_t{2} > left) {
        out_.problem("tnef_cut");
        break;
      }
      const unsigned low = reader.u8();
      const unsigned high = reader.u8();
      if (((high << 8U) | low) != checksum(data)) out_.problem("tnef_checksum_wrong");
    }
    finish_attachment();
    finish_body();
  }

 private:
  static std::uint32_t checksum(std::string_view data) {
    std::uint32_t sum = 0;
    for (const char c : data) sum += octet(c);
    return sum & 0xFFFF;
  }

  void take(std::uint16_t attribute, std::string_view data) {
    switch (attribute) {
      case kOemCodePage: code_page_ = ByteReader(data).u32(); break;
      case kSubject: subject_ = decoded(until_nul(data)); break;
      case kBody: body_ = decoded(until_nul(data)); break;
      case kMessageProperties: message_properties(data); break;
      case kAttachRenderData:
        finish_attachment();
        attachment_.emplace();
        break;
      case kAttachTitle: attachment().title = decoded(until_nul(data)); break;
      case kAttachTransportName: attachment().transport_name = decoded(until_nul(data)); break;
      case kAttachData: attachment().data = data; break;
      case kAttachProperties: attachment_properties(data); break;
      default: break;
    }
  }

  Attachment& attachment() {
    if (!attachment_) attachment_.emplace();
    return *attachment_;
  }

  void message_properties(std::string_view data) {
    MapiProperties properties(data);
    MapiProperty property;
    std::string_view html, plain8, plain16, packed;
    std::uint32_t internet_code_page = 0;
    while (properties.next(property)) {
      switch (property.id) {
        case kSubjectProperty:
          if (std::string text = text_of(property); !text.empty()) subject_ = std::move(text);
          break;
        case kBodyProperty:
          (property.type == kMapiUnicode ? plain16 : plain8) = property.value;
          break;
        case kRtfProperty: packed = property.value; break;
        case kHtmlProperty: html = property.value; break;
        case kInternetCodePage: internet_code_page = property.number(); break;
        case kMessageCodePage:
          if (code_page_ == 0) code_page_ = property.number();
          break;
        default: break;
      }
    }
    if (properties.is_broken()) out_.problem("tnef_properties_broken");
    if (!plain16.empty())
      body_ = decode_utf16le(plain16);
    else if (!plain8.empty())
      body_ = decoded(until_nul(plain8));
    if (!html.empty()) html_ = text::to_utf8(html, charset_of_code_page(internet_code_page)).text;
    if (!packed.empty()) packed_rtf_ = packed;
  }

  void attachment_properties(std::string_view data) {
    MapiProperties properties(data);
    MapiProperty property;
    Attachment& to = attachment();
    while (properties.next(property)) {
      switch (property.id) {
        case kDisplayName: to.display_name = text_of(property); break;
        case kAttachShortName: to.short_name = text_of(property); break;
        case kAttachLongName: to.long_name = text_of(property); break;
        case kAttachMimeType: to.type = text_of(property); break;
        case kAttachDataProperty: attached_object(property, to); break;
        default: break;
      }
    }
    if (properties.is_broken()) out_.problem("tnef_properties_broken");
  }

  void attached_object(const MapiProperty& property, Attachment& to) {
    std::string_view value = property.value;
    if (property.type == kMapiObject && value.size() > kInterfaceIdOctets)
      value.remove_prefix(kInterfaceIdOctets);
    if (value.starts_with(kTnefSignature) && value.size() < self_.octets.size()) {
      if (self_.depth + 1 >= kDepthMax || pending_.size() >= kMessagesMax)
        out_.problem("too_deep");
      else
        pending_.push_back({value, self_.depth + 1});
    } else if (to.data.empty()) {
      to.data = value;
    }
  }

  void finish_attachment() {
    if (!attachment_) return;
    const Attachment& done = *attachment_;
    out_.name(done.name());
    // Both names are shown somewhere; two that end differently are a trick.
    const std::size_t dot = done.name().rfind('.');
    const std::string_view ending =
        dot == std::string_view::npos ? std::string_view() : done.name().substr(dot);
    for (const std::string* other : {&done.transport_name, &done.title})
      if (!other->empty() && *other != done.name() && !ending.empty() &&
          !iends_with(*other, ending.substr(0, 4)))
        out_.name(*other);
    if (!done.data.empty()) out_.embed(done.name(), done.type, done.data);
    attachment_.reset();
  }

  // The same body in up to three forms: the richest one that says something is what is seen.
  void finish_body() {
    out_.title(subject_);
    if (self_.depth > 0) out_.line(subject_);
    if (!html_.empty()) {
      out_.html(html_);
    } else if (!packed_rtf_.empty() && !rtf_done()) {
      out_.line(body_);
    } else if (packed_rtf_.empty()) {
      out_.line(body_);
    }
  }

  bool rtf_done() {
    const Unpacked unpacked = unpack_rtf(packed_rtf_, out_.inflated_left());
    out_.count_inflated(unpacked.rtf.size());
    if (unpacked.broken) out_.problem("rtf_compression_broken");
    const std::size_t before = out_.document().text.size();
    read_rtf(unpacked.rtf, out_);
    return out_.document().text.size() > before;
  }

  [[nodiscard]] std::string text_of(const MapiProperty& property) const {
    if (property.type == kMapiUnicode) return decode_utf16le(property.value);
    if (property.type == kMapiString8) return decoded(until_nul(property.value));
    return {};
  }

  [[nodiscard]] std::string decoded(std::string_view octets) const {
    if (std::ranges::none_of(octets, is_8bit)) return std::string(octets);
    return text::to_utf8(octets, charset_of_code_page(code_page_)).text;
  }

  Pending self_;
  std::vector<Pending>& pending_;
  Output& out_;
  std::uint32_t code_page_ = 0;
  std::string subject_, body_, html_;
  std::string_view packed_rtf_;
  std::optional<Attachment> attachment_;
};

}  // namespace

void read_tnef(std::string_view octets, Output& out) {
  std::vector<Pending> pending{{octets, 0}};
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const Pending next = pending[i];
    Message(next, pending, out).read();
  }
}

}  // namespace weir::document
