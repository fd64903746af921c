#include "read/json/spare.h"

#include <algorithm>
#include <utility>

namespace sallyport::read::json {
namespace {

std::size_t room(const std::string& text) { return text.capacity(); }
std::size_t room(const EntryRoom& entries) { return entries.capacity; }
std::size_t bytes(const std::string& text) { return text.capacity(); }
std::size_t bytes(const EntryRoom& entries) { return entries.capacity * sizeof(Entry); }

struct Limits {
  std::size_t most = 0;
  std::size_t any_size = 0;
  std::size_t together = 0;
};

template <class Piece>
bool smaller(const Piece& a, const Piece& b) {
  return room(a) < room(b);
}

// The smallest with that room; an empty one if there is none, or only such as would be
// missed by larger files. 0: whatever there is.
template <class Piece>
Piece best(std::vector<Piece>& kept, std::size_t wanted) {
  const std::size_t limit = wanted == 0 ? ~std::size_t{0} : wanted * 8 + (std::size_t{1} << 20);
  auto found = kept.end();
  for (auto it = kept.begin(); it != kept.end(); ++it) {
    const bool fits = room(*it) >= wanted && room(*it) <= limit;
    if (fits && (found == kept.end() || smaller(*it, *found))) found = it;
  }
  if (found == kept.end()) return {};
  Piece piece = std::move(*found);
  kept.erase(found);
  return piece;
}

// Over the limits goes the smallest: larger files would miss the others.
template <class Piece>
void keep(std::vector<Piece>& kept, Limits limits, Piece piece) {
  kept.push_back(std::move(piece));
  std::size_t all = 0;
  for (const Piece& p : kept) all += bytes(p);
  if (kept.size() <= limits.most && (kept.size() <= limits.any_size || all <= limits.together)) return;
  std::iter_swap(std::min_element(kept.begin(), kept.end(), smaller<Piece>), kept.end() - 1);
  kept.pop_back();
}

}  // namespace

std::string Spare::text(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  return best(texts_, bytes);
}

EntryRoom Spare::entries(std::size_t count) {
  {
    const std::lock_guard lock(mutex_);
    if (EntryRoom room = best(rooms_, count); room.entries != nullptr) return room;
  }
  return {std::make_unique_for_overwrite<Entry[]>(count), count};
}

std::string Spare::arena() {
  const std::lock_guard lock(mutex_);
  std::string arena = std::exchange(arena_, {});
  arena.clear();
  return arena;
}

void Spare::give(std::string text) {
  const std::lock_guard lock(mutex_);
  keep(texts_, Limits{most, any_size, together}, std::move(text));
}

void Spare::give(EntryRoom room) {
  const std::lock_guard lock(mutex_);
  keep(rooms_, Limits{most, any_size, together}, std::move(room));
}

void Spare::give_arena(std::string arena) {
  const std::lock_guard lock(mutex_);
  if (arena.capacity() > arena_.capacity()) arena_.swap(arena);
}

}  // namespace sallyport::read::json
