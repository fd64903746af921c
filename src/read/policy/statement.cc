#include "read/policy/statement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/wildcard.h"
#include "model/condition_operator.h"

namespace sallyport::read::policy {
namespace {

using json::Kind;
using json::Member;
using json::Node;

class StatementReader {
 public:
  StatementReader(Node node, std::size_t number, const Work& work) : node_(node), number_(number), work_(work) {
    statement_.origin = node.origin();
  }

  Statement read() {
    if (!node_.is(Kind::object)) {
      complain("expected an object, not " + std::string(json::with_article(node_.kind())), node_.origin());
      statement_.effect_known = false;
      widen_action();
      return std::move(statement_);
    }
    for (const Member member : node_.members()) element(member);
    effect();
    principal();
    action();
    resource();
    if (condition_.is(Kind::object)) {
      conditions(condition_);
    } else if (condition_) {
      complain("`Condition` must be an object", condition_.origin());
    }
    return std::move(statement_);
  }

 private:
  // Sorts a member into its place; a repeated or unknown one is not understood.
  void element(const Member& member) {
    using Reader = StatementReader;
    static constexpr std::pair<std::string_view, Node Reader::*> known[] = {{"Sid", &Reader::sid_},
                                                                            {"Effect", &Reader::effect_},
                                                                            {"Principal", &Reader::principal_},
                                                                            {"NotPrincipal", &Reader::not_principal_},
                                                                            {"Action", &Reader::action_},
                                                                            {"NotAction", &Reader::not_action_},
                                                                            {"Resource", &Reader::resource_},
                                                                            {"NotResource", &Reader::not_resource_},
                                                                            {"Condition", &Reader::condition_}};
    const std::string_view name = member.name();
    for (std::size_t i = 0; i < std::size(known); ++i) {
      if (known[i].first != name) continue;
      Node& place = this->*known[i].second;
      if (place) {
        complain("`" + std::string(name) + "` stands twice", member.key.origin());
        repeated_[i] = true;
      }
      place = member.value;
      if (i == 0) statement_.sid = work_.text(member.value.scalar());
      return;
    }
    complain("unknown element `" + std::string(name) + "`", member.key.origin());
  }

  void complain(const std::string& what, Origin origin) {
    const GapId gap = work_.not_understood(
        what + " in statement " + std::to_string(number_) + " of " + std::string(work_.label), origin);
    if (!statement_.gap) statement_.gap = gap;
  }

  void effect() {
    const std::string_view text = effect_.text();
    if (text == "Allow" || text == "Deny") {
      statement_.effect = text == "Allow" ? Effect::allow : Effect::deny;
      if (!repeated_[1]) return;
    } else if (!effect_) {
      complain("no `Effect`", node_.origin());
    } else {
      complain("`Effect` must be `Allow` or `Deny`, not `" + std::string(effect_.scalar()) + "`", effect_.origin());
    }
    statement_.effect_known = false;
  }

  // A value or a list of values, each a string (or, for `scalars`, a number or a
  // boolean). False: not understood, `list` is then empty.
  bool values(Node node, std::string_view element, bool scalars, std::vector<Node>& list) {
    list.clear();
    const auto one = [&](Node value) {
      const bool ok = value.is(Kind::string) || (scalars && (value.is(Kind::number) || value.is(Kind::boolean)));
      if (ok) list.push_back(value);
      return ok;
    };
    bool ok = true;
    if (node.is(Kind::array)) {
      for (const Node value : node.items()) ok = one(value) && ok;
      ok = ok && !list.empty();
    } else {
      ok = one(node);
    }
    if (ok) return true;
    list.clear();
    complain("`" + std::string(element) + "` must be a string or a list of strings", node.origin());
    return false;
  }

  void widen_principal() {
    statement_.not_principal = false;
    statement_.principals = {PrincipalEntry{PrincipalKind::any, {}}};
  }
  void widen_action() {
    statement_.not_action = false;
    statement_.actions = {work_.text("*")};
  }

  void principal() {
    if (!principal_ && !not_principal_) return;
    statement_.has_principal = true;
    statement_.not_principal = !principal_;
    bool ok = !repeated_[2] && !repeated_[3];
    if (principal_ && not_principal_) {
      complain("`Principal` and `NotPrincipal` exclude each other", not_principal_.origin());
      ok = false;
    }
    const Node node = principal_ ? principal_ : not_principal_;
    if (node.is(Kind::object)) {
      if (node.size() == 0) {
        complain("no principal", node.origin());
        ok = false;
      }
      for (const Member member : node.members()) ok = principals_of(member) && ok;
      if (node.has_duplicate_keys()) {
        complain("a kind of principal stands twice", node.origin());
        ok = false;
      }
    } else if (node.text() == "*") {
      statement_.principals.push_back({PrincipalKind::any, {}});
    } else {
      complain("a principal must be `\"*\"` or an object such as `{\"AWS\": ...}`", node.origin());
      ok = false;
    }
    if (!ok) widen_principal();
  }

  bool principals_of(const Member& member) {
    static constexpr std::pair<std::string_view, PrincipalKind> kinds[] = {
        {"AWS", PrincipalKind::aws},
        {"Service", PrincipalKind::service},
        {"Federated", PrincipalKind::federated},
        {"CanonicalUser", PrincipalKind::canonical},
    };
    for (const auto& [name, kind] : kinds) {
      if (name != member.name()) continue;
      std::vector<Node>& list = list_;
      if (!values(member.value, name, kind == PrincipalKind::aws, list)) return false;
      for (const Node value : list) {
        const bool any = kind == PrincipalKind::aws && value.scalar() == "*";
        statement_.principals.push_back(any ? PrincipalEntry{PrincipalKind::any, {}}
                                            : PrincipalEntry{kind, work_.text(value.scalar())});
      }
      return true;
    }
    complain("unknown kind of principal `" + std::string(member.name()) + "`", member.key.origin());
    return false;
  }

  void action() {
    bool ok = !repeated_[4] && !repeated_[5];
    if (!action_ && !not_action_) {
      complain("no `Action`", node_.origin());
      ok = false;
    } else if (action_ && not_action_) {
      complain("`Action` and `NotAction` exclude each other", not_action_.origin());
      ok = false;
    }
    statement_.not_action = !action_ && not_action_;
    std::vector<Node>& list = list_;
    list.clear();
    ok = ok && values(action_ ? action_ : not_action_, action_ ? "Action" : "NotAction", false, list);
    statement_.actions.reserve(list.size());
    for (const Node value : list) statement_.actions.push_back(work_.text(value.text()));
    if (!ok) widen_action();
  }

  void resource() {
    if (!resource_ && !not_resource_) return;
    statement_.has_resource = true;
    statement_.not_resource = !resource_;
    bool ok = !repeated_[6] && !repeated_[7];
    if (resource_ && not_resource_) {
      complain("`Resource` and `NotResource` exclude each other", not_resource_.origin());
      ok = false;
    }
    std::vector<Node>& list = list_;
    list.clear();
    ok = ok && values(resource_ ? resource_ : not_resource_, resource_ ? "Resource" : "NotResource", false, list);
    statement_.resources.reserve(list.size());
    for (const Node value : list) statement_.resources.push_back(work_.text(value.text()));
    if (!ok) {
      statement_.not_resource = false;
      statement_.resources = {work_.text("*")};
    }
  }

  // A condition that was not understood is left out; the gap keeps the statement
  // from counting as fulfilled.
  void conditions(Node block) {
    if (repeated_[8]) return;
    report_repeats(block, "operator");
    for (const Member op : block.members()) {
      if (!parse_operator(op.name())) {
        complain("unknown condition operator `" + std::string(op.name()) + "`", op.key.origin());
        continue;
      }
      if (!op.value.is(Kind::object) || op.value.size() == 0) {
        complain("`" + std::string(op.name()) + "` must hold condition keys", op.value.origin());
        continue;
      }
      report_repeats(op.value, "condition key");
      for (const Member key : op.value.members()) {
        std::vector<Node>& list = list_;
        if (!values(key.value, key.name(), true, list)) continue;
        Condition condition;
        condition.op = work_.text(op.name());
        condition.key = work_.text(key.name());
        condition.origin = key.key.origin();
        condition.values.reserve(list.size());
        for (const Node value : list) condition.values.push_back(work_.text(value.scalar()));
        statement_.conditions.push_back(std::move(condition));
      }
    }
  }

  // Names that repeat an earlier one, also in another case: which of them counts,
  // nobody documents.
  void report_repeats(Node object, std::string_view what) {
    if (object.size() < 2) return;
    std::vector<Member> members;
    members.reserve(object.size());
    for (const Member member : object.members()) members.push_back(member);
    const auto folded = [](std::string_view a, std::string_view b) {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return fold(x) < fold(y);
      });
    };
    std::stable_sort(members.begin(), members.end(),
                     [&](const Member& a, const Member& b) { return folded(a.name(), b.name()); });
    for (std::size_t i = 1; i < members.size(); ++i) {
      if (!equals_ignoring_case(members[i - 1].name(), members[i].name())) continue;
      complain(std::string(what) + " `" + std::string(members[i].name()) + "` stands twice", members[i].key.origin());
    }
  }

  Node node_;
  std::size_t number_;
  const Work& work_;
  Statement statement_;
  Node sid_, effect_, principal_, not_principal_, action_, not_action_, resource_, not_resource_, condition_;
  std::array<bool, 9> repeated_{};
  std::vector<Node> list_;  // of the element at hand: one piece of memory for all
};

}  // namespace

Statement read_statement(Node node, std::size_t number, const Work& work) {
  return StatementReader(node, number, work).read();
}

}  // namespace sallyport::read::policy
