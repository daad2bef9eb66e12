// node/check.h - what is known of a subject: the answer of `weir check`, GET /v1/check/ and the
// look-up page. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/ledger.h"
#include "network/table.h"
#include "reputation/history.h"

namespace weir::node {

enum class Tongue { english, chinese };
// From an Accept-Language field or a locale name such as zh_CN.UTF-8.
[[nodiscard]] Tongue choose_tongue(std::string_view wanted);

struct Checked {
  std::string subject;  // as understood: address, prefix or domain
  bool is_domain = false;
  std::optional<ledger::Standing> listing;  // the listing that covers it, if one is in force
  std::size_t listed_inside = 0;            // listings inside, if the subject is a prefix
  reputation::Counts counts;  // of the source, or of every source inside the prefix; all days kept
  std::uint32_t times_listed = 0;
  network::Network network;
  UnixMillis at;
};

// Errc::invalid: no address, prefix or domain name.
[[nodiscard]] Result<Checked> check(std::string_view subject, const reputation::History& history,
                                    const ledger::Standings& standings,
                                    const network::Table& networks, UnixMillis now);

[[nodiscard]] std::string to_json(const Checked& checked);

// "2026-01-31 12:00 UTC": seconds and T say nothing to an owner.
[[nodiscard]] std::string readable_time(UnixMillis time);
// What the owner can do, a sentence or two.
[[nodiscard]] std::string remedy(const Checked& checked, Tongue tongue);
// "listed, because ..., until ..." as one line, and the whole as lines for a terminal.
[[nodiscard]] std::string headline(const Checked& checked, Tongue tongue);
[[nodiscard]] std::string to_lines(const Checked& checked, Tongue tongue);
// The reason in the reader's language, from the counts (the ledger's own sentence is English).
[[nodiscard]] std::string reason(const ledger::Standing& standing, Tongue tongue);

}  // namespace weir::node
