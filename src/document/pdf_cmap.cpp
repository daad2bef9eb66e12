#include "document/pdf_cmap.h"

#include <algorithm>

#include "base/utf8.h"
#include "document/ascii.h"
#include "document/code_page.h"

namespace weir::document {
namespace {

constexpr std::size_t kEntriesMax = 65'536;
constexpr std::size_t kSpacesMax = 64;
constexpr std::size_t kTextOctetsMax = 128;

}  // namespace

std::uint32_t code_of(std::string_view octets) {
  std::uint32_t code = 0;
  for (const char c : octets.substr(0, 4)) code = (code << 8) | octet(c);
  return code;
}

void PdfCMap::add(std::uint32_t first, std::uint32_t last, std::string_view utf16) {
  if (ranges_.size() + texts_.size() >= kEntriesMax || last < first) return;
  const std::uint32_t unit = code_of(utf16);
  if (utf16.size() == 1 || (utf16.size() == 2 && (unit < 0xD800 || unit > 0xDFFF))) {
    ranges_.push_back({first, last, unit});
    return;
  }
  const std::string text = decode_utf16be(utf16.substr(0, kTextOctetsMax));
  if (text.empty()) return;
  std::size_t at = 0;
  const char32_t code_point = next_code_point(text, at);
  if (at == text.size()) {
    ranges_.push_back({first, last, code_point});
    return;
  }
  // Only the last unit counts up, within its low octet: ranges of ligatures are short.
  for (std::uint32_t code = first; code <= last && code - first < 256; ++code) {
    std::string units(utf16.substr(0, kTextOctetsMax));
    units.back() = static_cast<char>(octet(units.back()) + (code - first));
    texts_.insert_or_assign(code, decode_utf16be(units));
    if (texts_.size() >= kEntriesMax || code == last) break;
  }
}

void PdfCMap::read(std::string_view octets, PdfWork& work) {
  enum class Section { none, space, chars, ranges } section = Section::none;
  std::vector<std::string> pending;
  bool in_array = false;
  std::uint32_t next_in_array = 0;
  PdfLexer lexer(octets, 0, work);
  for (;;) {
    const PdfToken token = lexer.next();
    if (token.kind == PdfToken::Kind::end) break;
    if (token.kind == PdfToken::Kind::keyword) {
      pending.clear();
      in_array = false;
      if (token.raw == "begincodespacerange")
        section = Section::space;
      else if (token.raw == "beginbfchar")
        section = Section::chars;
      else if (token.raw == "beginbfrange")
        section = Section::ranges;
      else if (token.raw.starts_with("end") || token.raw.starts_with("begin"))
        section = Section::none;
      continue;
    }
    if (section == Section::none) continue;
    if (token.kind == PdfToken::Kind::array_begin && section == Section::ranges &&
        pending.size() == 2) {
      in_array = true;
      next_in_array = code_of(pending[0]);
      continue;
    }
    if (token.kind == PdfToken::Kind::array_end) {
      in_array = false;
      pending.clear();
      continue;
    }
    if (token.kind != PdfToken::Kind::hex_string && token.kind != PdfToken::Kind::string) continue;
    std::string value = pdf_string({.kind = token.kind, .raw = token.raw.substr(0, 1'024)});
    if (in_array) {
      if (next_in_array <= code_of(pending[1])) add(next_in_array, next_in_array, value);
      ++next_in_array;
      continue;
    }
    pending.push_back(std::move(value));
    if (section == Section::space && pending.size() == 2) {
      if (spaces_.size() < kSpacesMax && !pending[0].empty() && pending[0].size() <= 4 &&
          pending[0].size() == pending[1].size())
        spaces_.push_back({pending[0].size(), code_of(pending[0]), code_of(pending[1])});
      pending.clear();
    } else if (section == Section::chars && pending.size() == 2) {
      add(code_of(pending[0]), code_of(pending[0]), pending[1]);
      pending.clear();
    } else if (section == Section::ranges && pending.size() == 3) {
      add(code_of(pending[0]), code_of(pending[1]), pending[2]);
      pending.clear();
    }
  }
  finish();
}

void PdfCMap::finish() { std::ranges::stable_sort(ranges_, {}, &Range::first); }

std::string_view PdfCMap::find(std::uint32_t code, std::string& storage) const {
  if (!texts_.empty())
    if (const auto text = texts_.find(code); text != texts_.end()) return text->second;
  auto range = std::ranges::upper_bound(ranges_, code, {}, &Range::first);
  // Ranges may overlap: the nearest ones count.
  for (int tries = 0; tries < 4 && range != ranges_.begin(); ++tries) {
    --range;
    if (code > range->last) continue;
    storage.clear();
    append_utf8(storage, range->code_point + (code - range->first));
    return storage;
  }
  return {};
}

std::size_t PdfCMap::code_octets(std::string_view octets) const {
  for (std::size_t size = 1; size <= 4 && size <= octets.size(); ++size) {
    const std::uint32_t code = code_of(octets.substr(0, size));
    for (const Space& space : spaces_) {
      if (space.octets != size) continue;
      // Each octet has its own range.
      bool inside = true;
      for (std::size_t shift = 0; shift < 8 * size && inside; shift += 8) {
        const std::uint32_t value = (code >> shift) & 0xFF;
        inside = value >= ((space.low >> shift) & 0xFF) && value <= ((space.high >> shift) & 0xFF);
      }
      if (inside) return size;
    }
  }
  return 0;
}

}  // namespace weir::document
