// document/card.h - calendars and visiting cards: content lines of RFC 5545 3.1 and RFC 6350 3.2,
// and what stood before them (vCalendar 1.0, vCard 2.1). For document/ only.
#pragma once

#include <string_view>

#include "document/output.h"

namespace weir::document {

enum class CardKind : bool { calendar, card };
void read_card(CardKind kind, std::string_view octets, std::string_view charset, Output& out);

}  // namespace weir::document
