#include "base/log.h"

#include <cstdio>
#include <mutex>

#include "base/json_writer.h"
#include "base/time.h"

namespace weir::log {
namespace {

Level g_level = Level::info;
std::function<void(std::string_view)> g_sink;  // empty: standard error

std::string_view name(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
  }
  return "unknown";
}

bool needs_quotes(std::string_view value) {
  if (value.empty()) return true;
  for (const char c : value)
    if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f || c == '"' ||
        c == '=' || c == '\\')
      return true;
  return false;
}

}  // namespace

std::string format(Level level, std::string_view event, Fields fields) {
  std::string line = "time=" + to_rfc3339(SystemClock{}.now());
  line.append(" level=").append(name(level)).append(" event=").append(event);
  for (const auto& [key, value] : fields) {
    line.append(" ").append(key).append("=");
    // A JSON string has no line ends or control characters in it, so an event stays one line
    // whatever it quotes.
    if (needs_quotes(value))
      append_json_string(line, value);
    else
      line.append(value);
  }
  return line;
}

void write(Level level, std::string_view event, Fields fields) {
  if (level < g_level) return;
  const auto line = format(level, event, fields);
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (g_sink)
    g_sink(line);
  else
    std::fprintf(stderr, "%s\n", line.c_str());
}

void set_level(Level level) { g_level = level; }
void set_sink(std::function<void(std::string_view)> sink) { g_sink = std::move(sink); }

}  // namespace weir::log
