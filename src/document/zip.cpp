#include "document/zip.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/utf8.h"
#include "document/ascii.h"
#include "document/code_page.h"
#include "document/filters.h"
#include "document/office.h"
#include "text/charset.h"

namespace weir::document {
namespace {

constexpr std::string_view kLocalSignature = "PK\x03\x04";
constexpr std::string_view kDirectorySignature = "PK\x01\x02";
constexpr std::string_view kEndSignature = "PK\x05\x06";
constexpr std::size_t kEndOctets = 22;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kUtf8Names = 1U << 11;
constexpr std::uint16_t kUnicodePath = 0x7075;

std::uint16_t u16(ByteReader& reader) {
  const unsigned low = reader.u8();
  return static_cast<std::uint16_t>(low | (static_cast<unsigned>(reader.u8()) << 8));
}

// The name in UTF-8 that some programs put beside the other one.
std::string_view unicode_path(std::string_view extra) {
  ByteReader reader(extra);
  while (reader.left() >= 4) {
    const std::uint16_t id = u16(reader);
    const std::string_view value = reader.octets(u16(reader));
    if (!reader.ok()) return {};
    if (id == kUnicodePath && value.size() > 5 && is_utf8(value.substr(5))) return value.substr(5);
  }
  return {};
}

bool is_of_pairs(std::string_view charset) {
  return charset == "gb18030" || charset == "big5-hkscs" || charset == "cp932" ||
         charset == "euc-jp" || charset == "cp949" || charset == "euc-tw";
}

// DOS had Cyrillic letters at 0x80 to 0xAF and 0xE0 to 0xEF, and words of it are made of nothing
// else; letters with accents stand alone.
bool looks_cyrillic(std::string_view octets) {
  std::size_t letters = 0, in_words = 0, run = 0;
  for (const char c : octets) {
    const unsigned value = octet(c);
    const bool letter = (value >= 0x80 && value < 0xB0) || (value >= 0xE0 && value < 0xF0);
    run = letter ? run + 1 : 0;
    if (value >= 0x80) ++letters;
    if (run == 3) in_words += 3;
    if (run > 3) ++in_words;
  }
  return 2 * in_words > letters;
}

}  // namespace

ZipArchive::ZipArchive(std::string_view octets, Output& out) : octets_(octets), out_(out) {
  if (!read_directory()) {
    entries_.clear();
    undecoded_.clear();
    out_.problem("zip_broken");
    read_local_headers();
  }
  decode_names();
}

bool ZipArchive::read_directory() {
  // The end record stands before a comment of at most 65,535 octets.
  const std::size_t tail =
      octets_.size() - std::min<std::size_t>(octets_.size(), 65'535 + kEndOctets);
  const std::size_t end = octets_.rfind(kEndSignature);
  if (end == std::string_view::npos || end < tail) return false;
  ByteReader record(octets_.substr(end + 4));
  (void)record.octets(8);
  const std::uint32_t size = record.u32();
  std::uint32_t at = record.u32();
  if (!record.ok()) return false;
  // Offsets are wrong by what somebody put before the archive; the directory ends where the end
  // record begins.
  if (!octets_.substr(std::min<std::size_t>(at, octets_.size())).starts_with(kDirectorySignature)) {
    if (size > end) return false;
    at = static_cast<std::uint32_t>(end - size);
  }
  const std::size_t moved = end >= std::size_t{at} + size ? end - at - size : 0;
  if (at > octets_.size()) return false;
  ByteReader reader(octets_.substr(at));
  while (reader.octets(4) == kDirectorySignature) {
    if (entries_.size() >= entries_max()) {
      out_.problem("zip_too_many_entries");
      break;
    }
    ZipEntry entry;
    (void)reader.octets(4);
    const std::uint16_t flags = u16(reader);
    entry.method = u16(reader);
    (void)reader.octets(8);
    entry.packed_octets = reader.u32();
    (void)reader.u32();
    const std::uint16_t name_octets = u16(reader);
    const std::uint16_t extra_octets = u16(reader);
    const std::uint16_t comment_octets = u16(reader);
    (void)reader.octets(8);
    entry.local_at = reader.u32();
    if (!octets_.substr(std::min(entry.local_at, octets_.size())).starts_with(kLocalSignature))
      entry.local_at += moved;
    const std::string_view name = reader.octets(name_octets);
    const std::string_view extra = reader.octets(extra_octets);
    (void)reader.octets(comment_octets);
    if (!reader.ok()) return false;
    add(name, flags, extra, std::move(entry));
  }
  return !entries_.empty() || size == 0;
}

void ZipArchive::read_local_headers() {
  std::size_t next = 0;
  for (;;) {
    const std::size_t at = octets_.find(kLocalSignature, next);
    if (at == std::string_view::npos) return;
    if (entries_.size() >= entries_max()) {
      out_.problem("zip_too_many_entries");
      return;
    }
    ByteReader reader(octets_.substr(at + 4));
    ZipEntry entry;
    (void)reader.octets(2);
    const std::uint16_t flags = u16(reader);
    entry.method = u16(reader);
    (void)reader.octets(8);
    entry.packed_octets = reader.u32();
    (void)reader.u32();
    const std::uint16_t name_octets = u16(reader);
    const std::uint16_t extra_octets = u16(reader);
    const std::string_view name = reader.octets(name_octets);
    const std::string_view extra = reader.octets(extra_octets);
    if (!reader.ok()) return;
    entry.local_at = at;
    next = at + 4 + reader.offset();
    add(name, flags, extra, std::move(entry));
  }
}

void ZipArchive::add(std::string_view name, std::uint16_t flags, std::string_view extra,
                     ZipEntry entry) {
  entry.encrypted = (flags & kEncrypted) != 0;
  entry.name = name.substr(0, 512);
  if (const std::string_view better = unicode_path(extra); !better.empty())
    entry.name = better.substr(0, 512);
  else if ((flags & kUtf8Names) == 0 && std::ranges::any_of(name, is_8bit))
    undecoded_.push_back(entries_.size());
  entry.name = undecoded_.empty() || undecoded_.back() != entries_.size()
                   ? to_valid_utf8(entry.name)
                   : entry.name;
  entries_.push_back(std::move(entry));
}

// The standard says code page 437; programs write that of their country. All names together tell.
void ZipArchive::decode_names() {
  if (undecoded_.empty()) return;
  std::string sample;
  for (const std::size_t index : undecoded_) {
    if (sample.size() > 65'536) break;
    sample += entries_[index].name;
    sample += '\n';
  }
  const text::Decoded guess = text::to_utf8(sample, {});
  std::string charset = guess.used;
  if (guess.replaced > 0 || (charset != "utf-8" && !is_of_pairs(charset)))
    charset = looks_cyrillic(sample) ? "ibm866" : "ibm437";
  for (const std::size_t index : undecoded_)
    entries_[index].name = decode_charset(entries_[index].name, charset);
}

std::string ZipArchive::contents(const ZipEntry& entry) {
  if (entry.encrypted || entry.local_at >= octets_.size()) return {};
  ByteReader reader(octets_.substr(entry.local_at));
  if (reader.octets(4) != kLocalSignature) return {};
  (void)reader.octets(22);
  const std::uint16_t name_octets = u16(reader);
  const std::uint16_t extra_octets = u16(reader);
  (void)reader.octets(name_octets);
  (void)reader.octets(extra_octets);
  if (!reader.ok()) return {};
  std::string_view rest = octets_.substr(entry.local_at + reader.offset());
  // A size of 0 or of all ones stands somewhere else; deflate knows its end.
  if (entry.packed_octets > 0 && entry.packed_octets < rest.size())
    rest = rest.substr(0, entry.packed_octets);
  const std::size_t room = out_.inflated_left();
  std::string octets;
  if (entry.method == 0) {
    octets = rest.substr(0, std::min({rest.size(), entry.packed_octets, room}));
  } else if (entry.method == 8) {
    Filtered done = inflate_octets(rest, room, Wrapping::raw);
    if (done.cut) out_.problem("zip_too_much_inflated");
    octets = std::move(done.octets);
  }
  out_.count_inflated(octets.size());
  return octets;
}

void read_zip(std::string_view octets, Output& out) {
  ZipArchive archive(octets, out);
  out.document().pages = archive.entries().size();
  for (const ZipEntry& entry : archive.entries())
    if (entry.encrypted) {
      out.signal("zip_encrypted");
      break;
    }
  if (read_office(archive, out)) return;
  for (const ZipEntry& entry : archive.entries()) out.name(entry.name);
}

}  // namespace weir::document
