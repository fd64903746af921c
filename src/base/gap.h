// Gap: one cause of not knowing, and what would settle it.
//
// Every unknown value points to a gap; answers collect the gaps they met; the
// command `census` counts flows by gap. So a gap is created once per cause (one
// file that was not collected), not once per value that misses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "base/origin.h"

namespace sallyport {

enum class GapKind : std::uint8_t {
  not_collected,      // no file of the input holds it
  not_readable,       // the file is there but broken, or AWS refused (AccessDenied)
  not_modelled,       // the program does not know this kind of thing
  known_after_apply,  // a plan or template does not fix it yet
  contradictory,      // two inputs disagree
  undocumented,       // AWS does not say, or lets chance decide
  outside,            // depends on what lies outside the estate (a VPN, a firewall)
};

// Number of a gap in `Gaps`; 0 is "no gap": the value is known.
class GapId {
 public:
  constexpr GapId() = default;
  constexpr explicit GapId(std::uint32_t n) : n_(n) {}
  constexpr explicit operator bool() const { return n_ != 0; }
  constexpr std::uint32_t number() const { return n_; }
  friend constexpr bool operator==(GapId, GapId) = default;
  friend constexpr auto operator<=>(GapId, GapId) = default;

 private:
  std::uint32_t n_ = 0;
};

struct Gap {
  GapKind kind;
  std::string what;    // "route tables of 111122223333 in eu-central-1 were not collected"
  std::string remedy;  // the one command or assumption that settles it; may be empty
  Origin origin = {};
};

// Append-only; equal (kind, what) give the same id, references stay valid. Engines
// add while others read: every member may be called from any thread.
class Gaps {
 public:
  Gaps();
  GapId add(Gap gap);
  const Gap& operator[](GapId id) const;
  std::size_t size() const;  // ids run from 1 to size() - 1

 private:
  mutable std::mutex mutex_;
  std::deque<Gap> gaps_;
  std::map<std::tuple<GapKind, std::string>, GapId> index_;
};

// `not-collected`, `known-after-apply` ...: the words of the JSON answers.
const char* name(GapKind kind);

}  // namespace sallyport
