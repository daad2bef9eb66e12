// document/zip.h - the list of files in a zip archive (PKWARE APPNOTE 4.3), and the office files
// that are zip archives of XML. For document/ only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/output.h"

namespace weir::document {

struct ZipEntry {
  std::string name;  // UTF-8
  bool encrypted = false;
  std::uint16_t method = 0;  // 0: stored, 8: deflated
  std::size_t packed_octets = 0;
  std::size_t local_at = 0;  // of its local header
};

class ZipArchive {
 public:
  // By the central directory; by the local headers if that cannot be found.
  ZipArchive(std::string_view octets, Output& out);
  [[nodiscard]] const std::vector<ZipEntry>& entries() const { return entries_; }
  // The octets of a file, as far as they can be had; draws on the account of inflated octets.
  [[nodiscard]] std::string contents(const ZipEntry& entry);

 private:
  [[nodiscard]] bool read_directory();
  void read_local_headers();
  void add(std::string_view name, std::uint16_t flags, std::string_view extra, ZipEntry entry);
  void decode_names();
  // Names take memory, and nobody looks at ten thousand of them.
  [[nodiscard]] std::size_t entries_max() const {
    return std::min<std::size_t>(out_.limits().objects, 10'000);
  }

  std::string_view octets_;
  Output& out_;
  std::vector<ZipEntry> entries_;
  std::vector<std::size_t> undecoded_;  // entries whose names are octets still
};

void read_zip(std::string_view octets, Output& out);

}  // namespace weir::document
