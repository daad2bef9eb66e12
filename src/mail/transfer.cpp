// Content-Transfer-Encoding, read as every mailer reads it: base64 skips what is not of its
// alphabet and starts anew after padding, quoted-printable takes a bad escape literally, uuencode
// begins at its "begin" line.
#include "mail/transfer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "mail/ascii.h"
#include "mail/message.h"

namespace weir::mail {
namespace {

constexpr std::uint8_t kSkip = 0x40;   // line ends and blanks: nothing wrong
constexpr std::uint8_t kPad = 0x41;    // '='
constexpr std::uint8_t kWrong = 0x42;  // anything else

constexpr std::array<std::uint8_t, 256> kBase64 = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(kWrong);
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  for (const char c : {' ', '\t', '\r', '\n', '\f', '\v'})
    table[static_cast<unsigned char>(c)] = kSkip;
  table[static_cast<unsigned char>('=')] = kPad;
  return table;
}();

// Decodes into out, which has room for 3/4 of text. Returns the octets written.
std::size_t decode_base64(std::string_view text, char* out, bool& clean) {
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = in + text.size();
  char* const start = out;
  std::uint32_t bits = 0;
  int count = 0;
  while (in < end) {
    if (count == 0) {
      while (end - in >= 4) {
        const std::uint32_t a = kBase64[in[0]], b = kBase64[in[1]], c = kBase64[in[2]],
                            d = kBase64[in[3]];
        if (((a | b | c | d) & 0xC0U) != 0) break;
        const std::uint32_t v = (a << 18) | (b << 12) | (c << 6) | d;
        out[0] = static_cast<char>(v >> 16);
        out[1] = static_cast<char>(v >> 8);
        out[2] = static_cast<char>(v);
        out += 3;
        in += 4;
      }
      if (in >= end) break;
    }
    const std::uint8_t value = kBase64[*in++];
    if (value < 64) {
      bits = (bits << 6) | value;
      if (++count == 4) {
        *out++ = static_cast<char>(bits >> 16);
        *out++ = static_cast<char>(bits >> 8);
        *out++ = static_cast<char>(bits);
        count = 0;
        bits = 0;
      }
    } else if (value != kSkip) {
      if (value == kWrong) clean = false;
      if (value != kPad) continue;
      // Padding ends a group; encoders that concatenate their output go on behind it.
      if (count == 1) clean = false;
      if (count >= 2) *out++ = static_cast<char>(bits >> (count == 2 ? 4 : 10));
      if (count == 3) *out++ = static_cast<char>(bits >> 2);
      count = 0;
      bits = 0;
    }
  }
  if (count != 0) clean = false;  // padding forgotten; the whole octets are kept
  if (count >= 2) *out++ = static_cast<char>(bits >> (count == 2 ? 4 : 10));
  if (count == 3) *out++ = static_cast<char>(bits >> 2);
  return static_cast<std::size_t>(out - start);
}

// After '=': a soft line end with blanks before it (put there by transport) has this length, else
// 0.
std::size_t soft_line_end(std::string_view after) {
  std::size_t i = 0;
  while (i < after.size() && is_blank(after[i])) ++i;
  if (i == after.size()) return i;  // "=" at the very end
  if (after[i] == '\n') return i + 1;
  if (after[i] == '\r') return i + 1 < after.size() && after[i + 1] == '\n' ? i + 2 : i + 1;
  return 0;
}

bool decode_uuencode(std::string_view body, std::string& out) {
  std::size_t at = 0;
  bool begun = false;
  bool clean = true;
  while (at < body.size()) {
    const std::size_t line_end = std::min(body.find('\n', at), body.size());
    std::string_view line = body.substr(at, line_end - at);
    at = line_end + 1;
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!begun) {
      begun = line.starts_with("begin ");
      continue;
    }
    if (line == "end") return clean;
    if (line.empty() || line[0] == '`') continue;
    const auto value = [](char c) { return (static_cast<unsigned>(c) - 32U) & 63U; };
    std::size_t left = value(line[0]);
    for (std::size_t i = 1; left > 0; i += 4) {
      std::array<unsigned, 4> v{};
      if (i + 4 > line.size() && i + 1 >= line.size()) {
        clean = false;  // the line promises more than it holds
        break;
      }
      for (std::size_t k = 0; k < 4 && i + k < line.size(); ++k) v[k] = value(line[i + k]);
      const std::array<char, 3> three = {static_cast<char>((v[0] << 2) | (v[1] >> 4)),
                                         static_cast<char>((v[1] << 4) | (v[2] >> 2)),
                                         static_cast<char>((v[2] << 6) | v[3])};
      const std::size_t take = std::min<std::size_t>(left, 3);
      out.append(three.data(), take);
      left -= take;
    }
  }
  return false;  // no "begin" or no "end"
}

}  // namespace

bool append_base64(std::string& out, std::string_view text) {
  bool clean = true;
  const std::size_t before = out.size();
  out.resize_and_overwrite(before + text.size() / 4 * 3 + 3, [&](char* data, std::size_t) {
    return before + decode_base64(text, data + before, clean);
  });
  return clean;
}

bool append_quoted_printable(std::string& out, std::string_view text, QuotedPrintable form) {
  bool clean = true;
  const bool word = form == QuotedPrintable::header_word;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t stop =
        std::min(word ? text.find_first_of("=_", at) : text.find('=', at), text.size());
    out.append(text.substr(at, stop - at));
    if (stop == text.size()) break;
    at = stop + 1;
    if (text[stop] == '_') {
      out.push_back(' ');
      continue;
    }
    if (at + 1 < text.size() && hex_value(text[at]) >= 0 && hex_value(text[at + 1]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[at]) * 16 + hex_value(text[at + 1])));
      at += 2;
      continue;
    }
    const std::size_t soft = word ? 0 : soft_line_end(text.substr(at));
    if (!word && (soft > 0 || at == text.size())) {
      at += soft;
      continue;
    }
    out.push_back('=');
    clean = false;
  }
  return clean;
}

std::string_view decode_transfer_view(std::string_view body, std::string_view encoding,
                                      std::size_t max_octets, std::string& storage,
                                      std::string& problem) {
  std::string_view result = body;
  storage.clear();
  problem.clear();
  if (iequals(encoding, "base64")) {
    // Four octets give at most three; what cannot fit is not decoded. Blanks may make it less than
    // the limit allows.
    const std::size_t most = max_octets / 3 * 4 + max_octets / 32 + 8;
    if (body.size() > most) problem = "decoded_too_large";
    if (!append_base64(storage, body.substr(0, most)) && problem.empty()) problem = "base64_broken";
    result = storage;
  } else if (iequals(encoding, "quoted-printable")) {
    const std::size_t most =
        std::min(body.size(), max_octets > body.max_size() / 4 ? body.size() : max_octets * 3 + 8);
    if (body.size() > most) problem = "decoded_too_large";
    storage.reserve(most);
    if (!append_quoted_printable(storage, body.substr(0, most), QuotedPrintable::body) &&
        problem.empty())
      problem = "quoted_printable_broken";
    result = storage;
  } else if (iequals(encoding, "x-uuencode") || iequals(encoding, "uuencode") ||
             iequals(encoding, "x-uue")) {
    if (!decode_uuencode(body, storage)) problem = "uuencode_broken";
    // Mailers label plain text so, too; without a single encoded line the octets stand for
    // themselves.
    result = storage.empty() ? body : std::string_view(storage);
  } else if (!encoding.empty() && !iequals(encoding, "7bit") && !iequals(encoding, "8bit") &&
             !iequals(encoding, "binary")) {
    problem = "encoding_unknown";
  }
  if (result.size() > max_octets) {
    problem = "decoded_too_large";
    result = result.substr(0, max_octets);
  }
  return result;
}

std::string decode_transfer(std::string_view body, std::string_view encoding,
                            std::size_t max_octets, std::string& problem) {
  std::string storage;
  const std::string_view view = decode_transfer_view(body, encoding, max_octets, storage, problem);
  if (view.data() != storage.data()) return std::string(view);
  storage.resize(view.size());
  return storage;
}

}  // namespace weir::mail
