#include "base/interval_set.h"

namespace sallyport {
namespace {

template <class T, class Show>
std::string list(const IntervalSet<T>& set, Show show) {
  std::string text;
  for (const Interval<T>& i : set.intervals()) {
    if (!text.empty()) text += ", ";
    text += show(i.first);
    if (i.first != i.last) text += "-" + show(i.last);
  }
  return text;
}

}  // namespace

std::string to_string(const AddressSet& set) {
  return list(set, [](Address a) { return to_string(a); });
}

std::string to_string(const PortSet& set) {
  return list(set, [](std::uint16_t p) { return std::to_string(p); });
}

}  // namespace sallyport
