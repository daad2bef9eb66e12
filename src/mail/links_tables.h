// mail/links_tables.h - what is known of schemes, top-level domains and services that links use.
//
// Facts, not judgements: a shortener is no sign of bad mail. Pure; look-ups are O(log n).
#pragma once

#include <string_view>

namespace weir::mail {

enum class Scheme {
  none,       // not known
  web,        // http, https, ftp, ftps
  disguised,  // hxxp, h**p, ttp and the like: a web scheme that no program follows
  contact,    // mailto, tel, tg, weixin, bitcoin: a person or an account
  data,
  script,
  inner,  // cid, mid, about, blob: nothing outside the message
};
[[nodiscard]] Scheme scheme_kind(std::string_view scheme);  // ASCII case ignored

// How far a name without scheme may be taken for a host because of its last label.
enum class TopLevelKind {
  strong,  // com, cn: hardly ever anything else
  plain,
  word,  // in, is, now: also the first word of a sentence behind a full stop without a blank
  file,  // sh, md, zip: also the end of a file name
};
[[nodiscard]] TopLevelKind top_level_kind(std::string_view lower_label);

[[nodiscard]] bool is_shortener(std::string_view domain);

// Names of parameters that hold the place a gateway leads to; lower case.
[[nodiscard]] bool is_target_parameter(std::string_view lower_name);

}  // namespace weir::mail
