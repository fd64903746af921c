#include "iam/sets/needs.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "iam/action.h"
#include "iam/sets/term.h"

namespace sallyport::iam::sets {
namespace {

// What all contexts say of a key that is open in each of them.
struct KnownOf {
  bool there = false;
  std::optional<AddressSet> addresses;
};

KnownOf known_of(std::string_view key, std::span<const Context* const> contexts) {
  KnownOf known{!contexts.empty(), {}};
  bool addresses = !contexts.empty();
  AddressSet all;
  for (const Context* context : contexts) {
    const KeyValue& value = context->find(key);
    known.there = known.there && (value.state == KeyState::addresses || value.present);
    addresses = addresses && value.state == KeyState::addresses && !value.addresses.empty();
    if (addresses) all = all | value.addresses;
  }
  if (addresses) known.addresses = std::move(all);
  return known;
}

void add_number(std::string& to, std::uint32_t n) {
  for (int i = 0; i < 4; ++i) to += static_cast<char>(n >> (8 * i));
}

void add_text(std::string& to, std::string_view text) {
  add_number(to, static_cast<std::uint32_t>(text.size()));
  to += text;
}

// Equal templates have equal names.
std::string name_of(const Template& source) {
  std::string name;
  for (const TemplatePiece& piece : source.pieces) {
    name += piece.has_default ? 'd' : piece.variable ? 'v' : 't';
    add_text(name, piece.text);
    add_text(name, piece.fallback);
  }
  return name;
}

bool has_variables(const Predicate& line) {
  return std::any_of(line.values.begin(), line.values.end(), [](const Operand& operand) {
    const auto* text = std::get_if<Template>(&operand);
    const auto* arn = std::get_if<ArnPattern>(&operand);
    return (text != nullptr && !text->pieces.empty()) || (arn != nullptr && !arn->text.pieces.empty());
  });
}

// Equal for questions that have the same answer: texts are interned.
std::string name_of(const Formula& formula, std::span<const Context* const> contexts) {
  std::string name;
  for (const Formula::Step& step : formula.steps) {
    name += static_cast<char>(step.kind);
    add_number(name, step.number);
  }
  for (const Predicate* line : formula.lines) {
    name += has_variables(*line) ? 'v' : 'l';
    for (const Text text : {line->source.op, line->source.key}) add_number(name, text.number());
    add_number(name, static_cast<std::uint32_t>(line->source.values.size()));
    for (const Text text : line->source.values) add_number(name, text.number());
    const KnownOf known = known_of(line->key, contexts);
    name += known.there ? 't' : '-';
    if (!known.addresses) continue;
    for (const auto& [first, last] : known.addresses->intervals()) {
      add_text(name, to_string(first));
      add_text(name, to_string(last));
    }
  }
  for (const ArnPattern* pattern : formula.patterns) add_text(name, name_of(pattern->text));
  return name;
}

class Making {
 public:
  explicit Making(Registry& registry)
      : registry_(registry),
        rules_(registry.gaps),
        bdd_(50'000),
        unknowns_(bdd_),
        maker_{symbols_, unknowns_, rules_, arena_, templates_, bdd_, true},
        keys_(maker_, registry.texts, {}) {}

  Conditions of(const Formula& formula, std::span<const Context* const> contexts) {
    std::vector<Keys::Line> lines;
    for (const Predicate* line : formula.lines) lines.push_back(keys_.add(*line));
    for (const Predicate* line : formula.lines) {
      const KnownOf known = known_of(line->key, contexts);
      if (known.there) keys_.is_there(line->key);
      if (known.addresses) keys_.is_one_of(line->key, *known.addresses);
    }
    keys_.build();
    if (keys_.exhausted()) return {{}, false};
    Bdd::Node given = Bdd::yes;
    for (const Bdd::Node there : keys_.there()) given = bdd_.both(given, there);
    const Bdd::Node node = value(formula, lines);
    if (bdd_.exhausted()) return {{}, false};
    return readable({bdd_, keys_, unknowns_, registry_}, node, given);
  }

 private:
  Bdd::Node pattern(const ArnPattern& p) {
    return unknowns_.choice("resource", name_of(p.text), {Choice::Of::resource, {}, &p.text});
  }

  Bdd::Node value(const Formula& formula, const std::vector<Keys::Line>& lines) {
    std::vector<Bdd::Node> stack;
    const auto pop = [&] {
      const Bdd::Node top = stack.back();
      stack.pop_back();
      return top;
    };
    for (const Formula::Step& step : formula.steps) {
      Bdd::Node n = Bdd::no;
      switch (step.kind) {
        case Formula::Kind::no: break;
        case Formula::Kind::yes: n = Bdd::yes; break;
        case Formula::Kind::line: n = keys_.node(lines[step.number]); break;
        case Formula::Kind::pattern: n = pattern(*formula.patterns[step.number]); break;
        case Formula::Kind::negation: n = bdd_.negation(pop()); break;
        case Formula::Kind::both:
        case Formula::Kind::either: {
          const Bdd::Node b = pop();
          const Bdd::Node a = pop();
          n = step.kind == Formula::Kind::both ? bdd_.both(a, b) : bdd_.either(a, b);
        }
      }
      stack.push_back(n);
    }
    return stack.empty() ? Bdd::no : stack.back();
  }

  Registry& registry_;
  Rules rules_;
  TextArena arena_;
  std::deque<Template> templates_;
  Symbols symbols_;
  Bdd bdd_;
  Unknowns unknowns_;
  TermMaker maker_;
  Keys keys_;
};

}  // namespace

std::shared_ptr<const Conditions> Needs::of(const Formula& formula, std::span<const Context* const> contexts) {
  const auto [it, added] = known_.try_emplace(name_of(formula, contexts));
  if (added) {
    it->second = std::make_shared<const Conditions>(formula.steps.empty() ? Conditions{{}, false}
                                                                          : Making(registry_).of(formula, contexts));
  }
  return it->second;
}

}  // namespace sallyport::iam::sets
