// JSON as text, just enough to write answers of AWS: no tree, no options.
//
//   object({{"VpcId", json_string("vpc-1")}, {"Tags", array({})}})
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sallyport::generate {

using Member = std::pair<const char*, std::string>;  // name, JSON text; an empty text leaves it out

std::string json_string(std::string_view text);
std::string array(const std::vector<std::string>& items);
std::string object(const std::vector<Member>& members);
inline std::string number(long long n) { return std::to_string(n); }
inline std::string boolean(bool b) { return b ? "true" : "false"; }

}  // namespace sallyport::generate
