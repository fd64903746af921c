#include "net/routing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "model/derive.h"
#include "model/later.h"

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
  GapId perhaps{};     // set: it is not known whether the route is there
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

bool by_list(const Route& r) { return std::holds_alternative<PrefixListId>(r.destination); }

int precedence(const Route& r) {
  if (r.origin == RouteOrigin::propagated) return 2;
  return by_list(r) ? 1 : 0;
}

bool same_target(const Route& a, const Route& b) { return a.target == b.target && a.object == b.object; }

// A part of a lane, and the routes that AWS may take instead of the longest (RT-9).
struct Shared {
  Lane lane;
  std::vector<const Route*> instead;
  GapId unsure;  // set: it is not known whether (all of) these may be taken
};

class Table {
 public:
  Table(const Index& index, const RouteTable& table, const Vpc* vpc, Family family, bool from_nat)
      : index_(index), vpc_(vpc), blocks_(vpc == nullptr ? nullptr : &index.blocks(*vpc)), family_(family) {
    for (const Route& r : table.routes) {
      if (!from_nat || r.target != RouteTarget::gateway_endpoint) add(r);
    }
    add_implicit_local(table);
    sort();
    open_ = table.head.gap ? table.head.gap : table.routes.open;
  }

  // Of a transit gateway: no local routes, and routes of equal cost share what they hold.
  Table(const Index& index, const TransitTable& table, Family family)
      : index_(index), vpc_(nullptr), blocks_(nullptr), family_(family), equal_cost_(true) {
    for (const Route& r : index.routes(table)) add(r);
    sort();
    open_ = index.routes(table).open;
  }

  std::optional<const Route*> sole(const Side& destination) const {
    if (open_ || equal_cost_) return std::nullopt;
    const Route* of_entries = nullptr;  // by an entry of the service's list, whichever it is
    for (const Candidate& c : candidates_) {
      if (misses(c, destination)) continue;
      if (c.perhaps) return std::nullopt;
      const bool of_service = destination.service && !c.managed_list.empty();  // its own list: others miss
      if (of_service && c.form == Form::entry && (of_entries == nullptr || of_entries == c.route)) {
        of_entries = c.route;
        continue;
      }
      const bool whole = of_service ? c.form == Form::list && c.length != any_length
                                    : c.form == Form::prefix && holds(c.named, destination);
      if (!whole || (of_entries != nullptr && of_entries != c.route)) return std::nullopt;
      return c.route;
    }
    if (of_entries != nullptr) return std::nullopt;
    return nullptr;
  }

  std::vector<Lane> run(const Beam& beam) const {
    std::vector<Lane> rest{{beam, {}, open_, false, nullptr}};
    if (open_) {
      Route unseen;
      unseen.gap = open_;
      rest.front().unseen = std::make_shared<const Route>(std::move(unseen));
      rest.front().routes.push_back(rest.front().unseen.get());
    }
    return decide(0, std::move(rest), nullptr);
  }

 private:
  // From candidate `first` on. `taken`: of the routes by prefix list only this one
  // counts, as AWS has chosen it (RT-9).
  std::vector<Lane> decide(std::size_t first, std::vector<Lane> rest, const Route* taken) const {
    std::vector<Lane> lanes;
    for (std::size_t i = first; i < candidates_.size() && !rest.empty(); ++i) {
      const Candidate& c = candidates_[i];
      if (taken != nullptr && c.route != taken && by_list(*c.route)) continue;
      if (std::all_of(rest.begin(), rest.end(), [&](const Lane& l) { return misses(c, l.beam.destination); })) continue;
      std::vector<Lane> left;
      for (Lane& lane : rest) take(i, taken, std::move(lane), lanes, left);
      rest = std::move(left);
    }
    for (Lane& lane : rest) {
      add_route(lane, nullptr);
      lanes.push_back(std::move(lane));
    }
    return lanes;
  }

  void sort() {
    std::stable_sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(-a.length, a.precedence) < std::tuple(-b.length, b.precedence);
    });
  }

  static void add_route(Lane& lane, const Route* r) {
    if (std::find(lane.routes.begin(), lane.routes.end(), r) == lane.routes.end()) lane.routes.push_back(r);
  }

  void add(const Route& r) {
    const std::size_t first = candidates_.size();
    if (r.gap) {
      const Text list = list_by_target(r);
      AddressSet bound = list.empty() ? any_address() : public_space(family_);
      candidates_.push_back({&r, Form::unknown, {{}, r.gap, std::move(bound), {}}, list, unknown_route, 0});
    } else if (const auto* prefix = std::get_if<Prefix>(&r.destination)) {
      add_prefix(r, *prefix, Form::prefix, {}, {});
    } else {
      add_list(r, std::get<PrefixListId>(r.destination));
    }
    for (std::size_t i = first; i < candidates_.size(); ++i) candidates_[i].perhaps = r.perhaps;
  }

  // GE-1: what leads to a gateway endpoint is its service's list, also where the answer lost it;
  // public addresses, then.
  Text list_by_target(const Route& r) const {
    const Endpoint* endpoint = r.target == RouteTarget::gateway_endpoint
                                   ? index_.cloud()->endpoints.find(r.object.as<Kind::endpoint>())
                                   : nullptr;
    if (endpoint == nullptr || endpoint->service.empty()) return {};
    const std::string name = managed_list_name(index_.view(endpoint->service), family_);
    return index_.registry().texts.find(name).value_or(endpoint->service);
  }

  // `unsure`: it is not known whether the route covers the prefix.
  void add_prefix(const Route& r, const Prefix& prefix, Form form, Text managed_list, GapId unsure) {
    if (prefix.family() != family_ || loses_to_local(r, prefix)) return;
    Named named = unsure ? Named{{}, unsure, set_of(prefix), {}} : index_.named(prefix);
    candidates_.push_back({&r, form, std::move(named), managed_list, prefix.length, precedence(r)});
  }

  void add_list(const Route& r, PrefixListId id) {
    const Named whole = index_.named(id);  // once a table: it is kept
    if (const PrefixList* list = index_.cloud()->prefix_lists.find(id)) {
      for (const Prefix& entry : list->entries) {
        if (entry.family() != family_) continue;
        GapId unsure;
        const Truth valid = is_valid(r, *list, entry, unsure);
        if (valid != Truth::no) add_prefix(r, entry, Form::entry, whole.list, unsure);
      }
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
    if (blocks_->later && family_ == Family::v6) {
      Named later;
      later.later = blocks_->later;
      later.later_of = blocks_->later_of;
      candidates_.push_back({&implicit_local(), Form::prefix, std::move(later), {}, later_length, 0});
    }
    for (const Value<Prefix>& block : vpc_->cidrs) {
      if (!block.known() || is_later(*block)) continue;
      const bool shown = std::any_of(table.routes.begin(), table.routes.end(), [&](const Route& r) {
        const auto* prefix = std::get_if<Prefix>(&r.destination);
        return prefix != nullptr && *prefix == *block && !r.gap && !r.perhaps;
      });
      if (!shown) add_prefix(implicit_local(), *block, Form::prefix, {}, {});
    }
  }

  // RT-8a: an entry that is more specific than a block of the VPC is ignored. Whether it
  // is where a route to it would be legal (RT-7), no page says.
  Truth is_valid(const Route& r, const PrefixList& list, const Prefix& entry, GapId& unsure) const {
    if (vpc_ == nullptr) return Truth::yes;
    for (const Value<Prefix>& block : vpc_->cidrs) {
      if (!block.known() || is_later(*block) || !block->contains(entry) || *block == entry) continue;
      const bool legal = r.target == RouteTarget::nat_gateway || r.target == RouteTarget::network_interface ||
                         r.target == RouteTarget::gateway_load_balancer_endpoint;
      if (!legal) return Truth::no;
      unsure =
          index_.gap(GapKind::undocumented, "whether `" + to_string(entry) + "` in a prefix list beats the local " +
                                                "route of `" + index_.show(vpc_->id) + "`");
      return Truth::unknown;
    }
    // AWS's own lists hold public addresses of its services: an unknown block has none.
    const bool own_list = !list.aws_managed.known() || !*list.aws_managed;
    if (blocks_->gap && own_list && blocks_->bound.overlaps(set_of(entry))) unsure = blocks_->gap;
    if (blocks_->later && own_list && public_space(Family::v6).overlaps(set_of(entry)) && !holds_all_public(entry))
      unsure = blocks_->later;
    return unsure ? Truth::unknown : Truth::yes;
  }

  // Whichever block Amazon takes lies in it, so that it is no more specific one.
  static bool holds_all_public(const Prefix& entry) { return set_of(entry).contains(public_space(Family::v6)); }

  // RT-6: a propagated route that overlaps the VPC's own ranges is not used there.
  bool loses_to_local(const Route& r, const Prefix& p) const {
    if (r.origin != RouteOrigin::propagated || vpc_ == nullptr) return false;
    return blocks_->set.contains(set_of(p));
  }

  void take(std::size_t i, const Route* taken, Lane lane, std::vector<Lane>& lanes, std::vector<Lane>& left) const {
    const Candidate& c = candidates_[i];
    Cut parts = part_of(c, lane.beam.destination);
    if (!parts.inside && !parts.maybe) {
      left.push_back(std::move(lane));
      return;
    }
    const auto with = [&](Side side) {
      Lane piece = lane;
      piece.beam.destination = std::move(side);
      return piece;
    };
    if (parts.maybe && !parts.outside && !parts.inside) {
      lane.beam.destination = std::move(*parts.maybe);
      add_route(lane, c.route);
      lane.gap = parts.gap;
      left.push_back(std::move(lane));
      return;
    }
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
      if (equal_cost_) add_equal(i, piece);
      if (c.form == Form::entry && taken == nullptr) return add_random(i, std::move(piece), lanes);
      if (c.form == Form::list && c.length == any_length) add_longer(c, piece);
      lanes.push_back(std::move(piece));
    }
  }

  // A transit gateway shares what several routes of equal cost hold.
  void add_equal(std::size_t winner, Lane& piece) const {
    const Candidate& c = candidates_[winner];
    const bool certain = piece.routes.size() == 1;
    for (std::size_t i = winner + 1; i < candidates_.size(); ++i) {
      const Candidate& other = candidates_[i];
      if (other.length != c.length || other.precedence != c.precedence) break;
      if (other.route->destination != c.route->destination || same_target(*other.route, *c.route)) continue;
      add_route(piece, other.route);
      piece.random = certain;
    }
  }

  // Surely nothing of it: most candidates of a table, told without cutting.
  static bool misses(const Candidate& c, const Side& side) {
    if (never_behind(c, side)) return true;
    if (side.service && !c.managed_list.empty()) return c.managed_list != side.service_list;
    return !c.named.gap && !c.named.later && c.named.list.empty() && disjoint(c.named.set, side.set);
  }

  // How a candidate cuts a destination; what may not be there takes nothing for sure.
  static Cut part_of(const Candidate& c, const Side& side) {
    Cut cut = part_if_there(c, side);
    if (!c.perhaps || (!cut.inside && !cut.maybe)) return cut;
    if (cut.inside && cut.maybe) {
      cut.maybe->set = cut.maybe->set | cut.inside->set;
    } else if (cut.inside) {
      cut.maybe = std::move(cut.inside);
    }
    cut.inside.reset();
    cut.gap = c.perhaps;
    return cut;
  }

  // GE-9: the addresses behind a gateway endpoint answer, they never call, so that `internet` is none of them.
  static bool never_behind(const Candidate& c, const Side& side) {
    return side.outside_cloud && c.route->target == RouteTarget::gateway_endpoint;
  }

  static Cut part_if_there(const Candidate& c, const Side& side) {
    if (never_behind(c, side)) return {{}, side, {}, {}};
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
  // public space may be longer than the entry it competes with, and another list may be
  // the one that AWS takes (RT-9).
  void add_longer(const Candidate& list, Lane& piece) const {
    const auto overlaps = [&](const Candidate& other) {
      return !same_target(*other.route, *list.route) &&
             (other.named.set.overlaps(piece.beam.destination.set) ||
              (other.named.gap && other.named.bound.overlaps(piece.beam.destination.set)));
    };
    bool lists = false;
    for (const Candidate& other : candidates_) {
      if (!by_list(*other.route) || !other.managed_list.empty() || !overlaps(other)) continue;
      add_route(piece, other.route);
      lists = true;
    }
    for (const Candidate& other : candidates_) {
      if (other.form != Form::prefix || (other.length == 0 && !lists) || !overlaps(other)) continue;
      add_route(piece, other.route);
    }
    if (piece.routes.size() > 1) piece.gap = list.named.gap;
  }

  // RT-9: of lists that overlap and lead elsewhere AWS takes one, and the others are as
  // if they were not there: the one it takes may lose to a longer route that is no list's.
  void add_random(std::size_t winner, Lane piece, std::vector<Lane>& lanes) const {
    const Candidate& c = candidates_[winner];
    std::vector<Shared> parts;
    parts.push_back({std::move(piece), {}, {}});
    std::vector<const Route*> seen;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Route* rival = candidates_[i].route;
      if (!by_list(*rival) || same_target(*rival, *c.route)) continue;
      if (std::find(seen.begin(), seen.end(), rival) != seen.end()) continue;
      seen.push_back(rival);
      std::vector<Shared> next;
      for (Shared& part : parts) share(winner, rival, std::move(part), next);
      parts = std::move(next);
    }
    for (Shared& part : parts) {
      Lane& lane = part.lane;
      const bool known = lane.routes.size() == 1 && !part.unsure;
      for (const Route* r : part.instead) add_route(lane, r);
      lane.random = known && lane.routes.size() > 1;
      if (!known && !lane.gap) lane.gap = part.unsure;
      lanes.push_back(std::move(lane));
    }
  }

  // Parts that `rival` covers, too: there, what is taken if the winner's list is not.
  void share(std::size_t winner, const Route* rival, Shared part, std::vector<Shared>& out) const {
    const auto instead = [&](Side side, GapId unsure) {
      std::vector<Lane> rest{{part.lane.beam, {}, {}, false, nullptr}};
      rest.front().beam.destination = std::move(side);
      for (Lane& lane : decide(winner + 1, std::move(rest), rival)) {
        Shared piece = part;
        piece.lane.beam = std::move(lane.beam);
        if (unsure) piece.unsure = unsure;
        if (lane.routes.size() > 1) piece.unsure = lane.gap;
        piece.instead.insert(piece.instead.end(), lane.routes.begin(), lane.routes.end());
        out.push_back(std::move(piece));
      }
    };
    Side& left = part.lane.beam.destination;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& c = candidates_[i];
      if (c.route != rival || misses(c, left)) continue;
      Cut cut_by = part_of(c, left);
      if (cut_by.inside) instead(std::move(*cut_by.inside), {});
      if (cut_by.maybe) instead(std::move(*cut_by.maybe), cut_by.gap);
      if (!cut_by.outside) return;
      left = std::move(*cut_by.outside);
    }
    out.push_back(std::move(part));
  }

  const Index& index_;
  const Vpc* vpc_;
  const Named* blocks_;  // the VPC's own ranges; null without a VPC
  Family family_;
  std::vector<Candidate> candidates_;
  GapId open_;
  bool equal_cost_ = false;
};

}  // namespace

namespace {

// Tables are sorted once and asked often: each thread keeps those that it asked last.
struct Wanted {
  std::uint64_t index = 0;
  const void* table = nullptr;
  const Vpc* vpc = nullptr;
  Family family = Family::v4;
  bool from_nat = false;
  friend bool operator==(const Wanted&, const Wanted&) = default;
};

struct Kept {
  Wanted which;
  std::optional<Table> sorted;
};

template <class Make>
const Table& kept(const Wanted& wanted, Make make) {
  constexpr std::size_t places = 64;
  static thread_local std::array<Kept, places> all;
  const std::uint64_t mixed = (reinterpret_cast<std::uintptr_t>(wanted.table) >> 4) * 0x9E3779B97F4A7C15u +
                              static_cast<std::uint64_t>(wanted.family) * 2 + (wanted.from_nat ? 1 : 0);
  Kept& place = all[(mixed ^ mixed >> 32) % places];
  if (!place.sorted || place.which != wanted) {
    place.which = wanted;
    make(place.sorted);
  }
  return *place.sorted;
}

const Table& sorted(const Index& index, const RouteTable& table, const Vpc* vpc, Family family, bool from_nat) {
  const auto make = [&](std::optional<Table>& to) { to.emplace(index, table, vpc, family, from_nat); };
  return kept({index.serial(), &table, vpc, family, from_nat}, make);
}

}  // namespace

std::vector<Lane> route(const Index& index, const RouteTable& table, const Vpc* vpc, const Beam& beam, bool from_nat) {
  return sorted(index, table, vpc, beam.family(), from_nat).run(beam);
}

std::optional<const Route*> sole_route(const Index& index, const RouteTable& table, const Vpc* vpc, const Beam& beam,
                                       bool from_nat) {
  return sorted(index, table, vpc, beam.family(), from_nat).sole(beam.destination);
}

std::vector<Lane> route(const Index& index, const TransitTable& table, const Beam& beam) {
  const auto make = [&](std::optional<Table>& to) { to.emplace(index, table, beam.family()); };
  return kept({index.serial(), &table, nullptr, beam.family(), false}, make).run(beam);
}

}  // namespace sallyport::net
