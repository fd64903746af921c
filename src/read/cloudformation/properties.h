// Properties: those of a resource, or of an object nested in one, three-valued.
//
//   const Properties subnet(work, resource);
//   row.vpc = subnet.ref<VpcId>("VpcId");            // known, a symbol, or unknown with a gap
//   row.cidrs.items.push_back(subnet.prefix("CidrBlock"));
//
// A property is nothing (not there: AWS's default, which only the family's reader
// knows), a value, or unknown. A text that may hold symbols names objects; where a
// number, a block or a boolean is asked for, a symbol is unknown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/value.h"
#include "read/cloudformation/work.h"

namespace sallyport::read::cloudformation {

class Properties {
 public:
  // Evaluates all properties of the resource. Cost: linear in them.
  Properties(Work& work, const Resource& resource);

  Work& work() const { return work_; }
  const Resource& resource() const { return resource_; }
  Registry& registry() const { return work_.registry; }
  const Place& place() const { return resource_.stack->place; }
  Origin origin() const { return item_->origin ? item_->origin : resource_.node.origin(); }
  // Set: a condition that is not decided says whether the resource is there.
  GapId doubt() const { return resource_.doubt; }

  const Item& item(std::string_view name) const { return (*item_)[name]; }
  // Is there anything but an empty text or list? Also what is unknown.
  bool gives(std::string_view name) const;

  // The first property that is none of `known`; empty: there is none, as far as they are told.
  std::string any_beside(std::span<const std::string_view> known) const;

  // Why the property is not known; of a value that is not understood, that (and it is said).
  GapId gap(std::string_view name) const;
  GapId not_understood(std::string_view name) const;

  Value<Text> text(std::string_view name) const;  // empty for nothing
  Value<bool> flag(std::string_view name, bool otherwise) const;
  Value<std::int64_t> number(std::string_view name, std::int64_t otherwise) const;
  Value<Prefix> prefix(std::string_view name) const;
  Value<Address> address(std::string_view name) const;
  // The texts of a list (or one text).
  List<Text> texts(std::string_view name) const;

  // May a text that is not told (a parameter without value) name an object of that kind which has another name here:
  // one of the base, or of another of the templates? Alone, it names something that is in no input: equal to itself.
  bool may_be_another(Kind kind, Text text) const;

  // An object of the stack's Region; none for nothing; unknown where it may be another.
  template <class T>
  Value<T> ref(std::string_view name) const {
    const Value<Text> t = text(name);
    if (!t.known()) return t.gap();
    if (may_be_another(T::kind, *t)) return gap(name);
    return id<T>(*t);
  }
  template <class T>
  List<T> refs(std::string_view name) const {
    const List<Text> all = texts(name);
    List<T> list;
    list.open = all.open;
    for (const Text t : all) {
      if (may_be_another(T::kind, t)) {
        list.open = gap(name);
      } else {
        list.items.push_back(id<T>(t));
      }
    }
    return list;
  }
  // The object as it is called here, whichever it turns out to be: for a row of which all else is left open.
  template <class T>
  Value<T> called(std::string_view name) const {
    const Value<Text> t = text(name);
    return t.known() ? Value<T>(id<T>(*t)) : Value<T>(t.gap());
  }
  // The objects in a list; open where it is not known which there are.
  List<Properties> blocks(std::string_view name) const;
  // One nested object; empty properties for nothing. Unknown: `gap` is set.
  Properties block(std::string_view name, GapId& gap) const;

  template <class T>
  T id(Text text) const {
    constexpr bool global = T::kind == Kind::load_balancer || T::kind == Kind::target_group ||
                            T::kind == Kind::platform_workload || T::kind == Kind::function;
    return registry().ids.template get<T>(global ? place().partition : place().region, text);
  }
  // Of what has an id that AWS chooses.
  template <class T>
  T own_id(std::string_view part = {}) const {
    return id<T>(own_text(part));
  }
  // The symbol of that id.
  Text own_text(std::string_view part = {}) const;
  // Name tag, else `fallback`, else the CDK's path or the logical id; owner, Region, place.
  Head head(std::string_view fallback = {}) const;

  // The policy document in `name` as the policy `id`; an empty id for none.
  Value<PolicyId> policy(std::string_view name, std::string_view id, std::string_view known_as) const;

  friend bool operator==(const Properties&, const Properties&) = delete;

 private:
  Properties(const Properties& outer, const Item& item)
      : work_(outer.work_), resource_(outer.resource_), owned_(outer.owned_), item_(&item) {}

  Work& work_;
  const Resource& resource_;
  std::shared_ptr<const Item> owned_;  // of the whole resource
  const Item* item_;
};

}  // namespace sallyport::read::cloudformation
