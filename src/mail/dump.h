// mail/dump.h - a Reading written down, for programs and for people. Pure; O(size of the Reading).
//
// to_json: one object (docs/formats/reading.md). to_text: lines of UTF-8 with controls and
// directional overrides written as \u{...}, so that a terminal shows what is there and nothing
// moves its cursor.
#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "mail/reading.h"

namespace weir::mail {

// The members of the object, without its brackets: a caller may add its own before or behind them.
void write_reading(JsonWriter& out, const Reading& reading);
[[nodiscard]] std::string to_json(const Reading& reading);
[[nodiscard]] std::string to_text(const Reading& reading);

}  // namespace weir::mail
