// Items of long lists, looked for in memory before they are read.
#pragma once

#include <cstddef>

#include "read/json/tree.h"

namespace sallyport::read::json {

// Calls `f` with each item in order.
template <class F>
void each_item(Node list, F f) {
  constexpr std::size_t far = 6;
  const auto items = list.items();
  auto entries = items.begin();
  auto texts = items.begin();
  for (std::size_t n = 0; n < far && entries != items.end(); ++n) ++entries;
  for (std::size_t n = 0; n < far / 2 && texts != items.end(); ++n) ++texts;
  if (entries != items.end()) (*entries).fetch_entries();
  for (const Node item : items) {
    // Where the item behind begins, the item fetched the turn before says: it is there by now.
    if (entries != items.end() && ++entries != items.end()) (*entries).fetch_entries();
    if (texts != items.end()) (*texts).fetch_text(), ++texts;
    f(item);
  }
}

}  // namespace sallyport::read::json
