// node/messages.h - where messages come from: files, standard input, folders, Maildirs, mboxes,
// index files.
//
// list_messages() walks the paths and gives one entry a message, in order: files of a folder sorted
// by name, an mbox in its order, an index in its order. It reads only what it must (the first
// octets of a file; a whole mbox to find its messages). load() reads one.
//
//   folder  every regular file below it, a message or an mbox each (an index must be named itself:
//           a message may begin like one); with cur/ and new/ inside it is a Maildir and only those
//           two are read
//   mbox    a file that begins with a "From " line: split at "From " lines that follow an empty
//   line
//           and end in a time and year
//   index   a file whose first line is "spam PATH" or "ham PATH" (more columns are ignored), paths
//           relative to the file
//   -       standard input, one message
//
// Errors: a path that does not exist or cannot be read is an Error naming it; a file inside a
// folder that cannot be read is an Error of load(). Threads: load() from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace weir::node {

struct MessageRef {
  std::string path;  // to show: the file, or "file#3" for the third message of an mbox
  std::string file;  // to open; empty: `shared` holds the octets
  std::shared_ptr<const std::string> shared;
  std::size_t begin = 0, size = 0;  // inside shared
  std::optional<bool> spam;         // the index's label
  std::string listed_as;            // the path as the index has it
  std::string column;               // the index's third column, if any
};

[[nodiscard]] Result<std::vector<MessageRef>> list_messages(const std::vector<std::string>& paths);

struct Loaded {
  std::string owned;
  std::string_view octets;
  bool cut = false;  // longer than max_octets, read up to there
};
[[nodiscard]] Result<Loaded> load(const MessageRef& message, std::uint64_t max_octets);

// The index file alone, with its labels; Errc::invalid names file and line of a line without label
// or path.
[[nodiscard]] Result<std::vector<MessageRef>> read_index(const std::string& file);

}  // namespace weir::node
