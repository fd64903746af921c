// Attributes: the arguments of a resource, or of a nested block, three-valued.
//
//   const Block subnet(work, resource);
//   row.vpc = subnet.ref<VpcId>("vpc_id");        // known, a symbol, or unknown with a gap
//   row.cidrs.items.push_back(subnet.prefix("cidr_block"));
//
// An attribute is one of four things: nothing (null, or not there), a value, computed
// (not configured, so AWS chooses) or unknown (configured, known after apply). What AWS
// chooses is a default that only the family's reader knows; so it asks `has` first.
//
// One limit lies in the format: a `dynamic` block whose `for_each` is not known as a
// whole is not shown, and looks computed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ip.h"
#include "base/value.h"
#include "read/terraform/arguments.h"
#include "read/terraform/identity.h"
#include "read/terraform/work.h"

namespace sallyport::read::terraform {

enum class Has : std::uint8_t { nothing, value, computed, unknown };

class Block {
 public:
  Block(Work& work, const Resource& resource);
  // With a table for its arguments, which outlives it and serves no other meanwhile.
  Block(Work& work, const Resource& resource, Arguments& table);

  const Resource& resource() const { return resource_; }
  Registry& registry() const { return work_.registry; }
  Work& work() const { return work_; }
  Origin origin() const { return resource_.origin(); }

  Has has(std::string_view attribute) const { return has(find(attribute), attribute); }
  // Is there a value, or will there be one?
  bool gives(std::string_view attribute) const {
    const Has h = has(attribute);
    return h == Has::value || h == Has::unknown;
  }
  // The value as it stands; none unless `has` is `value`.
  Node node(std::string_view attribute) const;
  // The value as far as it is there: a list may hold `null` for elements that are not known.
  Node raw(std::string_view attribute) const { return find(attribute).value; }
  // Is there, or will there be, anything but an empty text or list?
  bool gives_any(std::string_view attribute) const;

  // The text that names the resource's own object. None: which it is, is not known; that
  // it is left out is said, and nothing is claimed to be complete.
  std::optional<Text> own_id(std::string_view attribute = "id") const;

  // Unknown with "known after apply"; of a value that is not understood, with that.
  GapId gap(std::string_view attribute) const;
  GapId not_understood(std::string_view attribute) const;

  // A text; empty for nothing. `computed` is unknown here, as in all that follow.
  Value<Text> text(std::string_view attribute) const;
  // A boolean; `otherwise` for nothing and for what AWS chooses.
  Value<bool> flag(std::string_view attribute, bool otherwise) const;
  Value<Prefix> prefix(std::string_view attribute) const;
  Value<Address> address(std::string_view attribute) const;

  // An object of the resource's Region; none for nothing.
  template <class T>
  Value<T> ref(std::string_view attribute) const {
    const Value<Text> text = named(attribute, T::kind);
    return text.known() ? Value<T>(id<T>(*text)) : Value<T>(text.gap());
  }
  // A list of objects. Open where elements are not known, and where an id that exists
  // may stand unseen among those that do not (`only_new`: none can, see reading.h).
  template <class T>
  List<T> refs(std::string_view attribute, bool only_new) const {
    const List<Text> texts = named_list(attribute, T::kind, only_new);
    List<T> list;
    list.open = texts.open;
    for (const Text t : texts) list.items.push_back(id<T>(t));
    return list;
  }
  // The texts that name objects of `kind`; open where they are not known.
  List<Text> names(std::string_view attribute, Kind kind) const { return named_list(attribute, kind, true); }
  // The text that names an object of `kind`.
  Value<Text> named(std::string_view attribute, Kind kind) const;

  // The objects of which an attribute that is known after apply names one; empty where it
  // may name others.
  template <class T>
  std::vector<T> candidates(std::string_view attribute) const {
    std::vector<T> ids;
    if (has(attribute) != Has::unknown) return ids;
    for (const Text text : candidate_texts(attribute, T::kind)) ids.push_back(id<T>(text));
    return ids;
  }

  // The one resource of `type` that an attribute which is known after apply can take its value
  // from; null where several can, or it cannot be seen.
  const Resource* only_source(std::string_view attribute, std::string_view type) const;

  // The resource of `type` that the attribute names: the only source, or the one of which an attribute in `by`
  // reads so. Null: it is not in the plan, or which it is cannot be seen.
  const Resource* named_resource(std::string_view attribute, std::string_view type,
                                 std::initializer_list<std::string_view> by) const;

  // The nested blocks of that name; open where it is not known which there are.
  List<Block> blocks(std::string_view attribute) const;

  template <class T>
  T id(Text text) const {
    constexpr bool global = T::kind == Kind::load_balancer || T::kind == Kind::target_group ||
                            T::kind == Kind::platform_workload || T::kind == Kind::function ||
                            T::kind == Kind::resource_gateway || T::kind == Kind::resource_configuration ||
                            T::kind == Kind::service_network;
    return registry().ids.template get<T>(global ? place_.partition : place_.region, text);
  }
  const Place& place() const { return place_; }
  // Name tag, else `fallback`, else the address; owner, Region, place.
  Head head(std::string_view fallback = {}) const;

  friend bool operator==(const Block&, const Block&) = delete;

 private:
  Block(const Block& outer, Node values, Node unknown, Node expression, std::vector<Node> candidates, bool flat);
  std::vector<Text> candidate_texts(std::string_view attribute, Kind kind) const;
  List<Text> named_list(std::string_view attribute, Kind kind, bool only_new) const;
  Argument find(std::string_view attribute) const;
  Has has(const Argument& argument, std::string_view attribute) const;
  bool configured(const Argument& argument, std::string_view attribute) const;
  Node expression(const Argument& argument) const;
  Value<Text> text(const Argument& argument, std::string_view attribute) const;
  template <class T, class F>
  Value<T> parsed(std::string_view attribute, F parse) const;

  Work& work_;
  const Resource& resource_;
  const Arguments* table_ = nullptr;  // null: look-up in the nodes
  Place place_;
  Node values_;
  Node unknown_;
  Node expression_;               // the block's
  std::vector<Node> candidates_;  // instead of it: where it is not known which is the block's own
  bool flat_ = false;             // one expression for a whole list of blocks
};

}  // namespace sallyport::read::terraform
