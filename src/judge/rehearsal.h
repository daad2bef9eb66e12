// judge/rehearsal.h - learning that does not forget one label while a long run of the other comes
// in.
//
// People teach in blocks: a folder of spam, then a folder of good mail. An online learner that sees
// five hundred good mails in a row ends up calling everything good. So the newest kRehearsed
// messages of each label are kept (as features), and while one label runs on for longer than
// kShortRun, each new message is followed by one kept message of the other label, learnt once more,
// in turns. A stream in natural order has only short runs and is learnt as it comes. learn():  a
// fold, as Model::learn is: the same calls in the same order give the same octets. A message counts
// once; the other label takes
//           back what it had added.
// Cost:     at most twice that of Model::learn; about 5 KB for each message kept.
// Threads:  exclusive access. Source: experience replay (Robins 1995, "Catastrophic forgetting,
// rehearsal and pseudorehearsal").
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judge/judge.h"

namespace weir::judge {

inline constexpr std::size_t kRehearsed = 512;
inline constexpr std::uint32_t kShortRun = 8;

class Rehearsal {
 public:
  void learn(Model& model, const Digest& message, Label label, const Features& features);

  // docs/formats/rehearsal.md; a SHA-256 at the end. parse: Errc::corrupt, Errc::unsupported (newer
  // version).
  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<Rehearsal> parse(std::string_view octets);

 private:
  struct Kept {
    Digest message{};
    std::string features;  // encode()
  };
  // The newest messages of one label, oldest first; `next` is the one to be learnt again next.
  struct Ring {
    std::vector<Kept> kept;
    std::size_t next = 0;
  };

  void keep(Ring& ring, const Digest& message, const Features& features);
  static void drop(Ring& ring, const Digest& message);
  static void learn_next_again(Model& model, Ring& ring);

  std::array<Ring, 2> rings_;  // by label
  Label last_ = Label::ham;
  std::uint32_t run_ = 0;  // how many messages of label last_ came in a row
};

}  // namespace weir::judge
