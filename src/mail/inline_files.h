// mail/inline_files.h - files written into a text without MIME: uuencode and yEnc.
//
// Input:    the octets of a text part, transfer encoding removed. A file counts only if a line of
//           its data follows the line that begins it: "begin 644 words" alone is text.
// Output:   spans of the input: the files with their first and last lines, and the text that is
//           left without them. Nothing is copied if there is no file.
// Bounds:   O(octets), at most max_files files; what is above stays text. Never fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/transfer.h"

namespace weir::mail {

struct InlineFile {
  std::string name;  // UTF-8
  TransferEncoding encoding = TransferEncoding::uuencode;
  std::string_view encoded;  // from "begin ..." to "end", lines included
  bool ended = false;        // its last line is there
};

struct InlineFiles {
  std::string text;  // what is outside; empty if there are no files
  std::vector<InlineFile> files;
  bool cut = false;  // there are more than max_files
};

[[nodiscard]] InlineFiles find_inline_files(std::string_view octets, std::size_t max_files);

// The octets of the file, at most max_octets. Sets problem to a name if they are broken.
[[nodiscard]] std::string decode_inline_file(const InlineFile& file, std::size_t max_octets,
                                             std::string& problem);

}  // namespace weir::mail
