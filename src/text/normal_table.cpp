#include "text/normal_table.h"

#include <algorithm>

#include "base/error.h"

namespace weir::text {
namespace {

constexpr char32_t kCodePoints = 0x110000;

// The tokens of normal_data.cpp: hexadecimal numbers with one octet between them.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ == text_.size();
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : ' '; }
  char take() { return text_[at_++]; }
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c >= '0' && c <= '9')
        value = value * 16 + static_cast<std::uint32_t>(c - '0');
      else if (c >= 'A' && c <= 'F')
        value = value * 16 + static_cast<std::uint32_t>(c - 'A' + 10);
      else
        break;
    }
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Cause cause_of(char letter) {
  const std::size_t at = std::string_view("niclmh").find(letter);
  WEIR_ASSERT(at != std::string_view::npos);
  return static_cast<Cause>(at);
}

}  // namespace

const NormalTable& NormalTable::get() {
  static const NormalTable table;
  return table;
}

NormalTable::NormalTable() {
  // Block 0 is that of code points of which nothing is known; blocks that are all one are shared.
  blocks_.assign(kCodePoints >> kShift, 0);
  entries_.assign(std::size_t{1} << kShift, Folding());
  for (char32_t c = 0; c < 0x80; ++c) {
    const bool digit = c >= '0' && c <= '9';
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (c >= 'a' && c <= 'z')
      set(c, Folding(Folding::Form::same, Cause::none, Kind::latin, 0));
    else if (c >= 'A' && c <= 'Z')
      set(c, Folding(Folding::Form::one, Cause::none, Kind::latin, c + 32));
    else if (blank)
      set(c, Folding(Folding::Form::one, Cause::none, Kind::blank, ' '));
    else if (c < 0x20 || c == 0x7F)
      set(c, Folding(Folding::Form::nothing, Cause::ignorable, Kind::other, 0));
    else
      set(c, Folding(Folding::Form::same, Cause::none, digit ? Kind::digit : Kind::symbol, 0));
  }
  read_kinds();
  read_mappings();
  read_pairs();
}

void NormalTable::set(char32_t c, Folding folding) {
  std::uint16_t& block = blocks_[c >> kShift];
  if (block == 0 || (entries_[std::size_t{block} << kShift].value() == 0x1FFFFF)) {
    const std::size_t fresh = entries_.size() >> kShift;
    const std::size_t old = std::size_t{block} << kShift;
    entries_.resize(entries_.size() + (std::size_t{1} << kShift));
    for (std::size_t i = 0; i <= kMask; ++i)
      entries_[(fresh << kShift) + i] =
          Folding(Folding::Form::same, Cause::none, entries_[old + i].kind(), 0);
    block = static_cast<std::uint16_t>(fresh);
  }
  entries_[(std::size_t{block} << kShift) + (c & kMask)] = folding;
}

// A block that one range fills is shared by all such blocks of its kind; its entries bear a value
// that set() knows it by.
void NormalTable::set_all(char32_t first, char32_t last, Folding folding) {
  std::size_t shared = 0;
  while (first <= last) {
    if ((first & kMask) == 0 && last - first >= kMask && blocks_[first >> kShift] == 0) {
      if (shared == 0) {
        shared = entries_.size() >> kShift;
        entries_.resize(entries_.size() + (std::size_t{1} << kShift),
                        Folding(folding.form(), folding.cause(), folding.kind(), 0x1FFFFF));
      }
      blocks_[first >> kShift] = static_cast<std::uint16_t>(shared);
      first += kMask + 1;
    } else {
      set(first++, folding);
    }
  }
}

void NormalTable::read_kinds() {
  for (Tokens tokens(kNormalKinds); !tokens.at_end();) {
    const char32_t first = tokens.number();
    tokens.take();
    const char32_t last = first + tokens.number();
    tokens.take();
    set_all(first, last,
            Folding(Folding::Form::same, Cause::none, static_cast<Kind>(tokens.number()), 0));
  }
}

void NormalTable::read_mappings() {
  char32_t source = 0;
  std::u32string targets;
  Cause cause = Cause::none;
  const auto map = [&] {
    if (targets.empty()) {
      set(source, Folding(Folding::Form::nothing, cause, Kind::other, 0));
    } else if (targets.size() == 1) {
      set(source, Folding(Folding::Form::one, cause, of(targets[0]).kind(), targets[0]));
    } else {
      set(source, Folding(Folding::Form::several, cause, Kind::other,
                          static_cast<std::uint32_t>(pool_.size())));
      pool_.push_back(static_cast<char32_t>(targets.size()));
      pool_ += targets;
    }
    ++source;
  };
  for (Tokens tokens(kNormalMappings); !tokens.at_end();) {
    const char head = tokens.take();
    if (head == '@') {
      source = tokens.number();
    } else if (head == '~') {
      for (std::uint32_t n = tokens.number(); n > 0; --n) {
        if (!targets.empty()) ++targets[0];
        map();
      }
    } else {
      cause = cause_of(head);
      targets.clear();
      if (tokens.peek() == '-') {
        tokens.take();
      } else {
        targets.push_back(tokens.number());
        while (tokens.peek() == '.') {
          tokens.take();
          targets.push_back(tokens.number());
        }
      }
      map();
    }
  }
}

void NormalTable::read_pairs() {
  for (Tokens tokens(kLookAlikes); !tokens.at_end();) {
    const char32_t letter = tokens.number();
    tokens.take();
    const char32_t latin = tokens.number();
    look_alikes_.push_back({letter, latin});
    // The first one is the everyday letter.
    const Kind kind = of(letter).kind();
    auto& back = kind == Kind::cyrillic ? cyrillic_like_ : greek_like_;
    char32_t& slot = back[index(static_cast<char>(latin))];
    if ((kind == Kind::cyrillic && letter < 0x460) || (kind == Kind::greek && letter < 0x3D0))
      if (slot == 0) slot = letter;
  }
  cyrillic_like_[26] = greek_like_[26] = 0;
  for (Tokens tokens(kCombiningClasses); !tokens.at_end();) {
    const char32_t mark = tokens.number();
    tokens.take();
    combining_classes_.push_back({mark, tokens.number()});
  }
  for (Tokens tokens(kVoicedKana); !tokens.at_end();) {
    const char32_t kana = tokens.number();
    tokens.take();
    const char32_t mark = tokens.number();
    tokens.take();
    voiced_.push_back({kana << 1 | (mark & 1), tokens.number()});
  }
  std::ranges::sort(voiced_, {}, &Pair::from);
}

char32_t NormalTable::find(const std::vector<Pair>& pairs, char32_t from) {
  const auto at = std::ranges::lower_bound(pairs, from, {}, &Pair::from);
  return at != pairs.end() && at->from == from ? at->to : 0;
}

char NormalTable::look_alike(char32_t c) const { return static_cast<char>(find(look_alikes_, c)); }

std::uint8_t NormalTable::combining_class(char32_t mark) const {
  return static_cast<std::uint8_t>(find(combining_classes_, mark));
}

char32_t NormalTable::voiced(char32_t kana, char32_t mark) const {
  return find(voiced_, kana << 1 | (mark & 1));
}

}  // namespace weir::text
