// store/memory_log.h - LogStore in memory: the plain meaning of the contract, for tests and dry
// runs.
//
// Nothing survives the object. Threads: as LogStore says. Cost: append O(octets), read O(records
// returned).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"
#include "store/log_store.h"

namespace weir::store {

class MemoryLog final : public LogStore {
 public:
  [[nodiscard]] Result<Seq> append(std::span<const std::string_view> records) override;
  [[nodiscard]] Result<Seq> append_at(Seq expected,
                                      std::span<const std::string_view> records) override;
  [[nodiscard]] Result<std::vector<Record>> read(Seq from, std::size_t max_records,
                                                 std::size_t max_octets) override;
  [[nodiscard]] Result<Seq> head() override;

 private:
  Guarded<std::vector<std::string>> records_;
};

}  // namespace weir::store
