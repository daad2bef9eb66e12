// UTF-7 (RFC 2152): ASCII, and UTF-16 in base64 between '+' and the first octet that is not
// base64; and the form of it that IMAP writes mailbox names in, between '&' and '-'. What senders
// do is allowed: characters that should have been shifted, a run that ends with the line or with
// the text. A '+' that begins nothing stays.
#include "base/utf8.h"
#include "text/decoder.h"
#include "text/decoder_step.h"

namespace weir::text {
namespace {

int base64_value(char c, Utf7 variant) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == (variant == Utf7::imap ? ',' : '/')) return 63;
  return -1;
}

// 16-bit units become code points.
class Units {
 public:
  explicit Units(char*& to) : to_(to) {}
  void put(char32_t unit) {
    if (unit >= 0xDC00 && unit < 0xE000 && high_ != 0) {
      to_ = write_utf8(to_, 0x10000 + ((high_ - 0xD800) << 10 | (unit - 0xDC00)));
      high_ = 0;
      return;
    }
    end();
    if (unit >= 0xD800 && unit < 0xDC00)
      high_ = unit;
    else if (unit >= 0xDC00 && unit < 0xE000)
      damage();
    else
      to_ = write_utf8(to_, unit);
  }
  // A high surrogate without its low one.
  void end() {
    if (high_ == 0) return;
    high_ = 0;
    damage();
  }
  void damage() {
    to_ = write_utf8(to_, kReplacement);
    ++replaced_;
  }
  [[nodiscard]] std::size_t replaced() const { return replaced_; }

 private:
  char*& to_;
  char32_t high_ = 0;
  std::size_t replaced_ = 0;
};

// The run behind the shift at octets[at]; returns where it ends, its '-' included.
std::size_t shifted_run(Units& out, std::string_view octets, std::size_t at, Utf7 variant) {
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (; at < octets.size(); ++at) {
    const int value = base64_value(octets[at], variant);
    if (value < 0) break;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0x3FFFFF;
    held += 6;
    if (held < 16) continue;
    held -= 16;
    out.put(bits >> held & 0xFFFF);
  }
  out.end();
  return at < octets.size() && octets[at] == '-' ? at + 1 : at;
}

}  // namespace

std::size_t decode_utf7(std::string& to, std::string_view octets, Utf7 variant) {
  const char shift = variant == Utf7::imap ? '&' : '+';
  std::size_t replaced = 0;
  const std::size_t before = to.size();
  to.resize_and_overwrite(before + octets.size() * 3 + 8, [&](char* buffer, std::size_t) {
    char* end = buffer + before;
    Units out(end);
    for (std::size_t at = 0; at < octets.size();) {
      const char c = octets[at];
      if (static_cast<unsigned char>(c) >= 0x80) {
        out.damage();
        ++at;
      } else if (c == shift && at + 1 < octets.size() && octets[at + 1] == '-') {
        *end++ = c;
        at += 2;
      } else if (c == shift && at + 1 < octets.size() &&
                 base64_value(octets[at + 1], variant) >= 0) {
        at = shifted_run(out, octets, at + 1, variant);
      } else {
        *end++ = c;
        ++at;
      }
    }
    replaced = out.replaced();
    return static_cast<std::size_t>(end - buffer);
  });
  return replaced;
}

}  // namespace weir::text
