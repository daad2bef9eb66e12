// GMime 3.2 reads the golden messages too: the same parts, types, octets, texts and header values
// must come out. Where we differ on purpose, kDifferences says why; a difference that has gone must
// be taken off the list.
#include <gmime/gmime.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "base/ascii.h"
#include "base/bytes.h"
#include "mail/message.h"
#include "text/charset.h"

namespace weir::mail {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

struct Entity {
  std::string type;
  std::optional<std::string> octets;  // of leaves, transfer encoding removed
  std::optional<std::string> text;    // of text leaves
  std::string name;                   // of leaves
};

struct Seen {
  std::vector<Entity> entities;
  std::map<std::string, std::vector<std::string>> fields;
};

constexpr std::array<const char*, 7> kFields = {"Subject",    "From",     "To",      "Date",
                                                "Message-ID", "Received", "X-Broken"};

void walk(GMimeObject* object, Seen& out) {
  Entity entity;
  GMimeContentType* type = g_mime_object_get_content_type(object);
  entity.type = lower(std::string(g_mime_content_type_get_media_type(type)) + "/" +
                      g_mime_content_type_get_media_subtype(type));
  if (GMIME_IS_MESSAGE_PART(object)) {
    out.entities.push_back(std::move(entity));
    GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (inner != nullptr && g_mime_message_get_mime_part(inner) != nullptr)
      walk(g_mime_message_get_mime_part(inner), out);
    return;
  }
  if (GMIME_IS_MULTIPART(object)) {
    out.entities.push_back(std::move(entity));
    auto* multipart = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
      walk(g_mime_multipart_get_part(multipart, i), out);
    return;
  }
  if (GMIME_IS_PART(object)) {
    if (const char* name = g_mime_part_get_filename(GMIME_PART(object))) entity.name = name;
    if (GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object))) {
      const Ref<GMimeStream> memory(g_mime_stream_mem_new());
      g_mime_data_wrapper_write_to_stream(content, memory.get());
      const GByteArray* octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
      entity.octets = std::string(reinterpret_cast<const char*>(octets->data), octets->len);
    }
    if (GMIME_IS_TEXT_PART(object)) {
      char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
      if (text != nullptr) entity.text = text;
      g_free(text);
    }
  }
  out.entities.push_back(std::move(entity));
}

Seen by_gmime(std::string_view raw) {
  static const bool initialized = [] {
    g_mime_init();
    return true;
  }();
  EXPECT_TRUE(initialized);
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  Seen out;
  if (!message) return out;
  GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message.get()));
  for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
    const char* value = g_mime_header_get_value(header);
    out.fields[lower(g_mime_header_get_name(header))].emplace_back(value == nullptr ? "" : value);
  }
  if (GMimeObject* root = g_mime_message_get_mime_part(message.get())) walk(root, out);
  return out;
}

Seen by_us(std::string_view raw) {
  const Message message = parse(raw);
  Seen out;
  for (const Field& f : message.parts[0].fields)
    out.fields[lower(f.name)].push_back(decode_header(f.value));
  for (const Part& part : message.parts) {
    Entity entity;
    entity.type = part.type;
    if (!part.type.starts_with("multipart/") && part.type != "message/rfc822") {
      std::string problem;
      entity.octets = decode_transfer(part.body, part.encoding, 1U << 20, problem);
      entity.name = part.name;
      if (part.type.starts_with("text/"))
        entity.text = text::to_utf8(*entity.octets, part.charset).text;
    }
    out.entities.push_back(std::move(entity));
  }
  return out;
}

// Blanks are compared folded: GMime folds the blanks of a header value that it unfolds, we keep
// them.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  return std::string(trim(out));
}

// What differs, one line each; empty if nothing does.
std::string differences(std::string_view raw) {
  const Seen ours = by_us(raw), theirs = by_gmime(raw);
  std::string out;
  if (ours.entities.size() != theirs.entities.size()) out += "parts ";
  for (std::size_t i = 0; i < std::min(ours.entities.size(), theirs.entities.size()); ++i) {
    const Entity &a = ours.entities[i], &b = theirs.entities[i];
    if (a.type != b.type)
      out += "type ";
    else if (a.octets.has_value() != b.octets.has_value() ||
             (a.octets && folded(*a.octets) != folded(*b.octets)))
      out += "octets ";
    else if (a.text && (!b.text || folded(*a.text) != folded(*b.text)))
      out += "text ";
    else if (folded(a.name) != folded(b.name))
      out += "name ";
  }
  for (const char* name : kFields) {
    const auto a = ours.fields.find(lower(name)), b = theirs.fields.find(lower(name));
    const bool both = a != ours.fields.end() && b != theirs.fields.end();
    if (!both) {
      if ((a == ours.fields.end()) != (b == theirs.fields.end())) out += lower(name) + " ";
      continue;
    }
    bool same = a->second.size() == b->second.size();
    for (std::size_t i = 0; same && i < a->second.size(); ++i)
      same = folded(a->second[i]) == folded(b->second[i]);
    if (!same) out += lower(name) + " ";
  }
  return std::string(trim(out));
}

struct Difference {
  std::string_view what, why;
};

const std::map<std::string, Difference> kDifferences = {
    {"broken_encodings",
     {"octets type", "it stops at a foreign octet in base64; 'text' alone is no type to it"}},
    {"gb18030_wrong_label", {"text", "it decodes by the label; we see that the label is wrong"}},
    {"utf8_labelled_latin1", {"text", "it decodes by the label; we see that the label is wrong"}},
    {"no_label_gbk",
     {"text", "without label it decodes as the locale's charset; we look at the octets"}},
    {"gbk_8bit_html", {"subject", "raw 8-bit header: we take the charset of the body"}},
    {"identifiers_ja",
     {"text subject", "no label: it takes the locale's charset, we look at the octets"}},
    {"identifiers_ko",
     {"text subject", "no label: it takes the locale's charset, we look at the octets"}},
    {"message_base64",
     {"parts octets", "a message encoded against RFC 2046: we decode and open it, it does not"}},
    {"utf16_message",
     {"parts subject from to date message-id received", "it does not take UTF-16 for a header"}},
    {"header_not_ended",
     {"octets", "it takes all lines without colon for header lines and finds no body"}},
    {"mbox_cr",
     {"octets subject from to date message-id received",
      "it does not take CR alone for a line end"}},
    {"split_words",
     {"subject x-broken", "it decodes each word alone and leaves broken words as they are"}},
};

TEST(Differential, GMimeReadsTheGoldenMessagesAlike) {
  for (const auto& entry : std::filesystem::directory_iterator(WEIR_TESTDATA)) {
    if (entry.path().extension() != ".eml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(in), {}};
    const auto known = kDifferences.find(entry.path().stem().string());
    EXPECT_EQ(differences(raw), known == kDifferences.end() ? "" : known->second.what)
        << entry.path().stem();
  }
}

// A MIME tree, and the message that is written of it by the rules.
struct Node {
  std::string type;
  std::string octets;  // of a leaf
  std::string name;    // of a leaf
  std::vector<Node> children;
};

class Writer {
 public:
  // What the message has to be read as, in document order.
  std::vector<Entity> expected;

  std::string message(const Node& node) {
    eol_ = *rc::gen::element<std::string>("\n", "\r\n");
    return "From: a@b.example" + eol_ + "Subject: x" + eol_ + "MIME-Version: 1.0" + eol_ +
           entity(node);
  }

 private:
  std::string entity(const Node& node) {
    expected.push_back(Entity{node.type, std::nullopt, std::nullopt, {}});
    if (node.type == "message/rfc822")
      return "Content-Type: message/rfc822" + eol_ + eol_ + "Subject: inner" + eol_ +
             entity(node.children.front());
    if (node.type.starts_with("multipart/")) return multipart(node);
    expected.back().octets = node.octets;
    expected.back().name = node.name;
    std::string head = "Content-Type: " + node.type;
    if (!node.name.empty()) head += ";" + eol_ + " name=\"" + node.name + "\"";
    head += eol_ + "Content-Transfer-Encoding: ";
    if (*rc::gen::arbitrary<bool>()) return head + "base64" + eol_ + eol_ + base64(node.octets);
    return head + "quoted-printable" + eol_ + eol_ + quoted_printable(node.octets);
  }

  std::string multipart(const Node& node) {
    // Each boundary is the beginning of those opened after it.
    boundary_ += *rc::gen::element<std::string>("b", "=_", "'x", "--");
    const std::string boundary = boundary_ + std::to_string(++count_);
    std::string out =
        "Content-Type: " + node.type + "; boundary=\"" + boundary + "\"" + eol_ + eol_;
    if (*rc::gen::arbitrary<bool>()) out += "-- before " + boundary + eol_;
    for (const Node& child : node.children)
      out += "--" + boundary + *rc::gen::element<std::string>("", " ", "\t ") + eol_ +
             entity(child) + eol_;
    out += "--" + boundary + "--" + eol_;
    if (*rc::gen::arbitrary<bool>()) out += "after" + eol_;
    return out;
  }

  std::string base64(std::string_view octets) {
    const std::string encoded = to_base64(octets);
    const auto width = *rc::gen::inRange<std::size_t>(1, 19) * 4;
    std::string out;
    for (std::size_t i = 0; i < encoded.size(); i += width) out += encoded.substr(i, width) + eol_;
    return out;
  }

  std::string quoted_printable(std::string_view octets) {
    std::string out;
    std::size_t column = 0;
    for (const char c : octets) {
      if (column > 70) {
        out += "=" + eol_;
        column = 0;
      }
      const bool plain = c > 32 && c < 127 && c != '=' && c != '-';
      out += plain ? std::string(1, c) : "=" + to_hex(std::string_view(&c, 1));
      column += plain ? 1 : 3;
    }
    return out;
  }

  std::string eol_;
  std::string boundary_;
  int count_ = 0;
};

Node any_node(int depth) {
  const auto kind = *rc::gen::inRange(0, depth > 0 ? 6 : 3);
  Node node;
  if (kind >= 4) {
    node.type = *rc::gen::element<std::string>("multipart/mixed", "multipart/alternative",
                                               "multipart/related", "multipart/report");
    const auto count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) node.children.push_back(any_node(depth - 1));
  } else if (kind == 3) {
    node.type = "message/rfc822";
    node.children.push_back(any_node(depth - 1));
  } else {
    node.type = *rc::gen::element<std::string>("text/plain", "text/html", "image/png",
                                               "application/octet-stream");
    node.octets = node.type.starts_with("text/")
                      ? *rc::gen::container<std::string>(rc::gen::element('a', '-', ' ', '=', '\n'))
                      : *rc::gen::arbitrary<std::string>();
    node.name = *rc::gen::element<std::string>("", "a.txt", "a b (c).doc", "x;y=z.bin");
  }
  return node;
}

RC_GTEST_PROP(DifferentialLaw, AMessageWrittenByTheRulesIsReadBackByUsAndByGMime, ()) {
  const Node root = any_node(*rc::gen::inRange(0, 4));
  Writer writer;
  const std::string raw = writer.message(root);
  const Seen ours = by_us(raw);
  RC_ASSERT(ours.entities.size() == writer.expected.size());
  for (std::size_t i = 0; i < writer.expected.size(); ++i) {
    RC_ASSERT(ours.entities[i].type == writer.expected[i].type);
    RC_ASSERT(ours.entities[i].octets == writer.expected[i].octets);
    RC_ASSERT(ours.entities[i].name == writer.expected[i].name);
  }
  RC_ASSERT(parse(raw).problems.empty());
  RC_ASSERT(differences(raw) == "");
}

}  // namespace
}  // namespace weir::mail
