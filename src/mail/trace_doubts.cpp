// Each line tells who its writer's client was; the line below it was written by that client, or is
// a lie of it or of one further down. So neighbours are compared: the `by` of the lower line with
// the names and the address that the upper one gives its client, and their times. And each line
// alone is held against what the program it names always writes.
//
// Honest mail is full of small contradictions: internal names, address translation, clocks that
// are wrong, filters that write no line. So doubts have weights; one strong one, or two weak ones
// of different kinds, make a hop forged, and only if it is a claim. What is forged says something
// of the sender; whom to tell is decided by the source alone.
#include "mail/trace_doubts.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "mail/received_software.h"

namespace weir::mail {
namespace {

using namespace std::chrono_literals;

constexpr Millis kSkew = 5min;       // clocks that nobody keeps
constexpr Millis kOtherZone = 2h;    // more than a clock drifts
constexpr Millis kWrongClock = 24h;  // no zone is that far away
constexpr Millis kQueue = 24h * 6;   // mail is kept in a queue for five days

struct Weight {
  std::string_view doubt;
  int weight;  // 0: a note, 1: weak, 2: strong
};
constexpr auto kWeights = std::to_array<Weight>({
    {"address_impossible", 2},
    {"address_reserved", 2},
    {"form_impossible", 2},
    {"id_repeated", 1},
    {"time_after_receipt", 1},
    {"by_not_client", 1},
    {"provider_denied", 1},
    {"field_missing", 1},
    {"time_rises", 1},
    {"time_missing", 1},
    {"below_fields", 1},
    {"helo_is_receiver", 1},
});

bool in_v4(std::uint32_t number, std::uint32_t prefix, int length) {
  return (number ^ prefix) >> (32 - length) == 0;
}

bool is_documentation(const Address& address) {
  if (!address.is_v4()) {
    const auto& o = address.octets();
    return o[0] == 0x20 && o[1] == 0x01 && o[2] == 0x0d && o[3] == 0xb8;
  }
  const auto n = address.v4_number();
  return in_v4(n, 0xC0000200, 24) || in_v4(n, 0xC6336400, 24) || in_v4(n, 0xCB007100, 24);
}

// Addresses that no host has: 0/8, class D and E, multicast and unassigned IPv6.
bool is_reserved(const Address& address) {
  if (!address.is_v4()) {
    const auto first = address.octets()[0];
    return first == 0xff ||
           (first != 0x20 && first != 0x24 && first != 0x26 && first != 0x28 && first != 0x2a &&
            first != 0x2c && first != 0x2e && (first & 0xe0) != 0x20 && !is_private(address));
  }
  const auto n = address.v4_number();
  return in_v4(n, 0, 8) || (n >> 28) >= 14;
}

// Names that are usual inside a network and say nothing outside of it.
bool is_internal_name(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  const std::string_view last = name.substr(dot + 1);
  for (const std::string_view tld : {"local", "localdomain", "internal", "lan", "home", "corp",
                                     "intra", "intranet", "priv", "private", "arpa", "localnet"})
    if (iequals(last, tld)) return true;
  return last.empty() || std::all_of(last.begin(), last.end(), is_digit);
}

// Labels that two names have in common, from the right.
std::size_t common_labels(std::string_view a, std::string_view b) {
  std::size_t labels = 0;
  std::size_t i = 0;
  const std::size_t n = std::min(a.size(), b.size());
  for (; i < n; ++i) {
    const char c = to_lower(a[a.size() - 1 - i]);
    if (c != to_lower(b[b.size() - 1 - i])) return labels;
    if (c == '.') ++labels;
  }
  const auto ends = [&](std::string_view longer) {
    return longer.size() == n || longer[longer.size() - 1 - n] == '.';
  };
  return ends(a) && ends(b) ? labels + 1 : labels;
}

// Whether two names are likely of one organisation: the last two labels, or three where the second
// is one of a registry ("co.uk"). Cheaper than the Public Suffix List, and wrong only towards
// trust.
bool same_organisation(std::string_view a, std::string_view b) {
  while (a.ends_with('.')) a.remove_suffix(1);
  while (b.ends_with('.')) b.remove_suffix(1);
  const std::size_t common = common_labels(a, b);
  if (common != 2) return common > 2;
  const auto last = a.rfind('.');
  if (last == std::string_view::npos || a.size() - last != 3) return true;
  const auto second = a.rfind('.', last - 1);
  const std::string_view label =
      a.substr(second == std::string_view::npos ? 0 : second + 1, last - second - 1);
  return label.size() > 3;
}

// Whether `by` may be the host that the line above calls its client.
bool may_be_client(std::string_view by, const Hop& above, const Address* by_address) {
  if (by.empty()) return true;
  if (by_address != nullptr) {
    if (is_private(*by_address) || (above.address && *by_address == *above.address)) return true;
  } else if (is_internal_name(by)) {
    return true;
  }
  bool named = false;
  for (const std::string_view name : {std::string_view(above.helo), std::string_view(above.rdns)}) {
    if (name.empty() || name[0] == '[' || name == "unknown" || iequals(name, "localhost")) continue;
    named = true;
    if (by_address == nullptr && same_organisation(name, by)) return true;
    // A provider under several names.
    if (const auto host = software_of_host(by); !host.empty() && software_of_host(name) == host)
      return true;
  }
  // An inner client tells of a network whose names are its own affair; without a name there is
  // nothing to compare.
  return !named || (above.address && is_private(*above.address));
}

class Doubts {
 public:
  Doubts(Trace& trace, std::span<const Prefix> trusted) : trace_(trace), trusted_(trusted) {}

  void run() {
    const Hop* above = nullptr;  // the last line that tells of a client
    std::optional<UnixMillis> time_above;
    for (std::size_t i = 0; i < trace_.hops.size(); ++i) {
      Hop& hop = trace_.hops[i];
      alone(hop);
      follow(hop, above);
      times(hop, time_above);
      repeats(hop, i);
      hop.forged = !hop.trusted && weight_of(hop) >= 2;
      if (!hop.helo.empty() || hop.address)
        above = &hop;
      else if (hop.software != "qmail")
        above = nullptr;  // handed over inside a host: nothing to compare the next one with
      if (hop.time) time_above = hop.time;
    }
  }

 private:
  static void add(Hop& hop, std::string_view doubt) {
    if (std::find(hop.doubts.begin(), hop.doubts.end(), doubt) == hop.doubts.end())
      hop.doubts.push_back(doubt);
  }

  static int weight_of(const Hop& hop) {
    int sum = 0;
    for (const std::string_view doubt : hop.doubts)
      for (const Weight& w : kWeights)
        if (w.doubt == doubt) sum += w.weight;
    return sum;
  }

  void alone(Hop& hop) const {
    if (hop.address && !hop.trusted) {
      if (is_reserved(*hop.address))
        add(hop, "address_reserved");
      else if (is_documentation(*hop.address))
        add(hop, "address_documentation");
      else if (is_private(*hop.address))
        add(hop, "address_private");
    }
    if (!hop.time) add(hop, "time_missing");
    if (hop.by.empty() && hop.software != "qmail") add(hop, "by_missing");
    if (hop.id.empty() && always_writes_id(hop.software) && !hop.with.starts_with("HTTP"))
      add(hop, "field_missing");
    if (impossible_form(hop)) add(hop, "form_impossible");
    if (!hop.helo.empty() && !hop.by.empty() && hop.address && !is_private(*hop.address) &&
        !is_ours(*hop.address) && hop.by.find('.') != std::string::npos &&
        iequals(hop.helo, hop.by))
      add(hop, "helo_is_receiver");
  }

  [[nodiscard]] bool is_ours(const Address& address) const {
    return std::any_of(trusted_.begin(), trusted_.end(),
                       [&](const Prefix& p) { return p.contains(address); });
  }

  // A protocol that the program does not speak; NNFMP, which only Yahoo's hosts speak among
  // themselves; a local submission that tells a network client.
  static bool impossible_form(const Hop& hop) {
    if (contradicts(hop.software, hop.with)) return true;
    if (hop.with == "NNFMP" && !hop.by.empty())
      return !contains(hop.by, "yahoo") && !contains(hop.by, ".bullet.");
    return hop.with == "local" && hop.software.empty() && hop.address && !is_private(*hop.address);
  }

  static bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
  }

  static void follow(Hop& hop, const Hop* above) {
    if (above == nullptr || hop.by.empty()) return;
    std::optional<Address> literal;
    if (is_digit(hop.by[0]) || hop.by[0] == '[' || hop.by.find(':') != std::string::npos) {
      std::string_view text = hop.by;
      if (text.starts_with('[')) text = text.substr(1, text.find(']') - 1);
      if (istarts_with(text, "IPv6:")) text.remove_prefix(5);
      if (const auto address = Address::parse(text)) literal = *address;
    }
    if (literal && hop.software == "gmail") return;  // its hosts' inner addresses
    if (may_be_client(hop.by, *above, literal ? &*literal : nullptr)) return;
    add(hop, "by_not_client");
    // Lines of large providers are copied from real mail; their hosts have names that say so.
    if (!literal && above->address && !software_of_host(hop.by).empty())
      add(hop, "provider_denied");
  }

  void times(Hop& hop, std::optional<UnixMillis> above) const {
    if (!hop.time) return;
    if (!hop.trusted && trace_.received_at && *hop.time > *trace_.received_at + kWrongClock)
      add(hop, "time_after_receipt");
    if (!above) return;
    if (*hop.time > *above + kSkew)
      add(hop, *hop.time > *above + kOtherZone ? "time_rises" : "clock_skew");
    if (*hop.time + kQueue < *above) add(hop, "time_gap");
  }

  // Exchange writes its version where others write an id.
  void repeats(Hop& hop, std::size_t index) {
    if (hop.id.size() < 6 || hop.software == "exchange" || hop.software == "microsoft365") return;
    std::size_t slot = std::hash<std::string_view>{}(hop.id) % seen_.size();
    for (std::size_t tried = 0; tried < kProbes; ++tried, slot = (slot + 1) % seen_.size()) {
      if (seen_[slot] == 0) {
        seen_[slot] = static_cast<std::uint16_t>(index + 1);
        return;
      }
      const Hop& other = trace_.hops[seen_[slot] - 1U];
      if (other.id != hop.id) continue;
      // The whole line again is an accident of copying.
      if (other.software == hop.software)
        add(hop, other.by == hop.by && other.time == hop.time ? "line_repeated" : "id_repeated");
      return;
    }
  }

  static constexpr std::size_t kProbes = 8;
  Trace& trace_;
  std::span<const Prefix> trusted_;
  std::array<std::uint16_t, 256> seen_{};  // hop + 1 by hash of its id
};

}  // namespace

bool is_loopback(const Address& address) {
  if (address.is_v4()) return (address.v4_number() >> 24) == 127;
  const auto& octets = address.octets();
  return octets[15] == 1 &&
         std::all_of(octets.begin(), octets.end() - 1, [](std::uint8_t o) { return o == 0; });
}

bool is_private(const Address& address) {
  if (!address.is_v4()) {
    const auto& o = address.octets();
    return (o[0] & 0xfe) == 0xfc || (o[0] == 0xfe && (o[1] & 0x80) == 0x80) || is_loopback(address);
  }
  const auto n = address.v4_number();
  return in_v4(n, 0x0A000000, 8) || in_v4(n, 0xAC100000, 12) || in_v4(n, 0xC0A80000, 16) ||
         in_v4(n, 0x64400000, 10) || in_v4(n, 0xA9FE0000, 16) || in_v4(n, 0x7F000000, 8);
}

void find_doubts(Trace& trace, std::span<const Prefix> trusted) { Doubts(trace, trusted).run(); }

}  // namespace weir::mail
