// Fields: a mapping of a strict YAML file, read member by member.
//
// The first mistake is kept with its place and everything after it reads as empty;
// `done()` refuses members that nobody asked for, so that a typo never switches
// something off silently.
//
//   Fields f(node, "an entry of `needs`", error);
//   need.from = f.text("from");
//   f.done();
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/result.h"
#include "read/json/tree.h"

namespace sallyport::read {

// The first mistake of a file; shared by all fields of it.
using FirstError = std::optional<Error>;

class Fields {
 public:
  // `what` names the mapping in messages. Anything but a mapping is a mistake;
  // nothing at all is an empty one.
  Fields(json::Node node, std::string what, FirstError& error);

  bool has(std::string_view key) const { return !node_[key].absent(); }
  // The member itself, for those that are read otherwise.
  json::Node node(std::string_view key);

  // A word, number or boolean as written; "" if it is not there.
  std::string text(std::string_view key);
  // The same, one of `words`.
  std::string word(std::string_view key, std::initializer_list<std::string_view> words);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key, std::int64_t low, std::int64_t high);
  // One text or a list of them.
  std::vector<std::string> texts(std::string_view key);
  std::vector<Prefix> prefixes(std::string_view key);
  // The entries of a list member; none if it is not there.
  std::vector<json::Node> list(std::string_view key);

  void done();
  void mistake(std::string message, json::Node at, std::string hint = {});
  Origin origin() const { return node_.origin(); }

 private:
  json::Node node_;
  std::string what_;
  FirstError& error_;
  std::vector<std::string_view> asked_;
};

}  // namespace sallyport::read
