#include "document/rtf_words.h"

#include <algorithm>
#include <array>

namespace weir::document {
namespace {

using enum RtfAction;

constexpr auto kWords = [] {
  auto words = std::to_array<RtfWord>({
      {"annotation", annotation},
      {"ansi", code_page, 1252},
      {"ansicpg", code_page},
      {"atnauthor", skip},
      {"atndate", skip},
      {"atnid", skip},
      {"bin", binary},
      {"blipuid", skip},
      {"bullet", literal, 0x2022},
      {"cell", cell},
      {"colortbl", skip},
      {"column", new_line},
      {"cpg", font_code_page},
      {"datafield", skip},
      {"deff", default_font},
      {"deleted", hide},
      {"do", passes},
      {"docvar", skip},
      {"dptxbxtext", passes},
      {"emdash", literal, 0x2014},
      {"emspace", literal, 0x2003},
      {"endash", literal, 0x2013},
      {"enspace", literal, 0x2002},
      {"f", font},
      {"falt", skip},
      {"fcharset", font_charset},
      {"field", field},
      {"file", file_name},
      {"filetbl", passes},
      {"fldinst", instruction},
      {"fldrslt", passes},
      {"fontemb", skip},
      {"fontfile", skip},
      {"fonttbl", font_table},
      {"footnote", passes},
      {"fromhtml", from_html},
      {"fname", skip},
      {"htmlrtf", html_rtf},
      {"htmltag", html_tag},
      {"info", skip},
      {"keycode", skip},
      {"latentstyles", skip},
      {"ldblquote", literal, 0x201C},
      {"line", new_line},
      {"listoverridetable", skip},
      {"listtable", skip},
      {"lquote", literal, 0x2018},
      {"ltrmark", literal, 0x200E},
      {"mac", code_page, 10000},
      {"mhtmltag", skip},
      {"nestcell", cell},
      {"nestrow", new_line},
      {"nonshppict", skip},
      {"objclass", object_class},
      {"objdata", object_data},
      {"objname", skip},
      {"page", new_line},
      {"panose", skip},
      {"par", new_line},
      {"pc", code_page, 437},
      {"pca", code_page, 850},
      {"pict", skip},
      {"plain", plain},
      {"pntext", passes},
      {"private", skip},
      {"rdblquote", literal, 0x201D},
      {"result", passes},
      {"revtbl", skip},
      {"rquote", literal, 0x2019},
      {"row", new_line},
      {"rsidtbl", skip},
      {"rtlmark", literal, 0x200F},
      {"rxe", skip},
      {"sect", new_line},
      {"shpinst", passes},
      {"shptxt", passes},
      {"softline", new_line},
      {"sn", skip},
      {"stylesheet", skip},
      {"sv", skip},
      {"tab", literal, '\t'},
      {"tc", skip},
      {"tcn", skip},
      {"template", remote},
      {"themedata", skip},
      {"title", title},
      {"txe", skip},
      {"u", unicode},
      {"uc", unicode_skip},
      {"ud", unicode_group},
      {"upr", skip},
      {"v", hide},
      {"xe", skip},
      {"xmlnstbl", skip},
      {"zwj", literal, 0x200D},
      {"zwnj", literal, 0x200C},
  });
  std::ranges::sort(words, {}, &RtfWord::name);
  return words;
}();
static_assert(std::ranges::adjacent_find(kWords, {}, &RtfWord::name) == kWords.end());

struct FontCharset {
  int charset;
  unsigned code_page;
};
constexpr auto kFontCharsets = std::to_array<FontCharset>({
    {0, 1252},   {1, 0},      {2, 1252},   {77, 10000}, {128, 932},  {129, 949},  {130, 1361},
    {134, 936},  {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256},
    {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}, {254, 437},  {255, 850},
});

}  // namespace

const RtfWord* find_rtf_word(std::string_view name) {
  const auto found = std::ranges::lower_bound(kWords, name, {}, &RtfWord::name);
  return found != kWords.end() && found->name == name ? &*found : nullptr;
}

unsigned code_page_of_font_charset(int charset) {
  const auto found = std::ranges::find(kFontCharsets, charset, &FontCharset::charset);
  return found == kFontCharsets.end() ? 0 : found->code_page;
}

}  // namespace weir::document
