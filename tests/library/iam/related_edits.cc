// The edits that make one document of another.
#include "library/iam/alphabet.h"
#include "library/iam/related.h"

namespace sallyport::generate::iam {

using Json = nlohmann::json;

namespace {

std::string lower_of(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

}  // namespace

std::string Pairs::widen(std::string text) {
  if (text.size() < 4) return "*";
  const std::size_t keep = text.find_last_of(":/") + 1;
  if (random_.chance(40)) return text + (random_.chance(70) ? "*" : "?");
  if (keep < text.size() && random_.chance(60)) {
    text[keep + random_.below(text.size() - keep)] = random_.chance(70) ? '?' : '*';
    return text;
  }
  return text.substr(0, keep) + "*";
}

std::string Pairs::narrow(std::string text) {
  const std::size_t star = text.find('*'), one = text.find('?');
  if (text == "*") return "arn:aws:s3:::b/*";
  if (star != std::string::npos)
    return text.replace(star, 1, random_.chance(40) ? "" : random_.chance(50) ? "x" : "a*");
  if (one != std::string::npos) return text.replace(one, 1, "G");
  return text + "/y";
}

std::string Pairs::edit_pattern(Json& statement) {
  const bool action = random_.chance(50);
  std::string element = action ? "Action" : "Resource";
  if (!statement.contains(element)) element = "Not" + element;
  Json& list = statement[element];
  Json& one = list[random_.below(list.size())];
  const std::string text = one.get<std::string>();
  switch (random_.below(7)) {
    case 0: one = widen(text); return "widen " + text;
    case 1: one = action && text == "*" ? "s3:*" : narrow(text); return "narrow " + text;
    case 2: list.push_back(pattern(action)); return "add a pattern";
    case 3:
      if (list.size() > 1) list.erase(list.begin());
      return "drop a pattern";
    case 4: list.push_back(narrow(text == "*" && action ? "s3:*" : text)); return "add what " + text + " may hold";
    case 5: {
      Json moved = list;
      statement.erase(element);
      statement[starts(element, "Not") ? element.substr(3) : "Not" + element] = moved;
      return "negate " + element;
    }
    default:
      if (action) one = lower_of(text);
      return "write an action in small letters";
  }
}

std::string Pairs::edit_values(Json& condition) {
  auto op = condition.begin();
  std::advance(op, static_cast<std::ptrdiff_t>(random_.below(condition.size())));
  auto test = op->begin();
  std::advance(test, static_cast<std::ptrdiff_t>(random_.below(op->size())));
  if (op.key() == "Null") {
    *test = *test == "true" ? "false" : "true";
    return "turn Null";
  }
  if (test.key() == "aws:SourceIp" && random_.chance(40)) {
    for (Json& value : *test) {
      if (value != "10.0.0.0/8") continue;
      value = "10.0.0.0/9";
      test->push_back("10.128.0.0/9");
      return "split a network";
    }
  }
  if (random_.chance(50) || test->size() == 1) {
    test->push_back(value_of(test.key()));
    return "add a value";
  }
  test->erase(test->begin());
  return "drop a value";
}

std::string Pairs::edit_operator(Json& condition) {
  auto op = condition.begin();
  std::advance(op, static_cast<std::ptrdiff_t>(random_.below(condition.size())));
  std::string name = op.key();
  if (name == "Null") return edit_values(condition);
  const std::string tail = "IfExists";
  if (random_.chance(35)) {
    if (name.size() > tail.size() && name.substr(name.size() - tail.size()) == tail) {
      name.erase(name.size() - tail.size());
    } else {
      name += tail;
    }
  } else if (name.find("Not") != std::string::npos) {
    name.erase(name.find("Not"), 3);
  } else if (starts(name, "ForAllValues:")) {
    name = "ForAnyValue:" + name.substr(13);
  } else if (name.find("LessThan") != std::string::npos) {
    name.replace(name.find("LessThan"), 8, "GreaterThan");
  } else if (name.find("StringEquals") != std::string::npos && name.find("IgnoreCase") == std::string::npos) {
    name.replace(name.find("StringEquals"), 12, random_.chance(50) ? "StringLike" : "StringNotEquals");
  } else if (name.find("IpAddress") != std::string::npos) {
    name = "Not" + name;
  } else {
    name += name.find(tail) == std::string::npos ? tail : "";
  }
  if (condition.contains(name)) return "leave an operator";
  const std::string old = op.key();
  const Json tests = *op;
  condition.erase(old);
  condition[name] = tests;
  return old + " to " + name;
}

std::string Pairs::edit_condition(Json& statement) {
  if (!statement.contains("Condition")) {
    statement["Condition"] = condition();
    return "add a condition";
  }
  Json& held = statement["Condition"];
  switch (random_.below(5)) {
    case 0: statement.erase("Condition"); return "drop the condition";
    case 1: add_test(held); return "add a test";
    case 2: return edit_operator(held);
    default: return edit_values(held);
  }
}

std::string Pairs::edit(Json& document) {
  Json& statements = document["Statement"];
  const std::size_t at = random_.below(statements.size());
  Json& one = statements[at];
  switch (random_.below(12)) {
    case 0:
      if (statements.size() > 1) statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(at));
      return "drop a statement";
    case 1: statements.push_back(statement()); return "add a statement";
    case 2: one["Effect"] = one["Effect"] == "Allow" ? "Deny" : "Allow"; return "flip an effect";
    case 3: {
      Json copy = one;
      const std::string what = random_.chance(50) ? edit_pattern(copy) : edit_condition(copy);
      statements.push_back(copy);
      return "copy a statement, " + what;
    }
    case 4: {  // the same said by two statements
      const char* element = one.contains("Action") ? "Action" : "Resource";
      if (!one.contains(element) || one[element].size() < 2) return edit_pattern(one);
      Json other = one;
      other[element] = Json::array({one[element].back()});
      one[element].erase(one[element].size() - 1);
      statements.push_back(other);
      return "split a statement";
    }
    case 5: {
      if (statements.size() < 2) return edit_condition(one);
      const Json first = statements.front();
      statements.erase(statements.begin());
      statements.push_back(first);
      return "put the first statement last";
    }
    case 6:
      if (!resource_ || !one.contains("Principal")) return edit_pattern(one);
      one["Principal"] = principal();
      return "name somebody else";
    case 7:
    case 8:
    case 9: return edit_condition(one);
    default: return edit_pattern(one);
  }
}

}  // namespace sallyport::generate::iam
