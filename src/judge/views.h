// judge/views.h - the pieces of a message that are looked at, and the n-grams of each.
//
// A piece is a stretch of text with a name ("subject", "text", ...); a gram is a feature hash and
// the octets of the piece it was made of. extract() wants the hashes only, the reasons want the
// places too; both walk the same pieces in the same order.
//
// Bounds: the budgets below, so at most kMaxFeatures grams a message, whatever is in it. Threads:
// pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judge/judge.h"
#include "mail/reading.h"

namespace weir::judge {

struct Gram {
  std::uint32_t hash = 0;            // < 2^kHashBits
  std::uint32_t begin = 0, end = 0;  // octets of the piece's text, at character boundaries
};

class PieceSink {
 public:
  virtual ~PieceSink() = default;
  // what: static text, the name that reasons give. Both views are valid during the call only.
  virtual void piece(std::string_view what, std::string_view text,
                     const std::vector<Gram>& grams) = 0;
};

// Calls the sink for each piece with at least one gram, in a fixed order.
void walk(const mail::Reading& reading, PieceSink& sink);

// True for fields that other filters, mailboxes and archives wrote: what they say is a verdict on
// the message, not the message.
[[nodiscard]] bool is_label_field(std::string_view lower_case_name);

// A Received value without its id and date, which the receiving host made up.
[[nodiscard]] std::string without_host_ids(std::string_view received);

}  // namespace weir::judge
