#include "text/decoder.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.h"
#include "base/utf8.h"

namespace weir::text {
namespace {

constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";
constexpr std::size_t kCharsetsMax = 64;

class Handle {
 public:
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (opened()) iconv_close(handle_);
  }
  [[nodiscard]] bool opened() const { return handle_ != kNone; }
  void open(const char* name) { handle_ = iconv_open("UTF-8", name); }
  [[nodiscard]] iconv_t get() const { return handle_; }

 private:
  // iconv_open() reports failure with this value.
  inline static const iconv_t kNone = reinterpret_cast<iconv_t>(-1);
  iconv_t handle_ = kNone;
};

// Opening reads tables from disk, so each thread keeps what it opened. A handle holds no text
// between calls: every decoding begins with a reset.
iconv_t handle_for(const Charset& charset) {
  thread_local std::array<Handle, kCharsetsMax> handles;
  const auto index = static_cast<std::size_t>(&charset - charsets().data());
  WEIR_ASSERT(index < charsets().size() && index < kCharsetsMax);
  Handle& handle = handles[index];
  if (!handle.opened()) handle.open(charset.iconv_name);
  return handle.opened() ? handle.get() : nullptr;
}

Conversion decode_utf8(std::string_view octets, std::size_t max_replaced) {
  Conversion result;
  if (is_utf8(octets)) {
    result.text = octets;
    return result;
  }
  result.text.reserve(octets.size() + 16);
  for (std::size_t at = 0; at < octets.size() && result.replaced <= max_replaced;) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(octets, at);
    if (c == kReplacement && octets.substr(begin, at - begin) != kReplacementUtf8)
      ++result.replaced;
    append_utf8(result.text, c);
  }
  return result;
}

unsigned char octet(std::string_view octets, std::size_t at) {
  return at < octets.size() ? static_cast<unsigned char>(octets[at]) : 0;
}

// How many octets one U+FFFD stands for: a lead octet takes its trail octet with it unless that is
// ASCII (WHATWG Encoding, the multi-byte decoders), so that a damaged character never swallows a
// '<' or a line end.
std::size_t undecodable_octets(std::string_view rest, Coding coding) {
  if (coding == Coding::pairs) return std::min<std::size_t>(2, rest.size());
  if (coding == Coding::single || coding == Coding::seven_bit) return 1;
  const unsigned char lead = octet(rest, 0);
  const bool is_lead = lead > 0x80 && lead < 0xFF;
  const unsigned char trail = octet(rest, 1);
  return is_lead && trail >= 0x80 && trail < 0xFF ? 2 : 1;
}

// glibc's CP949 refuses A2 E8, the one pair it has no character for, only after it has passed over
// it.
bool is_refused_late(std::string_view passed, const Charset& charset) {
  return passed.ends_with("\xA2\xE8") && std::string_view(charset.iconv_name) == "CP949";
}

Conversion decode_by_iconv(std::string_view octets, const Charset& charset, Coding coding,
                           std::size_t max_replaced) {
  Conversion result;
  iconv_t handle = handle_for(charset);
  if (handle == nullptr) {  // a system without this table: what is ASCII is kept
    for (const char c : octets) {
      const bool ascii = static_cast<unsigned char>(c) < 0x80;
      result.replaced += ascii ? 0 : 1;
      if (ascii)
        result.text.push_back(c);
      else
        result.text.append(kReplacementUtf8);
    }
    return result;
  }
  (void)iconv(handle, nullptr, nullptr, nullptr, nullptr);
  std::array<char, 8192> buffer;
  std::size_t at = 0;
  bool flushed = false;
  while ((at < octets.size() || !flushed) && result.replaced <= max_replaced) {
    const std::size_t begin = at;
    char* in = const_cast<char*>(octets.data()) + at;  // iconv does not write to it
    std::size_t in_left = octets.size() - at;
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    // The last call hands out what a stateful decoder holds back.
    const bool last = at == octets.size();
    const std::size_t status = last ? iconv(handle, nullptr, nullptr, &out, &out_left)
                                    : iconv(handle, &in, &in_left, &out, &out_left);
    const int error = errno;
    result.text.append(buffer.data(), buffer.size() - out_left);
    if (last) {
      flushed = true;
      continue;
    }
    at = octets.size() - in_left;
    if (status != static_cast<std::size_t>(-1) || error == E2BIG) continue;
    // Only what this call passed over: the pair before it has been answered for already.
    if (is_refused_late(octets.substr(begin, at - begin), charset)) at -= 2;
    out = buffer.data();
    out_left = buffer.size();
    (void)iconv(handle, nullptr, nullptr, &out, &out_left);
    result.text.append(buffer.data(), buffer.size() - out_left);
    if (charset.name == "gb18030" && octet(octets, at) == 0x80) {
      result.text.append("\xE2\x82\xAC");  // cp936 has the euro sign there
      ++at;
      continue;
    }
    result.text.append(kReplacementUtf8);
    ++result.replaced;
    at += std::max<std::size_t>(1, undecodable_octets(octets.substr(at), coding));
  }
  return result;
}

}  // namespace

Conversion decode(std::string_view octets, const Charset& charset, std::size_t max_replaced) {
  switch (charset.coding) {
    case Coding::utf8: return decode_utf8(octets, max_replaced);
    case Coding::iso_2022_jp:
      return decode_by_iconv(iso_2022_jp_to_euc(octets), charset, Coding::multi, max_replaced);
    case Coding::iso_2022_kr:
      return decode_by_iconv(iso_2022_kr_to_euc(octets), charset, Coding::multi, max_replaced);
    case Coding::hz:
      return decode_by_iconv(hz_to_euc(octets), charset, Coding::multi, max_replaced);
    case Coding::single:
    case Coding::multi:
    case Coding::pairs:
    case Coding::seven_bit: break;
  }
  return decode_by_iconv(octets, charset, charset.coding, max_replaced);
}

}  // namespace weir::text
