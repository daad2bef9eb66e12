#include "sim/sim_disk.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "sim/disk_state.h"

namespace weir::sim {
namespace {

constexpr std::uint64_t kSector = 512;

void apply(std::string& content, std::uint64_t offset, std::string_view octets, char hole) {
  if (content.size() < offset + octets.size())
    content.resize(static_cast<std::size_t>(offset + octets.size()), hole);
  std::memcpy(content.data() + offset, octets.data(), octets.size());
}

std::uint64_t mix(std::uint64_t hash, std::string_view octets) {
  return XXH64(octets.data(), octets.size(), hash);
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t number) {
  return XXH64(&number, sizeof number, hash);
}

}  // namespace

InodePtr DiskState::find(std::string_view name) const {
  const auto found = names.find(name);
  return found == names.end() ? nullptr : found->second.back();
}

void DiskState::note(std::string_view what, std::string_view name, std::uint64_t a,
                     std::uint64_t b) {
  trace = mix(mix(mix(mix(trace, what), name), a), b);
}

bool DiskState::begin_change() {
  if (off) return false;
  ++changes;
  if (changes_left && --*changes_left == 0) off = true;
  return !off;
}

std::uint64_t DiskState::used() const {
  std::uint64_t sum = 0;
  for (const auto& [name, history] : names)
    if (history.back()) sum += history.back()->now.size();
  return sum;
}

void DiskState::write(Inode& inode, std::uint64_t offset, std::string_view octets) {
  trace = mix(trace, octets);
  apply(inode.now, offset, octets, '\0');
  inode.unsafe.push_back({false, offset, std::string(octets)});
}

void DiskState::truncate(Inode& inode, std::uint64_t length) {
  inode.now.resize(static_cast<std::size_t>(length), '\0');
  inode.unsafe.push_back({true, length, {}});
}

void DiskState::sync(Inode& inode) const {
  if (syncs_ignored) return;
  for (const auto& change : inode.unsafe) {
    if (change.is_truncation) {
      inode.safe.resize(static_cast<std::size_t>(change.offset), '\0');
    } else {
      apply(inode.safe, change.offset, change.octets, '\0');
    }
  }
  inode.unsafe.clear();
}

void DiskState::sync_folder() {
  if (syncs_ignored) return;
  for (auto& [name, history] : names) history.erase(history.begin(), history.end() - 1);
}

void DiskState::remove(const std::string& name) { names[name].push_back(nullptr); }

// What a power cut leaves of one file.
void DiskState::settle(Inode& inode) {
  enum class Keep { nothing, everything, prefix, subset };
  const auto keep = static_cast<Keep>(random.below(4));
  const char hole = random.below(2) == 0 ? '\0' : '\x5a';
  const std::uint64_t until = inode.unsafe.empty() ? 0 : random.below(inode.unsafe.size() + 1);
  const bool ends_inside_a_sector = random.below(4) == 0;
  const std::uint64_t odds = 1 + random.below(7);  // of a sector to be kept, in eighths
  for (std::uint64_t i = 0; i < inode.unsafe.size(); ++i) {
    const auto& change = inode.unsafe[i];
    const bool is_torn = keep == Keep::prefix && i == until;
    if (keep == Keep::nothing || (keep == Keep::prefix && i > until)) break;
    if (change.is_truncation) {
      if (is_torn || (keep == Keep::subset && random.below(8) >= odds)) continue;
      inode.safe.resize(static_cast<std::size_t>(change.offset), hole);
      continue;
    }
    const std::uint64_t end = change.offset + change.octets.size();
    std::uint64_t torn_at = is_torn ? change.offset + random.below(change.octets.size() + 1) : end;
    if (is_torn && !ends_inside_a_sector)
      torn_at = std::max(change.offset, torn_at / kSector * kSector);
    for (std::uint64_t at = change.offset; at < torn_at;) {
      const std::uint64_t next = std::min(torn_at, (at / kSector + 1) * kSector);
      if (keep != Keep::subset || random.below(8) < odds)
        apply(inode.safe, at, std::string_view(change.octets).substr(at - change.offset, next - at),
              hole);
      at = next;
    }
  }
  inode.unsafe.clear();
  inode.now = inode.safe;
  trace = mix(trace, inode.now);
}

void DiskState::lose_unsafe() {
  for (auto& [name, history] : names) {
    const auto which = random.below(history.size());
    note("kept", name, which, history.size());
    const InodePtr kept = history[which];
    history.assign(1, kept);
    if (kept) settle(*kept);
  }
  std::erase_if(names, [](const auto& entry) { return entry.second.back() == nullptr; });
}

SimDisk::SimDisk(std::string vfs_name, std::uint64_t seed)
    : state_(std::make_unique<DiskState>(seed)) {
  state_->vfs_name = std::move(vfs_name);
  register_vfs(*state_);
  // The salts of -wal files are SQLite's random numbers.
  const auto low_bits = static_cast<int>(seed & 0x7fff'ffff);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, low_bits + (low_bits == 0 ? 1 : 0), nullptr);
}

SimDisk::~SimDisk() {
  WEIR_ASSERT(state_->open_files == 0);
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 0, nullptr);
}

const std::string& SimDisk::vfs() const { return state_->vfs_name; }

void SimDisk::cut_power_after(std::uint64_t changes) {
  WEIR_ASSERT(changes >= 1);
  state_->changes_left = changes;
}

void SimDisk::cut_power() { state_->off = true; }

bool SimDisk::is_off() const { return state_->off; }

void SimDisk::restart() {
  WEIR_ASSERT(state_->open_files == 0);
  state_->lose_unsafe();
  state_->off = false;
  state_->changes_left.reset();
}

void SimDisk::set_capacity(std::uint64_t octets) { state_->capacity = octets; }

void SimDisk::ignore_syncs() { state_->syncs_ignored = true; }

void SimDisk::flip_bit(const std::string& file) {
  const auto inode = state_->find(file);
  WEIR_ASSERT(inode && !inode->now.empty());
  const auto at = static_cast<std::size_t>(state_->random.below(inode->now.size()));
  const auto mask = static_cast<char>(1U << state_->random.below(8));
  inode->now[at] = static_cast<char>(inode->now[at] ^ mask);
  if (at < inode->safe.size()) inode->safe[at] = static_cast<char>(inode->safe[at] ^ mask);
  state_->note("flip", file, at, static_cast<unsigned char>(mask));
}

std::uint64_t SimDisk::changes() const { return state_->changes; }

std::uint64_t SimDisk::size(const std::string& file) const {
  const auto inode = state_->find(file);
  return inode ? inode->now.size() : 0;
}

std::uint64_t SimDisk::trace() const { return state_->trace; }

}  // namespace weir::sim
