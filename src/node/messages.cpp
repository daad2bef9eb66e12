#include "node/messages.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "os/files.h"

namespace weir::node {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxMboxOctets = 4ULL << 30;
constexpr std::uint64_t kMaxIndexOctets = 1ULL << 30;
constexpr std::size_t kHeadOctets = 512;
constexpr std::string_view kStandardInput = "/dev/stdin";

// "From someone@example Sat Jan 31 12:00:00 2026": a time and a year tell a separator from a
// sentence.
bool is_mbox_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  bool time = false, year = false;
  for (std::size_t i = 5; i < line.size(); ++i) {
    time |= i + 4 < line.size() && digit(line[i]) && digit(line[i + 1]) && line[i + 2] == ':' &&
            digit(line[i + 3]) && digit(line[i + 4]);
    year |= i + 4 <= line.size() && line[i - 1] == ' ' &&
            std::all_of(line.begin() + static_cast<std::ptrdiff_t>(i),
                        line.begin() + static_cast<std::ptrdiff_t>(i) + 4, digit);
  }
  return time && year;
}

std::string_view first_line(std::string_view octets) { return octets.substr(0, octets.find('\n')); }

struct IndexLine {
  bool spam = false;
  std::string_view path, column;
};

std::optional<IndexLine> parse_index_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  IndexLine parsed;
  if (line.starts_with("spam "))
    parsed.spam = true;
  else if (!line.starts_with("ham "))
    return std::nullopt;
  line.remove_prefix(line.find(' ') + 1);
  const auto word = [&line] {
    const auto value = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), value.size() + 1));
    return value;
  };
  parsed.path = word();
  parsed.column = word();
  if (parsed.path.empty()) return std::nullopt;
  return parsed;
}

void split_mbox(const std::string& file, std::string octets, std::vector<MessageRef>& out) {
  const auto shared = std::make_shared<const std::string>(std::move(octets));
  const std::string_view all = *shared;
  std::vector<std::size_t> begins;
  bool after_empty = true;
  for (std::size_t at = 0; at < all.size();) {
    const auto line = first_line(all.substr(at));
    if (after_empty && is_mbox_separator(line)) begins.push_back(at);
    after_empty = line.empty() || line == "\r";
    at += line.size() + 1;
  }
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const auto end = i + 1 < begins.size() ? begins[i + 1] : all.size();
    MessageRef message;
    message.path = begins.size() == 1 ? file : fmt::format("{}#{}", file, i + 1);
    message.shared = shared;
    message.begin = begins[i];
    message.size = end - begins[i];
    out.push_back(std::move(message));
  }
}

Result<std::string> head_of(const std::string& file) {
  bool cut = false;
  return os::read_file_head(file, kHeadOctets, cut);
}

void add_message(const std::string& file, std::vector<MessageRef>& out) {
  MessageRef message;
  message.path = message.file = file;
  out.push_back(std::move(message));
}

Status add_mail_file(const std::string& file, std::string_view head, std::vector<MessageRef>& out) {
  if (!is_mbox_separator(first_line(head))) {
    add_message(file, out);
    return {};
  }
  WEIR_TRY(auto octets, os::read_file(file, kMaxMboxOctets));
  split_mbox(file, std::move(octets), out);
  return {};
}

Status add_file(const std::string& file, std::vector<MessageRef>& out) {
  WEIR_TRY(const auto head, head_of(file));
  if (const auto line = parse_index_line(first_line(head)); line && !line->path.ends_with(':')) {
    WEIR_TRY(auto messages, read_index(file));
    std::move(messages.begin(), messages.end(), std::back_inserter(out));
    return {};
  }
  return add_mail_file(file, head, out);
}

Status add_folder(const fs::path& folder, std::vector<MessageRef>& out) {
  std::error_code error;
  std::vector<fs::path> roots = {folder};
  if (fs::is_directory(folder / "cur", error) && fs::is_directory(folder / "new", error))
    roots = {folder / "cur", folder / "new"};
  std::vector<std::string> files;
  for (const auto& root : roots) {
    fs::recursive_directory_iterator it(root, fs::directory_options::none, error), end;
    for (; !error && it != end; it.increment(error))
      if (it->is_regular_file(error)) files.push_back(it->path().string());
    if (error) {
      errno = error.value();
      return std::unexpected(os::last_error("read the folder", root));
    }
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    // A file that is gone by now (Maildirs move theirs) or cannot be read is a message that load()
    // says it of: the others are still there.
    if (const auto head = head_of(file))
      WEIR_CHECK(add_mail_file(file, *head, out));
    else
      add_message(file, out);
  }
  return {};
}

Status add_path(const std::string& path, std::vector<MessageRef>& out) {
  if (path == "-") {
    MessageRef message;
    message.path = "-";
    message.file = kStandardInput;
    out.push_back(std::move(message));
    return {};
  }
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) {
    errno = ENOENT;
    return std::unexpected(os::last_error("open", path));
  }
  if (fs::is_directory(status)) return add_folder(path, out);
  if (fs::is_regular_file(status)) return add_file(path, out);
  add_message(path, out);  // a pipe: one message
  return {};
}

}  // namespace

Result<std::vector<MessageRef>> list_messages(const std::vector<std::string>& paths) {
  std::vector<MessageRef> out;
  for (const auto& path : paths) WEIR_CHECK(add_path(path, out));
  return out;
}

Result<std::vector<MessageRef>> read_index(const std::string& file) {
  WEIR_TRY(const auto octets, os::read_file(file, kMaxIndexOctets));
  const auto folder = fs::path(file).parent_path();
  std::vector<MessageRef> out;
  std::string_view rest = octets;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const auto line = first_line(rest);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty() || line == "\r") continue;
    const auto parsed = parse_index_line(line);
    if (!parsed)
      return fail(Errc::invalid, fmt::format("{}:{}: expected 'spam PATH' or 'ham PATH', found "
                                             "'{}'",
                                             file, number, line.substr(0, 60)));
    MessageRef message;
    message.file = (folder / parsed->path).string();
    message.path = message.file;
    message.spam = parsed->spam;
    message.listed_as = parsed->path;
    message.column = parsed->column;
    out.push_back(std::move(message));
  }
  return out;
}

Result<Loaded> load(const MessageRef& message, std::uint64_t max_octets) {
  Loaded loaded;
  if (message.shared) {
    loaded.octets = std::string_view(*message.shared).substr(message.begin, message.size);
    loaded.cut = loaded.octets.size() > max_octets;
    loaded.octets = loaded.octets.substr(0, max_octets);
    return loaded;
  }
  if (message.file == kStandardInput) {
    WEIR_TRY(loaded.owned, os::read_standard_input_head(max_octets, loaded.cut));
  } else {
    WEIR_TRY(loaded.owned, os::read_file_head(message.file, max_octets, loaded.cut));
  }
  loaded.octets = loaded.owned;
  return loaded;
}

}  // namespace weir::node
