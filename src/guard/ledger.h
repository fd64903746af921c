// Ledger: collects what one control finds, folding flows and accesses into causes.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "guard/finding.h"
#include "model/cloud.h"

namespace sallyport::guard {

class Ledger {
 public:
  // `samples`: how many flows or accesses a cause shows at most. `except`: names, ids
  // or ARNs (globs) that the control does not look at, from the settings.
  Ledger(const Cloud& cloud, const char* control, Level level, std::size_t samples,
         std::vector<std::string> except = {})
      : cloud_(cloud), control_(control), level_(level), samples_(samples), except_(std::move(except)) {}

  // A cause at an object. Equal (cause, object, about) fold into one finding; its
  // message and repair are those given first.
  struct Cause {
    const char* cause = "";
    Ref object;
    std::string about = {};
    std::string message = {};
    std::string repair = {};
    int worse = 0;                     // levels above (below, if negative) the control's own
    std::optional<Origin> place = {};  // of the line at fault; else where the object stands
  };
  void violated(Cause cause);
  void violated(Cause cause, Sample sample);

  void unknown(GapId gap) { open_[gap]; }
  void unknown(GapId gap, Sample sample);
  void examined(std::size_t n = 1) { examined_ += n; }

  // The result: findings worst first, then by object; unknowns most affected first.
  ControlResult close();

 private:
  using Key = std::tuple<std::string, Ref, std::string>;
  Finding& find(Cause cause);
  void count(Affected& affected, Sample sample);
  bool excepted(std::string_view text) const;
  bool excepted(const Sample& sample) const;
  bool excepted(Ref object) const;

  const Cloud& cloud_;
  const char* control_;
  Level level_;
  std::size_t samples_;
  std::vector<std::string> except_;
  std::size_t examined_ = 0;
  std::map<Key, Finding> findings_;
  std::map<GapId, Affected> open_;
};

// The object as answers show it; its own name, account and place where it is in the
// cloud.
Culprit culprit(const Cloud& cloud, Ref object);

// Where it stands and how it is called; nullptr if it is not in the input.
const Head* head(const Cloud& cloud, Ref object);

}  // namespace sallyport::guard
