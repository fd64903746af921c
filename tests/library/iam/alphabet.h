// The small alphabets of the generator: what requests and policies are made of.
//
// In ARNs `:A:` stands for an account, filled in later. Frequent things stand
// several times in their list.
#pragma once

#include <string>
#include <vector>

namespace sallyport::generate::iam {

using Texts = std::vector<std::string>;

inline constexpr const char* ours = "111122223333";
inline constexpr const char* theirs = "444455556666";

struct Target {
  const char* action;
  const char* resource;
};
inline const std::vector<Target> targets = {
    {"s3:GetObject", "arn:aws:s3:::b/x"},
    {"s3:PutObject", "arn:aws:s3:::b/team/ann/x"},
    {"s3:ListBucket", "arn:aws:s3:::b"},
    {"s3:GetObjectAcl", "arn:aws:s3:::b/a:b/c"},
    {"s3:ListAllMyBuckets", "*"},
    {"kms:Decrypt", "arn:aws:kms:eu-west-1:A:key/k1"},
    {"kms:RetireGrant", "arn:aws:kms:eu-west-1:A:key/k1"},
    {"kms:ListKeys", "*"},
    {"sts:AssumeRole", "arn:aws:iam::A:role/target"},
    {"sts:AssumeRole", "arn:aws:iam::A:role/team/target"},
    {"sts:AssumeRoleWithWebIdentity", "arn:aws:iam::A:role/target"},
    {"sts:GetCallerIdentity", "*"},
    {"sqs:SendMessage", "arn:aws:sqs:eu-west-1:A:q"},
    {"sqs:ReceiveMessage", "arn:aws:sqs:eu-west-1:A:q"},
    {"dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:A:table/t"},
    {"dynamodb:Query", "arn:aws:dynamodb:eu-west-1:A:table/t/index/i"},
    {"lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:A:function:f"},
    {"lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:A:function:f:live"},
};

// Frequent callers stand several times.
inline const Texts principals = {"arn:aws:iam::A:user/ann",
                                 "arn:aws:iam::A:user/ann",
                                 "arn:aws:iam::A:user/team/bob",
                                 "arn:aws:iam::A:role/app",
                                 "arn:aws:iam::A:role/app",
                                 "arn:aws:iam::A:role/team/ops",
                                 "arn:aws:sts::A:assumed-role/app/s1",
                                 "arn:aws:sts::A:assumed-role/app/s1",
                                 "arn:aws:sts::A:assumed-role/app/s1",
                                 "arn:aws:sts::A:assumed-role/ops/s2",
                                 "arn:aws:sts::A:federated-user/fay",
                                 "arn:aws:iam::A:root",
                                 "sns.amazonaws.com",
                                 "lambda.amazonaws.com",
                                 "anonymous",
                                 "arn:aws:iam::A:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"};

inline const Texts others = {"arn:aws:iam::111122223333:user/zoe",
                             "arn:aws:iam::111122223333:role/other",
                             "arn:aws:sts::111122223333:assumed-role/app/s9",
                             "arn:aws:iam::777788889999:role/app",
                             "arn:aws:iam::444455556666:user/ann",
                             "777788889999",
                             "arn:aws:iam::777788889999:root",
                             "arn:aws:sts::111122223333:federated-user/gil",
                             "arn:aws:iam::111122223333:role/x/app"};

inline void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

inline std::string with_account(std::string arn, const std::string& account) {
  replace(arn, ":A:", ":" + account + ":");
  return arn;
}

inline bool starts(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

struct Key {
  const char* name;
  const char* kind;  // which operators speak of it
  Texts values;
};
inline const std::vector<Key> keys = {
    {"aws:SourceIp", "ip", {"198.51.100.7", "203.0.113.9", "2001:db8::1"}},
    {"aws:VpcSourceIp", "ip", {"10.0.1.5", "10.9.0.1"}},
    {"aws:SourceVpc", "string", {"vpc-1", "vpc-2"}},
    {"aws:SourceVpce", "string", {"vpce-1", "vpce-2", "vpce-12345"}},
    {"aws:PrincipalOrgID", "string", {"o-abc", "o-xyz"}},
    {"aws:PrincipalTag/team", "string", {"red", "blue", "x"}},
    {"aws:ResourceTag/team", "string", {"red", "blue", "Red"}},
    {"aws:username", "string", {"ann", "b*b"}},
    {"aws:SecureTransport", "bool", {"true", "false"}},
    {"aws:ViaAWSService", "bool", {"false", "true"}},
    {"aws:CurrentTime", "date", {"2026-06-01T12:00:00Z", "2025-01-01T00:00:00Z"}},
    {"aws:EpochTime", "date", {"1767225600"}},
    {"s3:max-keys", "numeric", {"10", "100", "7.5"}},
    {"aws:SourceArn", "arn", {"arn:aws:sns:eu-west-1:111122223333:topic", "arn:aws:s3:::b"}},
    {"aws:TagKeys", "list", {"team", "cost", "env"}},
    {"aws:CalledVia", "list", {"athena.amazonaws.com", "cloudformation.amazonaws.com"}},
    {"s3:x-blob", "binary", {"QUJD", "WFla"}},
};

inline const Texts string_operators = {"StringEquals",
                                       "StringEquals",
                                       "StringLike",
                                       "StringNotEquals",
                                       "StringNotLike",
                                       "StringEqualsIgnoreCase",
                                       "StringNotEqualsIgnoreCase"};
inline const Texts arn_operators = {"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringEquals"};
inline const Texts date_operators = {"DateEquals",         "DateNotEquals",   "DateLessThan",
                                     "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"};
inline const Texts numeric_operators = {"NumericEquals",         "NumericNotEquals",   "NumericLessThan",
                                        "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"};
inline const Texts dates = {"2026-06-01T12:00:00Z", "2025-01-01T00:00:00Z",      "2026-01-01",
                            "1767225600",           "2026-01-01T01:00:00+01:00", "2027-01-01T00:00:00Z"};
inline const Texts blocks = {"198.51.100.0/24", "198.51.100.7",  "203.0.113.0/28",   "10.0.0.0/16", "10.0.0.0/8",
                             "0.0.0.0/0",       "2001:db8::/32", "2001:0db8:0:0::1", "::/0",        "10.9.0.1/8"};

// The operator family of a key, one of its operators.
inline const Texts& operators_of(const std::string& kind) {
  static const Texts ip = {"IpAddress", "IpAddress", "NotIpAddress"}, boolean = {"Bool"}, binary = {"BinaryEquals"};
  if (kind == "ip") return ip;
  if (kind == "bool") return boolean;
  if (kind == "binary") return binary;
  if (kind == "date") return date_operators;
  if (kind == "numeric") return numeric_operators;
  if (kind == "arn") return arn_operators;
  return string_operators;
}

}  // namespace sallyport::generate::iam
