// Encodings older than MIME, in lines of their own between a line that begins and one that ends
// them: uuencode (POSIX), and yEnc as it is used in news.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"
#include "mail/transfer.h"

namespace weir::mail {
namespace {

// Takes the first line off the text, without its line end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

unsigned uu_value(char c) { return (static_cast<unsigned char>(c) - 32U) & 63U; }

// One line of up to 63 octets; false if it promises more than it holds.
bool append_uu_line(std::string& out, std::string_view line) {
  std::array<char, 66> octets{};
  const std::size_t length = uu_value(line[0]);
  std::size_t written = 0;
  std::size_t i = 1;
  for (; written < length && i < line.size(); i += 4) {
    std::array<unsigned, 4> v{};
    for (std::size_t k = 0; k < 4 && i + k < line.size(); ++k) v[k] = uu_value(line[i + k]);
    octets[written] = static_cast<char>((v[0] << 2) | (v[1] >> 4));
    octets[written + 1] = static_cast<char>((v[1] << 4) | (v[2] >> 2));
    octets[written + 2] = static_cast<char>((v[2] << 6) | v[3]);
    written += 3;
  }
  out.append(octets.data(), std::min(written, length));
  return written >= length;
}

}  // namespace

DecodedLines append_uuencode(std::string& out, std::string_view text, std::size_t max_octets) {
  DecodedLines result;
  bool base64 = false;
  while (!text.empty() && !result.found) {
    const std::string_view line = take_line(text);
    base64 = line.starts_with("begin-base64 ");
    result.found = base64 || line.starts_with("begin ");
  }
  if (!result.found) return result;
  const std::size_t before = out.size();
  if (base64) {
    const std::size_t end = std::min(text.find("===="), text.size());
    result.clean = append_base64(out, text.substr(0, end)) && end < text.size();
  } else {
    bool clean = true;
    while (!text.empty() && out.size() - before <= max_octets) {
      const std::string_view line = take_line(text);
      if (line == "end") {
        result.clean = clean;
        break;
      }
      if (line.empty() || line[0] == '`') continue;
      if (!append_uu_line(out, line)) clean = false;
    }
  }
  if (out.size() - before > max_octets) {
    result.cut = true;
    out.resize(before + max_octets);
  }
  return result;
}

namespace {

// "=yend size=123 crc32=...": a line without a size contradicts none.
bool says_size(std::string_view end_line, std::size_t octets) {
  constexpr std::string_view kSize = " size=";
  const std::size_t at = end_line.find(kSize);
  if (at == std::string_view::npos) return true;
  const std::string size = std::to_string(octets);
  const std::string_view rest = end_line.substr(at + kSize.size());
  return rest.starts_with(size) && (rest.size() == size.size() || is_space(rest[size.size()]));
}

}  // namespace

DecodedLines append_yenc(std::string& out, std::string_view text, std::size_t max_octets) {
  DecodedLines result;
  while (!text.empty() && !result.found) result.found = take_line(text).starts_with("=ybegin ");
  const std::size_t before = out.size();
  while (result.found && !text.empty() && out.size() - before <= max_octets) {
    const std::string_view line = take_line(text);
    if (line.starts_with("=ypart ")) continue;
    if (line.starts_with("=yend")) {
      result.clean = says_size(line, out.size() - before);
      break;
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      unsigned octet = static_cast<unsigned char>(line[i]);
      if (line[i] == '=' && i + 1 < line.size())
        octet = static_cast<unsigned char>(line[++i]) - 64U;
      out.push_back(static_cast<char>(octet - 42U));
    }
  }
  if (out.size() - before > max_octets) {
    result.cut = true;
    out.resize(before + max_octets);
  }
  return result;
}

}  // namespace weir::mail
