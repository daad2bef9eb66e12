// BER lengths may be indefinite (0x80, ended by two zeros), and an octet string may be cut into
// pieces; mail programs that stream write both.
#include "mail/cms.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace weir::mail {
namespace {

constexpr std::string_view kSignedData = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
constexpr std::uint8_t kSequence = 0x30, kSet = 0x31, kInteger = 0x02, kObjectId = 0x06,
                       kContext0 = 0xA0, kOctets = 0x04, kOctetsInPieces = 0x24;

struct Element {
  std::uint8_t tag = 0;
  std::size_t begin = 0;  // of the content
  std::size_t end = 0;    // of the content if the length is definite
  bool indefinite = false;
};

class Ber {
 public:
  explicit Ber(std::string_view octets) : octets_(octets) {}
  [[nodiscard]] std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }

  // The element at at(), and at() behind its length.
  [[nodiscard]] std::optional<Element> next() {
    if (octets_.size() - at_ < 2) return std::nullopt;
    Element e;
    e.tag = byte();
    if ((e.tag & 0x1F) == 0x1F) return std::nullopt;  // no long tag stands above the content
    std::size_t length = byte();
    if (length == 0x80) {
      e.indefinite = true;
      e.begin = at_;
      e.end = octets_.size();
      return e;
    }
    if (length > 0x80) {
      std::size_t count = length & 0x7F;
      if (count > 6 || octets_.size() - at_ < count) return std::nullopt;
      for (length = 0; count > 0; --count) length = (length << 8) | byte();
    }
    e.begin = at_;
    // A cut object still has its beginning to be read.
    e.end = length > octets_.size() - at_ ? octets_.size() : at_ + length;
    return e;
  }

  [[nodiscard]] std::optional<Element> next(std::uint8_t tag) {
    auto e = next();
    if (e && e->tag != tag) return std::nullopt;
    return e;
  }

  [[nodiscard]] bool skip(std::uint8_t tag) {
    const auto e = next(tag);
    if (!e) return false;
    if (!e->indefinite) {
      at_ = e->end;
      return true;
    }
    for (std::size_t open = 1; open > 0;) {
      const auto inner = next();
      if (!inner) return false;
      if (inner->indefinite)
        ++open;
      else if (inner->tag == 0 && inner->begin == inner->end)
        --open;
      else
        at_ = inner->end;
    }
    return true;
  }

  [[nodiscard]] std::string_view content(const Element& e) const {
    return octets_.substr(e.begin, e.end - e.begin);
  }

 private:
  std::uint8_t byte() { return static_cast<std::uint8_t>(octets_[at_++]); }
  std::string_view octets_;
  std::size_t at_ = 0;
};

}  // namespace

bool keep_signed_content(std::string& octets) {
  Ber in(octets);
  if (!in.next(kSequence)) return false;
  const auto type = in.next(kObjectId);
  if (!type || in.content(*type) != kSignedData) return false;
  in.move_to(type->end);
  if (!in.next(kContext0) || !in.next(kSequence) || !in.skip(kInteger) || !in.skip(kSet) ||
      !in.next(kSequence) || !in.skip(kObjectId) || !in.next(kContext0))
    return false;
  const auto content = in.next();
  if (!content) return false;
  if (content->tag == kOctets) {
    octets.resize(content->end);
    octets.erase(0, content->begin);
    return !octets.empty();
  }
  if (content->tag != kOctetsInPieces) return false;
  // The pieces move to the front; they never overtake what is still to be read.
  std::size_t kept = 0;
  std::size_t open = content->indefinite ? 1 : 0;
  while (in.at() < content->end) {
    const auto piece = in.next();
    if (!piece) break;
    if (piece->tag == kOctetsInPieces) {
      open += piece->indefinite ? 1U : 0U;
    } else if (piece->tag == kOctets && !piece->indefinite) {
      std::memmove(octets.data() + kept, octets.data() + piece->begin, piece->end - piece->begin);
      kept += piece->end - piece->begin;
      in.move_to(piece->end);
    } else if (piece->tag == 0 && piece->begin == piece->end && open > 0) {
      if (--open == 0) break;
    } else {
      break;
    }
  }
  if (kept == 0) return false;
  octets.resize(kept);
  return true;
}

}  // namespace weir::mail
