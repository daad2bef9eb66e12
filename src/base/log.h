// base/log.h - one event, one line: what happened and the values that matter.
//
//   log::warn("store.slow_commit", {{"ms", "212"}, {"records", "1000"}});
// writes `time=... level=warn event=store.slow_commit ms=212 records=1000` (logfmt; values quoted
// when they need it) to the sink. Default sink: standard error. Thread-safe. No personal data in
// events (docs/architecture.md).
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace weir::log {

enum class Level { debug, info, warn, error };
using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void write(Level level, std::string_view event, Fields fields);
inline void debug(std::string_view event, Fields fields = {}) {
  write(Level::debug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
inline void warn(std::string_view event, Fields fields = {}) { write(Level::warn, event, fields); }
inline void error(std::string_view event, Fields fields = {}) {
  write(Level::error, event, fields);
}

// Set both before threads start.
void set_level(Level level);                                     // default: info
void set_sink(std::function<void(std::string_view line)> sink);  // gets the line without its end

[[nodiscard]] std::string format(Level level, std::string_view event, Fields fields);

}  // namespace weir::log
