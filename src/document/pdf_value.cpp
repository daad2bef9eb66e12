#include "document/pdf_value.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/utf8.h"
#include "document/ascii.h"
#include "document/code_page.h"
#include "text/charset.h"

namespace weir::document {
namespace {

constexpr std::size_t kDepthMax = 64;
constexpr std::size_t kItemsMax = 65'536;  // of one array or dictionary

using Token = PdfToken::Kind;
using Type = PdfValue::Type;

Type type_of(Token kind) {
  switch (kind) {
    case Token::number: return Type::number;
    case Token::string: return Type::string;
    case Token::hex_string: return Type::hex_string;
    case Token::name: return Type::name;
    default: return Type::null;
  }
}

// 0x18 to 0x1F and 0x80 to 0xA0 of PDFDocEncoding (ISO 32000-1 D.3).
constexpr std::array<char16_t, 8> kLow{0x02D8, 0x02C7, 0x02C6, 0x02D9,
                                       0x02DD, 0x02DB, 0x02DA, 0x02DC};
constexpr std::array<char16_t, 33> kHigh{
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
    0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};

std::string from_doc_encoding(std::string_view octets) {
  std::string out;
  for (const char c : octets) {
    const unsigned value = octet(c);
    if (value >= 0x18 && value < 0x20)
      append_utf8(out, kLow[value - 0x18]);
    else if (value >= 0x80 && value <= 0xA0)
      append_utf8(out, kHigh[value - 0x80]);
    else if (value != 0)
      append_utf8(out, value);
  }
  return out;
}

}  // namespace

std::int64_t PdfValue::integer(std::int64_t otherwise) const {
  if (type != Type::number || !std::isfinite(number)) return otherwise;
  return static_cast<std::int64_t>(std::clamp(number, -9e15, 9e15));
}

std::uint32_t PdfValue::object_number() const {
  return number >= 0 && number < 4e9 ? static_cast<std::uint32_t>(number) : 0;
}

std::string PdfValue::string() const {
  if (type == Type::string) return unescape_pdf_string(raw);
  if (type == Type::hex_string) return unhex_pdf_string(raw);
  return {};
}

const PdfValue& PdfValue::at(std::string_view key) const {
  if (type == Type::dictionary)
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
      if (items[i].is_name(key)) return items[i + 1];
  return null_pdf_value();
}

const PdfValue& null_pdf_value() {
  static const PdfValue null;
  return null;
}

PdfValue read_pdf_value(PdfLexer& lexer, std::size_t& values_left, std::string_view* end) {
  std::vector<PdfValue> open(1);  // the first holds what stands at the top
  std::size_t too_deep = 0;
  const auto put = [&](PdfValue value) {
    if (too_deep > 0 || values_left == 0 || open.back().items.size() >= kItemsMax) return;
    --values_left;
    open.back().items.push_back(std::move(value));
  };
  const auto close = [&] {
    if (too_deep > 0) {
      --too_deep;
      return;
    }
    if (open.size() == 1) return;
    PdfValue done = std::move(open.back());
    open.pop_back();
    if (done.type == Type::dictionary && done.items.size() % 2 != 0) done.items.pop_back();
    put(std::move(done));
  };
  for (;;) {
    const PdfToken token = lexer.next();
    if (token.kind == Token::end) break;
    switch (token.kind) {
      case Token::array_begin:
      case Token::dictionary_begin: {
        if (open.size() >= kDepthMax || too_deep > 0) {
          ++too_deep;
          break;
        }
        PdfValue container;
        container.type = token.kind == Token::array_begin ? Type::array : Type::dictionary;
        open.push_back(std::move(container));
        break;
      }
      case Token::array_end:
      case Token::dictionary_end: close(); break;
      case Token::keyword: {
        std::vector<PdfValue>& items = open.back().items;
        if (token.raw == "R" && items.size() >= 2 && too_deep == 0 &&
            items[items.size() - 1].is(Type::number) && items[items.size() - 2].is(Type::number)) {
          items.pop_back();
          items.back().type = Type::reference;
        } else if (token.raw == "true" || token.raw == "false") {
          PdfValue truth;
          truth.type = Type::boolean;
          truth.number = token.raw == "true" ? 1 : 0;
          put(std::move(truth));
        } else if (token.raw == "null") {
          put({});
        } else if (open.size() == 1 || token.raw == "endobj" || token.raw == "stream" ||
                   token.raw == "obj") {
          if (end != nullptr) *end = token.raw;
          while (open.size() > 1) close();
          return open.front().items.empty() ? PdfValue() : std::move(open.front().items.front());
        }
        break;
      }
      default: {
        PdfValue value;
        value.type = type_of(token.kind);
        value.number = token.number;
        value.raw = token.raw;
        put(std::move(value));
      }
    }
  }
  too_deep = 0;
  while (open.size() > 1) close();
  return open.front().items.empty() ? PdfValue() : std::move(open.front().items.front());
}

std::string pdf_text(std::string_view octets) {
  if (octets.starts_with("\xFE\xFF")) return decode_utf16be(octets.substr(2));
  if (octets.starts_with("\xFF\xFE")) return decode_utf16le(octets.substr(2));
  if (octets.starts_with("\xEF\xBB\xBF")) return to_valid_utf8(octets.substr(3));
  if (std::ranges::none_of(octets, is_8bit)) return from_doc_encoding(octets);
  // Two octets above ASCII side by side are hardly ever PDFDocEncoding; many writers put the
  // charset of their country there.
  for (std::size_t i = 0; i + 1 < octets.size(); ++i)
    if (is_8bit(octets[i]) && is_8bit(octets[i + 1])) return text::to_utf8(octets, {}).text;
  return from_doc_encoding(octets);
}

}  // namespace weir::document
