#include "judge/views.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "text/script.h"

// Grams. Where one character says as much as a word elsewhere (dense scripts), the features are
// runs of 1, 2 and 3 characters; elsewhere runs of 4, blanks and punctuation included. Nothing is
// normalised: capitals, full-width letters and odd blanks are themselves what tells spam. Each view
// hashes with its own seed, so that "free" in a subject and in a body are two features.
//
// The budgets are characters, measured on mail in English and Chinese: reading more of a text than
// its beginning did not judge better.

namespace weir::judge {
namespace {

constexpr std::size_t kFieldCharacters = 200;     // of one field
constexpr std::size_t kHeaderCharacters = 4'000;  // of all fields together
constexpr std::size_t kFields = 150;
constexpr std::size_t kSubjectCharacters = 300;
constexpr std::size_t kTextCharacters = 3'000;  // of all visible text together
constexpr std::size_t kHiddenCharacters = 600;
constexpr std::size_t kLinks = 40;
constexpr std::size_t kHostCharacters = 40;
constexpr std::size_t kPathCharacters = 40;
constexpr std::size_t kAttachments = 20;
constexpr std::size_t kNameCharacters = 40;
constexpr std::size_t kTextParts = 20;
constexpr std::size_t kProblems = 20;

constexpr std::size_t kDenseLengths = 3;  // dense characters start grams of 1, 2 and 3
constexpr std::size_t kLength = 4;        // others start one gram
// Murmur-like finaliser (two rounds of multiply and shift): every bit of the input reaches the low
// bits.
constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93U;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93U;
  return x ^ (x >> 32);
}

constexpr std::uint32_t cut(std::uint64_t x) {
  return static_cast<std::uint32_t>(x & ((1U << kHashBits) - 1));
}

constexpr std::uint64_t seed_of(std::string_view name) {
  std::uint64_t x = 0x9E3779B97F4A7C15U;
  for (const char c : name) x = mix(x ^ static_cast<unsigned char>(c));
  return x;
}

constexpr std::uint64_t kSubject = seed_of("subject:");
constexpr std::uint64_t kText = seed_of("text:");
constexpr std::uint64_t kHidden = seed_of("hidden:");
constexpr std::uint64_t kHost = seed_of("host:");
constexpr std::uint64_t kPath = seed_of("path:");
constexpr std::uint64_t kFileName = seed_of("file:");

std::uint32_t whole_hash(std::string_view kind, std::string_view value) {
  std::uint64_t x = seed_of(kind);
  for (const char c : value.substr(0, 256)) x = mix(x ^ static_cast<unsigned char>(c));
  return cut(x);
}

bool starts_with_any(std::string_view name, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string_view host_part_removed(std::string_view url, std::string_view host) {
  const auto at = host.empty() ? std::string_view::npos : url.find(host);
  if (at == std::string_view::npos) return host.empty() ? url : std::string_view{};
  return url.substr(at + host.size());
}

// Builds the grams of one piece after the other, in buffers that are used again.
class Walker {
 public:
  explicit Walker(PieceSink& sink) : sink_(&sink) {}

  void begin(std::string_view what) {
    what_ = what;
    text_.clear();
    grams_.clear();
  }

  // Appends text, at most `characters` of it, and its grams for each seed. Returns the characters
  // taken.
  std::size_t add(std::string_view text, std::size_t characters,
                  std::initializer_list<std::uint64_t> seeds) {
    decode(text, characters);
    for (const std::uint64_t seed : seeds) add_grams(seed);
    return characters_.size();
  }

  // One feature for the whole of a value; it stands for all of the piece so far.
  void whole(std::string_view kind, std::string_view value) {
    grams_.push_back({whole_hash(kind, value), 0, static_cast<std::uint32_t>(text_.size())});
  }

  void append(std::string_view text) { text_ += text; }

  void end() {
    if (grams_.size() > left_) grams_.resize(left_);
    left_ -= grams_.size();
    if (!grams_.empty()) sink_->piece(what_, text_, grams_);
  }

 private:
  struct Character {
    char32_t code_point;
    std::uint32_t end;  // octet behind it
    bool dense;
  };

  void decode(std::string_view text, std::size_t characters) {
    characters_.clear();
    begin_ = static_cast<std::uint32_t>(text_.size());
    std::size_t at = 0;
    while (at < text.size() && characters_.size() < characters) {
      const auto c = next_code_point(text, at);
      characters_.push_back({c, begin_ + static_cast<std::uint32_t>(at),
                             c >= 0x1100 && text::is_dense(text::script_of(c))});
    }
    text_ += text.substr(0, at);
  }

  void add_grams(std::uint64_t seed) {
    const std::size_t count = characters_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t from = i == 0 ? begin_ : characters_[i - 1].end;
      std::uint64_t x = seed;
      if (characters_[i].dense) {
        for (std::size_t k = i; k < std::min(count, i + kDenseLengths) && characters_[k].dense;
             ++k) {
          x = mix(x ^ characters_[k].code_point);
          grams_.push_back({cut(x), from, characters_[k].end});
        }
        continue;
      }
      // A text shorter than a gram is one gram.
      const std::size_t length = std::min(kLength, count);
      if (i + length > count) continue;
      for (std::size_t k = i; k < i + length; ++k)
        x = x * 0x100000001B3U + characters_[k].code_point + 1;
      grams_.push_back({cut(mix(x)), from, characters_[i + length - 1].end});
    }
  }

  PieceSink* sink_;
  std::size_t left_ =
      kMaxFeatures;  // the budgets above reach it only in a message dense from end to end
  std::string_view what_;
  std::string text_;
  std::uint32_t begin_ = 0;
  std::vector<Character> characters_;
  std::vector<Gram> grams_;
};

void walk_header(const mail::Reading& reading, Walker& walker) {
  std::size_t left = kHeaderCharacters;
  std::size_t fields = 0;
  std::string_view previous;
  std::string order;
  for (const auto& field : reading.fields) {
    if (is_label_field(field.name)) continue;
    if (++fields > kFields) break;
    walker.begin("header");
    walker.append(utf8_prefix(field.name, 60));
    walker.whole("field:", field.name);
    // Programs write their fields in an order of their own.
    order.assign(utf8_prefix(previous, 60)).append(">").append(utf8_prefix(field.name, 60));
    walker.whole("order:", order);
    previous = field.name;
    if (field.name != "subject" && left > 0) {
      walker.append(": ");
      const bool received = field.name == "received" || field.name == "x-received";
      left -= walker.add(received ? without_host_ids(field.value) : field.value,
                         std::min(left, kFieldCharacters), {seed_of(utf8_prefix(field.name, 60))});
    }
    walker.end();
  }
}

void walk_texts(const mail::Reading& reading, Walker& walker) {
  walker.begin("subject");
  walker.add(reading.subject, kSubjectCharacters, {kSubject, kText});
  walker.end();

  std::size_t left = kTextCharacters;
  std::size_t hidden_left = kHiddenCharacters;
  for (const auto& part : reading.texts) {
    walker.begin("text");
    left -= walker.add(part.text, left, {kText});
    walker.end();
    if (part.hidden.empty()) continue;
    walker.begin("hidden text");
    hidden_left -= walker.add(part.hidden, hidden_left, {kHidden});
    walker.end();
  }
}

void walk_links(const mail::Reading& reading, Walker& walker) {
  std::size_t count = 0;
  for (const auto& link : reading.links) {
    if (++count > kLinks) break;
    walker.begin("link");
    if (link.host.empty()) {
      walker.add(link.url, kPathCharacters, {kPath});
    } else {
      walker.add(link.host, kHostCharacters, {kHost});
      walker.whole("host:", link.host);
      if (!link.domain.empty()) walker.whole("domain:", link.domain);
      walker.add(host_part_removed(link.url, link.host), kPathCharacters, {kPath});
      // A text that looks like an address of another host is shown for the link.
      if (link.shown.find("://") != std::string::npos && !link.domain.empty() &&
          link.shown.find(link.domain) == std::string::npos)
        walker.whole("shape:", "link shows another host");
    }
    walker.end();
  }
}

void walk_attachments(const mail::Reading& reading, Walker& walker) {
  std::size_t count = 0;
  for (const auto& attachment : reading.attachments) {
    if (++count > kAttachments) break;
    walker.begin("attachment");
    walker.add(attachment.name, kNameCharacters, {kFileName});
    if (!attachment.name.empty()) walker.append(" ");
    walker.append(utf8_prefix(attachment.type, 60));
    walker.whole("type:", attachment.type);
    if (const auto dot = attachment.name.rfind('.'); dot != std::string::npos)
      walker.whole("extension:", std::string_view(attachment.name).substr(dot));
    walker.end();
  }
}

// How many, in steps that a reader would call none, one, some, many.
std::string_view amount(std::size_t count) {
  if (count == 0) return "no";
  if (count == 1) return "one";
  return count <= 4 ? "some" : "many";
}

void walk_shape(const mail::Reading& reading, Walker& walker) {
  const auto say = [&](std::string_view sentence) {
    walker.begin("shape");
    walker.append(utf8_prefix(sentence, 80));
    walker.whole("shape:", sentence);
    walker.end();
  };
  bool hidden = false;
  for (std::size_t i = 0; i < std::min(reading.texts.size(), kTextParts); ++i) {
    const auto& part = reading.texts[i];
    say("text part of type " + part.type);
    say("text in charset " +
        (part.charset_declared.empty() ? "not declared" : part.charset_declared));
    hidden = hidden || !part.hidden.empty();
  }
  if (hidden) say("hidden text");
  say("text parts: " + std::string(amount(reading.texts.size())));
  say("links: " + std::string(amount(reading.links.size())));
  say("attachments: " + std::string(amount(reading.attachments.size())));
  if (!reading.languages.empty()) say("mostly in language " + reading.languages.front().tag);
  std::size_t count = 0;
  for (const auto& problem : reading.problems) {
    if (++count > kProblems) break;
    say("malformed: " + problem.what);
  }
}

}  // namespace

bool is_label_field(std::string_view name) {
  static constexpr std::array<std::string_view, 17> kPrefixes = {"x-spam",
                                                                 "x-bogosity",
                                                                 "x-dspam",
                                                                 "x-pyzor",
                                                                 "x-razor",
                                                                 "x-crm114",
                                                                 "x-rspamd",
                                                                 "x-ms-",
                                                                 "x-microsoft-antispam",
                                                                 "x-forefront-",
                                                                 "x-virus",
                                                                 "x-barracuda",
                                                                 "x-ironport-anti-spam",
                                                                 "x-mozilla-",
                                                                 "x-imap",
                                                                 "x-uid",
                                                                 "x-gmail-"};
  // The last three are what some list servers make of SpamAssassin's names.
  static constexpr std::array<std::string_view, 10> kNames = {
      "status",        "x-status",           "x-keywords",    "lines",
      "x-account-key", "x-evolution-source", "delivery-date", "xstatus",
      "xlevel",        "xchecker-version"};
  return starts_with_any(name, kPrefixes) || std::ranges::find(kNames, name) != kNames.end();
}

std::string without_host_ids(std::string_view received) {
  std::string out(received.substr(0, received.rfind(';')).substr(0, 2'000));
  // "id" as a word of its own, and the word behind it.
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (std::size_t at = out.find("id"); at != std::string::npos; at = out.find("id", at + 2)) {
    if (at == 0 || !blank(out[at - 1]) || at + 2 >= out.size() || !blank(out[at + 2])) continue;
    std::size_t end = at + 2;
    while (end < out.size() && blank(out[end])) ++end;
    while (end < out.size() && !blank(out[end])) ++end;
    out.erase(at, end - at);
    break;
  }
  return out;
}

void walk(const mail::Reading& reading, PieceSink& sink) {
  Walker walker(sink);
  walk_header(reading, walker);
  walk_texts(reading, walker);
  walk_links(reading, walker);
  walk_attachments(reading, walker);
  walk_shape(reading, walker);
}

}  // namespace weir::judge
