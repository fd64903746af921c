// Queues, topics, keys, secrets, repositories and event buses, and their policies.
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "read/planned/policies.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

std::string policy_id(const Block& b, const sallyport::Resource& row) {
  return std::string(b.registry().id(row.id)) + "/policy";
}

ResourceId by_arn(const Block& b, Text arn) { return b.registry().ids.get<ResourceId>(b.place().partition, arn); }

// The policy that the resource itself gives; `otherwise` where it gives none.
Value<PolicyId> own_policy(const Block& b, const sallyport::Resource& row, const Value<PolicyId>& otherwise) {
  if (!b.gives_any("policy")) return otherwise;
  return put_policy(b, "policy", policy_id(b, row), b.registry().view(row.head.name));
}

// The row of what a resource makes, without policy if it is new; null, and it is said: its
// name is not known.
sallyport::Resource* put(const Block& b, Kind what, const char* name_attribute) {
  Work& work = b.work();
  const Value<Text> arn = arn_of(work, b.resource());
  if (!arn.known()) {
    work.say(Severity::warning, "unnamed", "the name of `" + b.resource().address + "` is not known: it is left out",
             b.origin());
    return nullptr;
  }
  sallyport::Resource row;
  row.id = by_arn(b, *arn);
  if (work.stands(work.base->resources, row.id, b.resource())) return nullptr;
  row.head = b.head();
  const Value<Text> name = b.text(name_attribute);
  if (name.known() && !name->empty()) row.head.name = *name;
  row.what = what;
  const bool is_new = b.resource().is_new();
  row.policy = own_policy(b, row, is_new ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(beside(work)));
  if (is_new) work.created.insert(row.id);
  return &work.put(work.change.put.resources, std::move(row));
}

// Are two ARNs the same, but for the Region and the account that the plan does not say?
bool alike(const Place& place, std::string_view one, std::string_view other) {
  for (int part = 0; part < 5; ++part) {
    const std::size_t a = one.find(':'), b = other.find(':');
    if (a == std::string_view::npos || b == std::string_view::npos) return false;
    const bool is_told = part < 3 || !(part == 3 ? place.region : place.account).empty();
    if (is_told && one.substr(0, a) != other.substr(0, b)) return false;
    one.remove_prefix(a + 1), other.remove_prefix(b + 1);
  }
  return one == other;
}

// What the base has of that kind and is not there by that ARN: what is called so in an account or Region that the plan
// does not say; a secret that goes by its name, or by its ARN without what Secrets Manager adds.
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
std::vector<ResourceId> called_so(const Block& b, Kind what, Text named, ResourceId id) {
  Work& work = b.work();
  const std::string_view text = work.registry.view(named);
  std::vector<ResourceId> found;
  for (const sallyport::Resource& there : work.base->resources) {
    if (there.what != what) continue;
    const std::string_view arn = work.registry.id(there.id);
    constexpr std::size_t added = 7;
    const bool is_near = b.place().region.empty() || there.head.region == b.place().region;
    const bool is_secret = what == Kind::secret && is_near &&
                           (work.registry.view(there.head.name) == text ||
                            (arn.size() == text.size() + added && arn.starts_with(text) && arn[text.size()] == '-'));
    if (is_secret || alike(b.place(), arn, work.registry.id(id))) found.push_back(there.id);
  }
  return found;
}

// Gives the rows that `attribute` may mean the policy of a resource of its own. `arn_of_text`
// makes an ARN of a text that names one otherwise.
template <class F>
void set_policy(const Block& b, const char* attribute, Kind what, F arn_of_text) {
  Work& work = b.work();
  const Value<Text> named = b.named(attribute, what);
  if (!named.known()) {
    take_base(b, attribute, Value<ResourceId>(named.gap()), work.change.put.resources, work.base->resources);
    for (sallyport::Resource& row : work.change.put.resources) {
      if (row.what == what) row.policy = named.gap();
    }
    return;
  }
  const ResourceId id = by_arn(b, arn_of_text(*named));
  const Cloud& base = work.base;
  const bool is_here = work.row(work.change.put.resources, id) != nullptr || base->resources.find(id) != nullptr;
  const std::vector<ResourceId> rows = is_here ? std::vector{id} : called_so(b, what, *named, id);
  for (const ResourceId each : rows) {
    if (b.resource().fate == Fate::kept && base->resources.find(each) != nullptr) continue;
    sallyport::Resource* row = work.row_or_base(work.change.put.resources, base->resources, each);
    if (!b.resource().stays()) {
      row->policy = beside(work);
    } else if (!is_here && (b.place().account.empty() || b.place().region.empty() || rows.size() > 1)) {
      row->policy = no_account(work, b.origin());
    } else {
      row->policy = put_policy(b, "policy", policy_id(b, *row), work.registry.view(row->head.name));
    }
  }
}

Text same(Text arn) { return arn; }

std::string arn_in_place(const Block& b, const char* service, const std::string& rest) {
  const TextPool& texts = b.registry().texts;
  return "arn:" + texts.string(b.place().partition) + ":" + service + ":" + texts.string(b.place().region) + ":" +
         texts.string(account_or_any(b.work(), b.place())) + ":" + rest;
}

}  // namespace

void read_queue(const Block& b) { put(b, Kind::queue, "name"); }

// A topic without a policy of its own gets one from SNS, which is not read.
void read_topic(const Block& b) {
  sallyport::Resource* row = put(b, Kind::topic, "name");
  if (row == nullptr || b.gives_any("policy") || !b.resource().is_new()) return;
  row->policy = b.registry().gaps.add(
      {GapKind::not_modelled, "the policy that SNS gives the new topic `" + b.resource().address + "` is not read",
       "give an aws_sns_topic_policy", b.origin()});
}

void read_key(const Block& b) {
  sallyport::Resource* row = put(b, Kind::key, "description");
  if (row == nullptr) return;
  row->head.name = b.head().name;
  if (b.gives_any("policy") || !b.resource().is_new()) return;
  row->policy = planned::put_policy_text(
      b.work(), b.place().partition, policy_id(b, *row), row->head,
      planned::default_key_policy(b.registry().texts, b.place().partition, account_or_any(b.work(), b.place())));
}

void read_key_alias(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = b.text("name");
  const Value<Text> key = b.named("target_key_id", Kind::key);
  const GapId gap = !b.resource().stays() ? beside(work)
                    : !name.known()       ? name.gap()
                    : key.known()         ? GapId()
                                          : key.gap();
  const std::string wanted = key.known() ? work.registry.texts.string(*key) : std::string();
  const auto is_meant = [&](const sallyport::Resource& row) {
    if (row.what != Kind::key) return false;
    const std::string_view arn = work.registry.id(row.id);
    return !key.known() || arn == wanted || arn.ends_with("key/" + wanted);
  };
  if (b.resource().fate != Fate::kept) {
    for (const sallyport::Resource& there : work.base->resources) {
      if (is_meant(there)) work.row_or_base(work.change.put.resources, work.base->resources, there.id);
    }
  }
  for (sallyport::Resource& row : work.change.put.resources) {
    if (!is_meant(row)) continue;
    if (name.known()) std::erase(row.aliases.items, *name);
    if (gap) {
      row.aliases.open = gap;
    } else {
      row.aliases.items.push_back(*name);
      if (row.aliases.size() == 1) row.head.name = *name;
    }
  }
}

void read_secret(const Block& b) { put(b, Kind::secret, "name"); }
void read_repository(const Block& b) { put(b, Kind::repository, "name"); }
void read_stream(const Block& b) { put(b, Kind::stream, "name"); }
void read_state_machine(const Block& b) { put(b, Kind::state_machine, "name"); }
void read_event_bus(const Block& b) { put(b, Kind::event_bus, "name"); }

// `queue_url`: https://sqs.eu-central-1.amazonaws.com/111122223333/orders
void read_queue_policy(const Block& b) {
  set_policy(b, "queue_url", Kind::queue, [&](Text text) {
    const std::string url = b.registry().texts.string(text);
    if (url.starts_with("arn:")) return text;
    const std::size_t name = url.rfind('/');
    const std::size_t owner = name == std::string::npos || name == 0 ? std::string::npos : url.rfind('/', name - 1);
    if (owner == std::string::npos) return text;
    const TextPool& texts = b.registry().texts;
    const std::string host = "https://sqs.";
    const std::string region = url.starts_with(host) ? url.substr(host.size(), url.find('.', host.size()) - host.size())
                                                     : texts.string(b.place().region);
    return b.registry().text("arn:" + texts.string(b.place().partition) + ":sqs:" + region + ":" +
                             url.substr(owner + 1, name - owner - 1) + ":" + url.substr(name + 1));
  });
}
void read_stream_policy(const Block& b) { set_policy(b, "resource_arn", Kind::stream, same); }
void read_topic_policy(const Block& b) { set_policy(b, "arn", Kind::topic, same); }
void read_secret_policy(const Block& b) { set_policy(b, "secret_arn", Kind::secret, same); }
void read_key_policy(const Block& b) {
  set_policy(b, "key_id", Kind::key, [&](Text key) {
    const std::string id = b.registry().texts.string(key);
    return id.starts_with("arn:") ? key : b.registry().text(arn_in_place(b, "kms", "key/" + id));
  });
}
void read_repository_policy(const Block& b) {
  set_policy(b, "repository", Kind::repository, [&](Text name) {
    const std::string id = b.registry().texts.string(name);
    return id.starts_with("arn:") ? name : b.registry().text(arn_in_place(b, "ecr", "repository/" + id));
  });
}
void read_event_bus_policy(const Block& b) {
  set_policy(b, "event_bus_name", Kind::event_bus, [&](Text name) {
    const std::string id = name.empty() ? "default" : b.registry().texts.string(name);
    return id.starts_with("arn:") ? name : b.registry().text(arn_in_place(b, "events", "event-bus/" + id));
  });
}

}  // namespace sallyport::read::terraform
