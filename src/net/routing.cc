#include "net/routing.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

namespace sallyport::net {
namespace {

// One prefix that a route stands for (a prefix list stands for many, RT-8), or a
// whole list, or a route of which too little is known.
enum class Form : std::uint8_t { prefix, entry, list, unknown };

struct Candidate {
  const Route* route = nullptr;
  Form form = Form::prefix;
  Named named;         // what it covers, as addresses
  Text managed_list;   // entry or list of an AWS-managed list: its name
  int length = 0;      // sorts: longest first; above any length where not known
  int precedence = 0;  // within a length: smaller wins (RT-5)
};

constexpr int any_length = 1000;  // a list of which entries are missing
constexpr int unknown_route = 2000;

// Every table has it, also where a plan or template does not show it (RT-3).
const Route& implicit_local() {
  static const Route route = [] {
    Route r;
    r.target = RouteTarget::local;
    r.origin = RouteOrigin::created_with_table;
    r.blackhole = false;
    return r;
  }();
  return route;
}

AddressSet any_address() { return set_of(everything(Family::v4)) | set_of(everything(Family::v6)); }

int precedence(const Route& r) {
  if (r.origin == RouteOrigin::propagated) return 2;
  return std::holds_alternative<PrefixListId>(r.destination) ? 1 : 0;
}

class Table {
 public:
  Table(const Index& index, const RouteTable& table, const Vpc* vpc, Family family, bool from_nat)
      : index_(index), vpc_(vpc), family_(family) {
    for (const Route& r : table.routes) {
      if (!from_nat || r.target != RouteTarget::gateway_endpoint) add(r);
    }
    add_implicit_local(table);
    std::stable_sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(-a.length, a.precedence) < std::tuple(-b.length, b.precedence);
    });
    open_ = table.head.gap ? table.head.gap : table.routes.open;
  }

  std::vector<Lane> run(const Beam& beam) const {
    std::vector<Lane> lanes;
    std::vector<Lane> rest{{beam, {}, open_, false, nullptr}};
    if (open_) {
      Route unseen;
      unseen.gap = open_;
      rest.front().unseen = std::make_shared<const Route>(std::move(unseen));
      rest.front().routes.push_back(rest.front().unseen.get());
    }
    for (std::size_t i = 0; i < candidates_.size() && !rest.empty(); ++i) {
      const Candidate& c = candidates_[i];
      if (std::all_of(rest.begin(), rest.end(), [&](const Lane& l) { return misses(c, l.beam.destination); })) continue;
      std::vector<Lane> left;
      for (Lane& lane : rest) take(i, std::move(lane), lanes, left);
      rest = std::move(left);
    }
    for (Lane& lane : rest) {
      add_route(lane, nullptr);
      lanes.push_back(std::move(lane));
    }
    return lanes;
  }

 private:
  static void add_route(Lane& lane, const Route* r) {
    if (std::find(lane.routes.begin(), lane.routes.end(), r) == lane.routes.end()) lane.routes.push_back(r);
  }

  void add(const Route& r) {
    if (r.gap) {
      candidates_.push_back({&r, Form::unknown, {{}, r.gap, any_address(), {}}, {}, unknown_route, 0});
    } else if (const auto* prefix = std::get_if<Prefix>(&r.destination)) {
      add_prefix(r, *prefix, Form::prefix, {});
    } else {
      add_list(r, std::get<PrefixListId>(r.destination));
    }
  }

  void add_prefix(const Route& r, const Prefix& prefix, Form form, Text managed_list) {
    if (prefix.family() != family_ || loses_to_local(r, prefix)) return;
    candidates_.push_back({&r, form, index_.named(prefix), managed_list, prefix.length, precedence(r)});
  }

  void add_list(const Route& r, PrefixListId id) {
    const Named whole = index_.named(id);
    if (const PrefixList* list = index_.cloud()->prefix_lists.find(id)) {
      for (const Prefix& entry : list->entries) add_prefix(r, entry, Form::entry, whole.list);
    }
    // The list as a whole. A service's own name is in it by definition (RT-10a); with
    // entries missing, any address may be (RT-10), by an entry of any length.
    if (whole.gap) {
      candidates_.push_back({&r, Form::list, {{}, whole.gap, whole.bound, {}}, whole.list, any_length, precedence(r)});
    } else if (!whole.list.empty()) {
      candidates_.push_back({&r, Form::list, {}, whole.list, 1, precedence(r)});
    }
  }

  void add_implicit_local(const RouteTable& table) {
    if (vpc_ == nullptr) return;
    for (const Value<Prefix>& block : vpc_->cidrs) {
      if (!block.known()) continue;
      const bool shown = std::any_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
        const auto* prefix = std::get_if<Prefix>(&r.destination);
        return prefix != nullptr && *prefix == *block && !r.gap;
      });
      if (!shown) add_prefix(implicit_local(), *block, Form::prefix, {});
    }
  }

  // RT-6: a propagated route that overlaps the VPC's own ranges is not used there.
  bool loses_to_local(const Route& r, const Prefix& p) const {
    if (r.origin != RouteOrigin::propagated || vpc_ == nullptr) return false;
    return index_.blocks(*vpc_).set.contains(set_of(p));
  }

  void take(std::size_t i, Lane lane, std::vector<Lane>& lanes, std::vector<Lane>& left) const {
    const Candidate& c = candidates_[i];
    Cut parts = part(c, lane.beam.destination);
    if (!parts.inside && !parts.maybe) {
      left.push_back(std::move(lane));
      return;
    }
    const auto with = [&](Side side) {
      Lane piece = lane;
      piece.beam.destination = std::move(side);
      return piece;
    };
    if (parts.outside) left.push_back(with(std::move(*parts.outside)));
    if (parts.maybe) {
      Lane piece = with(std::move(*parts.maybe));
      add_route(piece, c.route);
      piece.gap = parts.gap;
      left.push_back(std::move(piece));
    }
    if (parts.inside) {
      lane.beam.destination = std::move(*parts.inside);
      Lane piece = std::move(lane);
      add_route(piece, c.route);
      if (c.form == Form::list && c.length == any_length) {
        add_longer(c, piece);
      } else {
        add_random(i, std::move(piece), lanes);
        return;
      }
      lanes.push_back(std::move(piece));
    }
  }

  // Surely nothing of it: most candidates of a table, told without cutting.
  static bool misses(const Candidate& c, const Side& side) {
    if (side.service && !c.managed_list.empty()) return c.managed_list != side.service_list;
    return !c.named.gap && c.named.list.empty() && disjoint(c.named.set, side.set);
  }

  // How a candidate cuts a destination.
  static Cut part(const Candidate& c, const Side& side) {
    if (!side.service || c.managed_list.empty()) return cut(side, c.named);
    Cut result;
    if (c.managed_list != side.service_list) {
      result.outside = side;
    } else if (c.form == Form::list) {
      result.inside = side;
    } else {
      result = cut(side, c.named);
    }
    return result;
  }

  // GE-4, where the list's entries are not known: a fixed route to a part of the
  // public space may be longer than the entry it competes with.
  void add_longer(const Candidate& list, Lane& piece) const {
    for (const Candidate& other : candidates_) {
      const bool rival = other.form == Form::prefix && other.length > 0 && other.route->object != list.route->object &&
                         other.named.set.overlaps(piece.beam.destination.set);
      if (!rival) continue;
      add_route(piece, other.route);
      piece.gap = list.named.gap;
    }
  }

  // RT-9: entries of two lists that overlap and lead elsewhere: AWS picks one.
  void add_random(std::size_t winner, Lane piece, std::vector<Lane>& lanes) const {
    const Candidate& c = candidates_[winner];
    for (std::size_t i = winner + 1; c.form == Form::entry && i < candidates_.size(); ++i) {
      const Candidate& other = candidates_[i];
      if (other.form != Form::entry || other.route->object == c.route->object) continue;
      Cut parts = part(other, piece.beam.destination);
      std::optional<Side>& both = parts.inside ? parts.inside : parts.maybe;
      if (!both) continue;
      Lane shared = piece;
      shared.beam.destination = std::move(*both);
      add_route(shared, other.route);
      shared.random = true;
      lanes.push_back(std::move(shared));
      if (!parts.outside) return;
      piece.beam.destination = std::move(*parts.outside);
    }
    lanes.push_back(std::move(piece));
  }

  const Index& index_;
  const Vpc* vpc_;
  Family family_;
  std::vector<Candidate> candidates_;
  GapId open_;
};

}  // namespace

std::vector<Lane> route(const Index& index, const RouteTable& table, const Vpc* vpc, const Beam& beam, bool from_nat) {
  return Table(index, table, vpc, beam.family(), from_nat).run(beam);
}

}  // namespace sallyport::net
