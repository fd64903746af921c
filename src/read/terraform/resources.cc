// Queues, topics, keys, secrets, repositories and event buses, and their policies.
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
  if (b.resource().fate == Fate::kept && work.base->resources.find(id) != nullptr) return;
  sallyport::Resource* row = work.row_or_base(work.change.put.resources, work.base->resources, id);
  if (row == nullptr) return;
  row->policy = !b.resource().stays() ? Value<PolicyId>(beside(work))
                                      : put_policy(b, "policy", policy_id(b, *row), work.registry.view(row->head.name));
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
  for (sallyport::Resource& row : work.change.put.resources) {
    if (row.what != Kind::key) continue;
    const std::string wanted = key.known() ? work.registry.texts.string(*key) : std::string();
    const std::string_view arn = work.registry.id(row.id);
    if (key.known() && arn != wanted && !arn.ends_with("key/" + wanted)) continue;
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
    return b.registry().text("arn:" + texts.string(b.place().partition) + ":sqs:" + texts.string(b.place().region) +
                             ":" + url.substr(owner + 1, name - owner - 1) + ":" + url.substr(name + 1));
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
