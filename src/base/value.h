// Value<T> and List<T>: what an attribute holds, or why we do not know.
//
// A Value is known (`*v`), or unknown with a gap. "There is none" is a known
// value of T (an empty id, an empty text), never an unknown one.
// A List is what is known of it, and perhaps open: more may be there.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "base/gap.h"
#include "base/result.h"
#include "base/truth.h"

namespace sallyport {

template <class T>
class Value {
 public:
  Value() = default;  // known, T's own default ("none")
  Value(T value) : value_(std::move(value)) {}
  Value(GapId gap) : gap_(gap) {}  // unknown; a gap of 0 would claim knowledge we lack
  bool known() const { return !gap_; }
  GapId gap() const { return gap_; }
  const T& operator*() const {
    SP_ASSERT(known());
    return value_;
  }
  const T* operator->() const { return &**this; }
  // The value, or `fallback` where unknown: only for showing, never for deciding.
  T shown_or(T fallback) const { return known() ? value_ : std::move(fallback); }
  friend bool operator==(const Value&, const Value&) = default;

 private:
  T value_{};
  GapId gap_;
};

// `yes`, `no` or `unknown`.
inline Truth truth(const Value<bool>& v) { return v.known() ? truth(*v) : Truth::unknown; }

template <class T>
struct List {
  std::vector<T> items;
  GapId open;  // set: there may be more than `items`, for this reason

  bool complete() const { return !open; }
  bool empty() const { return items.empty(); }
  std::size_t size() const { return items.size(); }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
  friend bool operator==(const List&, const List&) = default;
};

}  // namespace sallyport
