#include "iam/lint/outline.h"

#include <algorithm>
#include <utility>

namespace sallyport::iam::lint {
namespace {

using Kind = PolicySource::Kind;

class Builder {
 public:
  explicit Builder(const PolicySource& source) : source_(source) {}

  Outline build() {
    Outline out;
    out.source = &source_;
    if (source_.empty() || !source_.is(0, Kind::object)) {
      out.open = true;
      return out;
    }
    out.version_at = source_.member(0, "Version");
    out.variables = out.version_at != 0 && source_[out.version_at].text == "2012-10-17";
    out.statement_at = source_.member(0, "Statement");
    if (out.statement_at == 0) {
      out.open = true;
      return out;
    }
    if (source_.is(out.statement_at, Kind::array)) {
      std::uint32_t number = 0;
      for (Index s = source_.first(out.statement_at); s < source_[out.statement_at].end; s = source_[s].end) {
        add(out, s, ++number);
      }
    } else {
      add(out, out.statement_at, 1);
    }
    return out;
  }

 private:
  void add(Outline& out, Index at, std::uint32_t number) {
    if (!source_.is(at, Kind::object) || is_function(source_, at)) {
      out.open = true;
      return;
    }
    StatementView s;
    s.number = number;
    s.at = at;
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end) element(s, m);
    const std::string_view effect = s.effect_at == 0 ? std::string_view() : source_[s.effect_at].text;
    if (effect == "Allow") {
      s.effect = Effect::allow;
    } else if (effect == "Deny") {
      s.effect = Effect::deny;
    } else {
      s.open = true;
    }
    if (const Index p = s.principal_at != 0 ? s.principal_at : s.not_principal_at; p != 0) principals(s, p);
    words(s, s.action_at != 0 ? s.action_at : s.not_action_at, false, s.actions);
    words(s, s.resource_at != 0 ? s.resource_at : s.not_resource_at, false, s.resources);
    if (s.condition_at != 0) conditions(s, s.condition_at);
    s.open = s.open || (s.action_at == 0 && s.not_action_at == 0) || (s.action_at != 0 && s.not_action_at != 0) ||
             (s.resource_at != 0 && s.not_resource_at != 0) || (s.principal_at != 0 && s.not_principal_at != 0);
    out.statements.push_back(std::move(s));
  }

  void element(StatementView& s, Index m) {
    const std::pair<std::string_view, Index*> places[] = {
        {"Sid", &s.sid_at},
        {"Effect", &s.effect_at},
        {"Principal", &s.principal_at},
        {"NotPrincipal", &s.not_principal_at},
        {"Action", &s.action_at},
        {"NotAction", &s.not_action_at},
        {"Resource", &s.resource_at},
        {"NotResource", &s.not_resource_at},
        {"Condition", &s.condition_at},
    };
    for (const auto& [name, place] : places) {
      if (name != source_[m].name) continue;
      if (*place != 0) {
        s.open = true;
        return;
      }
      *place = m;
      if (name == "Sid") s.sid = source_[m].text;
      return;
    }
    s.open = true;
  }

  // One value or a list of them.
  void words(StatementView& s, Index at, bool scalars, std::vector<Word>& out) {
    if (at == 0) return;
    const auto one = [&](Index v) {
      if (source_.is(v, Kind::string) || (scalars && (source_.is(v, Kind::boolean) || source_.is(v, Kind::number)))) {
        out.push_back({source_[v].text, v});
      } else {
        s.open = true;
      }
    };
    if (source_.is(at, Kind::array)) {
      s.open = s.open || source_.first(at) == source_[at].end;
      for (Index v = source_.first(at); v < source_[at].end; v = source_[v].end) one(v);
    } else {
      one(at);
    }
  }

  void principals(StatementView& s, Index at) {
    if (source_.is(at, Kind::string) && source_[at].text == "*") {
      s.principals.push_back({PrincipalKind::any, "*", at});
      return;
    }
    if (!source_.is(at, Kind::object) || is_function(source_, at)) {
      s.open = true;
      return;
    }
    static constexpr std::pair<std::string_view, PrincipalKind> kinds[] = {
        {"AWS", PrincipalKind::aws},
        {"Service", PrincipalKind::service},
        {"Federated", PrincipalKind::federated},
        {"CanonicalUser", PrincipalKind::canonical},
    };
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end) {
      const auto* kind = std::find_if(std::begin(kinds), std::end(kinds),
                                      [&](const auto& row) { return row.first == source_[m].name; });
      if (kind == std::end(kinds)) {
        s.open = true;
        continue;
      }
      std::vector<Word> list;
      words(s, m, kind->second == PrincipalKind::aws, list);
      for (const Word& word : list) {
        const bool any = kind->second == PrincipalKind::aws && word.text == "*";
        s.principals.push_back({any ? PrincipalKind::any : kind->second, word.text, word.at});
      }
    }
  }

  void conditions(StatementView& s, Index block) {
    if (!source_.is(block, Kind::object) || is_function(source_, block)) {
      s.open = true;
      return;
    }
    for (Index o = source_.first(block); o < source_[block].end; o = source_[o].end) {
      const auto op = parse_operator(source_[o].name);
      if (!op || !source_.is(o, Kind::object) || is_function(source_, o)) {
        s.open = true;
        continue;
      }
      s.open = s.open || source_.first(o) == source_[o].end;
      for (Index k = source_.first(o); k < source_[o].end; k = source_[k].end) {
        Line line;
        line.op = *op;
        line.op_name = source_[o].name;
        line.op_at = o;
        line.key = source_[k].name;
        line.at = k;
        words(s, k, true, line.values);
        s.conditions.push_back(std::move(line));
      }
    }
  }

  const PolicySource& source_;
};

}  // namespace

bool StatementView::everybody() const {
  return principal_at != 0 && not_principal_at == 0 &&
         std::any_of(principals.begin(), principals.end(),
                     [](const PrincipalWord& p) { return p.kind == PrincipalKind::any; });
}

Outline outline(const PolicySource& source) { return Builder(source).build(); }

bool is_function(const PolicySource& source, Index at) {
  if (!source.is(at, Kind::object) || source.first(at) >= source[at].end) return false;
  const Index only = source.first(at);
  if (source[only].end != source[at].end) return false;
  const std::string_view name = source[only].name;
  return name == "Ref" || name == "Condition" || name.starts_with("Fn::");
}

}  // namespace sallyport::iam::lint
