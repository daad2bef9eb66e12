// bench/torture.cpp - how each message under a folder is taken apart by us and by GMime, one JSON
// line each; bench/torture.py makes the table of it and adds Python's email package.
//
//   weir_torture_table FOLDER     {"path","octets","ns_per_octet","weir":{...},"gmime":{...}}
//
// A reader's object: "parts" in document order, each [type, file name, octets without transfer
// encoding, digest of them with blanks folded]; "subject", "from", "to" decoded; "problems" of
// ours.
#include <fmt/format.h>
#include <gmime/gmime.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "mail/ascii.h"
#include "mail/message.h"
#include "mail/message_scan.h"
#include "mail/transfer.h"

namespace {

using namespace weir;

struct Leaf {
  std::string type, name, octets;
};

struct Seen {
  std::vector<Leaf> parts;
  std::string subject, from, to;
  std::vector<std::string> problems;
};

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (!mail::is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  return std::string(mail::trim(out));
}

// FNV-1a: only for telling differences.
std::uint64_t digest(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

Seen by_us(std::string_view raw) {
  const mail::Message message = mail::parse(raw);
  Seen out;
  const auto value = [&](std::string_view name) {
    const mail::Field* field = message.first(name);
    return field == nullptr ? std::string() : mail::decode_header(field->value);
  };
  out.subject = value("subject");
  out.from = value("from");
  out.to = value("to");
  for (const mail::Part& part : message.parts) {
    Leaf leaf{part.type, part.name, {}};
    const bool inner = part.type.starts_with("multipart/") || part.type == "message/rfc822";
    std::string problem;
    if (!inner) leaf.octets = mail::decode_transfer(part.body, part.encoding, 64U << 20, problem);
    out.parts.push_back(std::move(leaf));
  }
  for (const mail::Problem& problem : message.problems) out.problems.push_back(problem.what);
  return out;
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

std::string or_empty(const char* text) { return text == nullptr ? std::string() : text; }

void walk(GMimeObject* object, Seen& out) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  Leaf leaf;
  leaf.type = mail::lower(or_empty(g_mime_content_type_get_media_type(type)) + "/" +
                          or_empty(g_mime_content_type_get_media_subtype(type)));
  if (GMIME_IS_PART(object)) {
    leaf.name = or_empty(g_mime_part_get_filename(GMIME_PART(object)));
    if (GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object))) {
      const Ref<GMimeStream> memory(g_mime_stream_mem_new());
      g_mime_data_wrapper_write_to_stream(content, memory.get());
      const GByteArray* octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
      leaf.octets.assign(reinterpret_cast<const char*>(octets->data), octets->len);
    }
  }
  out.parts.push_back(std::move(leaf));
  if (GMIME_IS_MESSAGE_PART(object)) {
    GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (inner != nullptr && g_mime_message_get_mime_part(inner) != nullptr)
      walk(g_mime_message_get_mime_part(inner), out);
  } else if (GMIME_IS_MULTIPART(object)) {
    auto* multipart = GMIME_MULTIPART(object);
    for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
      walk(g_mime_multipart_get_part(multipart, i), out);
  }
}

Seen by_gmime(std::string_view raw) {
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  Seen out;
  if (!message) return out;
  const auto value = [&](const char* name) {
    return or_empty(g_mime_object_get_header(GMIME_OBJECT(message.get()), name));
  };
  const auto list = [&](InternetAddressList* addresses) {
    char* text =
        addresses == nullptr ? nullptr : internet_address_list_to_string(addresses, nullptr, FALSE);
    std::string found = or_empty(text);
    g_free(text);
    return found;
  };
  out.subject = value("Subject");
  out.from = list(g_mime_message_get_from(message.get()));
  out.to = list(g_mime_message_get_to(message.get()));
  if (GMimeObject* root = g_mime_message_get_mime_part(message.get())) walk(root, out);
  return out;
}

void write(JsonWriter& out, const Seen& seen) {
  out.begin_object();
  out.key("parts").begin_array();
  for (const Leaf& leaf : seen.parts) {
    out.begin_array();
    out.value(to_valid_utf8(leaf.type));
    out.value(to_valid_utf8(folded(leaf.name)));
    out.value(static_cast<std::uint64_t>(leaf.octets.size()));
    out.value(fmt::format("{:016x}", digest(folded(leaf.octets))));
    out.end_array();
  }
  out.end_array();
  out.key("subject").value(to_valid_utf8(folded(seen.subject)));
  out.key("from").value(to_valid_utf8(folded(seen.from)));
  out.key("to").value(to_valid_utf8(folded(seen.to)));
  out.key("problems").begin_array();
  for (const std::string& problem : seen.problems) out.value(problem);
  out.end_array();
  out.end_object();
}

// The folders also hold what their projects expect, keys, pictures and lists.
bool is_message(const std::filesystem::path& path, std::string_view octets) {
  static constexpr std::array<std::string_view, 24> kOthers = {
      ".golden", ".xml", ".out", ".html", ".json", ".png",  ".jpg", ".gif",
      ".pdf",    ".pem", ".pfx", ".cfg",  ".list", ".tnef", ".zip", ".doc",
      ".dat",    ".md",  ".pm",  ".pl",   ".mmdb", ".bin",  ".key", ".crt"};
  const std::string extension = mail::lower(path.extension().string());
  if (std::find(kOthers.begin(), kOthers.end(), extension) != kOthers.end()) return false;
  if (path.filename().string().starts_with("UPSTREAM-")) return false;
  mail::Lines lines(octets);
  (void)lines.choose_line_end(4096);
  std::size_t at = octets.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  int unread = 0;
  while (at < octets.size() && unread < 4) {
    const mail::Line line = lines.at(at);
    if (mail::field_name_length(lines.text(line)) > 0) return true;
    if (!lines.text(line).empty()) ++unread;
    at = line.next;
  }
  return octets.starts_with("\xFF\xFE") || octets.starts_with("\xFE\xFF");
}

}  // namespace

int main(int argc, char** argv) {
  std::error_code error;
  if (argc != 2 || !std::filesystem::is_directory(argv[1], error)) {
    fmt::print("skipped: no data\n");
    return 0;
  }
  g_mime_init();
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1]))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(in), {}};
    if (!is_message(path, raw)) continue;
    double best = 1e9;
    Seen ours;
    for (int i = 0; i < 5; ++i) {
      const double begin = cpu_seconds();
      ours = by_us(raw);
      best = std::min(best, cpu_seconds() - begin);
    }
    JsonWriter out;
    out.begin_object();
    out.key("path").value(std::filesystem::relative(path, argv[1]).string());
    out.key("octets").value(static_cast<std::uint64_t>(raw.size()));
    out.key("ns_per_octet")
        .value(static_cast<std::uint64_t>(
            best * 1e9 / static_cast<double>(std::max<std::size_t>(raw.size(), 1))));
    out.key("weir");
    write(out, ours);
    out.key("gmime");
    write(out, by_gmime(raw));
    out.end_object();
    fmt::print("{}\n", out.str());
  }
}
