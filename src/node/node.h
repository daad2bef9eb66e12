// node/node.h - a running node: the engine on a timer, the DNS and HTTP servers around it.
//
// Threads: run() keeps the calling thread as the one writer (counts evidence, decides, signs,
// saves); DNS workers and the HTTP thread only read: DNS a shared_ptr snapshot of the list, HTTP
// the engine under its lock.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "node/engine.h"
#include "node/replay.h"

namespace weir::node {

class Node {
 public:
  // Takes the home, binds the ports. The clock outlives the node.
  [[nodiscard]] static Result<std::unique_ptr<Node>> start(std::unique_ptr<Engine> engine,
                                                           const Clock& clock);
  virtual ~Node() = default;

  // One step: counts new evidence, decides, publishes. The caller repeats it, about every kTick.
  static constexpr Millis kTick{200};
  [[nodiscard]] virtual Status step() = 0;
  // Stops the servers and saves the projections.
  [[nodiscard]] virtual Status stop() = 0;

  [[nodiscard]] virtual std::vector<std::string> dns_listening() const = 0;
  [[nodiscard]] virtual std::string http_listening() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const list::Index> index() = 0;
};

}  // namespace weir::node
