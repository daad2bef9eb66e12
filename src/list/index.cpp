#include "list/index.h"

#include <tuple>

namespace weir::list {
namespace {

template <class Key>
void add(std::vector<PrefixTable<Key>>& tables, const Listing& listing, std::uint32_t id) {
  const int length = listing.subject.length();
  auto table = std::find_if(tables.begin(), tables.end(),
                            [&](const auto& t) { return t.length() <= length; });
  if (table == tables.end() || table->length() != length)
    table = tables.insert(table, PrefixTable<Key>(length));
  table->add(key_of<Key>(listing.subject.address()), to_unix_millis(listing.until), id);
}

template <class Key>
std::optional<std::uint32_t> find_in(const std::vector<PrefixTable<Key>>& tables, Key address,
                                     std::int64_t now) {
  for (const auto& table : tables)
    if (const auto id = table.find(address, now)) return id;
  return std::nullopt;
}

template <class Key>
bool any_in(const std::vector<PrefixTable<Key>>& tables, const Prefix& prefix, std::int64_t now) {
  const Key first = key_of<Key>(prefix.address());
  const Key last = key_of<Key>(prefix.last());
  for (const auto& table : tables) {
    if (table.length() >= prefix.length() ? table.any_live(first, last, now)
                                          : table.find(first, now).has_value())
      return true;
  }
  return false;
}

bool by_subject(const Listing& a, const Listing& b) { return a.subject < b.subject; }

// A total order, so that the order in which listings are handed in shows nowhere.
bool better_of_same_subject_first(const Listing& a, const Listing& b) {
  if (a.subject != b.subject) return a.subject < b.subject;
  if (a.until != b.until) return a.until > b.until;
  return std::tie(a.since, a.code, a.reason) < std::tie(b.since, b.code, b.reason);
}

bool same_subject_or_after(const Listing& a, const Listing& b) { return !by_subject(a, b); }

}  // namespace

bool can_be_listed(const Prefix& subject) {
  return subject.length() >= (subject.is_v4() ? kWidestV4 : kWidestV6);
}

Index::Index(std::vector<Listing> listings) : listings_(std::move(listings)) {
  WEIR_ASSERT(listings_.size() < UINT32_MAX);
  std::erase_if(listings_, [](const Listing& listing) { return !can_be_listed(listing.subject); });
  // What parse() gives is in order already, and a million listings are slow to move.
  if (std::adjacent_find(listings_.begin(), listings_.end(), same_subject_or_after) !=
      listings_.end()) {
    std::sort(listings_.begin(), listings_.end(), better_of_same_subject_first);
    const auto same = [](const Listing& a, const Listing& b) { return a.subject == b.subject; };
    listings_.erase(std::unique(listings_.begin(), listings_.end(), same), listings_.end());
  }
  for (std::uint32_t id = 0; id < listings_.size(); ++id) {
    if (listings_[id].subject.is_v4())
      add(v4_, listings_[id], id);
    else
      add(v6_, listings_[id], id);
  }
  for (auto& table : v4_) table.finish();
  for (auto& table : v6_) table.finish();
}

const Listing* Index::find(const Address& address, UnixMillis now) const {
  const auto millis = to_unix_millis(now);
  const auto id = address.is_v4() ? find_in(v4_, key_of<std::uint32_t>(address), millis)
                                  : find_in(v6_, key_of<V6Key>(address), millis);
  return id ? &listings_[*id] : nullptr;
}

bool Index::any_below(const Prefix& prefix, UnixMillis now) const {
  const auto millis = to_unix_millis(now);
  return prefix.is_v4() ? any_in(v4_, prefix, millis) : any_in(v6_, prefix, millis);
}

}  // namespace weir::list
