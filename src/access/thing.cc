#include "access/thing.h"

#include <algorithm>
#include <vector>

#include "base/wildcard.h"
#include "facts/actions.h"

namespace sallyport::access {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// `arn:${Partition}:s3:::${BucketName}/${ObjectName}` as a wildcard pattern.
std::string pattern_of(std::string_view arn) {
  std::string pattern;
  while (!arn.empty()) {
    const std::size_t var = arn.find("${");
    pattern += arn.substr(0, var);
    if (var == std::string_view::npos) break;
    pattern += '*';
    const std::size_t end = arn.find('}', var);
    arn.remove_prefix(end == std::string_view::npos ? arn.size() : end + 1);
  }
  return pattern;
}

// Can the action work on such an ARN? Only where the table is sure that it cannot.
// A bucket's pattern would match an object's ARN too, so slashes must agree.
bool fits(const facts::Action& action, std::string_view arn, std::string& wanted) {
  if (action.resources().empty()) return true;
  for (const facts::ResourceUse use : action.resources()) {
    const std::string_view form = use.type.arn();
    const bool slash = form.find('/') != std::string_view::npos;
    const bool has_slash = arn.find('/') != std::string_view::npos;
    if (matches(pattern_of(form), arn) && (slash || !has_slash || arn_part(form, 2) != "s3")) return true;
    wanted += (wanted.empty() ? "" : " or ") + std::string(form);
  }
  return false;
}

template <class Row>
const Row* look_up(const std::map<std::string, const Row*, std::less<>>& rows, std::string_view key) {
  const auto it = rows.find(key);
  return it == rows.end() ? nullptr : it->second;
}

}  // namespace

std::string_view arn_part(std::string_view arn, int n) {
  for (; n > 0; --n) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

// The resource part, colons included.
static std::string_view arn_rest(std::string_view arn) {
  const std::string_view fifth = arn_part(arn, 5);
  return fifth.data() == nullptr ? fifth : arn.substr(static_cast<std::size_t>(fifth.data() - arn.data()));
}

Things::Things(const Cloud& cloud, const Org& org) : cloud_(cloud), org_(org) {
  for (const Bucket& b : cloud_->buckets) buckets_.try_emplace(std::string(cloud_.id(b.id)), &b);
  for (const Table& t : cloud_->tables) tables_.try_emplace(std::string(cloud_.id(t.id)), &t);
  for (const Function& f : cloud_->functions) functions_.try_emplace(std::string(cloud_.id(f.id)), &f);
  for (const Role& r : cloud_->roles) roles_.try_emplace(std::string(cloud_.id(r.id)), &r);
  for (const Resource& r : cloud_->resources) {
    const std::string arn(cloud_.id(r.id));
    resources_.try_emplace(arn, &r);
    const std::size_t key = arn.rfind(":key/");
    for (const Text alias : r.aliases) {
      if (key != std::string::npos) {
        resources_.try_emplace(arn.substr(0, key + 1) + std::string(cloud_.view(alias)), &r);
      }
    }
  }
}

const Bucket* Things::bucket(std::string_view name) const { return look_up(buckets_, name); }
const Role* Things::role(std::string_view arn) const { return look_up(roles_, arn); }
const Resource* Things::resource(std::string_view arn) const { return look_up(resources_, arn); }

const Table* Things::table(std::string_view arn) const {
  // arn:aws:dynamodb:r:a:table/NAME[/index/I]
  const std::size_t slash = arn.find('/');
  if (slash == std::string_view::npos) return nullptr;
  return look_up(tables_, arn.substr(0, arn.find('/', slash + 1)));
}

const Function* Things::function(std::string_view arn) const {
  // arn:aws:lambda:r:a:function:NAME[:QUALIFIER]
  if (const Function* f = look_up(functions_, arn)) return f;
  const std::size_t colon = arn.rfind(':');
  return colon == std::string_view::npos ? nullptr : look_up(functions_, arn.substr(0, colon));
}

Result<std::string> Things::arn_of(std::string_view action, std::string_view name) const {
  const std::string prefix = lower(action.substr(0, action.find(':')));
  std::vector<std::string> found;
  if (prefix == "s3") {
    const std::string_view bucket_name = name.substr(0, name.find('/'));
    if (bucket(bucket_name)) found.push_back("arn:aws:s3:::" + std::string(name));
  } else if (prefix == "dynamodb") {
    for (const Table& t : cloud_->tables) {
      if (cloud_.view(t.head.name) == name) found.emplace_back(cloud_.id(t.id));
    }
  } else if (prefix == "lambda") {
    for (const Function& f : cloud_->functions) {
      if (cloud_.view(f.head.name) == name) found.emplace_back(cloud_.id(f.id));
    }
  }
  // Behind an API's name its stage, method and path: `front/prod/GET/orders`.
  const std::size_t behind = prefix == "execute-api" ? std::min(name.find('/'), name.size()) : name.size();
  const std::string_view own = name.substr(0, behind);
  for (const Resource& r : cloud_->resources) {
    if (prefix != service_of(r.what)) continue;
    const bool alias = std::any_of(r.aliases.begin(), r.aliases.end(), [&](Text a) { return cloud_.view(a) == own; });
    const std::string_view arn = cloud_.id(r.id);
    const bool by_id = r.what == Kind::key && arn.ends_with("/" + std::string(own));
    if (alias || by_id || cloud_.view(r.head.name) == own)
      found.push_back(std::string(arn) + std::string(name.substr(behind)));
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail("`" + std::string(name) + "` is no ARN, and nothing of `" + prefix + "` in the input is called so",
                "give the resource's ARN, or `*` for an action without resource");
  }
  std::string hint = "it may be";
  for (const std::string& f : found) hint += " " + f;
  return fail("`" + std::string(name) + "` is the name of several", hint);
}

Result<Thing> Things::find(std::string_view action, std::string_view resource, std::string_view home_region) const {
  Thing thing;
  thing.action = action;
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == action.size()) {
    return fail("`" + std::string(action) + "` is no action", "write it as `s3:GetObject`");
  }
  if (action.find_first_of("*?") != std::string_view::npos) {
    return fail("`" + std::string(action) + "` is a pattern", "ask one action at a time");
  }
  thing.prefix = lower(action.substr(0, colon));
  const facts::ActionServices at = facts::services_of_action(action);
  // Several hosts share a prefix: the one that is called like it stands for all.
  for (const facts::Service* s : at.services) {
    if (thing.service == nullptr || (!at.certain && s->name == thing.prefix)) thing.service = s;
  }
  // A function's URL has a host of its own, which no interface endpoint covers.
  if (lower(action) == "lambda:invokefunctionurl") {
    if (const facts::Service* urls = facts::service("lambda-url")) thing.service = urls;
  }
  thing.arn = resource;
  if (resource != "*" && !resource.starts_with("arn:")) {
    Result<std::string> arn = arn_of(action, resource);
    if (!arn) return tl::unexpected(arn.error());
    thing.arn = *arn;
  }
  // A request may name a key by an alias; policies speak of the key.
  const bool of_alias = thing.prefix == "kms" && action.find("Alias") != std::string_view::npos;
  if (const Resource* key = this->resource(thing.arn); key != nullptr && !of_alias) thing.arn = cloud_.id(key->id);
  if (const auto known = facts::action(action);
      known && thing.arn != "*" && thing.arn.find('\xFF') == std::string::npos) {
    std::string wanted;
    if (!fits(*known, thing.arn, wanted)) {
      return fail("`" + std::string(action) + "` does not work on `" + thing.arn + "`", "it works on " + wanted);
    }
  }
  own(thing);
  if (const std::string_view region = arn_part(thing.arn, 3); !region.empty()) {
    thing.region = std::string(region);
  } else if (thing.service != nullptr && thing.service->global) {
    thing.region = std::string("us-east-1");  // what requests to global services carry
  } else if (const Bucket* b = cloud_->buckets.find(thing.object.as<Kind::bucket>())) {
    thing.region = b->region.known() ? Value<std::string>(std::string(cloud_.view(*b->region)))
                                     : Value<std::string>(b->region.gap());
  } else if (thing.arn == "*" && !home_region.empty()) {
    thing.region = std::string(home_region);
  } else {
    thing.region = cloud_.registry().gaps.add({GapKind::not_collected,
                                               "the Region of `" + show_symbols(thing.arn) + "` is not known",
                                               "say it with --context aws:RequestedRegion=REGION"});
  }
  return thing;
}

Result<Thing> Things::of_a_stranger(std::string_view action, std::string_view resource, std::string_view region) const {
  Result<Thing> thing = find(action, resource, region);
  if (!thing) return thing;
  thing->strangers = thing->wide_open = true;
  thing->object = {};
  thing->account = nobodys_account;
  thing->membership = {};
  thing->membership.kind = Membership::Kind::foreign;
  thing->region = std::string(region);
  return thing;
}

void Things::own(Thing& thing) const {
  const std::string_view service = arn_part(thing.arn, 2);
  thing.account = arn_part(thing.arn, 4);
  if (service == "s3" && thing.account.empty()) {
    const std::string_view rest = arn_rest(thing.arn);
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (const Bucket* b = bucket(name)) {
      thing.object = b->id;
      thing.account = cloud_.view(b->head.account);
    } else {
      // Bucket names are global: one that none of our accounts has is somebody else's.
      const auto& ours = org_.accounts();
      thing.strangers = !ours.empty() && std::none_of(ours.begin(), ours.end(), [&](const std::string& account) {
        const auto text = cloud_.registry().texts.find(account);
        return !text || cloud_.missing(Kind::bucket, *text, Text());
      });
    }
  } else if (service == "dynamodb") {
    if (const Table* t = table(thing.arn)) thing.object = t->id;
  } else if (service == "lambda") {
    if (const Function* f = function(thing.arn)) thing.object = f->id;
  } else if (service == "iam") {
    if (const Role* r = role(thing.arn)) thing.object = r->id;
  } else if (service == "execute-api") {
    // arn:aws:execute-api:r:a:API/STAGE/METHOD/PATH
    if (const Resource* r = resource(thing.arn.substr(0, thing.arn.find('/')))) thing.object = r->id;
  } else if (const Resource* r = resource(thing.arn); r != nullptr && cloud_.id(r->id) == thing.arn) {
    thing.object = r->id;
  }
  if (!thing.account.empty()) {
    thing.membership = org_.membership(thing.account);
  } else {
    thing.membership.gap = cloud_.registry().gaps.add(
        {GapKind::not_collected, "`" + show_symbols(thing.arn) + "` is not in the input, so its owner is not known",
         ""});
  }
}

}  // namespace sallyport::access
