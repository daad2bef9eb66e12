// The 7-bit codes that mail uses for Japanese, Korean and Chinese are 94 x 94 sets behind a shift:
// with the high bit set, their pairs are those of the EUC codes, and the tables are the same.
// Undoing the shift here, and not in iconv, allows what senders do: extensions in rows that the
// standards leave empty, a line end inside a shifted run, half-width katakana, sets of another
// version of the code.
#include "base/utf8.h"
#include "text/decoder.h"
#include "text/decoder_step.h"

namespace weir::text {
namespace {

const Charset& known(std::string_view name) { return *find_charset(name); }

unsigned char octet(std::string_view octets, std::size_t at) {
  return at < octets.size() ? static_cast<unsigned char>(octets[at]) : 0;
}
bool is_graphic(unsigned char c) { return c >= 0x21 && c <= 0x7E; }

// Writes characters into a buffer with room for them; counts what it could not decode.
class Writer {
 public:
  explicit Writer(char* to) : to_(to) {}

  void put(char32_t c) { to_ = write_utf8(to_, c); }
  void put(const Sequence& s) {
    put(s.first);
    if (s.second != 0) put(s.second);
  }
  void damage() {
    put(kReplacement);
    ++replaced_;
  }
  // Outside of shifts: ASCII and control characters.
  void put_ascii(unsigned char c) {
    if (c < 0x80)
      put(char32_t{c});
    else
      damage();
  }
  // A character of a 94 x 94 set at octets[at]; moves `at`. A pair that the set lacks is damage as
  // a whole; blanks and control characters stand for themselves inside of a shifted run.
  template <class Find>
  void put_pair(std::string_view octets, std::size_t& at, Find find) {
    const unsigned char lead = octet(octets, at);
    const unsigned char trail = octet(octets, at + 1);
    if (!is_graphic(lead)) {
      put_ascii(lead);
      ++at;
    } else if (!is_graphic(trail)) {
      damage();
      ++at;
    } else {
      const Sequence s =
          find(static_cast<unsigned char>(lead | 0x80), static_cast<unsigned char>(trail | 0x80));
      if (s.first != 0)
        put(s);
      else
        damage();
      at += 2;
    }
  }

  [[nodiscard]] char* end() const { return to_; }
  [[nodiscard]] std::size_t replaced() const { return replaced_; }

 private:
  char* to_;
  std::size_t replaced_ = 0;
};

auto finder(const PairTable& table) {
  return [&table](unsigned char lead, unsigned char trail) {
    return table.at(table.units[pair_index(lead, trail)]);
  };
}

// An octet becomes at most three, and so does half of a pair.
template <class Fill>
std::size_t append(std::string& to, std::size_t octets, Fill fill) {
  std::size_t replaced = 0;
  const std::size_t before = to.size();
  to.resize_and_overwrite(before + octets * 3 + 8, [&](char* buffer, std::size_t) {
    Writer writer(buffer + before);
    fill(writer);
    replaced = writer.replaced();
    return static_cast<std::size_t>(writer.end() - buffer);
  });
  return replaced;
}

enum class Shift : std::uint8_t {
  ascii,
  katakana,
  jis_x_0208,
  jis_x_0212,
  jis_x_0213,
  jis_x_0213_plane_2,
  gb_2312,
  ks_x_1001,
  latin_1,  // the set that a single shift calls
  greek,
  none,
};

struct Escape {
  std::string_view sequence;
  Shift shift;
};
constexpr Escape kJapanese[] = {{"\x1B(B", Shift::ascii},
                                {"\x1B(J", Shift::ascii},
                                {"\x1B(H", Shift::ascii},
                                {"\x1B(I", Shift::katakana},
                                {"\x1B$@", Shift::jis_x_0208},
                                {"\x1B$B", Shift::jis_x_0208},
                                {"\x1B$(B", Shift::jis_x_0208},
                                {"\x1B$(@", Shift::jis_x_0208},
                                {"\x1B$(O", Shift::jis_x_0213},
                                {"\x1B$(Q", Shift::jis_x_0213},
                                {"\x1B$(P", Shift::jis_x_0213_plane_2},
                                {"\x1B$(D", Shift::jis_x_0212},
                                {"\x1B$A", Shift::gb_2312},
                                {"\x1B$(A", Shift::gb_2312},
                                {"\x1B$(C", Shift::ks_x_1001},
                                {"\x1B&@", Shift::none}};

class JapaneseDecoder {
 public:
  JapaneseDecoder(std::string_view octets, Writer& out) : octets_(octets), out_(out) {}

  void run() {
    while (at_ < octets_.size()) {
      const unsigned char c = octet(octets_, at_);
      if (c == 0x1B)
        escape();
      else if (c == 0x0E || c == 0x0F) {
        shift_ = c == 0x0E ? Shift::katakana : Shift::ascii;
        ++at_;
      } else
        character(c);
    }
  }

 private:
  void escape() {
    const std::string_view rest = octets_.substr(at_);
    if (rest.starts_with("\x1B.A") || rest.starts_with("\x1B.F")) {
      second_ = rest[2] == 'A' ? Shift::latin_1 : Shift::greek;
      at_ += 3;
      return;
    }
    if (rest.starts_with("\x1BN") && rest.size() > 2 && second_ != Shift::none) {
      single_shifted(static_cast<unsigned char>(rest[2] | 0x80));
      at_ += 3;
      return;
    }
    for (const Escape& escape : kJapanese) {
      if (!rest.starts_with(escape.sequence)) continue;
      if (escape.shift != Shift::none) shift_ = escape.shift;
      at_ += escape.sequence.size();
      return;
    }
    out_.damage();
    ++at_;
  }

  void single_shifted(unsigned char c) {
    static const SingleTable& greek = single_table(known("iso-8859-7"));
    const Unit unit = second_ == Shift::latin_1 ? Unit{c} : greek[c];
    if (unit != 0)
      out_.put(char32_t{unit});
    else
      out_.damage();
  }

  void katakana(unsigned char c) {  // of the set's upper half
    if (c >= 0xA1 && c <= 0xDF)
      out_.put(static_cast<char32_t>(0xFF61 + c - 0xA1));
    else
      out_.damage();
    ++at_;
  }

  void character(unsigned char c) {
    if (c == '\r' || c == '\n') shift_ = Shift::ascii;
    if (c >= 0x80) {
      katakana(c);
      return;
    }
    static const auto jis_x_0208 = finder(pair_table(known("euc-jp")));
    switch (shift_) {
      case Shift::ascii:
      case Shift::latin_1:
      case Shift::greek:
      case Shift::none:
        out_.put(char32_t{c});
        ++at_;
        break;
      case Shift::katakana:
        if (c >= 0x21 && c <= 0x5F)
          katakana(static_cast<unsigned char>(c | 0x80));
        else {
          out_.put(char32_t{c});
          ++at_;
        }
        break;
      case Shift::jis_x_0208: out_.put_pair(octets_, at_, jis_x_0208); break;
      case Shift::jis_x_0212: out_.put_pair(octets_, at_, finder(weir::text::jis_x_0212())); break;
      case Shift::jis_x_0213:
        out_.put_pair(octets_, at_, finder(pair_table(known("euc-jisx0213"))));
        break;
      case Shift::jis_x_0213_plane_2:
        out_.put_pair(octets_, at_, finder(weir::text::jis_x_0213_plane_2()));
        break;
      case Shift::gb_2312: out_.put_pair(octets_, at_, finder(pair_table(known("gb18030")))); break;
      case Shift::ks_x_1001: out_.put_pair(octets_, at_, finder(pair_table(known("cp949")))); break;
    }
  }

  std::string_view octets_;
  Writer& out_;
  std::size_t at_ = 0;
  Shift shift_ = Shift::ascii;
  Shift second_ = Shift::none;
};

// ISO-2022-CN designates what SO and the two single shifts call.
class ChineseDecoder {
 public:
  ChineseDecoder(std::string_view octets, Writer& out) : octets_(octets), out_(out) {}

  void run() {
    while (at_ < octets_.size()) {
      const unsigned char c = octet(octets_, at_);
      if (c == 0x1B)
        escape();
      else if (c == 0x0E || c == 0x0F) {
        shifted_ = c == 0x0E;
        ++at_;
      } else if (shifted_ && c != '\r' && c != '\n')
        put(so_);
      else {
        if (c == '\n') shifted_ = false;
        out_.put_ascii(c);
        ++at_;
      }
    }
  }

 private:
  void escape() {
    const unsigned char first = octet(octets_, at_ + 1), second = octet(octets_, at_ + 2),
                        set = octet(octets_, at_ + 3);
    if (first == '$' && (second == ')' || second == '*' || second == '+')) {
      (second == ')' ? so_ : second == '*' ? ss2_ : ss3_) = static_cast<char>(set);
      at_ += set == 0 ? octets_.size() - at_ : 4;
    } else if (first == 'N' || first == 'O') {
      at_ += 2;
      if (at_ < octets_.size()) put(first == 'N' ? ss2_ : ss3_);
    } else {
      out_.damage();
      ++at_;
    }
  }

  void put(char set) {
    static const auto gb = finder(pair_table(known("gb18030")));
    static const auto plane_1 = finder(pair_table(known("euc-tw")));
    if (set == 'A' || set == 'E') {
      out_.put_pair(octets_, at_, gb);
    } else if (set == 'G') {
      out_.put_pair(octets_, at_, plane_1);
    } else if (set >= 'H' && set <= 'M') {
      out_.put_pair(octets_, at_, [&](unsigned char lead, unsigned char trail) {
        return cns_11643(static_cast<unsigned>(set - 'H') + 2, lead, trail);
      });
    } else {
      out_.put_ascii(octet(octets_, at_));
      ++at_;
    }
  }

  std::string_view octets_;
  Writer& out_;
  std::size_t at_ = 0;
  bool shifted_ = false;
  char so_ = 'A', ss2_ = 'H', ss3_ = 'I';
};

}  // namespace

std::size_t decode_iso_2022_jp(std::string& to, std::string_view octets) {
  return append(to, octets.size(), [&](Writer& out) { JapaneseDecoder(octets, out).run(); });
}

std::size_t decode_iso_2022_cn(std::string& to, std::string_view octets) {
  return append(to, octets.size(), [&](Writer& out) { ChineseDecoder(octets, out).run(); });
}

std::size_t decode_iso_2022_kr(std::string& to, std::string_view octets) {
  constexpr std::string_view kDesignation = "\x1B$)C";
  const auto find = finder(pair_table(known("cp949")));
  return append(to, octets.size(), [&](Writer& out) {
    bool shifted = false;
    for (std::size_t at = 0; at < octets.size();) {
      const unsigned char c = octet(octets, at);
      if (c == 0x1B && octets.substr(at).starts_with(kDesignation)) {
        at += kDesignation.size();
      } else if (c == 0x0E || c == 0x0F) {
        shifted = c == 0x0E;
        ++at;
      } else {
        if (c == '\r' || c == '\n') shifted = false;
        if (shifted)
          out.put_pair(octets, at, find);
        else
          out.put_ascii(octet(octets, at++));
      }
    }
  });
}

std::size_t decode_hz(std::string& to, std::string_view octets) {
  const auto find = finder(pair_table(known("gb18030")));
  return append(to, octets.size(), [&](Writer& out) {
    bool shifted = false;
    for (std::size_t at = 0; at < octets.size();) {
      const unsigned char c = octet(octets, at);
      const unsigned char next = octet(octets, at + 1);
      if (c == '~' && (next == '{' || next == '}')) {
        shifted = next == '{';
        at += 2;
      } else if (c == '~' && !shifted && next == '~') {
        out.put(U'~');
        at += 2;
      } else if (c == '~' && !shifted && next == '\n') {
        at += 2;  // RFC 1843: a line that goes on
      } else {
        if (c == '\r' || c == '\n') shifted = false;
        if (shifted)
          out.put_pair(octets, at, find);
        else
          out.put_ascii(octet(octets, at++));
      }
    }
  });
}

}  // namespace weir::text
