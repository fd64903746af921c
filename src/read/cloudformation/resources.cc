// Queues, topics, keys, secrets, repositories and event buses, and their policies.
#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/planned/policies.h"

namespace sallyport::read::cloudformation {
namespace {

// The row of what a resource makes; null, and it is said: its name is not known.
sallyport::Resource* put(const Properties& p, Kind what) {
  Work& work = p.work();
  const Value<Text> arn = own_arn(work, p.resource());
  if (!arn.known()) {
    work.left_out_of_accounts = arn.gap();
    work.say(Severity::warning, "unnamed", "the name of `" + p.resource().address + "` is not known: it is left out",
             p.origin());
    return nullptr;
  }
  sallyport::Resource row;
  row.id = work.registry.ids.get<ResourceId>(p.place().partition, *arn);
  const Value<Text> name = own_name(work, p.resource());
  const bool given = name.known() && !work.registry.texts.has_symbol(*name);
  row.head = p.head();
  if (given) row.head.name = *name;
  row.what = what;
  row.policy = PolicyId();
  return &work.put(work.change.put.resources, std::move(row));
}

std::string policy_id(const Properties& p, const sallyport::Resource& row) {
  return std::string(p.registry().id(row.id)) + "/policy";
}

// What stands in a property that takes one name, or in one that takes a list of them.
List<Text> names_of(const Properties& p, std::string_view property) {
  const bool several = property == "Queues" || property == "Topics";
  if (several || !p.item(property).is(Item::Kind::text)) return p.texts(property);
  return {{p.item(property).text}, {}};
}

// The rows that a list of names may mean; `id_of` gives the row of a text, none for what
// is in no input.
template <class F>
void set_policies(const Properties& p, const char* property, Kind what, const char* document, F id_of) {
  Work& work = p.work();
  List<Text> names = names_of(p, property);
  for (const Text name : names) {
    const bool own = work.find(work.change.put.resources, id_of(name)) != nullptr;
    if (!own && p.may_be_another(what, name)) names.open = p.gap(property);
  }
  for (const sallyport::Resource& there : work.base->resources) {
    if (there.what == what && names.open) work.row_or_base(work.change.put.resources, work.base->resources, there.id);
  }
  for (sallyport::Resource& row : work.change.put.resources) {
    if (row.what == what && names.open) row.policy = names.open;
  }
  for (const Text name : names) {
    const ResourceId id = id_of(name);
    sallyport::Resource* row = work.row_or_base(work.change.put.resources, work.base->resources, id);
    if (row == nullptr) continue;
    row->policy = p.doubt() ? Value<PolicyId>(p.doubt())
                            : p.policy(document, policy_id(p, *row), work.registry.view(row->head.name));
  }
}

ResourceId by_arn(const Properties& p, Text arn) { return p.registry().ids.get<ResourceId>(p.place().partition, arn); }

// Of a queue that exists: https://sqs.eu-central-1.amazonaws.com/111122223333/orders
void set_queue_policies(const Properties& p, const char* queues) {
  set_policies(p, queues, Kind::queue, "PolicyDocument", [&](Text url) {
    const auto found = p.work().queue_urls.find(url);
    if (found != p.work().queue_urls.end()) return found->second;
    std::string_view text = p.registry().view(url);
    const std::string_view name = text.substr(std::min(text.rfind('/'), text.size() - 1) + 1);
    text.remove_suffix(std::min(text.size(), name.size() + 1));
    const std::string_view owner = text.substr(std::min(text.rfind('/'), text.size() - 1) + 1);
    const TextPool& texts = p.registry().texts;
    const std::string_view host = "https://sqs.";
    const std::string region = text.starts_with(host)
                                   ? std::string(text.substr(host.size(), text.find('.', host.size()) - host.size()))
                                   : texts.string(p.place().region);
    return by_arn(p, p.registry().text("arn:" + texts.string(p.place().partition) + ":sqs:" + region + ":" +
                                       std::string(owner) + ":" + std::string(name)));
  });
}

}  // namespace

void read_queue(const Properties& p) {
  if (const sallyport::Resource* row = put(p, Kind::queue)) {
    p.work().queue_urls[ref_to(p.work(), p.resource(), p.origin()).text] = row->id;
    p.work().queue_urls[attribute_of(p.work(), p.resource(), "QueueUrl", p.origin()).text] = row->id;
  }
}

// A topic without a policy of its own gets one from SNS, which is not read.
void read_topic(const Properties& p) {
  if (sallyport::Resource* row = put(p, Kind::topic)) {
    row->policy = p.registry().gaps.add(
        {GapKind::not_modelled, "the policy that SNS gives the new topic `" + p.resource().address + "` is not read",
         "give an AWS::SNS::TopicPolicy", p.origin()});
  }
}

void read_key(const Properties& p) {
  sallyport::Resource* row = put(p, Kind::key);
  if (row == nullptr) return;
  if (p.gives("KeyPolicy")) {
    row->policy = p.policy("KeyPolicy", policy_id(p, *row), p.resource().address);
  } else {
    row->policy = planned::put_policy_text(p.work(), p.place().partition, policy_id(p, *row), row->head,
                                           planned::default_key_policy(p.registry().texts, p.place().partition,
                                                                       account_of(p.work(), *p.resource().stack)));
  }
}

void read_key_alias(const Properties& p) {
  Work& work = p.work();
  const Value<Text> name = p.text("AliasName");
  Value<Text> key = p.text("TargetKeyId");
  const auto is_own = [&](const sallyport::Resource& row) {
    if (row.what != Kind::key) return false;
    const std::string_view arn = work.registry.id(row.id);
    return !key.known() || (!key->empty() && (arn == work.registry.view(*key) ||
                                              arn.ends_with("key/" + work.registry.texts.string(*key))));
  };
  const auto& made = work.change.put.resources;
  if (key.known() && p.may_be_another(Kind::key, *key) && std::none_of(made.begin(), made.end(), is_own))
    key = p.gap("TargetKeyId");
  for (const sallyport::Resource& there : work.base->resources) {
    if (is_own(there)) work.row_or_base(work.change.put.resources, work.base->resources, there.id);
  }
  for (sallyport::Resource& row : work.change.put.resources) {
    if (!is_own(row)) continue;
    if (!name.known() || !key.known() || p.doubt()) {
      row.aliases.open = p.doubt() ? p.doubt() : name.known() ? key.gap() : name.gap();
    } else {
      row.aliases.items.push_back(*name);
      if (row.aliases.size() == 1) row.head.name = *name;
    }
  }
}

void read_secret(const Properties& p) { put(p, Kind::secret); }
void read_stream(const Properties& p) { put(p, Kind::stream); }
void read_state_machine(const Properties& p) { put(p, Kind::state_machine); }

void read_repository(const Properties& p) {
  if (sallyport::Resource* row = put(p, Kind::repository)) {
    row->policy = p.policy("RepositoryPolicyText", policy_id(p, *row), p.registry().view(row->head.name));
  }
}

void read_event_bus(const Properties& p) {
  if (sallyport::Resource* row = put(p, Kind::event_bus)) {
    row->policy = p.policy("Policy", policy_id(p, *row), p.registry().view(row->head.name));
  }
}

void read_queue_policy(const Properties& p) { set_queue_policies(p, "Queues"); }
void read_queue_inline_policy(const Properties& p) { set_queue_policies(p, "Queue"); }

void read_topic_policy(const Properties& p) {
  set_policies(p, "Topics", Kind::topic, "PolicyDocument", [&](Text arn) { return by_arn(p, arn); });
}

void read_topic_inline_policy(const Properties& p) {
  set_policies(p, "TopicArn", Kind::topic, "PolicyDocument", [&](Text arn) { return by_arn(p, arn); });
}

void read_stream_policy(const Properties& p) {
  set_policies(p, "ResourceArn", Kind::stream, "ResourcePolicy", [&](Text arn) { return by_arn(p, arn); });
}

// By ARN, also without what Secrets Manager adds to the name, or by name.
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
void read_secret_policy(const Properties& p) {
  set_policies(p, "SecretId", Kind::secret, "ResourcePolicy", [&](Text text) {
    const std::string_view written = p.registry().view(text);
    const auto is_it = [&](const sallyport::Resource& row) {
      if (row.what != Kind::secret) return false;
      constexpr std::size_t added = 7;
      const std::string_view arn = p.registry().id(row.id);
      const bool near = p.place().region.empty() || row.head.region == p.place().region;
      return (near && p.registry().view(row.head.name) == written) ||
             (arn.size() == written.size() + added && arn.starts_with(written) && arn[written.size()] == '-');
    };
    const auto& made = p.work().change.put.resources;
    const auto own = std::find_if(made.begin(), made.end(), is_it);
    if (own != made.end()) return own->id;
    const auto there = p.work().base->resources.rows();
    const auto found = std::find_if(there.begin(), there.end(), is_it);
    return found != there.end() ? found->id : by_arn(p, text);
  });
}

// Each adds a statement; two to one bus are not put together.
void read_event_bus_policy(const Properties& p) {
  Work& work = p.work();
  Value<Text> name = p.text("EventBusName");
  if (name.known() && name->empty()) name = work.text("default");
  const auto is_own = [&](const sallyport::Resource& row) {
    return row.what == Kind::event_bus && work.registry.id(row.id).ends_with(work.registry.view(*name));
  };
  if (name.known() && p.may_be_another(Kind::event_bus, *name) &&
      std::none_of(work.change.put.resources.begin(), work.change.put.resources.end(), is_own)) {
    name = p.gap("EventBusName");
  }
  const std::string ending = name.known() ? "event-bus/" + work.registry.texts.string(*name) : std::string();
  for (const sallyport::Resource& there : work.base->resources) {
    if (there.what == Kind::event_bus && work.registry.id(there.id).ends_with(ending)) {
      work.row_or_base(work.change.put.resources, work.base->resources, there.id);
    }
  }
  for (sallyport::Resource& row : work.change.put.resources) {
    if (row.what != Kind::event_bus) continue;
    if (!work.registry.id(row.id).ends_with(ending)) continue;
    const bool first = row.policy.known() && !*row.policy;
    std::string statement;
    GapId gap = p.doubt() ? p.doubt() : name.known() ? GapId() : name.gap();
    if (!gap && first && p.item("Statement").is(Item::Kind::object) &&
        to_json(p.item("Statement"), work.registry.texts, statement, gap)) {
      row.policy = planned::put_policy_text(work, p.place().partition, policy_id(p, row), row.head,
                                            R"({"Version":"2012-10-17","Statement":[)" + statement + "]}");
      continue;
    }
    row.policy = gap ? gap
                     : work.registry.gaps.add({GapKind::not_modelled,
                                               "several policies of the event bus `" +
                                                   work.registry.texts.string(row.head.name) + "` are not put together",
                                               "give one AWS::Events::EventBusPolicy with `Statement`", p.origin()});
  }
}

}  // namespace sallyport::read::cloudformation
