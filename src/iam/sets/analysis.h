// Analysis: some policy documents as sets of requests.
//
// Requests are all (principal, action, resource, keys): an action is a text
// `prefix:name`, a resource an ARN or `*`, keys are independent of all else (keys.h).
//
// Idea: texts that no statement can tell apart are one class. For each combination of
// an action's, a principal's and a resource's class that exists it is then fixed
// which statements can apply; what remains of them are conditions, and those become
// one small decision diagram (a `Region`). Combinations in which the same statements
// remain are one region.
//
//   Analysis a({&old, &young}, PolicyType::identity, registry);
//   auto more = [&](const Analysis::Region& r) { return a.bdd().without(a.allows(r, 1), a.allows(r, 0)); };
//   a.find({{more}})  ->  does it exist surely, possibly, not at all; and a request
//
// Cost: statements x classes, and the diagrams of conditions. Limits: `Budget`; beyond
// it the answer is `unknown`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/truth.h"
#include "iam/policy.h"
#include "iam/sets/keys.h"
#include "iam/sets/principals.h"
#include "iam/sets/solver.h"
#include "iam/sets/witness.h"
#include "model/policy.h"
#include "model/registry.h"

namespace sallyport::iam::sets {

struct Budget {
  Limits texts;
  std::size_t nodes = 400'000;  // of all diagrams
  std::size_t statements = 5'000;
  std::size_t conditions = 5'000;
  std::size_t work = 20'000'000;  // statements looked at for combinations of classes
  std::size_t steps = 4'000'000;  // of the solver
};

class Analysis {
 public:
  // What the statements make of the requests of one combination of classes.
  struct Region {
    std::size_t action;
    std::size_t principal;
    std::size_t resource;
    std::vector<Bdd::Node> applies;  // by statement, those of all documents in a row
  };
  // A function of the keys that is true for the requests that are looked for.
  using Goal = std::function<Bdd::Node(const Region&)>;

  struct Found {
    Truth exists = Truth::no;        // unknown: it hangs on what AWS does not say, see gaps
    std::optional<Witness> witness;  // if it surely exists
    std::vector<GapId> gaps;         // sorted, distinct
  };

  // Gaps are added to `registry`, whose texts the documents are in.
  Analysis(std::vector<const PolicyDocument*> documents, PolicyType type, Registry& registry,
           const Budget& budget = {});
  ~Analysis();

  // For each goal whether some request fulfils it.
  std::vector<Found> find(std::span<const Goal> goals);
  Found find(const Goal& goal) { return find(std::span(&goal, 1)).front(); }

  Bdd& bdd() { return bdd_; }
  const Keys& keys() const { return *keys_; }
  const Unknowns& unknowns() const { return unknowns_; }
  const Registry& registry() const { return registry_; }

  // The statements of a document are [first, last) of `Region::applies`.
  std::pair<std::size_t, std::size_t> statements(std::size_t document) const { return ranges_[document]; }
  // Some Allow of the document applies / some Deny / the former and not the latter.
  // `except`: as if that statement were not there.
  static constexpr std::size_t all_statements = SIZE_MAX;
  Bdd::Node grants(const Region& region, std::size_t document, std::size_t except = all_statements);
  Bdd::Node denies(const Region& region, std::size_t document, std::size_t except = all_statements);
  Bdd::Node allows(const Region& region, std::size_t document, std::size_t except = all_statements);

  // The region of one request, if its action and resource are of the form above.
  std::optional<Region> region_of(std::string_view action, std::size_t principal, std::string_view resource) const;

 private:
  struct Part {                       // an `Action` or `Resource` of a statement
    std::uint32_t term = UINT32_MAX;  // none: everything
    bool negated = false;
  };
  struct StatementOf {
    const Statement* source;
    Part action, resource;
    std::uint32_t principal = UINT32_MAX;
    Bdd::Node conditions = Bdd::yes;  // with what is not understood of the statement
    bool grants, denies;
  };
  // The classes of one dimension, and what the statements' parts make of each.
  struct Dimension {
    Languages languages;
    std::vector<Term> terms;
    std::vector<std::string> names;  // of terms, for finding equal ones
    std::unique_ptr<Automaton> automaton;
    std::vector<std::vector<Bdd::Node>> values;  // by class, by term
  };
  using Active = std::vector<std::pair<std::uint32_t, Bdd::Node>>;  // statement, what is left of it
  struct ActiveHash {
    std::size_t operator()(const Active& a) const;
  };
  struct Search;

  void read(const PolicyDocument& document, std::size_t number, PolicyType type);
  Part part(Dimension& dimension, const std::vector<Text>& texts, bool negated, bool variables, bool action);
  void classify(Dimension& dimension, const Language& domain);
  Bdd::Node value(const Dimension& dimension, std::size_t c, const Part& part) const;
  void each_action(Search& search);
  void each_principal(Search& search, const Active& active);
  void each_resource(Search& search, const Active& active);
  void look(Search& search, const Active& active);
  void settle(Search& search, std::size_t goal, const Region& region);
  std::optional<Witness> witness(const Region& region, const Path& path, const Goal& goal);
  bool confirmed(const Witness& request, const Goal& goal);
  std::string action_text(std::size_t c) const;
  GapId too_complex();

  std::vector<const PolicyDocument*> documents_;
  PolicyType type_;
  Registry& registry_;
  Budget budget_;
  Rules rules_;
  TextArena arena_;
  std::deque<Template> templates_;
  Symbols symbols_;
  Bdd bdd_;
  mutable Unknowns unknowns_;
  TermMaker maker_;
  std::unique_ptr<Keys> keys_;
  std::unique_ptr<Principals> principals_;
  std::unique_ptr<Solver> solver_;
  std::vector<CompiledPolicy> compiled_;  // for confirming, made when first needed
  Dimension actions_, resources_;
  bool with_principals_ = false;
  bool complex_ = false;
  std::vector<StatementOf> statements_;
  std::vector<std::vector<Keys::Line>> lines_;  // by statement
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;
};

}  // namespace sallyport::iam::sets
