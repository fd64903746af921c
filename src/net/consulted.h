// Consulted: the groups, network ACLs and route tables that walks asked for, by their rows.
//
// What was decided without asking for a row is decided alike whatever its rules say.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/ids.h"

namespace sallyport::net {

class Consulted {
 public:
  void note(Ref rules) {
    std::vector<bool>& of_kind = noted_[place(rules.kind)];
    if (of_kind.size() <= rules.number) of_kind.resize(rules.number + std::size_t{1});
    if (of_kind[rules.number]) return;
    of_kind[rules.number] = true;
    all_.push_back(rules);
  }

  // What was noted since the last call, sorted.
  std::vector<Ref> take() {
    for (const Ref rules : all_) noted_[place(rules.kind)][rules.number] = false;
    std::sort(all_.begin(), all_.end());
    return std::exchange(all_, {});
  }

 private:
  static std::size_t place(Kind kind) { return kind == Kind::security_group ? 0 : kind == Kind::network_acl ? 1 : 2; }

  std::array<std::vector<bool>, 3> noted_;  // by number
  std::vector<Ref> all_;
};

}  // namespace sallyport::net
