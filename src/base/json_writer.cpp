#include "base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"

namespace weir {

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      append_utf8(out, next_code_point(text, at));
      continue;
    }
    ++at;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (c < 0x20) {
          out += "\\u00";
          out.push_back(kHex[c >> 4]);
          out.push_back(kHex[c & 15]);
        } else {
          out.push_back(static_cast<char>(c));
        }
    }
  }
  out.push_back('"');
}

void JsonWriter::before_value() {
  WEIR_ASSERT(open_.empty() ? out_.empty() : open_.back() == '[' || after_key_);
  if (need_comma_ && !after_key_) out_.push_back(',');
  after_key_ = false;
  need_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  before_value();
  out_.push_back(bracket);
  open_.push_back(bracket);
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket, char end) {
  WEIR_ASSERT(!open_.empty() && open_.back() == bracket && !after_key_);
  open_.pop_back();
  out_.push_back(end);
  need_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  WEIR_ASSERT(!open_.empty() && open_.back() == '{' && !after_key_);
  if (need_comma_) out_.push_back(',');
  append_json_string(out_, name);
  out_.push_back(':');
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  before_value();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::number_signed(std::int64_t number) { return raw(std::to_string(number)); }
JsonWriter& JsonWriter::number_unsigned(std::uint64_t number) {
  return raw(std::to_string(number));
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  out_.append(json);
  return *this;
}

const std::string& JsonWriter::str() const {
  WEIR_ASSERT(open_.empty());
  return out_;
}

std::string JsonWriter::take() {
  WEIR_ASSERT(open_.empty());
  need_comma_ = false;
  return std::exchange(out_, {});
}

}  // namespace weir
