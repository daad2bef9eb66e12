#include "mail/inline_files.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "mail/message.h"
#include "text/charset.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxName = 1'000;

struct TextLines {
  std::string_view octets;
  [[nodiscard]] std::size_t next(std::size_t at) const {
    const std::size_t end = octets.find('\n', at);
    return end == std::string_view::npos ? octets.size() : end + 1;
  }
  [[nodiscard]] std::string_view line(std::size_t at) const {
    std::string_view found = octets.substr(at, next(at) - at);
    while (!found.empty() && (found.back() == '\n' || found.back() == '\r')) found.remove_suffix(1);
    return found;
  }
};

// A line of uuencoded data: its first octet tells how many it holds. Blanks at its end may be lost.
bool is_uu_line(std::string_view line) {
  if (line.empty() || line.size() > 63 / 3 * 4 + 4) return false;
  if (line == "`" || line == "end") return true;
  for (const char c : line)
    if (c < 32 || c > 96) return false;
  const std::size_t length = (static_cast<unsigned char>(line[0]) - 32U) & 63U;
  const std::size_t needed = (length + 2) / 3 * 4 + 1;
  return length > 0 && line.size() <= needed + 2 && line.size() + 4 >= needed;
}

bool is_base64_line(std::string_view line) {
  return !line.empty() && line.size() <= 100 && std::all_of(line.begin(), line.end(), [](char c) {
    return is_alnum(c) || c == '+' || c == '/' || c == '=';
  });
}

// "644 name" -> name.
std::optional<std::string_view> name_behind_mode(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '7') ++digits;
  if (digits < 3 || digits > 5 || digits == text.size() || text[digits] != ' ') return std::nullopt;
  const std::string_view name = trim(text.substr(digits));
  if (name.empty() || name.size() > kMaxName) return std::nullopt;
  return name;
}

class Finder {
 public:
  Finder(std::string_view octets, std::size_t max_files) : lines_{octets}, max_files_(max_files) {}

  InlineFiles run() {
    const std::string_view octets = lines_.octets;
    std::size_t kept = 0;
    for (std::size_t at = octets.find("begin"); at != std::string_view::npos;
         at = octets.find("begin", at)) {
      const std::size_t begin = at >= 2 && octets.substr(at - 2, 2) == "=y" ? at - 2 : at;
      auto file = begin == 0 || octets[begin - 1] == '\n' ? file_at(begin) : std::nullopt;
      if (!file) {
        at += 5;
        continue;
      }
      if (out_.files.size() >= max_files_) {
        out_.cut = true;
        break;
      }
      out_.text.append(octets.substr(kept, begin - kept));
      kept = at = begin + file->encoded.size();
      out_.files.push_back(std::move(*file));
    }
    if (!out_.files.empty()) out_.text.append(octets.substr(kept));
    return std::move(out_);
  }

 private:
  std::optional<InlineFile> file_at(std::size_t begin) const {
    const std::string_view line = lines_.line(begin);
    const std::size_t data = lines_.next(begin);
    const std::string_view first = lines_.line(data);
    if (line.starts_with("begin ") && is_uu_line(first)) {
      if (const auto name = name_behind_mode(line.substr(6)))
        return until(begin, data, *name, TransferEncoding::uuencode, is_uu_line, "end");
    } else if (line.starts_with("begin-base64 ") && is_base64_line(first)) {
      if (const auto name = name_behind_mode(line.substr(13)))
        return until(begin, data, *name, TransferEncoding::uuencode, is_base64_line, "====");
    } else if (line.starts_with("=ybegin ") && line.find(" line=") != std::string_view::npos) {
      const std::size_t at = line.find(" name=");
      const auto name =
          at == std::string_view::npos ? std::string_view() : trim(line.substr(at + 6));
      return until(
          begin, data, name.substr(0, kMaxName), TransferEncoding::yenc,
          [](std::string_view) { return true; }, "=yend");
    }
    return std::nullopt;
  }

  // The data ends with its last line; without one, before the first line that is no data.
  template <class IsData>
  [[nodiscard]] std::optional<InlineFile> until(std::size_t begin, std::size_t data,
                                                std::string_view name, TransferEncoding encoding,
                                                IsData is_data, std::string_view last) const {
    InlineFile file;
    file.encoding = encoding;
    file.name = text::to_utf8(name, {}).text;
    std::size_t at = data;
    while (at < lines_.octets.size() && !file.ended) {
      const std::string_view line = lines_.line(at);
      file.ended = encoding == TransferEncoding::yenc ? line.starts_with(last) : line == last;
      // The line before "end" may be one blank, and transport may have taken it.
      if (!file.ended && !is_data(line) && !(trim(line).empty() && followed_by(at, last))) break;
      at = lines_.next(at);
    }
    file.encoded = lines_.octets.substr(begin, at - begin);
    return file;
  }

  [[nodiscard]] bool followed_by(std::size_t at, std::string_view last) const {
    return lines_.line(lines_.next(at)) == last;
  }

  TextLines lines_;
  std::size_t max_files_;
  InlineFiles out_;
};

}  // namespace

InlineFiles find_inline_files(std::string_view octets, std::size_t max_files) {
  return Finder(octets, max_files).run();
}

std::string decode_inline_file(const InlineFile& file, std::size_t max_octets,
                               std::string& problem) {
  const bool yenc = file.encoding == TransferEncoding::yenc;
  return decode_transfer(file.encoded, yenc ? "x-yencode" : "x-uuencode", max_octets, problem);
}

}  // namespace weir::mail
