#include "iam/sets/term.h"

#include <algorithm>
#include <string>
#include <utility>

#include "iam/action.h"
#include "iam/glob.h"

namespace sallyport::iam::sets {
namespace {

constexpr bool ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The encoded text of a template, with a run in the place of each variable.
std::string loosened(const Template& source) {
  std::string loose;
  for (const TemplatePiece& piece : source.pieces) {
    if (piece.variable) {
      loose += glob::any_run;
    } else {
      loose += piece.text;
    }
  }
  return loose;
}

// The same text written out, so that equal templates have equal names.
std::string named(const Template& source) {
  std::string name;
  for (const TemplatePiece& piece : source.pieces) {
    if (piece.variable) {
      name += "${" + lower_case(piece.text) + (piece.has_default ? "," + std::string(piece.fallback) : "") + "}";
    } else {
      name += piece.text;
    }
  }
  return name;
}

bool may_be_null(const Template& source) {
  return std::any_of(source.pieces.begin(), source.pieces.end(),
                     [](const TemplatePiece& p) { return p.variable && !p.has_default; });
}

// A symbol inside a text may stand for anything: a run in its place.
Pattern without_symbols(Pattern pattern) {
  for (Unit& u : pattern) {
    if (u >= symbol_letter && u < other_ascii) u = run;
  }
  return pattern;
}

// Wildcards before the fifth colon keep to their part (CO-4).
std::string in_segments(std::string_view encoded) {
  std::string strict(encoded);
  int colons = 0;
  for (char& c : strict) {
    if (c == ':' && ++colons == 5) break;
    if (c == glob::any_run) c = glob::run_in_segment;
    if (c == glob::any_char) c = glob::char_in_segment;
  }
  return strict;
}

// What a pattern says up to its first star.
Pattern beginning(Pattern pattern) {
  const auto star = std::find_if(pattern.begin(), pattern.end(), [](Unit u) { return is_run(u); });
  pattern.erase(star, pattern.end());
  pattern.push_back(run);
  pattern.push_back(finish);
  return pattern;
}

// The letters of a service compare without case.
void fold_service(Pattern& pattern) {
  int colons = 0;
  for (Unit& u : pattern) {
    if (u == ':' && ++colons == 3) return;
    if (colons != 2) continue;
    if (u >= 'A' && u <= 'Z') u = fold | (u - 'A' + 'a');
    if (u >= 'a' && u <= 'z') u |= fold;
  }
}

Pattern literal(std::string_view text) { return Pattern(text.begin(), text.end()); }
Pattern operator+(Pattern a, const Pattern& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Collects the sure patterns of a list, and its doubts.
class List {
 public:
  List(const TermMaker& maker, Languages& languages) : maker_(maker), languages_(languages) {}

  void always() { term_.always = true; }
  void sure(Pattern pattern) { sure_.push_back(std::move(pattern)); }
  void doubt(Pattern pattern, Bdd::Node variable) {
    term_.doubts.push_back({languages_.add({std::move(pattern)}), variable});
  }
  // A symbol among other text: it surely matches itself, and may be anything.
  void symbolic(std::string_view encoded, std::string_view what) {
    Pattern pattern = pattern_of(encoded, false, maker_.symbols);
    if (!glob::is_symbol(encoded)) {
      doubt(without_symbols(pattern), maker_.unknowns.reading(what, encoded, maker_.rules.symbol));
    }
    sure(std::move(pattern));
  }
  void voided(Bdd::Node n) { term_.voided = maker_.bdd.either(term_.voided, n); }

  Term done() {
    if (term_.always) {
      Term whole;
      whole.always = true;
      return whole;
    }
    if (!sure_.empty()) {
      std::sort(sure_.begin(), sure_.end());
      sure_.erase(std::unique(sure_.begin(), sure_.end()), sure_.end());
      term_.sure = languages_.add(std::move(sure_));
    }
    return std::move(term_);
  }

 private:
  const TermMaker& maker_;
  Languages& languages_;
  Term term_;
  Language sure_;
};

}  // namespace

Bdd::Node Term::value(const Bits& matches, Bdd& bdd) const {
  if (always || (sure && matches.has(*sure))) return Bdd::yes;
  Bdd::Node may = Bdd::no;
  for (const Doubt& doubt : doubts) {
    if (matches.has(doubt.language)) may = bdd.either(may, doubt.variable);
  }
  return may;
}

std::uint32_t Languages::add(Language language) {
  const auto next = static_cast<std::uint32_t>(all_.size());
  const auto [it, added] = numbers_.try_emplace(language, next);
  if (added) all_.push_back(std::move(language));
  return it->second;
}

Term TermMaker::action(std::span<const std::string_view> patterns, Languages& languages) const {
  List list(*this, languages);
  for (const std::string_view raw : patterns) {
    if (raw == "*" || raw == "*:*") {
      list.always();
      continue;
    }
    const ActionText action = split_action(raw);
    const bool odd = action.prefix.empty() || action.name.empty() ||
                     action.prefix.find_first_of("*?") != std::string_view::npos || glob::has_symbol(raw);
    Pattern pattern = pattern_of(glob::encode(raw), false, symbols);
    if (odd) {
      list.doubt(without_symbols(std::move(pattern)), unknowns.reading("action", raw, rules.odd_action));
    } else {
      list.sure(std::move(pattern));
    }
  }
  return list.done();
}

Term TermMaker::resource(std::span<const std::string_view> patterns, bool negated, bool variables,
                         Languages& languages) const {
  List list(*this, languages);
  for (const std::string_view raw : patterns) {
    const ArnPattern p = compile_arn(raw, ArnReading::resource, variables, arena);
    if (p.any) {
      list.always();
      continue;
    }
    if (!p.text.pieces.empty()) {
      const Template* source = &templates.emplace_back(p.text);
      const std::string name = named(p.text);
      const Bdd::Node chosen = unknowns.choice("resource", name, {Choice::Of::resource, {}, source});
      Pattern loose = without_symbols(pattern_of(loosened(p.text), false, symbols));
      const bool doubtful = p.odd || p.text.symbolic;
      const GapId gap = p.odd ? rules.arn_pattern : rules.symbol;
      const Bdd::Node open = doubtful ? unknowns.reading("resource", name, gap) : Bdd::yes;
      list.doubt(std::move(loose), bdd.both(chosen, open));
      if (negated && may_be_null(p.text)) {
        const Bdd::Node null = unknowns.choice("null", name, {Choice::Of::resource, {}, nullptr});
        const Bdd::Node open_null = unknowns.reading("null", name, rules.variable);
        list.voided(bdd.both(bdd.without(null, chosen), open_null));
      }
      continue;
    }
    const auto pattern = [&](std::string_view encoded) { return pattern_of(encoded, false, symbols); };
    if (p.symbolic) {
      list.symbolic(p.strict, "resource");
    } else if (p.odd) {
      list.doubt(pattern(p.text.fixed), unknowns.reading("resource", raw, rules.arn_pattern));
    } else if (p.whole || (p.strict.starts_with("arn:") && p.strict.back() == glob::any_run)) {
      Pattern strict = pattern(p.strict);
      fold_service(strict);
      list.sure(std::move(strict));
      if (p.reaches)
        list.doubt(coarse ? beginning(pattern(p.loose)) : pattern(p.loose),
                   unknowns.reading("resource", raw, rules.middle_star));
    } else {
      list.doubt(pattern(p.loose), unknowns.reading("resource", raw, rules.arn_pattern));
    }
  }
  return list.done();
}

Term TermMaker::texts(Comparison comparison, std::span<const Template* const> values, std::string_view key,
                      Languages& languages) const {
  List list(*this, languages);
  const std::string on = std::string(key) + (comparison == Comparison::string_equals_ignore_case ? " fold" : " text");
  const bool folding = comparison == Comparison::string_equals_ignore_case;
  for (const Template* value : values) {
    if (value->broken) {
      list.doubt({run, finish}, unknowns.reading(on, value->fixed, rules.variable));
    } else if (!value->pieces.empty()) {
      const std::string name = named(*value);
      list.doubt(without_symbols(pattern_of(loosened(*value), folding, symbols)),
                 unknowns.choice(on, name, {Choice::Of::key, std::string(key), value}));
      if (folding) {
        const Bdd::Node foreign = unknowns.reading(on, name, rules.unreadable_value);
        list.doubt({run, not_ascii, run, finish}, foreign);
      }
    } else if (value->symbolic) {
      list.symbolic(value->fixed, on);
    } else {
      list.sure(pattern_of(value->fixed, folding, symbols));
      if (folding) {
        // Letters beyond ASCII have cases too, but AWS does not say by which table.
        const bool plain = ascii(value->fixed);
        list.doubt(plain ? Pattern{run, not_ascii, run, finish} : Pattern{run, finish},
                   unknowns.reading(on, lower_case(value->fixed), rules.unreadable_value));
      }
    }
  }
  return list.done();
}

Term TermMaker::arns(std::span<const ArnPattern* const> values, std::string_view key, Languages& languages) const {
  List list(*this, languages);
  const std::string on = std::string(key) + " arn";
  for (const ArnPattern* p : values) {
    const auto pattern = [&](std::string_view encoded) { return pattern_of(encoded, false, symbols); };
    if (!p->text.pieces.empty()) {
      list.doubt(without_symbols(pattern(loosened(p->text))),
                 unknowns.choice(on, named(p->text), {Choice::Of::key, std::string(key), &p->text}));
    } else if (p->symbolic) {
      list.symbolic(p->text.fixed, on);
    } else if (p->whole && !p->odd) {
      list.sure(pattern(in_segments(p->text.fixed)));
    } else {
      list.doubt(pattern(p->text.fixed), unknowns.reading(on, p->text.fixed, rules.arn_pattern));
    }
  }
  return list.done();
}

Language TermMaker::action_domain() { return {{segment_one, segment_run, ':', one, run, finish}}; }

Language TermMaker::resource_domain() {
  const Pattern part{segment_one, segment_run, ':'};
  const Pattern loose{segment_run, ':'};
  return {literal("*") + Pattern{finish}, literal("arn:") + part + part + loose + loose + Pattern{run, finish}};
}

}  // namespace sallyport::iam::sets
