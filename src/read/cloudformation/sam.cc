// What the transform AWS::Serverless makes of its resources: functions with a role, permissions and a URL, APIs.
//
// What is made of a property that is not in these tables leaves the policies open.
// Sources: AWS SAM developer guide, "AWS::Serverless::Function", "Generated CloudFormation resources for
// AWS::Serverless::Function".
#include <algorithm>

#include "read/cloudformation/apis.h"
#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/cloudformation/identity.h"
#include "read/cloudformation/sam_policies.h"
#include "read/planned/policies.h"

namespace sallyport::read::cloudformation {
namespace {

// Properties of which nothing is made for the role.
constexpr std::string_view beside_the_role[] = {
    "Architectures",
    "AssumeRolePolicyDocument",
    "AutoPublishAlias",
    "CodeUri",
    "Description",
    "Environment",
    "EphemeralStorage",
    "Events",
    "FunctionName",
    "FunctionUrlConfig",
    "Handler",
    "ImageConfig",
    "ImageUri",
    "InlineCode",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "PermissionsBoundary",
    "Policies",
    "ReservedConcurrentExecutions",
    "RolePath",
    "Runtime",
    "Tags",
    "Timeout",
    "VpcConfig",
};

// Services call the function for these events, by a permission that SAM adds; for the others Lambda reads the
// source itself, in the name of the function's role.
struct Event {
  std::string_view type;
  std::string_view service;
};
constexpr Event calling[] = {
    {"Api", "apigateway"},         {"HttpApi", "apigateway"},     {"S3", "s3"}, {"SNS", "sns"}, {"Schedule", "events"},
    {"EventBridgeRule", "events"}, {"CloudWatchEvent", "events"},
};
constexpr std::string_view streaming[] = {"DynamoDB", "Kinesis", "MQ", "MSK", "SQS"};

const Event* calling_event(std::string_view type) {
  const auto found =
      std::find_if(std::begin(calling), std::end(calling), [&](const Event& e) { return e.type == type; });
  return found == std::end(calling) ? nullptr : &*found;
}

GapId not_read(const Properties& p, const std::string& what) {
  return p.registry().gaps.add({GapKind::not_modelled, what + " of `" + p.resource().address + "` is not read",
                                "give the transformed template", p.origin()});
}

// The type of each event; empty where it is not known.
std::vector<std::pair<std::string_view, const Item*>> events_of(const Properties& p) {
  std::vector<std::pair<std::string_view, const Item*>> events;
  const Item& all = p.item("Events");
  for (const Item& event : all.items) {
    const Item& type = event["Type"];
    events.emplace_back(type.is(Item::Kind::text) ? p.registry().view(type.text) : std::string_view(),
                        &event["Properties"]);
  }
  if (!all.nothing() && (!all.is(Item::Kind::object) || all.gap)) events.emplace_back();
  return events;
}

// One entry of `Policies`: the name or ARN of a managed policy, a document, or a policy template.
void add_policy(const Properties& p, Role& row, const Item& entry, std::size_t number) {
  Work& work = p.work();
  Registry& registry = work.registry;
  const auto open = [&](GapId gap) { row.policies.open = gap; };
  if (entry.is(Item::Kind::text)) {
    std::string name = registry.texts.string(entry.text);
    if (is_untold(registry.texts, entry.text)) return open(not_read(p, "a policy"));
    if (!name.starts_with("arn:"))
      name = "arn:" + registry.texts.string(p.place().partition) + ":iam::aws:policy/" + name;
    row.policies.items.push_back(registry.ids.get<PolicyId>(p.place().partition, work.text(name)));
    return;
  }
  if (!entry.is(Item::Kind::object) || entry.gap) {
    return open(entry.is(Item::Kind::unknown) ? entry.gap : entry.gap ? entry.gap : p.not_understood("Policies"));
  }
  std::string json;
  GapId gap;
  bool known = false;
  if (!entry["Statement"].nothing()) {
    known = to_json(entry, registry.texts, json, gap);
  } else if (entry.names.size() == 1) {
    known = sam_policy(p, entry.names.front(), entry.items.front(), json, gap);
  } else {
    gap = p.not_understood("Policies");
  }
  if (!known) return open(gap);
  const std::string id =
      std::string(registry.id(row.id)) + "/" + p.resource().logical + "RolePolicy" + std::to_string(number);
  row.policies.items.push_back(planned::put_policy_text(work, p.place().partition, id, row.head, json));
}

void add_policies(const Properties& p, Role& row) {
  const Item& all = p.item("Policies");
  if (all.nothing()) return;
  if (!all.is(Item::Kind::list)) return add_policy(p, row, all, 0);
  if (all.gap) row.policies.open = all.gap;
  std::size_t number = 0;
  for (const Item& entry : all.items) add_policy(p, row, entry, number++);
}

// The role that SAM makes for a function without `Role`.
void put_role(const Properties& p, const Item& arn) {
  Work& work = p.work();
  Registry& registry = work.registry;
  Role row;
  row.id = registry.ids.get<RoleId>(p.place().partition, arn.text);
  row.head = p.head();
  row.head.region = {};
  row.head.name = work.text(p.resource().address + "Role");
  const Value<Text> path = p.text("RolePath");
  row.path = path.known() && !path->empty() ? *path : work.text("/");
  const Value<Text> boundary = p.text("PermissionsBoundary");
  row.boundary = !boundary.known()   ? Value<PolicyId>(boundary.gap())
                 : boundary->empty() ? PolicyId()
                                     : registry.ids.get<PolicyId>(p.place().partition, *boundary);
  row.trust = p.gives("AssumeRolePolicyDocument")
                  ? p.policy("AssumeRolePolicyDocument", std::string(registry.id(row.id)) + "/trust", "trust policy")
                  : Value<PolicyId>(not_read(p, "the trust policy"));
  const auto managed = [&](const char* name) {
    const std::string text = "arn:" + registry.texts.string(p.place().partition) + ":iam::aws:policy/" + name;
    row.policies.items.push_back(registry.ids.get<PolicyId>(p.place().partition, work.text(text)));
  };
  managed("service-role/AWSLambdaBasicExecutionRole");
  if (p.gives("VpcConfig")) managed("service-role/AWSLambdaVPCAccessExecutionRole");
  add_policies(p, row);
  if (const std::string more = p.any_beside(beside_the_role); !more.empty()) {
    row.policies.open = not_read(p, "what SAM adds to the role for `" + more + "`");
  }
  for (const auto& [type, properties] : events_of(p)) {
    if (calling_event(type) == nullptr && type != "ScheduleV2") row.policies.open = not_read(p, "a policy for events");
  }
  work.role_names[sam_role_ref(work, p.resource(), {}, p.origin()).text] = row.id;
  work.created.insert(row.id);
  work.put(work.change.put.roles, std::move(row));
}

// The API of events that name none.
void put_implicit_api(const Properties& p, std::string_view type, const Item& properties) {
  Work& work = p.work();
  const bool rest = type == "Api";
  if ((!rest && type != "HttpApi") || !properties[rest ? "RestApiId" : "ApiId"].nothing()) return;
  const std::string name = p.resource().stack->full(rest ? "ServerlessRestApi" : "ServerlessHttpApi");
  sallyport::Resource row = begin_api(p, new_text(work, name), name);
  row.head.name = work.text(name);
  // What `Globals` says of it is not read.
  row.policy = row.head.gap;
  if (rest) row.endpoints_only = row.head.gap;
  work.put(work.change.put.resources, std::move(row));
}

// A `ResourcePolicy` of the event itself adds statements for its path to the policy of the API.
void doubt_policy_of_api(const Properties& p, const Item& properties) {
  const Item& auth = properties["Auth"];
  if (auth.nothing() || (auth.is(Item::Kind::object) && !auth.gap && auth["ResourcePolicy"].nothing())) return;
  const Item& api = properties["RestApiId"];
  for (sallyport::Resource& row : p.work().change.put.resources) {
    const auto& ids = row.aliases;
    const bool is_told = api.is(Item::Kind::text) && !is_untold(p.registry().texts, api.text);
    const bool may_be = !is_told || std::find(ids.begin(), ids.end(), api.text) != ids.end();
    if (row.what == Kind::api && may_be) row.policy = not_read(p, "the `ResourcePolicy` of an event");
  }
}

// Which of a service's resources may call, is not told.
void add_permissions(const Properties& p, Function& row) {
  Work& work = p.work();
  for (const auto& [type, properties] : events_of(p)) {
    if (std::find(std::begin(streaming), std::end(streaming), type) != std::end(streaming)) continue;
    const Event* event = calling_event(type);
    const bool of_alias = p.gives("AutoPublishAlias");
    if (event == nullptr || of_alias) {
      if (type != "ScheduleV2") row.policy = not_read(p, "a permission for events");
      continue;
    }
    planned::Permission permission;
    const std::string sid = p.resource().logical + std::string(type);
    permission.sid = sid;
    permission.principal = work.text(std::string(event->service) + ".amazonaws.com");
    permission.action = work.text("lambda:InvokeFunction");
    permission.source_arn = any_text(work, "source of events of " + p.resource().name);
    planned::add_permission(work, p.place().partition, row, permission, {});
    if (properties == nullptr) continue;
    put_implicit_api(p, type, *properties);
    doubt_policy_of_api(p, *properties);
  }
}

// Of a function that asks for no signature, SAM lets everybody call the URL.
void add_url(const Properties& p, Function& row) {
  if (!p.gives("FunctionUrlConfig")) return;
  GapId gap;
  const Properties config = p.block("FunctionUrlConfig", gap);
  const Value<Text> type = config.text("AuthType");
  FunctionUrl url;
  url.host = p.own_text("FunctionUrl");
  url.open = gap            ? Value<bool>(gap)
             : type.known() ? Value<bool>(p.registry().view(*type) == "NONE")
                            : Value<bool>(type.gap());
  if (type.known() && p.registry().texts.has_symbol(*type)) url.open = config.gap("AuthType");
  if (!url.open.known() || *url.open) row.policy = not_read(p, "the permission for the URL");
  row.urls.items.push_back(std::move(url));
}

bool has_connector(const Stack& stack) {
  return std::any_of(stack.resources.begin(), stack.resources.end(), [&](const Resource& r) {
    return stack.find(r.logical) == &r && (r.type == "AWS::Serverless::Connector" || r.node["Connectors"]);
  });
}

}  // namespace

void read_sam_function(const Properties& p) {
  Work& work = p.work();
  read_function(p);
  const Value<Text> arn = own_arn(work, p.resource());
  if (!arn.known()) return;
  Function* row = work.row(work.change.put.functions, work.registry.ids.get<FunctionId>(p.place().partition, *arn));
  if (row == nullptr) return;
  if (!p.gives("Role")) {
    const Item role = sam_role_ref(work, p.resource(), "Arn", p.origin());
    if (role.is(Item::Kind::text)) {
      put_role(p, role);
      row->role = work.registry.ids.get<RoleId>(p.place().partition, role.text);
    } else {
      row->role = role.gap;
    }
  }
  add_permissions(p, *row);
  add_url(p, *row);
}

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
void read_sam_rest_api(const Properties& p) {
  Work& work = p.work();
  sallyport::Resource row = begin_api(p, p.own_text(), p.resource().address);
  GapId gap;
  const Properties endpoint = p.block("EndpointConfiguration", gap);
  const Value<Text> type = endpoint.text("Type");
  const bool told = !gap && type.known() && !work.registry.texts.has_symbol(*type);
  row.endpoints_only = told ? Value<bool>(work.registry.view(*type) == "PRIVATE")
                            : Value<bool>(gap            ? gap
                                          : type.known() ? endpoint.gap("Type")
                                                         : type.gap());
  // `ResourcePolicy` is what SAM makes a policy of; authorizers are none.
  GapId auth_gap;
  const Properties auth = p.block("Auth", auth_gap);
  row.policy = policy_in_definition(p, "DefinitionBody", "DefinitionUri", row);
  if (auth_gap) {
    row.policy = auth_gap;
  } else if (auth.gives("ResourcePolicy")) {
    // Beside one in the definition: which of both counts where, the page does not say.
    const bool alone = row.policy.known() && !*row.policy;
    row.policy = alone ? sam_resource_policy(p, auth, row) : Value<PolicyId>(not_read(p, "the policy"));
  }
  planned::write_out_api(work, row.policy, work.registry.ids.id(row.id));
  work.put(work.change.put.resources, std::move(row));
}

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html
void read_sam_http_api(const Properties& p) {
  p.work().put(p.work().change.put.resources, begin_api(p, p.own_text(), p.resource().address));
}

// Connectors give permissions by policies of roles and of resources, of whichever they join.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/managing-permissions-connectors.html
void open_what_connectors_change(Work& work) {
  for (const Stack& stack : work.stacks) {
    if (!has_connector(stack)) continue;
    const GapId gap = work.registry.gaps.add({GapKind::not_modelled, "what SAM's connectors permit is not read",
                                              "give the transformed template", stack.origin()});
    const auto is_of_it = [&](const Head& head) { return head.origin.document == stack.origin().document; };
    for (Role& row : work.change.put.roles) {
      if (is_of_it(row.head)) row.policies.open = gap;
    }
    for (Function& row : work.change.put.functions) {
      if (is_of_it(row.head)) row.policy = gap;
    }
    for (sallyport::Resource& row : work.change.put.resources) {
      if (is_of_it(row.head)) row.policy = gap;
    }
    for (Bucket& row : work.change.put.buckets) {
      if (is_of_it(row.head)) row.policy = gap;
    }
  }
}

}  // namespace sallyport::read::cloudformation
