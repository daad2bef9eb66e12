#include "text/html_state.h"

#include <array>

namespace weir::text {
namespace {

constexpr float kUnreadablePx = 2;     // nobody reads letters of that height
constexpr float kTransparent = 0.05F;  // what is left of black on white then is no more than dust
constexpr float kControlFontPx = 13.33F;  // as browsers draw the fields of a form

constexpr std::array<std::string_view, kCauses> kCauseNames = {
    "",         "display", "visibility", "opacity", "font_size", "color",
    "off_page", "no_size", "clip",       "input",   "zero_width"};

bool is_box(Tag tag, const Style& own) {
  if (own.is(Property::floating) || own.is(Property::out_of_flow)) return true;
  if (own.has(Property::boxed)) return own.is(Property::boxed);
  // Parts of tables grow with what is in them.
  return has(tag, kBlock) && !has(tag, kTablePart) && tag != Tag::table && tag != Tag::caption;
}

// Why nothing inside is seen, as far as this element says so.
Cause cause_of(Tag tag, const Style& own) {
  if (own.is(Property::display_none) || own.is(Property::skipped)) return Cause::display;
  if (own.is(Property::clipped_path) ||
      (own.is(Property::clipped) && own.is(Property::out_of_flow)))
    return Cause::clip;
  if (own.is(Property::scaled_away)) return Cause::off_page;
  const bool box = is_box(tag, own);
  if (box && (own.is(Property::off_indent) || own.is(Property::off_margin) ||
              own.is(Property::off_margin_top)))
    return Cause::off_page;
  if (own.is(Property::positioned)) {
    const bool off = own.is(Property::off_left) || own.is(Property::off_top) ||
                     own.is(Property::off_right) || own.is(Property::off_bottom);
    if (off) return Cause::off_page;
  }
  if (box && own.is(Property::overflow_hidden)) {
    const bool no_height = own.is(Property::no_height) || own.is(Property::no_max_height) ||
                           (own.is(Property::flat_line) && !own.has(Property::no_height));
    if (no_height || own.is(Property::no_width) || own.is(Property::no_max_width))
      return Cause::no_size;
  }
  return Cause::none;
}

void declare_colors(const State& around, const Style& own, State& next) {
  if (own.has(Property::color))
    next.color = own.color.kind == ColorKind::inherit ? around.color : own.color;
  if (own.has(Property::fill)) {
    next.filled = own.fill.kind != ColorKind::inherit;
    next.fill = own.fill;
  }
  if (own.has(Property::lit)) next.lit = own.is(Property::lit);
  if (own.has(Property::background) && own.background.kind != ColorKind::inherit &&
      (!own.background.known() || own.background.alpha > 0))
    next.background = blend(own.background, next.background);
}

}  // namespace

std::string_view name_of(Cause cause) { return kCauseNames[static_cast<std::size_t>(cause)]; }

State state_in(const State& around, Tag tag, const Style& own, const Page& page) {
  State next = around;
  bool ink_changes = false;
  if (has(tag, kControl)) {
    next.color = {};
    next.background = kUnknownColor;
    next.font_px = kControlFontPx;
    ink_changes = true;
  } else if (tag == Tag::table && page.quirks) {
    next.color = page.text_color;
    next.font_px = 16;
    ink_changes = true;
  }
  if (has(tag, kKeepsBlanks)) next.keep_blanks = true;
  if (!own.empty()) {
    ink_changes = true;
    // What is placed freely may stand upon anything.
    if (own.is(Property::out_of_flow)) next.background = kUnknownColor;
    declare_colors(around, own, next);
    if (around.markup == State::Markup::svg) next.color = kUnknownColor;  // its letters are filled
    if (own.has(Property::invisible)) next.invisible = own.is(Property::invisible);
    if (own.has(Property::keeps_blanks)) next.keep_blanks = own.is(Property::keeps_blanks);
    if (own.has(Property::font))
      next.font_px = own.font.unit == FontUnit::px ? own.font.value : own.font.value * next.font_px;
    if (own.has(Property::opacity)) next.opacity *= own.opacity;
    if (own.is(Property::overrides_order)) next.reversed = own.is(Property::right_to_left);
    if (next.gone == Cause::none) {
      next.gone = cause_of(tag, own);
      if (next.gone == Cause::none && next.opacity < kTransparent) next.gone = Cause::opacity;
    }
  }
  if (!ink_changes) return next;
  if (next.gone != Cause::none)
    next.cause = next.gone;
  else if (next.invisible)
    next.cause = Cause::visibility;
  else if (next.font_px <= kUnreadablePx)
    next.cause = Cause::font_size;
  else if (!next.lit && is_unreadable(next.filled ? next.fill : next.color, next.background))
    next.cause = Cause::color;
  else
    next.cause = Cause::none;
  return next;
}

}  // namespace weir::text
