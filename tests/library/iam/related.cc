#include "library/iam/related.h"

#include "library/iam/alphabet.h"

namespace sallyport::generate::iam {

using Json = nlohmann::json;

namespace {

const Texts action_patterns = {
    "s3:GetObject", "s3:GetObject",    "s3:PutObject",  "s3:Get*", "s3:*",    "s3:?etObject",  "s3:*Object",
    "S3:getobject", "sqs:SendMessage", "sqs:*Message*", "*",       "s3:Put*", "s3:GetObject*", "s3:List*"};
const Texts resource_patterns = {"*",
                                 "*",
                                 "arn:aws:s3:::b",
                                 "arn:aws:s3:::b/*",
                                 "arn:aws:s3:::b/x",
                                 "arn:aws:s3:::b/a*",
                                 "arn:aws:s3:::b*",
                                 "arn:aws:s3:::b?/x",
                                 "arn:aws:s3:::*/x",
                                 "arn:aws:sqs:eu-west-1:111122223333:q",
                                 "arn:aws:sqs:eu-west-1:111122223333:*",
                                 "arn:aws:sqs:eu-*-1:111122223333:q"};

// Each key is tested by the operators of one type only: a number is no date.
const Texts tested = {"aws:SourceVpce",     "aws:SourceVpce", "aws:PrincipalTag/team", "aws:PrincipalTag/team",
                      "aws:SourceIp",       "aws:SourceIp",   "aws:SecureTransport",   "s3:max-keys",
                      "aws:CurrentTime",    "aws:TagKeys",    "aws:TagKeys",           "aws:SourceArn",
                      "aws:RequestTag/cost"};
const Texts team_operators = {"StringEquals", "StringNotEquals", "StringLike", "StringNotLike",
                              "StringEqualsIgnoreCase"};

}  // namespace

std::string Pairs::pattern(bool action) { return random_.one_of(action ? action_patterns : resource_patterns); }

std::string Pairs::value_of(const std::string& key) {
  static const Texts vpces = {"vpce-1", "vpce-2", "vpce-12", "vpce-*", "vpce-?"};
  static const Texts teams = {"red", "Red", "blue", "r*", "*", "${aws:username}"};
  static const Texts tags = {"team", "cost", "env", "t*"};
  static const Texts arns = {"arn:aws:s3:::b", "arn:aws:s3:::*", "arn:aws:sns:eu-west-1:111122223333:topic",
                             "arn:aws:sns:*:111122223333:*"};
  static const Texts nets = {"10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32"};
  static const Texts times = {"2026-01-01T00:00:00Z", "2026-06-01", "1767225600", "2026-01-01T01:00:00+01:00"};
  static const Texts counts = {"10", "10.0", "100", "7.5"};
  if (key == "aws:SourceVpce") return random_.one_of(vpces);
  if (key == "aws:SourceIp") return random_.one_of(nets);
  if (key == "aws:SecureTransport") return random_.chance(50) ? "true" : "false";
  if (key == "s3:max-keys") return random_.one_of(counts);
  if (key == "aws:CurrentTime") return random_.one_of(times);
  if (key == "aws:TagKeys") return random_.one_of(tags);
  if (key == "aws:SourceArn") return random_.one_of(arns);
  const std::string& team = random_.one_of(teams);
  return team.find('$') != std::string::npos && !random_.chance(30) ? "blue" : team;
}

void Pairs::add_test(Json& condition) {
  const std::string& key = random_.one_of(tested);
  if (random_.chance(15)) {
    condition["Null"][key] = random_.chance(50) ? "true" : "false";
    return;
  }
  std::string op;
  if (key == "aws:SourceIp") {
    op = random_.chance(60) ? "IpAddress" : "NotIpAddress";
  } else if (key == "aws:SecureTransport") {
    op = "Bool";
  } else if (key == "s3:max-keys") {
    op = random_.one_of(numeric_operators);
  } else if (key == "aws:CurrentTime") {
    op = random_.one_of(date_operators);
  } else if (key == "aws:SourceArn") {
    op = random_.chance(70) ? "ArnLike" : "ArnNotEquals";
  } else {
    op = random_.one_of(team_operators);
  }
  if (key == "aws:TagKeys") op = (random_.chance(50) ? "ForAllValues:" : "ForAnyValue:") + op;
  if (random_.chance(15)) op += "IfExists";
  Json values = Json::array({value_of(key)});
  while (key != "aws:SecureTransport" && random_.chance(30)) values.push_back(value_of(key));
  condition[op][key] = values;
}

Json Pairs::condition() {
  Json condition = Json::object();
  do {
    add_test(condition);
  } while (random_.chance(25));
  return condition;
}

Json Pairs::principal() {
  static const std::vector<Json> forms = {"*",
                                          "*",
                                          {{"AWS", "*"}},
                                          {{"AWS", "111122223333"}},
                                          {{"AWS", "arn:aws:iam::111122223333:root"}},
                                          {{"AWS", {"arn:aws:iam::111122223333:user/ann"}}},
                                          {{"AWS", {"arn:aws:iam::111122223333:role/app", "444455556666"}}},
                                          {{"AWS", "arn:aws:sts::111122223333:assumed-role/app/s1"}},
                                          {{"Service", "sns.amazonaws.com"}},
                                          {{"AWS", "111122223333"}, {"Service", "sns.amazonaws.com"}}};
  return random_.one_of(forms);
}

Json Pairs::statement() {
  const bool deny = random_.chance(30);
  Json made = {{"Effect", deny ? "Deny" : "Allow"}};
  for (const bool action : {true, false}) {
    Json list = Json::array({pattern(action)});
    while (random_.chance(30)) list.push_back(pattern(action));
    const bool inverse = random_.chance(8);
    made[std::string(inverse ? "Not" : "") + (action ? "Action" : "Resource")] = list;
  }
  if (resource_) {
    if (deny && random_.chance(8)) {
      made["NotPrincipal"] = principal();
    } else {
      made["Principal"] = principal();
    }
  }
  if (random_.chance(45)) made["Condition"] = condition();
  return made;
}

Json Pairs::document() {
  Json statements = Json::array({statement()});
  while (random_.chance(45)) statements.push_back(statement());
  statements[0]["Effect"] = "Allow";
  return {{"Version", random_.chance(80) ? "2012-10-17" : "2008-10-17"}, {"Statement", statements}};
}

Pair Pairs::next() {
  resource_ = random_.chance(30);
  Pair pair{document(), {}, resource_, ""};
  pair.newer = pair.older;
  do {
    pair.edits += (pair.edits.empty() ? "" : ", ") + edit(pair.newer);
  } while (random_.chance(30));
  if (random_.chance(50)) std::swap(pair.older, pair.newer);
  return pair;
}

}  // namespace sallyport::generate::iam
