#include "iam/sets/analysis.h"

#include <algorithm>
#include <array>

#include "facts/actions.h"
#include "iam/action.h"
#include "iam/glob.h"

namespace sallyport::iam::sets {

namespace {

// Are there more resource patterns with a star before a colon than can be combined?
bool many_reaching(const std::vector<const PolicyDocument*>& documents, const TextPool& texts) {
  constexpr std::size_t most = 4;
  std::vector<Text> reaching;
  for (const PolicyDocument* document : documents) {
    for (const Statement& s : document->statements) {
      for (const Text text : s.resources) {
        if (texts.view(text).find("*:") == std::string_view::npos) continue;
        if (std::find(reaching.begin(), reaching.end(), text) != reaching.end()) continue;
        if (reaching.size() == most) return true;
        reaching.push_back(text);
      }
    }
  }
  return false;
}

}  // namespace

std::size_t Analysis::ActiveHash::operator()(const Active& a) const {
  std::uint64_t h = a.size();
  for (const auto& [statement, node] : a) {
    h = (h ^ (std::uint64_t{statement} << 32 | node)) * 0x9E3779B97F4A7C15;
    h ^= h >> 29;
  }
  return static_cast<std::size_t>(h);
}

// The goals, what was found of them, and the combinations that were seen.
struct Analysis::Search {
  std::span<const Goal> goals;
  std::vector<Found> found;
  std::size_t work = 0;
  std::unordered_set<Active, ActiveHash> by_action, by_principal, by_resource;
  Region region;
  bool done() const {
    return std::all_of(found.begin(), found.end(), [](const Found& f) { return f.exists == Truth::yes; });
  }
};

Analysis::Analysis(std::vector<const PolicyDocument*> documents, PolicyType type, Registry& registry,
                   const Budget& budget)
    : documents_(std::move(documents)),
      type_(type),
      registry_(registry),
      budget_(budget),
      rules_(registry.gaps),
      bdd_(budget.nodes),
      unknowns_(bdd_),
      maker_{symbols_, unknowns_, rules_, arena_, templates_, bdd_, many_reaching(documents_, registry.texts)},
      keys_(std::make_unique<Keys>(maker_, registry.texts, budget.texts)),
      principals_(std::make_unique<Principals>(bdd_, unknowns_, rules_, registry.texts)) {
  const bool may_name = type == PolicyType::resource || type == PolicyType::endpoint;
  for (const PolicyDocument* document : documents_) {
    for (const Statement& s : document->statements) {
      with_principals_ = with_principals_ || (may_name && (s.has_principal || s.not_principal));
    }
  }
  std::size_t statements = 0;
  std::size_t conditions = 0;
  for (const PolicyDocument* document : documents_) {
    statements += document->statements.size();
    for (const Statement& s : document->statements) conditions += s.conditions.size();
  }
  complex_ = statements > budget_.statements || conditions > budget_.conditions;
  if (complex_) return;
  for (std::size_t d = 0; d < documents_.size(); ++d) read(*documents_[d], d, type);
  complex_ = principals_->exhausted();
  if (complex_) return;
  keys_->build();
  if (with_principals_) principals_->build();
  classify(actions_, TermMaker::action_domain());
  classify(resources_, TermMaker::resource_domain());
  complex_ = complex_ || keys_->exhausted() || bdd_.exhausted();
  if (complex_) return;
  for (std::size_t s = 0; s < statements_.size(); ++s) {
    for (const Keys::Line line : lines_[s]) {
      statements_[s].conditions = bdd_.both(statements_[s].conditions, keys_->node(line));
    }
  }
  solver_ = std::make_unique<Solver>(bdd_, *keys_, budget_.steps);
}

Analysis::~Analysis() = default;

void Analysis::read(const PolicyDocument& document, std::size_t number, PolicyType type) {
  const bool variables = document.version == PolicyVersion::v2012_10_17;
  const std::size_t first = statements_.size();
  // Its gaps of statements: what AWS refuses in a policy of that type.
  const CompiledPolicy& compiled = compiled_.emplace_back(document, type, std::to_string(number + 1), registry_);
  for (std::size_t i = 0; i < document.statements.size(); ++i) {
    const Statement& s = document.statements[i];
    StatementOf statement{};
    statement.source = &s;
    statement.grants = s.effect == Effect::allow || !s.effect_known;
    statement.denies = s.effect == Effect::deny || !s.effect_known;
    statement.action = part(actions_, s.actions, s.not_action, variables, true);
    if (s.has_resource) statement.resource = part(resources_, s.resources, s.not_resource, variables, false);
    if (with_principals_ && (s.has_principal || s.not_principal)) statement.principal = principals_->add(s);
    const GapId gap = compiled.statement(i).gap;
    statement.conditions =
        gap ? unknowns_.reading("statement", std::to_string(number) + "." + std::to_string(i), gap) : Bdd::yes;
    std::vector<Keys::Line>& lines = lines_.emplace_back();
    for (const Condition& condition : s.conditions) lines.push_back(keys_->add(condition, variables));
    statements_.push_back(statement);
  }
  ranges_.emplace_back(first, statements_.size());
}

Analysis::Part Analysis::part(Dimension& dimension, const std::vector<Text>& texts, bool negated, bool variables,
                              bool action) {
  std::vector<std::string_view> patterns;
  for (const Text text : texts) {
    patterns.push_back(action ? arena_.keep(lower_case(registry_.view(text))) : registry_.view(text));
  }
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  // NotResource with variables has a rule of its own, so it is another term.
  std::string name = variables ? "" : "literal";
  const bool apart = negated && !action && variables;
  if (apart) name += "not";
  for (const std::string_view pattern : patterns) (name += '\n') += pattern;
  const auto known = std::find(dimension.names.begin(), dimension.names.end(), name);
  if (known != dimension.names.end()) {
    return {static_cast<std::uint32_t>(known - dimension.names.begin()), negated};
  }
  dimension.names.push_back(std::move(name));
  dimension.terms.push_back(action ? maker_.action(patterns, dimension.languages)
                                   : maker_.resource(patterns, negated, variables, dimension.languages));
  return {static_cast<std::uint32_t>(dimension.terms.size() - 1), negated};
}

void Analysis::classify(Dimension& dimension, const Language& domain) {
  dimension.automaton = std::make_unique<Automaton>(dimension.languages.all(), domain, symbols_, budget_.texts);
  if (dimension.automaton->exhausted()) {
    complex_ = true;
    return;
  }
  for (const Automaton::Class& c : dimension.automaton->classes()) {
    std::vector<Bdd::Node>& values = dimension.values.emplace_back();
    values.reserve(dimension.terms.size());
    for (const Term& term : dimension.terms) values.push_back(term.value(c.matches, bdd_));
  }
}

Bdd::Node Analysis::value(const Dimension& dimension, std::size_t c, const Part& part) const {
  if (part.term == UINT32_MAX) return Bdd::yes;
  const Bdd::Node n = dimension.values[c][part.term];
  if (!part.negated) return n;
  Bdd& bdd = const_cast<Bdd&>(bdd_);
  return bdd.without(bdd.negation(n), dimension.terms[part.term].voided);
}

std::vector<Analysis::Found> Analysis::find(std::span<const Goal> goals) {
  Search search{goals, std::vector<Found>(goals.size()), 0, {}, {}, {}, {}};
  for (const PolicyDocument* document : documents_) {
    if (!document->gap) continue;
    for (Found& f : search.found) {
      f.exists = Truth::unknown;
      f.gaps.push_back(document->gap);
    }
    return search.found;
  }
  if (!complex_) each_action(search);
  complex_ = complex_ || bdd_.exhausted() || (solver_ && solver_->exhausted());
  for (Found& f : search.found) {
    if (complex_ && f.exists != Truth::yes) {
      f.exists = Truth::unknown;
      f.gaps.push_back(too_complex());
    }
    if (f.exists == Truth::yes) f.gaps.clear();
    std::sort(f.gaps.begin(), f.gaps.end());
    f.gaps.erase(std::unique(f.gaps.begin(), f.gaps.end()), f.gaps.end());
  }
  return std::move(search.found);
}

GapId Analysis::too_complex() {
  return registry_.gaps.add({GapKind::not_modelled,
                             "what documents allow whose patterns and conditions combine in too many ways",
                             "compare the statements in smaller documents"});
}

void Analysis::each_action(Search& search) {
  Active active;
  for (std::size_t c = 0; c < actions_.values.size() && !search.done() && !complex_; ++c) {
    active.clear();
    for (std::uint32_t s = 0; s < statements_.size(); ++s) {
      const Bdd::Node n = value(actions_, c, statements_[s].action);
      if (n != Bdd::no) active.emplace_back(s, n);
    }
    if (active.empty() || !search.by_action.insert(active).second) continue;
    search.region.action = c;
    each_principal(search, active);
  }
}

void Analysis::each_principal(Search& search, const Active& active) {
  if (!with_principals_) {
    search.region.principal = SIZE_MAX;
    return each_resource(search, active);
  }
  Active left;
  for (std::size_t p = 0; p < principals_->classes().size() && !search.done() && !complex_; ++p) {
    left.clear();
    for (const auto& [s, node] : active) {
      const std::uint32_t element = statements_[s].principal;
      const Bdd::Node n = element == UINT32_MAX ? node : bdd_.both(node, principals_->classes()[p].values[element]);
      if (n != Bdd::no) left.emplace_back(s, n);
    }
    if (left.empty()) continue;
    // What does not exist yet counts only where nothing else shows the difference.
    if (!search.by_principal.insert(left).second) continue;
    search.region.principal = p;
    each_resource(search, left);
  }
}

void Analysis::each_resource(Search& search, const Active& active) {
  Active left;
  for (std::size_t c = 0; c < resources_.values.size() && !search.done() && !complex_; ++c) {
    left.clear();
    for (const auto& [s, node] : active) {
      const Bdd::Node n = bdd_.both(node, value(resources_, c, statements_[s].resource));
      if (n != Bdd::no) left.emplace_back(s, n);
    }
    search.work += active.size() + 1;
    if (search.work > budget_.work || bdd_.exhausted()) complex_ = true;
    if (left.empty() || !search.by_resource.insert(left).second) continue;
    search.region.resource = c;
    look(search, left);
  }
}

void Analysis::look(Search& search, const Active& active) {
  search.region.applies.assign(statements_.size(), Bdd::no);
  for (const auto& [s, node] : active) search.region.applies[s] = bdd_.both(node, statements_[s].conditions);
  for (std::size_t g = 0; g < search.goals.size(); ++g) {
    if (search.found[g].exists != Truth::yes) settle(search, g, search.region);
  }
}

// Looks for a request of the region that fulfils the goal, whatever AWS does not say.
void Analysis::settle(Search& search, std::size_t goal, const Region& region) {
  Found& found = search.found[goal];
  const Bdd::Node n = search.goals[goal](region);
  if (n == Bdd::no || bdd_.exhausted()) return;
  Path path;
  const bool sure = solver_->solve(n, Mode::sure, path);
  if (sure) {
    if (auto proof = witness(region, path, search.goals[goal])) {
      found.exists = Truth::yes;
      found.witness = std::move(proof);
      return;
    }
  } else if (!solver_->solve(n, Mode::possible, path)) {
    return;
  }
  found.exists = Truth::unknown;
  const std::size_t before = found.gaps.size();
  for (const Bdd::Variable v : bdd_.support(n)) {
    if (v >= first_reading) found.gaps.push_back(unknowns_.gap(v));
  }
  if (!path.choices.empty()) found.gaps.push_back(rules_.variable);
  if (path.combined) found.gaps.push_back(rules_.unreadable_value);
  if (found.gaps.size() == before) found.gaps.push_back(symbols_.empty() ? rules_.variable : rules_.symbol);
}

// A request of the region that does what the path says; confirmed by the engine where
// variables or symbols come in, since those the classes know only roughly.
std::optional<Witness> Analysis::witness(const Region& region, const Path& path, const Goal& goal) {
  Witness request;
  request.action = action_text(region.action);
  request.resource = resources_.automaton->classes()[region.resource].text;
  bool confirm = !symbols_.empty() || !path.choices.empty();
  for (const Held& held : path.keys) {
    if (!held.present) continue;
    const Key& key = keys_->keys()[held.key];
    std::vector<std::string> values;
    for (const std::size_t c : held.classes) values.push_back(key.values[c]);
    request.context.emplace_back(key.name, std::move(values));
  }
  const auto has = [&](std::string_view name) {
    return std::any_of(path.keys.begin(), path.keys.end(),
                       [&](const Held& h) { return keys_->keys()[h.key].lower == name; });
  };
  if (region.principal != SIZE_MAX) {
    const Person& person = principals_->classes()[region.principal].person;
    request.principal = person.text;
    confirm = confirm || !person.real || !request.context.empty();
    if (!person.user_id.empty() && !has("aws:userid")) request.context.push_back({"aws:userid", {person.user_id}});
    if (!person.principal_arn.empty() && !has("aws:principalarn")) {
      request.context.push_back({"aws:PrincipalArn", {person.principal_arn}});
    }
  }
  std::sort(request.context.begin(), request.context.end());
  if (!confirm) return request;
  std::vector<Wanted> wanted;
  for (const auto& [v, matches] : path.choices) {
    const Choice& choice = unknowns_.choice(v);
    if (choice.of == Choice::Of::resource) {
      wanted.push_back({&choice, matches, request.resource});
      continue;
    }
    for (const auto& [key, values] : request.context) {
      if (lower_case(key) == choice.key) wanted.push_back({&choice, matches, values.front()});
    }
  }
  for (const std::optional<std::string>& spare : {std::optional<std::string>(), std::optional<std::string>("other")}) {
    auto proposal = with_variables(request, wanted, spare);
    if (proposal && confirmed(*proposal, goal)) return proposal;
  }
  return std::nullopt;
}

bool Analysis::confirmed(const Witness& request, const Goal& goal) {
  Region region{0, SIZE_MAX, 0, {}};
  for (std::size_t d = 0; d < documents_.size(); ++d) {
    for (std::size_t s = 0; s < compiled_[d].size(); ++s) {
      const Match m = applies_alone(compiled_[d], s, request, rules_);
      region.applies.push_back(m == Match::yes  ? Bdd::yes
                               : m == Match::no ? Bdd::no
                                                : unknowns_.reading("engine", std::to_string(region.applies.size()),
                                                                    rules_.unreadable_value));
    }
  }
  return goal(region) == Bdd::yes;
}

// An action of that class, one that AWS has if there is such.
std::string Analysis::action_text(std::size_t c) const {
  const std::string& text = actions_.automaton->classes()[c].text;
  const auto fits = [&](const std::string& name) { return actions_.automaton->class_of(lower_case(name)) == c; };
  if (const auto known = facts::action(text)) return known->full_name();
  for (const facts::Action action : facts::actions(text.substr(0, text.find(':')))) {
    std::string name = action.full_name();
    if (fits(name)) return name;
  }
  for (const char* common : {"s3:GetObject", "ec2:DescribeInstances", "sqs:SendMessage", "iam:ListUsers"}) {
    if (fits(common)) return common;
  }
  return text;
}

Bdd::Node Analysis::grants(const Region& region, std::size_t document, std::size_t except) {
  Bdd::Node any = Bdd::no;
  for (std::size_t s = ranges_[document].first; s < ranges_[document].second; ++s) {
    if (s != except && statements_[s].grants) any = bdd_.either(any, region.applies[s]);
  }
  return any;
}

Bdd::Node Analysis::denies(const Region& region, std::size_t document, std::size_t except) {
  Bdd::Node any = Bdd::no;
  for (std::size_t s = ranges_[document].first; s < ranges_[document].second; ++s) {
    if (s != except && statements_[s].denies) any = bdd_.either(any, region.applies[s]);
  }
  return any;
}

Bdd::Node Analysis::allows(const Region& region, std::size_t document, std::size_t except) {
  const Bdd::Node granted = grants(region, document, except);
  return granted == Bdd::no ? Bdd::no : bdd_.without(granted, denies(region, document, except));
}

std::optional<Analysis::Region> Analysis::region_of(std::string_view action, std::size_t principal,
                                                    std::string_view resource) const {
  if (complex_) return std::nullopt;
  const std::size_t a = actions_.automaton->class_of(lower_case(action));
  const std::size_t r = resources_.automaton->class_of(resource);
  if (a == actions_.values.size() || r == resources_.values.size()) return std::nullopt;
  Region region{a, principal, r, {}};
  Bdd& bdd = const_cast<Bdd&>(bdd_);
  for (const StatementOf& s : statements_) {
    const Bdd::Node action_fits = value(actions_, a, s.action);
    const Bdd::Node resource_fits = value(resources_, r, s.resource);
    Bdd::Node n = bdd.both(action_fits, resource_fits);
    if (s.principal != UINT32_MAX && principal != SIZE_MAX) {
      n = bdd.both(n, principals_->classes()[principal].values[s.principal]);
    }
    region.applies.push_back(bdd.both(n, s.conditions));
  }
  return region;
}

}  // namespace sallyport::iam::sets
