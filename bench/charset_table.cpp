// bench/charset_table.cpp - for each message named on standard input, what we and GMime make of its
// text parts: one JSON line with the characters of East Asian writing and the U+FFFD in each.
// bench/charsets.py compares them with other readers.
#include <fmt/format.h>
#include <gmime/gmime.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "mail/message.h"
#include "mail/transfer.h"
#include "text/charset.h"
#include "text/html.h"

namespace {

using namespace weir;

struct Tally {
  std::uint64_t cjk = 0, replaced = 0, undecoded = 0;
  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = next_code_point(text, at);
      cjk += (c >= 0x3041 && c <= 0x30FE) || (c >= 0x3400 && c <= 0x9FFF) ||
             (c >= 0xAC00 && c <= 0xD7A3);
      replaced += c == kReplacement ? 1U : 0U;
    }
  }
  void write(JsonWriter& out) const {
    out.begin_object();
    out.key("cjk").value(cjk);
    out.key("replaced").value(replaced);
    out.key("undecoded").value(undecoded);
    out.end_object();
  }
};

Tally by_weir(std::string_view raw) {
  const mail::Limits limits;
  const auto message = mail::parse(raw, limits);
  Tally tally;
  for (const auto& part : message.parts) {
    if (!part.type.starts_with("text/")) continue;
    std::string storage, broken;
    const std::string_view octets = mail::decode_transfer_view(
        part.body, part.encoding, limits.decoded_octets, storage, broken);
    std::string label(part.charset);
    if (label.empty() && part.type == "text/html") label = text::meta_charset(octets);
    const auto decoded = text::to_utf8(octets, label);
    tally.add(decoded.text);
  }
  return tally;
}

void walk(GMimeObject* object, Tally& tally) {
  if (GMIME_IS_MULTIPART(object)) {
    for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object)); ++i)
      walk(g_mime_multipart_get_part(GMIME_MULTIPART(object), i), tally);
  } else if (GMIME_IS_MESSAGE_PART(object)) {
    GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (inner != nullptr && g_mime_message_get_mime_part(inner) != nullptr)
      walk(g_mime_message_get_mime_part(inner), tally);
  } else if (GMIME_IS_TEXT_PART(object)) {
    char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
    if (text == nullptr)
      ++tally.undecoded;
    else
      tally.add(text);
    g_free(text);
  }
}

Tally by_gmime(const std::string& raw) {
  Tally tally;
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(raw.data(), raw.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  if (message != nullptr) {
    if (GMimeObject* root = g_mime_message_get_mime_part(message)) walk(root, tally);
    g_object_unref(message);
  }
  g_object_unref(parser);
  g_object_unref(stream);
  return tally;
}

}  // namespace

int main() {
  g_mime_init();
  std::string path;
  while (std::getline(std::cin, path)) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream buffer;
    buffer << file.rdbuf();
    const std::string raw = buffer.str();
    JsonWriter out;
    out.begin_object();
    out.key("weir");
    by_weir(raw).write(out);
    out.key("gmime");
    by_gmime(raw).write(out);
    out.end_object();
    fmt::print("{}\n", out.str());
  }
  g_mime_shutdown();
  return 0;
}
