// Domain names as texts: `a.b.c`, lower case, without a final dot.
#pragma once

#include <string>
#include <string_view>

namespace sallyport::net {

// Is it the zone itself or a name below it?
inline bool is_under(std::string_view name, std::string_view zone) {
  return name == zone ||
         (name.size() > zone.size() && name.ends_with(zone) && name[name.size() - zone.size() - 1] == '.');
}

// Does `*.x` or a plain name cover the name? `*` stands for one or more labels.
inline bool covers(std::string_view pattern, std::string_view name) {
  if (!pattern.starts_with("*.")) return pattern == name;
  const std::string_view rest = pattern.substr(2);
  return name != rest && is_under(name, rest);
}

// As it is compared.
inline std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (result.ends_with('.')) result.pop_back();
  return result;
}

}  // namespace sallyport::net
