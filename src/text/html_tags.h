// text/html_tags.h - the elements and attributes that are treated in a way of their own. For text/
// only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::text {

enum class Tag : std::uint8_t {
  none,  // a place on the stack of open elements whose element is closed already
  other,
  a,
  abbr,
  address,
  annotation,
  annotation_xml,
  applet,
  area,
  article,
  aside,
  audio,
  b,
  base,
  basefont,
  bdo,
  bgsound,
  big,
  blockquote,
  body,
  br,
  button,
  caption,
  center,
  clippath,
  code,
  col,
  colgroup,
  datalist,
  dd,
  defs,
  desc,
  details,
  dialog,
  dir,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  foreignobject,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hgroup,
  hr,
  html,
  i,
  iframe,
  image,
  img,
  input,
  keygen,
  label,
  legend,
  li,
  link,
  listing,
  main,
  marquee,
  math,
  menu,
  meta,
  metadata,
  mi,
  mn,
  mo,
  ms,
  mtext,
  nav,
  nobr,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  plaintext,
  pre,
  q,
  rp,
  rt,
  ruby,
  s,
  script,
  search,
  section,
  select,
  small,
  source,
  span,
  strike,
  strong,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  var,
  video,
  wbr,
  xmp,
  count
};
inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::count);

// What an element is, as bits.
enum TagTrait : std::uint16_t {
  kVoid = 1,          // has no content and no end tag
  kBlock = 2,         // stands on lines of its own
  kSpecial = 4,       // WHATWG HTML 13.2.4.2: an end tag for something around it does not close it
  kFormatting = 8,    // goes on behind a block that ends inside it
  kRaw = 16,          // its content is not markup
  kKeepsBlanks = 32,  //
  kEndsParagraph = 64,  // its start tag closes <p>
  kScopeEnd = 128,      // its end tag closes what is open inside, special or not
  kBreaksOut = 256,     // ends svg and math
  kControl = 512,       // of a form: colours and font size of its own
  kTablePart = 1024,    // row groups and rows
  kOpensScope = 4096,
  kHasBackground = 2048,  // takes the attributes bgcolor and background
};

enum class Attr : std::uint8_t {
  action,
  alink,
  alt,
  background,
  bgcolor,
  charset,
  class_,
  color,
  content,
  data,
  dir,
  face,
  formaction,
  height,
  hidden,
  href,
  http_equiv,
  id,
  link,
  media,
  ping,
  placeholder,
  poster,
  shape,
  size,
  src,
  srcdoc,
  srcset,
  style,
  text,
  title,
  type,
  value,
  width,
  xlink_href,
  count
};
inline constexpr std::size_t kAttrs = static_cast<std::size_t>(Attr::count);

[[nodiscard]] Tag tag_of(std::string_view name);  // Tag::other if it is none of them
extern const std::array<std::uint16_t, kTags> kTagTraits;
[[nodiscard]] inline bool has(Tag tag, TagTrait trait) {
  return (kTagTraits[static_cast<std::size_t>(tag)] & trait) != 0;
}
[[nodiscard]] std::string_view name_of(Tag tag);
[[nodiscard]] Attr attr_of(std::string_view name);  // Attr::count if it is none of them

}  // namespace weir::text
