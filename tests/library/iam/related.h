// Pairs of related policy documents from a seed: a document, and what one edit makes of it.
//
// Two documents made up independently are incomparable almost always. Here the newer one is
// the older one after one to three edits as people make them: a pattern widened or narrowed, a
// statement dropped, doubled or put elsewhere, an effect flipped, a condition changed, a
// value added, a list split into two statements. So all relations are frequent, and
// equivalence is not only equality.
//
//   generate::iam::Pairs pairs(7);
//   generate::iam::Pair pair = pairs.next();   // the same on every machine
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "library/net/random.h"

namespace sallyport::generate::iam {

struct Pair {
  nlohmann::json older, newer;
  bool resource = false;  // resource policies, with Principal; else identity policies
  std::string edits;      // what was done, for people
};

class Pairs {
 public:
  // Mixed first: neighbouring seeds of Random are one stream, begun a step later.
  explicit Pairs(std::uint64_t seed) : random_(Random(seed).next()) {}
  Pair next();

 private:
  nlohmann::json document();
  nlohmann::json statement();
  nlohmann::json condition();
  nlohmann::json principal();
  void add_test(nlohmann::json& condition);
  std::string pattern(bool action);
  std::string value_of(const std::string& kind);

  std::string edit(nlohmann::json& document);
  std::string edit_pattern(nlohmann::json& statement);
  std::string edit_condition(nlohmann::json& statement);
  std::string edit_values(nlohmann::json& condition);
  std::string edit_operator(nlohmann::json& condition);
  std::string widen(std::string text);
  std::string narrow(std::string text);

  Random random_;
  bool resource_ = false;
};

}  // namespace sallyport::generate::iam
