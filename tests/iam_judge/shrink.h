// The smallest line that still shows the same: erases members and elements one by one
// for as long as `same` holds and the line stays well-formed. Slow, for the few lines
// that differ.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace sallyport {

// All places of a document, deepest last.
inline void places_of(const nlohmann::json& value, const nlohmann::json::json_pointer& at,
                      std::vector<nlohmann::json::json_pointer>& out) {
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) {
    const auto place = value.is_array() ? at / static_cast<std::size_t>(std::stoul(key)) : at / key;
    out.push_back(place);
    places_of(child, place, out);
  }
}

// Without these a policy or a request is malformed, and another question.
inline bool needed(const std::string& member) {
  static const std::set<std::string> names = {
      "Statement", "Effect",    "Action",       "NotAction", "Resource",  "NotResource", "Principal",       "AWS",
      "Service",   "Federated", "NotPrincipal", "request",   "principal", "resource",    "resourceAccount", "action"};
  return names.count(member) > 0;
}

inline nlohmann::json shrink(nlohmann::json line, const std::function<bool(const nlohmann::json&)>& same) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    std::vector<nlohmann::json::json_pointer> places;
    places_of(line, nlohmann::json::json_pointer(), places);
    for (const auto& place : places) {
      nlohmann::json less = line;
      nlohmann::json& parent = less[place.parent_pointer()];
      if (parent.is_object() ? needed(place.back()) : parent.size() == 1) continue;
      const bool operators = place.parent_pointer().to_string().find("/Condition/") != std::string::npos;
      if (operators && parent.size() == 1) continue;  // the operator goes as a whole
      if (parent.is_array()) {
        parent.erase(static_cast<std::size_t>(std::stoul(place.back())));
      } else {
        parent.erase(place.back());
      }
      if (!same(less)) continue;
      line = less;
      smaller = true;
      break;
    }
  }
  return line;
}

}  // namespace sallyport
