#include "iam/sets/witness.h"

#include <algorithm>
#include <cstdint>

#include "iam/action.h"
#include "iam/glob.h"

namespace sallyport::iam::sets {
namespace {

bool has_principals(PolicyType type) { return type == PolicyType::resource || type == PolicyType::endpoint; }

std::optional<std::string> single(const Witness& request, std::string_view key) {
  for (const auto& [name, values] : request.context) {
    if (lower_case(name) == lower_case(key) && values.size() == 1) return values.front();
  }
  return std::nullopt;
}

void set(Witness& request, std::string_view key, std::string value) {
  request.context.emplace_back(key, std::vector<std::string>{std::move(value)});
  std::sort(request.context.begin(), request.context.end());
}

// Finds values for the variables of a template, so that it matches a text.
class Fit {
 public:
  Fit(const Template& source, std::string_view text, Witness& request) : text_(text), request_(request) {
    for (const TemplatePiece& piece : source.pieces) {
      if (piece.variable) {
        units_.push_back({0, &piece});
      } else {
        for (const char c : piece.text) units_.push_back({c, nullptr});
      }
    }
  }
  bool run() { return units_.size() <= 4'000 && at(0, 0); }

 private:
  struct One {
    char c;
    const TemplatePiece* variable;
  };

  bool variable(std::size_t u, std::size_t t) {
    const TemplatePiece& piece = *units_[u].variable;
    std::optional<std::string> value = single(request_, piece.text);
    if (value) {
      return text_.substr(t).starts_with(*value) && at(u + 1, t + value->size());
    }
    for (std::size_t size = 1; size <= text_.size() - t; ++size) {
      Witness before = request_;
      set(request_, piece.text, std::string(text_.substr(t, size)));
      if (at(u + 1, t + size)) return true;
      request_ = std::move(before);
    }
    if (piece.has_default && text_.substr(t).starts_with(piece.fallback) && at(u + 1, t + piece.fallback.size())) {
      return true;
    }
    Witness before = request_;
    set(request_, piece.text, "");
    if (at(u + 1, t)) return true;
    request_ = std::move(before);
    return false;
  }

  // Depth: one level a unit.
  bool at(std::size_t u, std::size_t t) {
    if (++steps_ > 50'000) return false;
    if (u == units_.size()) return t == text_.size();
    if (units_[u].variable != nullptr) return variable(u, t);
    const char c = units_[u].c;
    if (c == glob::any_run || c == glob::run_in_segment) {
      for (std::size_t end = t; end <= text_.size(); ++end) {
        if (at(u + 1, end)) return true;
      }
      return false;
    }
    if (t == text_.size()) return false;
    return (c == glob::any_char || c == glob::char_in_segment || c == text_[t]) && at(u + 1, t + 1);
  }

  std::string_view text_;
  Witness& request_;
  std::vector<One> units_;
  std::size_t steps_ = 0;
};

}  // namespace

Match applies_alone(const CompiledPolicy& policy, std::size_t statement, const Witness& request, const Rules& rules) {
  Context context;
  for (const auto& [key, values] : request.context) context.set(key, values);
  Prepared prepared;
  if (!request.principal.empty()) {
    const auto principal = parse_principal(request.principal);
    if (!principal) return Match::unknown;
    prepared.caller.principal = *principal;
  }
  prepared.caller.context = &context;
  if (const std::string* arn = context.single("aws:PrincipalArn")) {
    const Arn parts = split_arn(*arn);
    const PrincipalType type = prepared.caller.principal.type;
    const bool whole = parts.whole();
    if (type == PrincipalType::session && whole && parts.resource().starts_with("role/"))
      prepared.caller.role_arn = *arn;
    if (type == PrincipalType::federated_user && whole && parts.resource().starts_with("user/")) {
      prepared.caller.user_arn = *arn;
    }
  }
  const std::string action = lower_case(request.action);
  prepared.action = split_action(action);
  prepared.resource = arn_text(request.resource);
  prepared.context = &context;
  return overall(applies(policy.statement(statement), prepared, has_principals(policy.type()),
                         PrincipalReading::ordinary, rules, {}));
}

std::optional<Witness> with_variables(const Witness& request, std::span<const Wanted> wanted,
                                      const std::optional<std::string>& spare) {
  Witness proposal = request;
  for (const Wanted& w : wanted) {
    if (!w.matches || w.choice->source == nullptr) continue;
    if (!Fit(*w.choice->source, w.text, proposal).run()) return std::nullopt;
  }
  for (const Wanted& w : wanted) {
    if (w.matches || w.choice->source == nullptr || !spare) continue;
    for (const TemplatePiece& piece : w.choice->source->pieces) {
      if (piece.variable && !single(proposal, piece.text)) set(proposal, piece.text, *spare);
    }
  }
  return proposal;
}

}  // namespace sallyport::iam::sets
