#include "library/peer/known_divergences.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace sallyport::peer {
namespace {

using Json = nlohmann::json;

bool starts(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }
bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

std::string principal(const Json& line) { return line["request"]["principal"].get<std::string>(); }

// All texts below `value`.
void each_text(const Json& value, const std::function<void(const std::string&)>& take) {
  if (value.is_string()) take(value.get<std::string>());
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) each_text(child, take);
}

bool some_text(const Json& value, const std::function<bool(const std::string&)>& holds) {
  bool any = false;
  each_text(value, [&](const std::string& text) { any = any || holds(text); });
  return any;
}

// Every document of the line, wherever it stands.
void each_document(const Json& value, const std::function<void(const Json&)>& take) {
  if (!value.is_structured()) return;
  if (value.is_object() && value.contains("Statement")) return take(value);
  for (const auto& [key, child] : value.items()) each_document(child, take);
}

std::vector<Json> statements(const Json& document) {
  if (!document.is_object() || !document.contains("Statement")) return {};
  const Json& found = document["Statement"];
  return found.is_array() ? std::vector<Json>(found.begin(), found.end()) : std::vector<Json>{found};
}

bool some_statement(const Json& line, const std::function<bool(const Json&)>& holds) {
  bool any = false;
  each_document(line, [&](const Json& document) {
    for (const Json& one : statements(document)) any = any || holds(one);
  });
  return any;
}

// A value of a condition whose operator's name holds `part`.
bool some_condition(const Json& line, const char* part, const std::function<bool(const std::string&)>& holds) {
  return some_statement(line, [&](const Json& statement) {
    if (!statement.contains("Condition")) return false;
    for (const auto& [op, keys] : statement["Condition"].items()) {
      if (has(op, part) && some_text(keys, holds)) return true;
    }
    return false;
  });
}

bool digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Does a statement of the document name principals other than everybody?
bool names_somebody(const Json& document) {
  for (const Json& one : statements(document)) {
    if (one.contains("NotPrincipal")) return true;
    if (one.contains("Principal") && one["Principal"] != "*") return true;
  }
  return false;
}

bool has_session_policy(const Json& line) { return line.contains("sessionPolicy") && !line["sessionPolicy"].is_null(); }

bool dv_1(const Json& line) {
  const std::string who = principal(line);
  const bool session = has(who, ":assumed-role/") || has(who, ":federated-user/");
  if (!session || !has_session_policy(line)) return false;
  bool named = false;
  for (const Json& one : statements(line.value("resourcePolicy", Json()))) {
    named = named || some_text(one.value("Principal", Json()), [&](const std::string& text) { return text == who; });
  }
  return named;
}

bool dv_2(const Json& line) {
  const Json levels = line.value("serviceControlPolicies", Json());
  return has(principal(line), ":role/aws-service-role/") && levels.is_array() && !levels.empty();
}

bool dv_3(const Json& line) { return has(principal(line), ":root"); }

bool dv_4(const Json& line) { return names_somebody(line.value("endpointPolicy", Json())); }

bool dv_6(const Json& line) {
  bool any = false;
  each_document(line, [&](const Json& document) {
    const bool old = document.value("Version", "") != "2012-10-17";
    any = any || (old && some_text(document, [](const std::string& text) { return has(text, "${"); }));
  });
  return any;
}

bool dv_7(const Json& line) {
  const bool asked = some_text(line["request"].value("context", Json()).value("aws:SourceIp", Json()),
                               [](const std::string& text) { return has(text, ":"); });
  return some_condition(line, "IpAddress", [&](const std::string& text) { return asked || has(text, ":"); });
}

bool dv_8(const Json& line) {
  return some_condition(line, "IpAddress", [](const std::string& text) {
    return text.size() > 2 && text.compare(text.size() - 2, 2, "/0") == 0;
  });
}

bool dv_9(const Json& line) {
  const bool epoch = some_text(line["request"].value("context", Json()), digits);
  return some_condition(line, "Date", [&](const std::string& text) { return epoch || digits(text); });
}

bool dv_10(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    for (const char* element : {"Resource", "NotResource"}) {
      const bool middle = some_text(statement.value(element, Json()),
                                    [](const std::string& text) { return starts(text, "arn:") && has(text, "*:"); });
      if (middle) return true;
    }
    return false;
  });
}

// A wildcard in what stands before the first slash or colon of the resource part, where
// that is not all of it: `arn:aws:iam::111122223333:rol?/x`.
bool wild_resource_type(const std::string& arn) {
  std::size_t part = 0;
  for (int colons = 0; colons < 5; ++colons) {
    part = arn.find(':', part) + 1;
    if (part == 0) return false;
  }
  const std::size_t end = arn.find_first_of("/:", part);
  return starts(arn, "arn:") && !starts(arn, "arn:aws:s3:") && end != std::string::npos &&
         arn.substr(part, end - part).find_first_of("*?") != std::string::npos;
}

bool dv_11(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    return some_text(statement.value("Resource", Json()), wild_resource_type) ||
           some_text(statement.value("NotResource", Json()), wild_resource_type);
  });
}

// Keys that hold lists, as far as made-up requests have them.
bool dv_12(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    if (!statement.contains("Condition")) return false;
    for (const auto& [op, keys] : statement["Condition"].items()) {
      if (starts(op, "ForA") || starts(op, "Null")) continue;
      for (const auto& [key, values] : keys.items()) {
        if (has(key, "agKeys") || has(key, "agkeys") || has(key, "alledVia") || has(key, "alledvia")) return true;
      }
    }
    return false;
  });
}

bool dv_13(const Json& line) { return has(principal(line), ":federated-user/") && !has_session_policy(line); }

bool short_arn_with_star(const std::string& text) {
  return starts(text, "arn:") && text.back() == '*' && std::count(text.begin(), text.end(), ':') < 5;
}

bool dv_14(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    return some_text(statement.value("Resource", Json()), short_arn_with_star) ||
           some_text(statement.value("NotResource", Json()), short_arn_with_star);
  });
}

bool dv_15(const Json& line) {
  const Json policy = line.value("resourcePolicy", Json());
  return line["request"]["action"] == "sts:AssumeRole" && policy.is_null();
}

bool dv_16(const Json& line) {
  return some_condition(line, "ArnNot", [](const std::string& text) { return !starts(text, "arn:"); });
}

// Of the services in made-up requests only Lambda has no RCPs (RC-5).
bool dv_17(const Json& line) {
  const Json levels = line.value("resourceControlPolicies", Json());
  return levels.is_array() && !levels.empty() && starts(line["request"]["action"].get<std::string>(), "lambda:");
}

bool dv_18(const Json& line) {
  const Json levels = line.value("resourceControlPolicies", Json());
  return levels.is_array() && !levels.empty() && line["request"]["action"] == "kms:RetireGrant";
}

bool dv_19(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    if (!statement.contains("Condition")) return false;
    for (const auto& [op, keys] : statement["Condition"].items()) {
      if (starts(op, "ForAnyValue:") && has(op, "IfExists")) return true;
    }
    return false;
  });
}

// The policy names a role with a path, the request a session.
bool dv_20(const Json& line) {
  const auto has_path = [](const std::string& text) {
    const std::size_t role = text.find(":role/");
    return role != std::string::npos && text.find('/', role + 6) != std::string::npos;
  };
  return has(principal(line), ":assumed-role/") && some_statement(line, [&](const Json& statement) {
           return some_text(statement.value("Principal", Json()), has_path);
         });
}

bool some_line(const Json& line, const std::function<bool(const std::string& op, const std::string& text)>& test) {
  return some_statement(line, [&](const Json& statement) {
    if (!statement.contains("Condition")) return false;
    for (const auto& [op, keys] : statement["Condition"].items()) {
      if (some_text(keys, [&, op = op](const std::string& text) { return test(op, text); })) return true;
    }
    return false;
  });
}

bool dv_21(const Json& line) {
  return some_line(line,
                   [](const std::string& op, const std::string& text) { return has(op, "Not") && has(text, "${"); });
}

bool dv_22(const Json& line) {
  return some_line(line, [](const std::string&, const std::string& text) {
    return has(text, "${aws:TagKeys") || has(text, "${aws:CalledVia");
  });
}

bool dv_23(const Json& line) {
  return some_statement(line, [](const Json& statement) {
    return statement.value("Effect", "") == "Deny" &&
           some_text(statement.value("NotPrincipal", Json()),
                     [](const std::string& text) { return has(text, ":root") || has(text, "111122223333"); });
  });
}

bool dv_24(const Json& line) {
  const Json levels = line.value("resourceControlPolicies", Json());
  return levels.is_array() && !levels.empty() && has(line["request"].value("resource", ""), ":role/aws-service-role/");
}

}  // namespace

const std::vector<Divergence>& known_divergences() {
  static const std::vector<Divergence> all = {
      {"DV-1", "a session policy limits what names the session itself", dv_1},
      {"DV-2", "SCPs reach service-linked roles", dv_2},
      {"DV-3", "the root user needs a policy in its own account", dv_3},
      {"DV-4", "the core engine does not look at the endpoint policy's principals", dv_4},
      // DV-5, the management account, is left to the caller: tests/peer/decide.mjs sees to it.
      {"DV-6", "variables count in documents of version 2008-10-17", dv_6},
      {"DV-7", "IPv6 addresses compare by spelling", dv_7},
      {"DV-8", "a prefix of length 0 is read as a single address", dv_8},
      {"DV-9", "an epoch date does not compare with an ISO 8601 one", dv_9},
      {"DV-10", "a star that ends a middle part stays in it", dv_10},
      {"DV-11", "a wildcard in a resource's type matches nothing", dv_11},
      {"DV-12", "an operator without quantifier never holds of a key that is a list, even of one", dv_12},
      {"DV-13", "a federated user without a session policy has its user's permissions", dv_13},
      {"DV-14", "a star that ends an ARN of fewer than six parts stays in its part", dv_14},
      {"DV-15", "a role without a trust policy can be assumed", dv_15},
      {"DV-16", "ArnNotEquals and ArnNotLike do not hold against a value that is no ARN", dv_16},
      {"DV-17", "RCPs reach services that have none", dv_17},
      {"DV-18", "RCPs reach kms:RetireGrant", dv_18},
      {"DV-19", "ForAnyValue with IfExists does not hold without the key", dv_19},
      {"DV-20", "a session's role is told by its last name, whatever its path", dv_20},
      {"DV-21", "a negated operator does not hold where a variable has no value", dv_21},
      {"DV-22", "a variable of a key that holds lists has no value", dv_22},
      {"DV-23", "NotPrincipal with an account spares everybody in it", dv_23},
      {"DV-24", "RCPs reach the assumption of service-linked roles", dv_24},
  };
  return all;
}

}  // namespace sallyport::peer
