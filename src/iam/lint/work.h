// Work: what the checks of one document share, and where they write. For the files of
// this folder only.
//
// One file a family of checks, one function each; `check` (lint.cc) runs them in turn.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "iam/lint/lint.h"
#include "iam/lint/outline.h"

namespace sallyport::iam::lint {

class Work {
 public:
  Work(const Subject& subject, const Outline& outline, Report& report);

  const PolicySource& source() const { return subject_.source; }
  const Outline& outline() const { return outline_; }
  PolicyUse use() const { return subject_.use; }
  bool use_known() const { return subject_.use_known; }
  // IAM prefix of the service: given, or told by all actions of a resource policy being of it.
  const std::string& service() const { return service_; }
  bool accepted() const { return subject_.accepted; }

  bool for_identities() const {
    return use() == PolicyUse::identity || use() == PolicyUse::scp || use() == PolicyUse::boundary ||
           use() == PolicyUse::session;
  }
  bool for_endpoint() const { return use() == PolicyUse::endpoint || use() == PolicyUse::gateway_endpoint; }

  // A finding at a value. `at_name`: its place is that of the member's name.
  void found(std::string_view id, Index at, std::string message, const StatementView* statement = nullptr,
             bool at_name = false) {
    add(report_.findings, id, at, std::move(message), statement, at_name);
  }
  // Is one of these codes found at that statement already?
  bool is_found(std::initializer_list<std::string_view> ids, std::uint32_t statement) const;

  void undecided(std::string_view id, Index at, std::string message, const StatementView* statement = nullptr) {
    add(report_.undecided, id, at, std::move(message), statement, false);
  }

  // ", did you mean `x`?", or nothing. Looks for the first few words of a document only,
  // so that no input makes it slow.
  // `words` makes the list of them.
  template <class Words>
  std::string meant(std::string_view word, Words words) {
    if (suggestions_left_ == 0) return {};
    --suggestions_left_;
    return suggestion(word, words());
  }

  // Steps that comparing statements with each other may still take; see `spend`.
  bool spend(std::size_t steps) {
    if (steps > steps_left_) return steps_left_ = 0, false;
    steps_left_ -= steps;
    return true;
  }
  bool out_of_steps() const { return steps_left_ == 0; }

 private:
  static std::string suggestion(std::string_view word, const std::vector<std::string>& words);
  void add(std::vector<Finding>& list, std::string_view id, Index at, std::string message,
           const StatementView* statement, bool at_name);

  const Subject& subject_;
  const Outline& outline_;
  Report& report_;
  std::string service_;
  std::size_t suggestions_left_ = 50;
  std::size_t steps_left_ = 20'000'000;
};

// `text` between backticks, shortened where it is long.
std::string quote(std::string_view text);

// Does the line hold only where its key is there (CO-1)?
bool needs_key(const Line& line);
// Does some line on that key?
bool needs_key(const StatementView& statement, std::string_view key);

void check_structure(Work& work);   // elements, types, names that stand twice
void check_size(Work& work);        // how long a document may be, and which characters it may hold
void check_use(Work& work);         // what is legal in a document of that use
void check_principals(Work& work);  // who is named
void check_actions(Work& work);     // services and actions that exist
void check_keys(Work& work);        // condition keys that exist, and are sent
void check_operators(Work& work);   // operators against keys and values
void check_missing(Work& work);     // what conditions do where the key is missing
void check_network(Work& work);     // network keys
void check_endpoint(Work& work);    // rules of endpoint policies
void check_variables(Work& work);   // `${...}`
void check_resources(Work& work);   // resources that no action works on
void check_never(Work& work);       // statements that can never apply
void check_covered(Work& work);     // statements that add nothing
void check_together(Work& work);    // the same of several statements together
void check_effect(Work& work);      // a document that allows nothing, or locks everybody out

}  // namespace sallyport::iam::lint
