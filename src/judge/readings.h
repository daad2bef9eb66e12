// judge/readings.h - readings made by hand and at random, for this module's tests only.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/utf8.h"
#include "crypto/crypto.h"
#include "judge/judge.h"

namespace weir::judge {

inline mail::TextPart text_part(std::string text, std::string hidden = {}) {
  mail::TextPart part;
  part.type = "text/plain";
  part.charset_declared = part.charset_used = "utf-8";
  part.text = std::move(text);
  part.hidden = std::move(hidden);
  return part;
}

inline mail::Reading reading_of(std::string subject, std::string text) {
  mail::Reading reading;
  reading.subject = subject;
  reading.fields = {{"from", "someone@example.org"},
                    {"subject", std::move(subject)},
                    {"x-mailer", "Example 1.0"}};
  reading.texts = {text_part(std::move(text))};
  return reading;
}

inline Digest digest_of(std::string_view name) { return crypto::sha256(name); }

// Words of a small vocabulary in several scripts, so that messages share features, and now and then
// any character at all.
inline rc::Gen<std::string> any_text() {
  static const std::vector<std::string> kWords = {
      "free ", "offer ", "meeting ", "the ",       "report\n", "http://a.example/ ",
      "免费",  "发票",   "会议",     "ありがとう", "안녕 ",    "résumé "};
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5'000)),
                      [](const std::vector<int>& picks) {
                        std::string text;
                        for (const int pick : picks) {
                          if (pick < 4'000)
                            text += kWords[static_cast<std::size_t>(pick) % kWords.size()];
                          else
                            append_utf8(text, static_cast<char32_t>(pick * 13));
                        }
                        return text;
                      });
}

inline rc::Gen<mail::Reading> any_reading() {
  return rc::gen::map(
      rc::gen::tuple(any_text(), any_text(), any_text(), any_text()), [](const auto& texts) {
        const auto& [subject, text, hidden, value] = texts;
        mail::Reading reading = reading_of(subject, text);
        reading.texts.front().hidden = hidden;
        reading.fields.push_back({"x-note", value});
        reading.links.push_back({"http://www.shop.example/" + value, "www.shop.example",
                                 "shop.example", "http://bank.example"});
        reading.attachments.push_back({0, value, "application/zip", 10});
        reading.problems.push_back({"charset_wrong", 0, ""});
        return reading;
      });
}

}  // namespace weir::judge
