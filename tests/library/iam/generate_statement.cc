// Statements with the request in view: patterns, principals, conditions.
#include <nlohmann/json.hpp>

#include "library/iam/alphabet.h"
#include "library/iam/generate.h"

namespace sallyport::generate::iam {

using Json = nlohmann::json;

Json Requests::listed(Texts texts) {
  if (random_.chance(knobs_.empty_list)) return Json::array();
  if (texts.size() == 1 && random_.chance(60)) return texts.front();
  return texts;
}

std::string Requests::action_pattern(bool fits) {
  const std::string& action = asked_.action;
  const std::string service = action.substr(0, action.find(':')), name = action.substr(action.find(':') + 1);
  if (!fits) {
    const Target& other = random_.one_of(targets);
    const Texts near = {other.action, service + ":Nothing*",      service + ":",
                        "ec2:*",      service + ":" + name + "X", service + ":?" + name};
    const std::string& pattern = random_.one_of(near);
    return random_.chance(30) ? action + "?" : pattern;
  }
  std::string odd = action;
  for (char& c : odd) {
    if (random_.chance(40)) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  std::string holed = action;
  holed[service.size() + 1 + random_.below(name.size())] = '?';
  const Texts forms = {action,
                       action,
                       service + ":*",
                       "*",
                       service + ":" + name.substr(0, 3) + "*",
                       service + ":*" + name.substr(name.size() / 2),
                       odd,
                       holed,
                       service + ":*" + name + "*"};
  return random_.one_of(forms);
}

std::string Requests::resource_pattern(bool fits, bool variables) {
  const std::string& resource = asked_.resource;
  if (!fits && resource == "*") return "arn:aws:s3:::b*";
  if (!fits) {
    const Target& other = random_.one_of(targets);
    std::string upper = resource;
    if (!upper.empty()) upper.back() = upper.back() == 'x' ? 'X' : 'Z';
    const Texts near = {with_account(other.resource, asked_.resource_account),
                        upper,
                        resource + "/*",
                        resource + "?",
                        "arn:aws:s3:::c*",
                        "arn:aws:sqs:*:777788889999:*"};
    const std::string& pattern = random_.one_of(near);
    return pattern == "*" ? "arn:aws:s3:::*" : pattern;
  }
  if (resource == "*" || random_.chance(30)) return "*";
  std::size_t part = 0;
  for (int colons = 0; colons < 5; ++colons) part = resource.find(':', part) + 1;
  const std::string head = resource.substr(0, part), tail = resource.substr(part);
  std::string held = tail;
  held[random_.below(held.size())] = '?';
  if (variables && random_.chance(knobs_.variable)) {
    std::string text = tail;
    const Texts names = {"ann", "x", "red"};
    for (const std::string& value : names) {
      const std::size_t at = text.find(value);
      if (at == std::string::npos) continue;
      text.replace(at, value.size(),
                   random_.chance(50) ? "${aws:username}" : "${aws:PrincipalTag/team, '" + value + "'}");
      break;
    }
    return head + text;
  }
  std::string service = head;
  if (random_.chance(10)) {
    for (std::size_t at = 8; at < service.size() && service[at] != ':'; ++at) {
      service[at] = static_cast<char>(service[at] >= 'a' && service[at] <= 'z' ? service[at] - 32 : service[at]);
    }
  }
  std::string region = resource, middle = resource;
  replace(region, ":eu-west-1:", random_.chance(50) ? ":*:" : ":eu-*:");
  const std::size_t account = resource.find(asked_.resource_account);
  if (!asked_.resource_account.empty() && account != std::string::npos) {
    middle =
        resource.substr(0, resource.find(":eu-west-1:") == std::string::npos ? account : account - 10) + "*:" + tail;
  }
  const Texts forms = {resource,
                       resource,
                       head + "*",
                       service + tail,
                       head + held,
                       head + tail.substr(0, tail.size() / 2) + "*",
                       region,
                       random_.chance(30) ? middle : resource,
                       resource.substr(0, part - 1) + "*"};
  return random_.one_of(forms);
}

Json Requests::principal(Place place, bool fits) {
  const bool service = asked_.principal.find(".amazonaws.com") != std::string::npos && asked_.account.empty();
  Texts aws;
  if (!fits) {
    aws.push_back(random_.one_of(others));
    if (random_.chance(20)) return {{"Service", "events.amazonaws.com"}};
    return {{"AWS", listed(aws)}};
  }
  const bool open = asked_.principal == "anonymous" || random_.chance(place == Place::endpoint ? 70 : 22);
  if (place == Place::rcp) return "*";
  if (open && place != Place::trust) return random_.chance(60) ? Json("*") : Json{{"AWS", "*"}};
  if (service) return {{"Service", listed({asked_.principal})}};
  if (asked_.principal == "accounts.google.com") return {{"Federated", listed({asked_.principal})}};
  if (asked_.account.empty()) return "*";
  const Texts forms = {asked_.principal, asked_.principal, asked_.role.empty() ? asked_.principal : asked_.role,
                       asked_.account, "arn:aws:iam::" + asked_.account + ":root"};
  aws.push_back(random_.one_of(forms));
  if (random_.chance(20)) aws.push_back(random_.one_of(others));
  if (asked_.principal.find(":federated-user/") != std::string::npos && random_.chance(15)) {
    aws = {"arn:aws:iam::" + asked_.account + ":user/ann"};
  }
  Json principal = {{"AWS", listed(aws)}};
  if (random_.chance(10)) principal["Service"] = "sns.amazonaws.com";
  return principal;
}

Json Requests::condition_values(const std::string& base, const std::string& key, bool fits, bool variables) {
  const std::string kind = [&] {
    for (const Key& one : keys) {
      if (key == one.name) return std::string(one.kind);
    }
    return std::string("arn");
  }();
  if (kind == "ip") return listed({random_.one_of(blocks)});
  if (kind == "date") return listed({random_.one_of(dates)});
  if (kind == "bool") return random_.chance(50) ? Json(fits) : Json(fits ? "true" : "false");
  if (kind == "numeric") return random_.chance(50) ? Json(random_.chance(50) ? 10 : 100) : Json("10.0");
  Texts values;
  for (const auto& [name, held] : context_) {
    if (name == key && fits && !held.empty()) values = {held.front()};
  }
  if (values.empty()) {
    values = {"o-none"};
    for (const Key& one : keys) {
      if (key == one.name) values = {random_.one_of(one.values)};
    }
  }
  std::string& value = values.front();
  if (kind == "binary") return value;
  const bool like = base.find("Like") != std::string::npos || starts(base, "Arn");
  if (like && random_.chance(40) && value.size() > 2) {
    if (starts(value, "arn:")) {
      value.replace(value.find_last_of(":/") + 1, std::string::npos, "*");
    } else {
      value = random_.chance(50) ? value.substr(0, value.size() - 2) + "*" : "?" + value.substr(1);
    }
  }
  if (!like && random_.chance(10) && value.size() > 2) value = value.substr(0, 2) + "*";  // literal there
  if (variables && random_.chance(knobs_.variable)) {
    const Texts names = {"${aws:username}",
                         "${aws:PrincipalTag/team}",
                         "${aws:principaltag/Team, 'red'}",
                         "${aws:SourceVpce}",
                         "${aws:TagKeys}",
                         "${*}",
                         "vpce-${$}{x}",
                         "${aws:Unknown}"};
    const std::string& name = random_.one_of(names);
    values.push_back(name);
    if (random_.chance(60)) values.erase(values.begin());
  } else if (random_.chance(25)) {
    values.push_back(random_.chance(50) ? "vpce-2" : "red");
  }
  return listed(values);
}

Json Requests::conditions(bool fits, bool variables) {
  Json block = Json::object();
  const int count = random_.chance(75) ? 1 : 2;
  for (int i = 0; i < count; ++i) {
    const Key& key = random_.one_of(keys);
    std::string name = key.name, kind = key.kind;
    if (random_.chance(12)) name = "aws:PrincipalArn", kind = "arn";
    bool present = false;
    for (const auto& held : context_) present = present || held.first == name;
    if (!present && fits && !random_.chance(knobs_.missing_key)) continue;
    std::string op = random_.one_of(operators_of(kind));
    // Fitting conditions are positive mostly: a negated one that fits is a lucky accident.
    if (fits && op.find("Not") != std::string::npos && random_.chance(50)) op.erase(op.find("Not"), 3);
    const std::string base = op;
    if (random_.chance(8)) {
      block["Null"][name] = random_.chance(50) ? Json(!present || !fits) : Json(present ? "false" : "true");
      continue;
    }
    if (random_.chance(15)) op += "IfExists";
    if (kind == "list" ? random_.chance(90) : random_.chance(3)) {
      op = (random_.chance(50) ? "ForAllValues:" : "ForAnyValue:") + op;
    }
    Json values = condition_values(base, name, fits, variables);
    if (name == "aws:PrincipalArn" && fits && !asked_.account.empty() && random_.chance(80)) {
      values = asked_.role.empty() ? asked_.principal : asked_.role;
    }
    if (random_.chance(8)) {
      for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    if (block.contains(op)) continue;  // a key twice, in another case, would be malformed
    block[op][name] = values;
  }
  return block;
}

Json Requests::statement(Place place, bool deny) {
  const int rate = deny ? knobs_.fitting_deny : knobs_.fitting;
  const bool variables_known = random_.chance(50);
  Json one = {{"Effect", deny ? "Deny" : "Allow"}};
  const bool strict = place == Place::trust || place == Place::rcp;
  const bool fits_action = random_.chance(rate + 6), fits_resource = random_.chance(rate + 6);
  const bool not_action = place != Place::rcp && random_.chance(knobs_.not_element);
  const bool not_resource = place != Place::trust && random_.chance(knobs_.not_element);
  Texts actions = {action_pattern(fits_action != not_action)};
  if (place == Place::trust) actions = {fits_action ? random_.chance(70) ? asked_.action : "sts:*" : "sts:TagSession"};
  if (random_.chance(25)) actions.push_back(action_pattern(false));
  one[not_action && !strict ? "NotAction" : "Action"] = listed(actions);
  if (place != Place::trust) {
    Texts resources = {resource_pattern(fits_resource != not_resource, variables_known)};
    if (random_.chance(20)) resources.push_back(resource_pattern(false, variables_known));
    one[not_resource ? "NotResource" : "Resource"] = listed(resources);
  }
  if (place == Place::rcp) one["Principal"] = "*";
  if (place == Place::resource || place == Place::trust || place == Place::endpoint) {
    if (deny && place == Place::resource && random_.chance(knobs_.not_element * 2)) {
      Texts spared = {random_.one_of(others)};
      if (!asked_.account.empty() && random_.chance(60)) {
        spared = {asked_.principal, "arn:aws:iam::" + asked_.account + ":root"};
        if (!asked_.role.empty() && asked_.role != asked_.principal) spared.push_back(asked_.role);
        if (random_.chance(25))
          spared.erase(spared.begin() + static_cast<std::ptrdiff_t>(random_.below(spared.size())));
      }
      one["NotPrincipal"] = {{"AWS", spared}};
    } else {
      one["Principal"] = principal(place, random_.chance(rate + 4));
    }
  }
  if (random_.chance(deny ? knobs_.condition + 20 : knobs_.condition)) {
    Json block = conditions(random_.chance(rate), variables_known);
    if (!block.empty()) one["Condition"] = block;
  }
  if (random_.chance(10)) one["Sid"] = "S" + std::to_string(random_.below(9));
  return one;
}

}  // namespace sallyport::generate::iam
