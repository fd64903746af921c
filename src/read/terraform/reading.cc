#include "read/terraform/reading.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "read/terraform/identity.h"

namespace sallyport::read::terraform {
namespace {

// What the sources of an expression name.
struct Named {
  std::vector<Text> texts;  // of the wanted kind, distinct
  bool others = false;      // something else takes part that is not known yet
  bool unsure = false;      // something opaque takes part
  bool selects = false;     // something known takes part
  bool whole_blocks = false;
};

bool is_known(const Source& source) {
  return !source.attribute.empty() && !source.resource->values[source.attribute].absent();
}

// Is a new object of the kind made by resources of few types only, which identity.h knows?
// Groups and interfaces are made by many services along with what they are asked for, tables and
// ACLs by VPCs; subnets and NAT gateways of a new VPC can be looked up.
bool made_by_few(Kind kind) {
  for (const Kind k :
       {Kind::vpc, Kind::internet_gateway, Kind::egress_only_gateway, Kind::vpn_gateway, Kind::transit_gateway}) {
    if (k == kind) return true;
  }
  return false;
}

// Groups come along with much else; but not with groups, their rules, and what is given as an object of another
// kind. So where a local value can be made of those alone, it is a group of the configuration or none.
bool makes_no_group(const Source& source) {
  constexpr std::string_view plain[] = {"aws_security_group", "aws_security_group_rule",
                                        "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"};
  if (std::find(std::begin(plain), std::end(plain), source.resource->type) != std::end(plain)) return true;
  const Kind given = source.attribute.empty() ? Kind::none : kind_of(source.resource->type, source.attribute);
  return given != Kind::none && given != Kind::security_group;
}

// Is all that a local value can be made of known to make objects of that kind, or not to?
bool is_sure_of(const Sources& sources, Kind kind) {
  return made_by_few(kind) ||
         (kind == Kind::security_group && std::all_of(sources.list.begin(), sources.list.end(), makes_no_group));
}

// `one`: of a single value; what is known already is not the one that is not.
Named named(Work& work, const Sources& sources, Kind kind, bool one, int depth) {
  Named result;
  result.unsure = sources.opaque || (sources.by_scope && !(one && is_sure_of(sources, kind)));
  result.selects = sources.selects;
  result.whole_blocks = sources.several;
  for (const Source& source : sources.list) {
    std::string_view attribute = source.attribute;
    if (attribute.empty()) attribute = attribute_of(source.resource->type, kind);
    const bool of_kind = !attribute.empty() && kind_of(source.resource->type, attribute) == kind;
    // What passes on what stands in the scope adds nothing to it.
    if (sources.by_scope && !(of_kind && names_new(source.resource->type, attribute))) continue;
    if (one && is_known(source)) {
      result.selects = true;
      continue;
    }
    if (source.resource->data || !of_kind) {
      (is_known(source) || source.resource->data ? result.selects : result.others) = true;
      // A data source that is read while applying could give anything.
      if (source.resource->data && !is_known(source)) result.unsure = true;
      continue;
    }
    const Value<Text> text = meaning(work, *source.resource, attribute, depth + 1);
    if (!text.known()) {
      result.unsure = true;
    } else if (text->empty()) {
      result.selects = true;
    } else if (std::find(result.texts.begin(), result.texts.end(), *text) == result.texts.end()) {
      result.texts.push_back(*text);
    }
  }
  return result;
}

}  // namespace

Value<Text> read_one(Work& work, const Resource& resource, std::string_view attribute, Node expression, Kind kind,
                     int depth, bool flat) {
  if (kind == Kind::none) return after_apply(work, resource, attribute);
  // What `named` finds in one source, without the lists.
  if (const std::optional<Source> plain = plain_source_of(work.document, resource, expression)) {
    const Resource& named = *plain->resource;
    const std::string_view by = plain->attribute.empty() ? attribute_of(named.type, kind) : plain->attribute;
    if (!named.data && !by.empty() && kind_of(named.type, by) == kind) {
      const Value<Text> text = meaning(work, named, by, depth + 1);
      const bool given = text.known() && !text->empty();
      // What a symbol stands for is not known; of other texts the resource says it.
      if (given && (work.registry.texts.is_symbol(*text) || !is_known(*plain))) return *text;
    }
    return after_apply(work, resource, attribute);
  }
  const Named found = named(work, sources_of(work.document, resource, expression), kind, true, depth);
  if (found.texts.size() == 1 && !found.unsure && (flat || !found.others)) return found.texts.front();
  return after_apply(work, resource, attribute);
}

std::vector<Text> read_candidates(Work& work, const Resource& resource, Node expression, Kind kind) {
  const Sources sources = sources_of(work.document, resource, expression);
  if (sources.by_scope && !is_sure_of(sources, kind)) return {};
  const Named found = named(work, sources, kind, true, 0);
  return found.unsure || found.others ? std::vector<Text>() : found.texts;
}

List<Text> read_many(Work& work, const Resource& resource, std::string_view attribute, Node expression, Kind kind,
                     bool flat) {
  const Named found = named(work, sources_of(work.document, resource, expression), kind, false, 0);
  const bool one_reading = !found.unsure && (flat || !found.others) && !found.texts.empty() &&
                           (found.texts.size() == 1 || (!found.selects && !found.whole_blocks && !flat));
  if (one_reading) return {found.texts, {}};
  return {{}, after_apply(work, resource, attribute)};
}

}  // namespace sallyport::read::terraform
