// Content-Transfer-Encoding, read as every mailer reads it: base64 skips what is not of its
// alphabet and starts anew after padding, quoted-printable takes a bad escape literally.
#include "mail/transfer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "mail/message.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

std::uint8_t base64_value(char c) { return kBase64[static_cast<unsigned char>(c)]; }

// What stands behind padding: more base64 (encoders that concatenate their output), or text that
// was put below the encoded body, as mailing lists do. Text has octets or words that no encoder
// writes. Looks at one line; `end` becomes its end.
bool base64_goes_on(std::string_view rest, const char*& end) {
  while (!rest.empty() && (base64_value(rest.front()) & 0xFE) == kSkip) rest.remove_prefix(1);
  const std::size_t line_end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, line_end);
  end = line.data() + line.size();
  std::size_t word = 0;
  std::size_t last = 0;
  for (const char c : line) {
    if (base64_value(c) == kWrong) return false;
    if (!is_blank(c)) {
      last = ++word;
    } else {
      if (word % 4 != 0) return false;
      word = 0;
    }
  }
  return last % 4 == 0;
}

// Plain text that is labelled base64: words of any length with blanks between them, which no
// encoder writes. Looks at the first line.
bool is_plain_text(std::string_view body) {
  constexpr std::size_t kLook = 1'000;
  constexpr int kWords = 4;  // fewer may be damage
  int words = 0;
  int odd = 0;
  std::size_t word = 0;
  body = trim(body).substr(0, kLook);
  body = trim(body.substr(0, body.find('\n')));
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (!is_space(body[i])) {
      ++word;
    } else {
      if (word > 0) {
        ++words;
        odd += word % 4 != 0 ? 1 : 0;
      }
      word = 0;
    }
  }
  return words >= kWords && odd * 2 >= words;
}

// A ruler such as mailing lists put above their footers.
bool is_ruler(std::string_view text) {
  constexpr std::size_t kRuler = 8;
  return text.size() >= kRuler && (text[0] == '_' || text[0] == '-') &&
         std::all_of(text.begin(), text.begin() + kRuler, [&](char c) { return c == text[0]; });
}

class Base64 {
 public:
  // Decodes into out, which has room for 3/4 of text and 3 more. Returns the octets written.
  std::size_t decode(std::string_view text, char* out) {
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const begin = in;
    const auto* const end = in + text.size();
    const char* looked_at = text.data();
    char* const start = out;
    while (in < end && !ended_) {
      if (count_ == 0) {
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
        bits_ = (bits_ << 6) | value;
        if (++count_ == 4) {
          *out++ = static_cast<char>(bits_ >> 16);
          *out++ = static_cast<char>(bits_ >> 8);
          *out++ = static_cast<char>(bits_);
          count_ = 0;
          bits_ = 0;
        }
      } else if (value == kPad) {
        if (count_ == 1) clean_ = false;
        const bool padded = count_ >= 2;
        out = finish(out);
        const std::string_view rest = text.substr(static_cast<std::size_t>(in - begin));
        // Each line is looked at once, however many groups on it are padded.
        if (padded && rest.data() >= looked_at && !base64_goes_on(rest, looked_at)) {
          ended_ = true;
          clean_ = false;
        }
      } else if (value == kWrong) {
        clean_ = false;
        ended_ = is_ruler(text.substr(static_cast<std::size_t>(in - begin) - 1));
      }
    }
    return static_cast<std::size_t>(out - start);
  }

  // Writes the octets of a group that lacks its padding.
  char* finish(char* out) {
    if (count_ >= 2) *out++ = static_cast<char>(bits_ >> (count_ == 2 ? 4 : 10));
    if (count_ == 3) *out++ = static_cast<char>(bits_ >> 2);
    count_ = 0;
    bits_ = 0;
    return out;
  }

  [[nodiscard]] bool open() const { return count_ != 0; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool clean() const { return clean_; }

 private:
  std::uint32_t bits_ = 0;
  int count_ = 0;
  bool clean_ = true;
  bool ended_ = false;
};

struct Outcome {
  bool clean = true;
  bool cut = false;
};

// Appends at most max_octets.
Outcome append_base64_within(std::string& out, std::string_view text, std::size_t max_octets) {
  constexpr std::size_t kStep = 4096;
  const std::size_t before = out.size();
  Base64 base64;
  std::size_t at = 0;
  while (at < text.size() && !base64.ended() && out.size() - before <= max_octets) {
    // What stands for no octets may leave room for more.
    const std::size_t room = max_octets - (out.size() - before);
    const std::size_t step =
        std::min(text.size() - at, std::max(kStep, room < text.size() ? room / 3 * 4 : room));
    const std::size_t size = out.size();
    out.resize_and_overwrite(size + step / 4 * 3 + 6, [&](char* data, std::size_t) {
      return size + base64.decode(text.substr(at, step), data + size);
    });
    at += step;
  }
  Outcome outcome{base64.clean(), false};
  if (base64.open()) {
    outcome.clean = false;  // padding forgotten; the whole octets are kept
    std::array<char, 2> rest{};
    out.append(rest.data(), static_cast<std::size_t>(base64.finish(rest.data()) - rest.data()));
  }
  if (out.size() - before > max_octets) {
    outcome.cut = true;
    out.resize(before + max_octets);
  } else if (at < text.size() && !base64.ended()) {
    outcome.cut = true;
  }
  return outcome;
}

constexpr std::array<std::int8_t, 256> kHex = [] {
  std::array<std::int8_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = static_cast<std::int8_t>(hex_value(static_cast<char>(i)));
  return table;
}();

// After '=': a soft line end with blanks before it (put there by transport) ends here; nullptr if
// there is none.
const char* soft_line_end(const char* in, const char* end) {
  while (in < end && is_blank(*in)) ++in;
  if (in == end || *in == '\n') return in == end ? in : in + 1;
  if (*in != '\r') return nullptr;
  while (in < end && *in == '\r') ++in;
  return in < end && *in == '\n' ? in + 1 : in;
}

// Copies octets that stand for themselves, sixteen at a time; stops before '=', before a blank at
// the end of a line, or, in a header word, before '_'. Both buffers may be touched up to 16 octets
// behind what is copied; `in` never behind `end`.
template <QuotedPrintable form>
void copy_plain(const char*& in, const char* end, char*& out, const char* out_end) {
#if defined(__SSE2__)
  const __m128i equals = _mm_set1_epi8('='), blank = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t'),
                lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), low_line = _mm_set1_epi8('_');
  while (end - in >= 17 && out < out_end) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
    __m128i stop = _mm_cmpeq_epi8(here, equals);
    if constexpr (form == QuotedPrintable::body) {
      const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + 1));
      const __m128i blanks = _mm_or_si128(_mm_cmpeq_epi8(here, blank), _mm_cmpeq_epi8(here, tab));
      const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(next, lf), _mm_cmpeq_epi8(next, cr));
      stop = _mm_or_si128(stop, _mm_and_si128(blanks, ends));
    } else {
      stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, low_line));
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), here);
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stop));
    const int count = mask == 0 ? 16 : std::countr_zero(mask);
    in += count;
    out += count;
    if (mask != 0) return;
  }
#endif
  for (; in < end && out < out_end; *out++ = *in++) {
    if (*in == '=') return;
    if (form == QuotedPrintable::header_word && *in == '_') return;
    if (form == QuotedPrintable::body && is_blank(*in) && end - in > 1 &&
        (in[1] == '\n' || in[1] == '\r'))
      return;
  }
}

// out has room up to out_end and 16 octets more. Returns where writing ended; `in` tells where
// reading did.
template <QuotedPrintable form>
char* decode_quoted_printable(const char*& in, const char* end, char* out, const char* out_end,
                              bool& clean) {
  const char* fixed = out;  // blanks before this were encoded and stay
  while (in < end && out < out_end) {
    if (*in != '=') {
      copy_plain<form>(in, end, out, out_end);
      if (in == end || out >= out_end) break;
      if (*in == '_' && form == QuotedPrintable::header_word) {
        *out++ = ' ';
        ++in;
        continue;
      }
      if (*in != '=') {  // blanks at the end of a line were put there by transport
        ++in;
        while (out > fixed && is_blank(out[-1])) --out;
        continue;
      }
    }
    if (end - in >= 3) {
      const int high = kHex[static_cast<unsigned char>(in[1])];
      const int low = kHex[static_cast<unsigned char>(in[2])];
      if ((high | low) >= 0) {
        *out++ = static_cast<char>(high * 16 + low);
        in += 3;
        fixed = out;
        continue;
      }
    }
    const char* soft = form == QuotedPrintable::body ? soft_line_end(in + 1, end)
                                                     : static_cast<const char*>(nullptr);
    if (soft != nullptr) {
      in = soft;
      fixed = out;
      continue;
    }
    *out++ = *in++;
    clean = false;
  }
  return out;
}

Outcome append_quoted_printable_within(std::string& out, std::string_view text,
                                       std::size_t max_octets, QuotedPrintable form) {
  constexpr std::size_t kSlack = 16;
  Outcome outcome;
  const std::size_t before = out.size();
  const std::size_t room = std::min(text.size(), max_octets);
  const char* in = text.data();
  const char* const end = in + text.size();
  out.resize_and_overwrite(before + room + kSlack, [&](char* data, std::size_t) {
    char* const start = data + before;
    const char* const stop = form == QuotedPrintable::body
                                 ? decode_quoted_printable<QuotedPrintable::body>(
                                       in, end, start, start + room, outcome.clean)
                                 : decode_quoted_printable<QuotedPrintable::header_word>(
                                       in, end, start, start + room, outcome.clean);
    const auto written = static_cast<std::size_t>(stop - start);
    outcome.cut = written > room || in < end;
    return before + std::min(written, room);
  });
  return outcome;
}

}  // namespace

TransferEncoding transfer_encoding(std::string_view label) {
  label = trim(label);
  if (istarts_with(label, "x-")) label.remove_prefix(2);
  struct Row {
    std::string_view name;
    TransferEncoding encoding;
  };
  static constexpr std::array<Row, 13> kRows = {
      {{"", TransferEncoding::identity},
       {"7bit", TransferEncoding::identity},
       {"8bit", TransferEncoding::identity},
       {"binary", TransferEncoding::identity},
       {"base64", TransferEncoding::base64},
       {"quoted-printable", TransferEncoding::quoted_printable},
       {"uuencode", TransferEncoding::uuencode},
       {"uue", TransferEncoding::uuencode},
       {"yencode", TransferEncoding::yenc},
       {"yenc", TransferEncoding::yenc},
       // Seen in mail, against every standard.
       {"base-64", TransferEncoding::base64},
       {"quotedprintable", TransferEncoding::quoted_printable},
       {"quoted/printable", TransferEncoding::quoted_printable}}};
  for (const Row& row : kRows)
    if (iequals(label, row.name)) return row.encoding;
  return TransferEncoding::unknown;
}

bool append_base64(std::string& out, std::string_view text) {
  return append_base64_within(out, text, out.max_size()).clean;
}

bool append_quoted_printable(std::string& out, std::string_view text, QuotedPrintable form) {
  return append_quoted_printable_within(out, text, out.max_size(), form).clean;
}

std::string_view decode_transfer_view(std::string_view body, std::string_view encoding,
                                      std::size_t max_octets, std::string& storage,
                                      std::string& problem) {
  storage.clear();
  problem.clear();
  const auto lines = [&](const DecodedLines& decoded, std::string_view broken) {
    if (decoded.cut)
      problem = "decoded_too_large";
    else if (!decoded.clean)
      problem = broken;
    // Mailers label plain text so, too: then the octets stand for themselves.
    return decoded.found ? std::string_view(storage) : body;
  };
  std::string_view result = body;
  switch (transfer_encoding(encoding)) {
    case TransferEncoding::identity: break;
    case TransferEncoding::unknown: problem = "encoding_unknown"; break;
    case TransferEncoding::base64: {
      if (is_plain_text(body)) {
        problem = "base64_broken";
        break;
      }
      const Outcome outcome = append_base64_within(storage, body, max_octets);
      if (!outcome.clean) problem = "base64_broken";
      if (outcome.cut) problem = "decoded_too_large";
      result = storage;
      break;
    }
    case TransferEncoding::quoted_printable: {
      const Outcome outcome =
          append_quoted_printable_within(storage, body, max_octets, QuotedPrintable::body);
      if (!outcome.clean) problem = "quoted_printable_broken";
      if (outcome.cut) problem = "decoded_too_large";
      result = storage;
      break;
    }
    case TransferEncoding::uuencode:
      result = lines(append_uuencode(storage, body, max_octets), "uuencode_broken");
      break;
    case TransferEncoding::yenc:
      result = lines(append_yenc(storage, body, max_octets), "yenc_broken");
      break;
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
