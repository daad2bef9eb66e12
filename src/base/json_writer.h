// base/json_writer.h - writes JSON, in order, without a tree.
//
// Output:  compact (no blanks); strings escaped as RFC 8785 3.2.2.2; octets that are not UTF-8
// become U+FFFD, so the
//          output is always valid JSON. Numbers: integers as they are; doubles shortest round trip,
//          non-finite as null.
// Canonical: write the keys of each object in sorted order and no doubles, and the output is RFC
// 8785 canonical
//          (checked by the tests of those who rely on it). Reading is Boost.JSON's, where it is
//          needed.
// Use:     JsonWriter w; w.begin_object(); w.key("ip").value("192.0.2.1"); w.end_object(); w.str();
//          Commas are its business; a key without value, an unbalanced end or a second value at the
//          top is a bug and asserts. take() leaves a fresh writer.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('{', '}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close('[', ']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  template <std::same_as<bool> B>
  JsonWriter& value(B truth) {
    return raw(truth ? "true" : "false");
  }
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  JsonWriter& value(I number) {
    if constexpr (std::signed_integral<I>)
      return number_signed(number);
    else
      return number_unsigned(number);
  }
  JsonWriter& value(double number);
  JsonWriter& null() { return raw("null"); }
  // Already JSON, taken as it is.
  JsonWriter& raw(std::string_view json);
  [[nodiscard]] const std::string& str() const;
  [[nodiscard]] std::string take();

 private:
  JsonWriter& number_signed(std::int64_t number);
  JsonWriter& number_unsigned(std::uint64_t number);
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket, char end);
  void before_value();
  std::string out_;
  std::vector<char> open_;  // '{' or '['
  bool need_comma_ = false;
  bool after_key_ = false;
};

// The string as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace weir
