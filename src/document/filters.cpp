#include "document/filters.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "document/ascii.h"

namespace weir::document {
namespace {

class Inflater {
 public:
  explicit Inflater(Wrapping wrapping) {
    // 47: zlib or gzip, whichever it is.
    ready_ = inflateInit2(&stream_, wrapping == Wrapping::raw ? -MAX_WBITS : 47) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

Filtered inflate_once(std::string_view packed, std::size_t max_octets, Wrapping wrapping) {
  Filtered result;
  Inflater inflater(wrapping);
  if (!inflater.ready()) {
    result.broken = true;
    return result;
  }
  z_stream& stream = inflater.stream();
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), 1U << 30));
  std::array<char, 16'384> buffer;
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = buffer.size() - stream.avail_out;
    const std::size_t room = max_octets - result.octets.size();
    result.octets.append(buffer.data(), std::min(got, room));
    if (got > room) {
      result.cut = true;
      return result;
    }
    if (got == 0 && status == Z_OK && stream.avail_in == 0) break;
  }
  result.broken = status != Z_STREAM_END;
  return result;
}

}  // namespace

Filtered inflate_octets(std::string_view packed, std::size_t max_octets, Wrapping wrapping) {
  Filtered result = inflate_once(packed, max_octets, wrapping);
  // A damaged head: the data may still be good.
  if (wrapping == Wrapping::zlib && result.broken && result.octets.empty() && packed.size() > 2)
    result = inflate_once(packed.substr(2), max_octets, Wrapping::raw);
  return result;
}

Filtered decode_lzw(std::string_view packed, std::size_t max_octets, bool early_change) {
  constexpr unsigned kClear = 256, kEnd = 257, kCodes = 4'096;
  Filtered result;
  // A code stands for an earlier stretch of the output.
  struct Entry {
    std::size_t at = 0, size = 0;
  };
  std::vector<Entry> table(kCodes);
  unsigned next = 258, bits = 9;
  std::size_t last_at = 0, last_size = 0;
  std::uint32_t window = 0;
  unsigned have = 0;
  result.broken = true;  // until its end is seen
  for (std::size_t i = 0; i < packed.size();) {
    while (have < bits && i < packed.size()) {
      window = (window << 8) | octet(packed[i++]);
      have += 8;
    }
    if (have < bits) break;
    while (have >= bits) {
      const unsigned code = (window >> (have - bits)) & ((1U << bits) - 1);
      have -= bits;
      if (code == kEnd) {
        result.broken = false;
        return result;
      }
      if (code == kClear) {
        next = 258;
        bits = 9;
        last_size = 0;
        continue;
      }
      const std::size_t at = result.octets.size();
      std::size_t size = 1;
      if (code < 256) {
        if (at >= max_octets) {
          result.cut = true;
          return result;
        }
        result.octets.push_back(static_cast<char>(code));
      } else if (code < next) {
        const Entry entry = table[code];
        size = entry.size;
        if (at + size > max_octets) {
          result.cut = true;
          return result;
        }
        for (std::size_t n = 0; n < size; ++n) result.octets.push_back(result.octets[entry.at + n]);
      } else if (code == next && last_size > 0) {
        size = last_size + 1;
        if (at + size > max_octets) {
          result.cut = true;
          return result;
        }
        for (std::size_t n = 0; n < last_size; ++n)
          result.octets.push_back(result.octets[last_at + n]);
        result.octets.push_back(result.octets[at]);
      } else {
        return result;
      }
      // The new entry is the last stretch and the octet behind it, which stands there.
      if (last_size > 0 && next < kCodes) table[next++] = {last_at, last_size + 1};
      last_at = at;
      last_size = size;
      const unsigned full = next + (early_change ? 1U : 0U);
      bits = full >= 2'048 ? 12 : full >= 1'024 ? 11 : full >= 512 ? 10 : 9;
    }
  }
  return result;
}

Filtered decode_ascii85(std::string_view text, std::size_t max_octets) {
  Filtered result;
  std::uint64_t group = 0;
  unsigned count = 0;
  if (text.starts_with("<~")) text.remove_prefix(2);
  for (const char c : text) {
    if (c == '~') break;
    if (is_space(c) || c == '\0') continue;
    if (result.octets.size() + 4 > max_octets) {
      result.cut = true;
      return result;
    }
    if (c == 'z' && count == 0) {
      result.octets.append(4, '\0');
      continue;
    }
    if (c < '!' || c > 'u') {
      result.broken = true;
      continue;
    }
    group = group * 85 + static_cast<unsigned>(c - '!');
    if (++count < 5) continue;
    for (int shift = 24; shift >= 0; shift -= 8)
      result.octets.push_back(static_cast<char>((group >> shift) & 0xFF));
    group = 0;
    count = 0;
  }
  if (count > 1) {
    for (unsigned i = count; i < 5; ++i) group = group * 85 + 84;
    for (unsigned i = 0; i < count - 1; ++i)
      result.octets.push_back(static_cast<char>((group >> (24 - 8 * i)) & 0xFF));
  }
  return result;
}

Filtered decode_ascii_hex(std::string_view text, std::size_t max_octets) {
  Filtered result;
  int high = -1;
  for (const char c : text) {
    if (c == '>') break;
    const int value = hex_value(c);
    if (value < 0) {
      if (!is_space(c) && c != '\0') result.broken = true;
      continue;
    }
    if (high < 0) {
      high = value;
      continue;
    }
    if (result.octets.size() >= max_octets) {
      result.cut = true;
      return result;
    }
    result.octets.push_back(static_cast<char>(high * 16 + value));
    high = -1;
  }
  if (high >= 0 && result.octets.size() < max_octets)
    result.octets.push_back(static_cast<char>(high * 16));
  return result;
}

Filtered decode_run_length(std::string_view packed, std::size_t max_octets) {
  Filtered result;
  for (std::size_t i = 0; i < packed.size();) {
    const unsigned head = octet(packed[i++]);
    if (head == 128) return result;
    const std::size_t room = max_octets - result.octets.size();
    std::size_t count = head < 128 ? head + 1 : 257 - head;
    if (count > room) {
      result.cut = true;
      count = room;
    }
    if (head < 128) {
      result.octets.append(packed.substr(i, count));
      i += head + 1;
    } else {
      if (i >= packed.size()) break;
      result.octets.append(count, packed[i++]);
    }
    if (result.cut) return result;
  }
  result.broken = true;
  return result;
}

std::string undo_predictor(std::string octets, const Predictor& predictor) {
  if (predictor.kind < 2) return octets;
  const std::size_t colors = std::clamp<std::size_t>(predictor.colors, 1, 32);
  const std::size_t bits = std::clamp<std::size_t>(predictor.bits, 1, 16);
  const std::size_t columns = std::clamp<std::size_t>(predictor.columns, 1, 1U << 20);
  const std::size_t pixel = std::max<std::size_t>(1, colors * bits / 8);
  const std::size_t row = (colors * bits * columns + 7) / 8;
  if (predictor.kind == 2) {
    if (bits != 8) return octets;
    for (std::size_t begin = 0; begin < octets.size(); begin += row)
      for (std::size_t i = pixel; i < row && begin + i < octets.size(); ++i)
        octets[begin + i] =
            static_cast<char>(octet(octets[begin + i]) + octet(octets[begin + i - pixel]));
    return octets;
  }
  std::string out;
  out.reserve(octets.size());
  std::string above(row, '\0'), line(row, '\0');
  for (std::size_t begin = 0; begin < octets.size(); begin += row + 1) {
    const unsigned filter = octet(octets[begin]);
    const std::size_t size = std::min(row, octets.size() - begin - 1);
    for (std::size_t i = 0; i < size; ++i) {
      const unsigned raw = octet(octets[begin + 1 + i]);
      const unsigned left = i >= pixel ? octet(line[i - pixel]) : 0;
      const unsigned up = octet(above[i]);
      const unsigned corner = i >= pixel ? octet(above[i - pixel]) : 0;
      unsigned add = 0;
      if (filter == 1) {
        add = left;
      } else if (filter == 2) {
        add = up;
      } else if (filter == 3) {
        add = (left + up) / 2;
      } else if (filter == 4) {
        const int guess = static_cast<int>(left + up) - static_cast<int>(corner);
        const int a = std::abs(guess - static_cast<int>(left));
        const int b = std::abs(guess - static_cast<int>(up));
        const int c = std::abs(guess - static_cast<int>(corner));
        add = a <= b && a <= c ? left : b <= c ? up : corner;
      }
      line[i] = static_cast<char>((raw + add) & 0xFF);
    }
    out.append(line, 0, size);
    std::swap(above, line);
  }
  return out;
}

}  // namespace weir::document
