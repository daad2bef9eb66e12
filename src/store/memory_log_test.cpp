#include "store/memory_log.h"

#include "store/log_store_laws.h"

namespace weir::store {

INSTANTIATE_TEST_SUITE_P(Memory, LogStoreLaws,
                         testing::Values(LogStoreMaker{
                             "memory", [] { return std::make_unique<MemoryLog>(); }}));

}  // namespace weir::store
