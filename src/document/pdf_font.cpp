#include "document/pdf_font.h"

#include <unicode/unorm2.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "document/ascii.h"
#include "document/code_page.h"

namespace weir::document {
namespace {

using Type = PdfValue::Type;

constexpr std::size_t kWidthsMax = 65'536;
constexpr std::size_t kWidthCost = 16;  // octets of the account

struct PredefinedCMap {
  std::string_view name;  // how it begins, without the direction of writing
  std::string_view charset;
};
// ISO 32000-1 table 118. The longer of two that begin alike stands first.
constexpr PredefinedCMap kPredefined[] = {
    {"UniGB-UTF8", "utf-8"}, {"UniCNS-UTF8", "utf-8"},   {"UniJIS-UTF8", "utf-8"},
    {"UniKS-UTF8", "utf-8"}, {"UniGB-", "utf-16be"},     {"UniCNS-", "utf-16be"},
    {"UniJIS", "utf-16be"},  {"UniKS-", "utf-16be"},     {"GB-EUC", "gb18030"},
    {"GBpc-EUC", "gb18030"}, {"GBK", "gb18030"},         {"GBT", ""},
    {"B5pc", "big5-hkscs"},  {"HKscs-B5", "big5-hkscs"}, {"ETen", "big5-hkscs"},
    {"HKdl", "big5-hkscs"},  {"HKgccs", "big5-hkscs"},   {"CNS-EUC", "euc-tw"},
    {"83pv-RKSJ", "cp932"},  {"90ms-RKSJ", "cp932"},     {"90msp-RKSJ", "cp932"},
    {"90pv-RKSJ", "cp932"},  {"Add-RKSJ", "cp932"},      {"Ext-RKSJ", "cp932"},
    {"RKSJ", "cp932"},       {"EUC-", "euc-jp"},         {"78-RKSJ", "cp932"},
    {"78-EUC", "euc-jp"},    {"KSC-Johab", "johab"},     {"KSC", "cp949"},
};
constexpr std::string_view kJisPairs[] = {"H",     "V",     "78-H",  "78-V",
                                          "Add-H", "Add-V", "Ext-H", "Ext-V"};

double number_of(const PdfValue& value, double otherwise) {
  return value.is(Type::number) && std::abs(value.number) < 1e6 ? value.number : otherwise;
}

// Writers name a glyph by one of its code points, and it may be that of a radical or of a ligature:
// what is seen is the character or the letters.
void append_seen(std::string& utf8, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (!(c >= 0x2E80 && c <= 0x2FD5) && !(c >= 0xFB00 && c <= 0xFB06)) {
      append_utf8(utf8, c);
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    char16_t units[8];
    const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
    const std::int32_t size =
        U_SUCCESS(status)
            ? unorm2_getRawDecomposition(nfkc, static_cast<UChar32>(c), units, 8, &status)
            : -1;
    if (size <= 0 || U_FAILURE(status)) append_utf8(utf8, c);
    for (std::int32_t i = 0; i < size && U_SUCCESS(status); ++i) append_utf8(utf8, units[i]);
  }
}

}  // namespace

PdfFont::PdfFont(PdfFile& file, const PdfValue& dictionary) {
  if (const PdfValue& map = file.get(dictionary, "ToUnicode"); map.stream_at != 0)
    to_unicode_.read(file.stream(map), file.work());
  if (file.get(dictionary, "Subtype").is_name("Type0"))
    read_composite(file, dictionary);
  else
    read_simple(file, dictionary);
}

void PdfFont::read_simple(PdfFile& file, const PdfValue& dictionary) {
  const PdfValue& descriptor = file.get(dictionary, "FontDescriptor");
  const PdfValue& encoding = file.get(dictionary, "Encoding");
  const bool is_truetype = file.get(dictionary, "Subtype").is_name("TrueType");
  encoding_ = pdf_encoding(is_truetype ? "WinAnsiEncoding" : "StandardEncoding");
  if (encoding.is(Type::name)) {
    encoding_ = pdf_encoding(encoding.raw);
  } else {
    const PdfValue& base = file.get(encoding, "BaseEncoding");
    if (base.is(Type::name))
      encoding_ = pdf_encoding(base.raw);
    else
      read_builtin(file, descriptor);
  }
  std::size_t code = 0;
  for (const PdfValue& each : file.get(encoding, "Differences").items) {
    const PdfValue& value = file.resolve(each);
    if (value.is(Type::number))
      code = static_cast<std::size_t>(std::clamp<std::int64_t>(value.integer(), 0, 256));
    else if (value.is(Type::name) && code < 256)
      encoding_[code++] = glyph_code_point(value.raw);
  }
  default_width_ = number_of(file.get(descriptor, "MissingWidth"), 500);
  simple_widths_.fill(static_cast<float>(default_width_));
  const std::int64_t first = file.get(dictionary, "FirstChar").integer();
  const PdfValue& widths = file.get(dictionary, "Widths");
  for (std::size_t i = 0; i < widths.items.size() && i < 256; ++i) {
    const std::int64_t at = first + static_cast<std::int64_t>(i);
    if (at >= 0 && at < 256)
      simple_widths_[static_cast<std::size_t>(at)] =
          static_cast<float>(number_of(file.resolve(widths.items[i]), default_width_));
  }
  if (file.get(dictionary, "Subtype").is_name("Type3")) {
    is_type3_ = true;
    const PdfValue& matrix = file.get(dictionary, "FontMatrix");
    if (!matrix.items.empty())
      glyph_scale_ = std::abs(number_of(file.resolve(matrix.items.front()), 0.001)) * 1'000;
  }
}

// "dup 65 /A put" in the clear part of a Type 1 font program.
void PdfFont::read_builtin(PdfFile& file, const PdfValue& descriptor) {
  const PdfValue& program = file.get(descriptor, "FontFile");
  if (program.stream_at == 0 || !to_unicode_.empty()) return;
  const std::string text = file.stream(program);
  const std::string_view clear =
      std::string_view(text).substr(0, std::min<std::size_t>(text.find("eexec"), 65'536));
  std::size_t at = clear.find("/Encoding");
  if (at == std::string_view::npos ||
      clear.substr(at, 48).find("StandardEncoding") != std::string_view::npos)
    return;
  encoding_.fill(0);
  PdfLexer lexer(clear, at + 9, file.work());
  for (;;) {
    const PdfToken token = lexer.next();
    if (token.kind == PdfToken::Kind::end) return;
    if (token.kind != PdfToken::Kind::keyword) continue;
    if (token.raw == "def" || token.raw == "readonly") return;
    if (token.raw != "dup") continue;
    const PdfToken code = lexer.next();
    const PdfToken name = lexer.next();
    if (code.kind == PdfToken::Kind::number && name.kind == PdfToken::Kind::name &&
        code.number >= 0 && code.number < 256)
      encoding_[static_cast<std::size_t>(code.number)] = glyph_code_point(name.raw);
  }
}

void PdfFont::read_composite(PdfFile& file, const PdfValue& dictionary) {
  const PdfValue& encoding = file.get(dictionary, "Encoding");
  coding_ = Coding::pairs;
  if (encoding.stream_at != 0) {
    code_space_.read(file.stream(encoding), file.work());
    if (code_space_.has_code_space()) coding_ = Coding::embedded;
  } else if (encoding.is(Type::name)) {
    const std::string name = unescape_pdf_name(encoding.raw);
    if (std::ranges::find(kJisPairs, name) != std::end(kJisPairs)) {
      coding_ = Coding::charset;
      charset_ = "euc-jp";
      jis_pairs_ = true;
    } else {
      for (const PredefinedCMap& each : kPredefined)
        if (name.starts_with(each.name) && !each.charset.empty()) {
          coding_ = Coding::charset;
          charset_ = each.charset;
          break;
        }
    }
  }
  const PdfValue& descendants = file.get(dictionary, "DescendantFonts");
  const PdfValue& descendant =
      descendants.items.empty() ? descendants : file.resolve(descendants.items.front());
  default_width_ = number_of(file.get(descendant, "DW"), 1'000);
  read_widths(file, descendant);
}

// "c [w w w]" and "first last w". Codes are taken for CIDs, as they are in nearly all files. Many
// fonts may share one list: each entry is paid for again.
void PdfFont::read_widths(PdfFile& file, const PdfValue& descendant) {
  const PdfValue& list = file.get(descendant, "W");
  const auto add = [&](std::uint32_t first, std::uint32_t last, const PdfValue& width) {
    if (widths_.size() >= kWidthsMax || !file.work().take_octets(kWidthCost)) return false;
    widths_.push_back(
        {first, last, static_cast<float>(number_of(file.resolve(width), default_width_))});
    return true;
  };
  for (std::size_t i = 0; i + 1 < list.items.size();) {
    const std::int64_t first = file.resolve(list.items[i]).integer(-1);
    const PdfValue& second = file.resolve(list.items[i + 1]);
    if (first < 0 || first > 0xFFFF) break;
    auto code = static_cast<std::uint32_t>(first);
    if (second.is(Type::array)) {
      for (const PdfValue& width : second.items) {
        if (!add(code, code, width)) break;
        ++code;
      }
      i += 2;
      continue;
    }
    if (i + 2 >= list.items.size()) break;
    const std::int64_t last = std::clamp<std::int64_t>(second.integer(-1), 0, 0xFFFF);
    if (!add(code, static_cast<std::uint32_t>(last), list.items[i + 2])) break;
    i += 3;
  }
  std::ranges::stable_sort(widths_, {}, &Width::first);
}

double PdfFont::width_of(std::uint32_t code) const {
  if (coding_ == Coding::simple) return simple_widths_[code & 0xFF] * glyph_scale_;
  const auto behind = std::ranges::upper_bound(widths_, code, {}, &Width::first);
  if (behind == widths_.begin() || std::prev(behind)->last < code) return default_width_;
  return static_cast<double>(std::prev(behind)->width);
}

PdfFont::Shown PdfFont::show_charset(std::string_view octets, std::string& utf8) const {
  Shown shown;
  std::string text;
  if (jis_pairs_) {
    std::string high(octets);
    for (char& c : high) c = static_cast<char>(octet(c) | 0x80);
    text = decode_charset(high, charset_);
  } else {
    text = decode_charset(octets, charset_);
  }
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    ++shown.codes;
    shown.width += c < 0x80 ? default_width_ / 2 : default_width_;
    if (c == kReplacement) ++shown.unmapped;
  }
  utf8.append(text);
  return shown;
}

PdfFont::Shown PdfFont::show(std::string_view octets, std::string& utf8) const {
  if (coding_ == Coding::charset && to_unicode_.empty()) return show_charset(octets, utf8);
  Shown shown;
  std::string storage;
  for (std::size_t at = 0; at < octets.size();) {
    std::size_t size = 1;
    if (coding_ == Coding::pairs)
      size = 2;
    else if (coding_ == Coding::embedded)
      size = code_space_.code_octets(octets.substr(at));
    else if (coding_ == Coding::charset)
      size = to_unicode_.has_code_space() ? to_unicode_.code_octets(octets.substr(at)) : 2;
    size = std::clamp<std::size_t>(size, 1, octets.size() - at);
    const std::uint32_t code = code_of(octets.substr(at, size));
    at += size;
    ++shown.codes;
    shown.width += width_of(code);
    if (size == 1 && code == ' ') ++shown.blanks;
    if (const std::string_view text = to_unicode_.find(code, storage); !text.empty()) {
      append_seen(utf8, text);
    } else if (coding_ == Coding::simple && encoding_[code & 0xFF] != 0) {
      const char32_t c = encoding_[code & 0xFF];
      storage.clear();
      append_utf8(storage, c);
      append_seen(utf8, storage);
    } else {
      ++shown.unmapped;
    }
  }
  return shown;
}

}  // namespace weir::document
