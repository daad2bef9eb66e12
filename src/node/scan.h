// node/scan.h - one message judged: the line or object that `weir scan` prints. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/judge.h"
#include "mail/reading.h"
#include "network/table.h"
#include "node/config.h"
#include "node/intake.h"

namespace weir::node {

struct Scanned {
  std::string path;
  judge::Verdict verdict;
  Action action = Action::accept;
  Observed observed;
  network::Network network;  // of the source; views into the table
};

[[nodiscard]] Scanned scan(std::string path, std::string_view octets, const judge::Model& model,
                           const Config& config, const mail::ReadOptions& options,
                           const network::Table& networks);

// With blanks for controls, which would move the terminal's cursor or change its colours.
[[nodiscard]] std::string printable(std::string_view text);

// docs/formats/scan.md. evidence_id may be empty.
[[nodiscard]] std::string to_json(const Scanned& scanned, std::string_view evidence_id = {});
// "0.993 reject     path  source  the weightiest reasons"
[[nodiscard]] std::string to_line(const Scanned& scanned);

}  // namespace weir::node
