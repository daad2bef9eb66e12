// One pass over the octets with a stack of open groups. A group inherits what its parent holds:
// where its text goes (a destination), font, hidden or not. Octets of text wait in a buffer until
// something that is no octet of the same code page comes, so that the octets of a character may
// come as \'c4, as they are, or mixed.
#include "document/rtf.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/utf8.h"
#include "document/ascii.h"
#include "document/code_page.h"
#include "document/rtf_words.h"
#include "text/charset.h"

namespace weir::document {
namespace {

constexpr std::size_t kDepthMax = 512;
constexpr std::size_t kFontsMax = 4'096;
constexpr std::size_t kFieldsMax = 64;  // open at once
constexpr std::size_t kSideOctetsMax = 8'192;
constexpr std::size_t kObjectOctetsMax = 4'096;

enum class Place : std::uint8_t {
  text,
  nowhere,
  font_table,
  title,
  instruction,
  remote,
  object_class,
  object_data,
  file_name,
  annotation,
  html_tag,
};

struct Group {
  Place place = Place::text;
  bool hidden = false;
  bool html_rtf = false;
  bool is_field = false;
  int font = -1;
  unsigned skip_octets = 1;  // \uc
};

struct Font {
  unsigned code_page = 0;  // 0: the document's
  bool is_latin = false;  // \fcharset0, which programs also write for a font of the document's page
};

struct Field {
  std::string instruction;
  std::size_t shown_from = 0;
};

class Reader {
 public:
  Reader(std::string_view octets, Output& out) : octets_(octets), out_(out) {
    groups_.emplace_back();
  }

  void read() {
    if (!octets_.starts_with("{\\rtf")) out_.problem("rtf_without_begin");
    while (at_ < octets_.size() && !ended_) step();
    flush();
    if (!ended_) out_.problem("rtf_unclosed");
    while (!fields_.empty()) finish_field();
    if (from_html_) {
      out_.html(html_);
    } else {
      out_.text(text_);
      out_.hidden(hidden_);
    }
    finish_side();
  }

 private:
  Group& group() { return groups_.back(); }

  void step() {
    const char c = octets_[at_++];
    switch (c) {
      case '{': open(); break;
      case '}': close(); break;
      case '\\': control(); break;
      case '\r':
      case '\n': break;
      case '\0': break;
      default: literal_run(c);
    }
  }

  // Most of a file is plain text between controls.
  void literal_run(char first) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    octet_of_text(first);
    if (is_8bit(first) && is_double_byte(page_) && at_ < octets_.size() &&
        octet(octets_[at_]) >= 0x40 && lead_is_open()) {
      // A raw trail octet may look like a backslash or a brace.
      octet_of_text(octets_[at_++]);
      return;
    }
    if (group().place == Place::nowhere) {
      const std::size_t end = octets_.find_first_of("{}\\", at_);
      at_ = std::min(end, octets_.size());
    }
  }

  // Whether the last octet waiting begins a pair.
  [[nodiscard]] bool lead_is_open() const {
    std::size_t high = 0;
    while (high < waiting_.size() && high < 64 && is_8bit(waiting_[waiting_.size() - 1 - high]))
      ++high;
    return high % 2 == 1;
  }

  void open() {
    flush();
    skip_ = 0;
    star_ = false;
    if (groups_.size() >= kDepthMax) {
      ++too_deep_;
      out_.problem("too_deep");
      return;
    }
    groups_.push_back(group());
    group().is_field = false;
  }

  void close() {
    flush();
    skip_ = 0;
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    if (groups_.size() == 1) return;  // one too many
    const Group done = group();
    groups_.pop_back();
    if (done.is_field && !fields_.empty()) finish_field();
    if (done.place != group().place) leave(done.place);
    if (groups_.size() == 1) ended_ = true;
  }

  void leave(Place place) {
    if (place == Place::object_data) finish_object();
    if (place == Place::remote || place == Place::title || place == Place::object_class ||
        place == Place::file_name)
      finish_side();
    if (place == Place::annotation) append(hidden_, "\n");
  }

  void control() {
    if (at_ >= octets_.size()) return;
    const char c = octets_[at_];
    if (!is_alpha(c)) {
      ++at_;
      symbol(c);
      return;
    }
    const std::size_t begin = at_;
    while (at_ < octets_.size() && is_alpha(octets_[at_])) ++at_;
    const std::string_view name = octets_.substr(begin, at_ - begin);
    bool negative = false, has_number = false;
    std::int64_t number = 0;
    if (at_ < octets_.size() && octets_[at_] == '-') {
      negative = true;
      ++at_;
    }
    for (; at_ < octets_.size() && is_digit(octets_[at_]); ++at_) {
      has_number = true;
      number = std::min<std::int64_t>(number * 10 + (octets_[at_] - '0'), 1LL << 32);
    }
    if (negative) number = -number;
    if (at_ < octets_.size() && octets_[at_] == ' ') ++at_;
    const RtfWord* word = find_rtf_word(name);
    if (word != nullptr && word->action == RtfAction::binary) {
      at_ += std::min<std::size_t>(number > 0 ? static_cast<std::size_t>(number) : 0,
                                   octets_.size() - at_);
      return;
    }
    // By the letter a word counts as one of the octets that \u stands for; writers that leave the
    // stand-in out would lose a line end so.
    skip_ = 0;
    const bool star = std::exchange(star_, false);
    if (word == nullptr) {
      if (star) go_to(Place::nowhere);
      return;
    }
    apply(*word, has_number, number, star);
  }

  void symbol(char c) {
    if (c == '\'') {
      if (at_ + 1 < octets_.size() && hex_value(octets_[at_]) >= 0 &&
          hex_value(octets_[at_ + 1]) >= 0) {
        const char value =
            static_cast<char>(hex_value(octets_[at_]) * 16 + hex_value(octets_[at_ + 1]));
        at_ += 2;
        if (skip_ > 0)
          --skip_;
        else
          octet_of_text(value);
      } else {
        out_.problem("rtf_broken_hex");
      }
      return;
    }
    if (c == '*') {
      star_ = true;
      return;
    }
    if (skip_ > 0) {
      --skip_;
      return;
    }
    switch (c) {
      case '\\':
      case '{':
      case '}': octet_of_text(c); break;
      case '~': code_point(0xA0); break;
      case '_': code_point(0x2011); break;
      case '\r':
      case '\n': new_line(); break;
      default: break;  // "\-" may hyphenate, the others are for indexes
    }
  }

  void apply(const RtfWord& word, bool has_number, std::int64_t number, bool star) {
    const bool on = !has_number || number != 0;
    switch (word.action) {
      case RtfAction::none:
      case RtfAction::binary: break;
      case RtfAction::literal: code_point(word.number); break;
      case RtfAction::new_line: new_line(); break;
      case RtfAction::cell: code_point('\t'); break;
      case RtfAction::skip: go_to(Place::nowhere); break;
      case RtfAction::font_table: go_to(Place::font_table); break;
      case RtfAction::title: go_to(Place::title); break;
      case RtfAction::field: begin_field(); break;
      case RtfAction::instruction:
        go_to(fields_.empty() ? Place::nowhere : Place::instruction);
        break;
      case RtfAction::remote: go_to(Place::remote); break;
      case RtfAction::object_class: go_to(Place::object_class); break;
      case RtfAction::object_data:
        go_to(Place::object_data);
        out_.signal("rtf_object");
        break;
      case RtfAction::file_name: go_to(Place::file_name); break;
      case RtfAction::annotation: go_to(Place::annotation); break;
      case RtfAction::html_tag:
        if (from_html_)
          go_to(Place::html_tag);
        else if (star)
          go_to(Place::nowhere);
        break;
      case RtfAction::html_rtf:
        flush();
        group().html_rtf = on;
        break;
      case RtfAction::from_html: from_html_ = on; break;
      case RtfAction::unicode_group:
        flush();
        group().place = outer_place();
        break;
      case RtfAction::passes:
        // Inside what is not seen, nothing is.
        break;
      case RtfAction::hide:
        flush();
        group().hidden = on;
        break;
      case RtfAction::plain:
        flush();
        group().hidden = false;
        set_font(default_font_);
        break;
      case RtfAction::font:
        flush();
        set_font(static_cast<int>(std::clamp<std::int64_t>(number, -1, 1 << 20)));
        break;
      case RtfAction::default_font:
        flush();
        default_font_ = static_cast<int>(std::clamp<std::int64_t>(number, -1, 1 << 20));
        group().font = default_font_;
        break;
      case RtfAction::font_charset:
        if (Font* font = font_being_defined()) {
          font->code_page = code_page_of_font_charset(static_cast<int>(number & 0xFFFF));
          font->is_latin = number == 0;
        }
        break;
      case RtfAction::font_code_page:
        if (Font* font = font_being_defined(); font != nullptr && number > 0)
          font->code_page = static_cast<unsigned>(number);
        break;
      case RtfAction::code_page:
        document_page_ = word.number != 0
                             ? word.number
                             : static_cast<unsigned>(std::max<std::int64_t>(number, 0));
        if (document_page_ == 0) document_page_ = 1252;
        update_page();
        break;
      case RtfAction::unicode: unicode(number); break;
      case RtfAction::unicode_skip:
        group().skip_octets = static_cast<unsigned>(std::clamp<std::int64_t>(number, 0, 16));
        break;
    }
  }

  // \upr holds the same text twice: for old readers, and in \ud.
  [[nodiscard]] Place outer_place() const {
    for (std::size_t i = groups_.size(); i-- > 0;)
      if (groups_[i].place != Place::nowhere) return groups_[i].place;
    return Place::text;
  }

  void go_to(Place place) {
    flush();
    // The title stands in \info, which is not seen; anything else in what is not seen stays there.
    if (group().place == Place::nowhere && place != Place::title) return;
    group().place = place;
  }

  Font* font_being_defined() {
    if (group().place != Place::font_table || group().font < 0) return nullptr;
    const auto found = fonts_.find(group().font);
    if (found != fonts_.end()) return &found->second;
    if (fonts_.size() >= kFontsMax) return nullptr;
    return &fonts_[group().font];
  }

  void set_font(int font) {
    group().font = font;
    (void)font_being_defined();
    page_ = 0;
  }

  // Found when an octet needs it, since most groups have none.
  void update_page() { page_ = 0; }
  void find_page() {
    page_ = document_page_;
    latin_ = false;
    if (group().place == Place::html_tag) return;
    const auto found = fonts_.find(group().font);
    if (found == fonts_.end() || found->second.code_page == 0) return;
    page_ = found->second.code_page;
    latin_ = found->second.is_latin;
  }

  void octet_of_text(char c) {
    if (group().place == Place::nowhere || group().place == Place::font_table) return;
    if (page_ == 0) find_page();
    waiting_.push_back(c);
    if (waiting_.size() >= 65'536 && !is_8bit(c)) flush_keeping_page();
  }

  void code_point(char32_t c) {
    flush_keeping_page();
    std::string utf8;
    append_utf8(utf8, c);
    deliver(utf8);
  }

  void unicode(std::int64_t number) {
    skip_ = group().skip_octets;
    if (number < 0) number += 65'536;
    const auto unit = static_cast<char32_t>(std::clamp<std::int64_t>(number, 0, 0x10FFFF));
    flush_keeping_page();
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_surrogate_ = unit;
      return;
    }
    if (unit >= 0xDC00 && unit < 0xE000 && high_surrogate_ != 0) {
      const char32_t high = std::exchange(high_surrogate_, 0);
      code_point(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      return;
    }
    high_surrogate_ = 0;
    // Symbol fonts have their characters at U+F020 to U+F0FF; some mean nothing but a letter there.
    code_point(unit);
  }

  void new_line() {
    flush_keeping_page();
    deliver("\n");
  }

  void flush() {
    flush_keeping_page();
    page_ = 0;
    high_surrogate_ = 0;
  }

  void flush_keeping_page() {
    if (waiting_.empty()) return;
    const bool guess = latin_ && is_double_byte(document_page_) &&
                       std::ranges::count_if(waiting_, is_8bit) >= 4;  // see Font::is_latin
    if (std::ranges::none_of(waiting_, is_8bit))
      deliver(waiting_);
    else if (guess)
      deliver(text::to_utf8(waiting_, charset_of_code_page(document_page_)).text);
    else
      deliver(decode_code_page(waiting_, page_));
    waiting_.clear();
  }

  void deliver(std::string_view utf8) {
    Group& to = group();
    switch (to.place) {
      case Place::nowhere:
      case Place::font_table: break;
      case Place::text:
        if (from_html_) {
          if (!to.html_rtf) append_html(utf8);
        } else if (to.hidden) {
          append(hidden_, utf8);
        } else {
          append(text_, utf8);
        }
        break;
      case Place::html_tag: append_html(utf8); break;
      case Place::annotation: append(hidden_, utf8); break;
      case Place::instruction:
        if (!fields_.empty() && fields_.back().instruction.size() < kSideOctetsMax)
          fields_.back().instruction.append(utf8);
        break;
      case Place::object_data:
        for (const char c : utf8)
          if (object_hex_.size() < 2 * kObjectOctetsMax && hex_value(c) >= 0)
            object_hex_.push_back(c);
        break;
      case Place::title:
      case Place::remote:
      case Place::object_class:
      case Place::file_name:
        side_place_ = to.place;
        if (side_.size() < kSideOctetsMax) side_.append(utf8);
        break;
    }
  }

  // One octet more than the limit, so that Output sees that there was more.
  void append(std::string& to, std::string_view utf8) {
    const std::size_t most = out_.limits().text_octets + 4;
    if (to.size() < most) to.append(utf8.substr(0, std::max(most - to.size(), std::size_t{4})));
  }
  void append_html(std::string_view utf8) {
    if (html_.size() + utf8.size() <= 4 * out_.limits().text_octets)
      html_.append(utf8);
    else
      out_.problem("text_cut");
  }

  void begin_field() {
    if (group().place == Place::nowhere || fields_.size() >= kFieldsMax) return;
    flush();
    group().is_field = true;
    fields_.push_back({{}, text_.size()});
  }

  void finish_field() {
    const Field field = std::move(fields_.back());
    fields_.pop_back();
    if (from_html_) return;  // the tags say the same
    const std::string_view shown = field.shown_from < text_.size()
                                       ? std::string_view(text_).substr(field.shown_from)
                                       : std::string_view();
    std::string_view instruction = trim(field.instruction);
    for (const std::string_view word : {"HYPERLINK", "INCLUDEPICTURE", "IMPORT", "INCLUDETEXT"})
      if (istarts_with(instruction, word)) {
        out_.link(field_target(instruction.substr(word.size())), shown);
        return;
      }
    if (istarts_with(instruction, "DDE")) out_.signal("rtf_dde");
  }

  // "target" or target; what begins with a backslash is a switch, and "\l" has a place in the
  // document behind it.
  static std::string_view field_target(std::string_view rest) {
    for (;;) {
      rest = trim(rest);
      if (rest.empty()) return {};
      if (rest.front() == '"') {
        rest.remove_prefix(1);
        return rest.substr(0, rest.find('"'));
      }
      if (rest.front() != '\\') return rest.substr(0, rest.find_first_of(" \t\r\n"));
      const bool local = rest.size() > 1 && to_lower(rest[1]) == 'l';
      rest.remove_prefix(std::min<std::size_t>(2, rest.size()));
      if (!local) continue;
      rest = trim(rest);
      if (rest.empty() || rest.front() != '"') continue;
      const std::size_t end = rest.find('"', 1);
      if (end == std::string_view::npos) return {};
      rest.remove_prefix(end + 1);
    }
  }

  void finish_side() {
    const std::string side = std::exchange(side_, {});
    std::string_view text = trim(side);
    if (text.empty()) return;
    switch (side_place_) {
      case Place::title: out_.title(text); break;
      case Place::remote:
        if (has_scheme(text)) {
          out_.link(text);
          out_.signal("rtf_remote_template");
        }
        break;
      case Place::object_class:
        if (istarts_with(text, "equation")) out_.signal("rtf_equation");
        break;
      default: out_.name(text);
    }
  }

  // An object of class "Package" is a file with its names in front (MS-OLEDS 2.2.5 around them).
  void finish_object() {
    std::string octets;
    for (std::size_t i = 0; i + 1 < object_hex_.size(); i += 2)
      octets.push_back(
          static_cast<char>(hex_value(object_hex_[i]) * 16 + hex_value(object_hex_[i + 1])));
    object_hex_.clear();
    ByteReader reader(octets);
    (void)reader.octets(8);
    const std::string_view name = reader.octets(reader.u32());
    if (!reader.ok()) return;
    if (!istarts_with(name, "package")) return;
    (void)reader.octets(reader.u32());
    (void)reader.octets(reader.u32());
    (void)reader.octets(4 + 2);
    if (!reader.ok()) return;
    const std::string_view rest = std::string_view(octets).substr(reader.offset());
    const std::string_view label = rest.substr(0, rest.find('\0'));
    out_.name(text::to_utf8(label, charset_of_code_page(document_page_)).text);
  }

  std::string_view octets_;
  Output& out_;
  std::size_t at_ = 0;
  bool ended_ = false;
  bool star_ = false;  // the next word is an optional destination
  bool from_html_ = false;
  bool latin_ = false;
  std::vector<Group> groups_;
  std::size_t too_deep_ = 0;
  unsigned skip_ = 0;  // octets left out because \u stands for them
  char32_t high_surrogate_ = 0;
  std::unordered_map<int, Font> fonts_;
  int default_font_ = -1;
  unsigned document_page_ = 1252;
  unsigned page_ = 0;  // of waiting_; 0: to be found
  std::string waiting_;
  std::vector<Field> fields_;
  std::string text_, hidden_, html_, side_, object_hex_;
  Place side_place_ = Place::nowhere;
};

}  // namespace

void read_rtf(std::string_view octets, Output& out) { Reader(octets, out).read(); }

}  // namespace weir::document
