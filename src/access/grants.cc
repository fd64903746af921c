#include "access/grants.h"

#include <algorithm>
#include <array>
#include <map>

#include "access/doors.h"

namespace sallyport::access {
namespace {

// What people do with data, in short; `can` answers for any other action.
constexpr std::array bucket_objects = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"};
constexpr std::array bucket_itself = {"s3:ListBucket"};
constexpr std::array table_actions = {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"};
constexpr std::array function_actions = {"lambda:InvokeFunction"};

std::vector<const char*> actions_on(Kind what) {
  switch (what) {
    case Kind::queue: return {"sqs:SendMessage", "sqs:ReceiveMessage"};
    case Kind::topic: return {"sns:Publish", "sns:Subscribe"};
    case Kind::key: return {"kms:Decrypt", "kms:Encrypt"};
    case Kind::secret: return {"secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"};
    case Kind::repository: return {"ecr:BatchGetImage", "ecr:PutImage"};
    case Kind::event_bus: return {"events:PutEvents"};
    case Kind::stream: return {"kinesis:PutRecord", "kinesis:GetRecords"};
    case Kind::state_machine: return {"states:StartExecution"};
    default: return {};
  }
}

class Grants {
 public:
  Grants(const Access& access, const Endpoint& door)
      : access_(access), cloud_(access.cloud()), door_(door), arrival_(through(access.cloud(), door)) {
    region_ = cloud_.view(door.service_region.empty() ? door.head.region : door.service_region);
    for (const Role& role : cloud_->roles) {
      // Those are for AWS's services, which never come through here.
      if (!cloud_.view(role.path).starts_with("/aws-service-role/")) callers_.push_back(access.callers().of_role(role));
    }
    for (const User& user : cloud_->users) callers_.push_back(access.callers().of_user(user));
  }

  std::vector<Grant> run() {
    for (const Bucket& b : cloud_->buckets) {
      if (b.region.known() && cloud_.view(*b.region) != region_) continue;
      const std::string name(cloud_.id(b.id)), arn = "arn:aws:s3:::" + name;
      // Any object: its key is a symbol, so patterns for some keys leave it undecided.
      find(bucket_objects, arn +
                               "/\xFF"
                               "some object\xFE");
      find(bucket_itself, arn);
      ask({arn, name, "bucket", "s3", region_, std::string(cloud_.view(b.head.account))});
    }
    for (const Table& t : cloud_->tables) regional(table_actions, t, "table", "dynamodb");
    for (const Function& f : cloud_->functions) regional(function_actions, f, "function", "lambda");
    for (const Resource& r : cloud_->resources) {
      if (!r.aws_managed) regional(actions_on(r.what), r, name(r.what), service_of(r.what));
    }
    strangers();
    return std::move(out_);
  }

 private:
  template <class Actions>
  void find(const Actions& actions, const std::string& arn) {
    for (const char* action : actions) keep(access_.things().find(action, arn, region_));
  }
  void keep(Result<Thing> thing) {
    if (thing && leads_to(cloud_, door_, *thing)) things_.push_back(std::move(*thing));
  }

  template <class Row, class Actions>
  void regional(const Actions& actions, const Row& row, const char* kind, const char* service) {
    if (cloud_.view(row.head.region) != region_) return;
    const std::string arn(cloud_.id(row.id));
    find(actions, arn);
    ask({arn, std::string(cloud_.view(row.head.name)), kind, service, region_,
         std::string(cloud_.view(row.head.account))});
  }

  // Where data could be carried to, and brought in from.
  void strangers() {
    const std::string at = region_ + ":" + std::string(nobodys_account);
    for (const char* action : {"s3:PutObject", "s3:GetObject"}) {
      keep(access_.things().of_a_stranger(action, "arn:aws:s3:::bucket-of-a-stranger/x", region_));
    }
    for (const char* action : {"dynamodb:PutItem", "dynamodb:GetItem"}) {
      keep(access_.things().of_a_stranger(action, "arn:aws:dynamodb:" + at + ":table/table-of-a-stranger", region_));
    }
    keep(access_.things().of_a_stranger("lambda:InvokeFunction",
                                        "arn:aws:lambda:" + at + ":function:function-of-a-stranger", region_));
    keep(access_.things().of_a_stranger("sqs:SendMessage", "arn:aws:sqs:" + at + ":queue-of-a-stranger", region_));
    keep(access_.things().of_a_stranger("sns:Publish", "arn:aws:sns:" + at + ":topic-of-a-stranger", region_));
    keep(access_.things().of_a_stranger("secretsmanager:PutSecretValue",
                                        "arn:aws:secretsmanager:" + at + ":secret:of-a-stranger-000000", region_));
    keep(access_.things().of_a_stranger("events:PutEvents", "arn:aws:events:" + at + ":event-bus/of-a-stranger",
                                        region_));
    ask({"strangers", "resources of strangers, open to everybody", "strangers", "", region_, ""});
  }

  // Asks everybody for what was found, and groups them by what they may do.
  void ask(const net::Label& label) {
    std::map<std::vector<Grant::Action>, Grant> groups;
    const auto one = [&](const Caller& caller, std::string shown) {
      std::vector<Grant::Action> actions;
      std::vector<GapId> gaps;
      for (const Thing& thing : things_) {
        const Alternative a = access_.decide({.caller = caller, .thing = thing, .arrival = arrival_});
        const bool denied = a.decision.outcome == iam::Outcome::denied && !a.decision.by.empty();
        actions.push_back({thing.action, a.decision.outcome, denied ? iam::name(a.decision.by.front().layer) : ""});
        gaps.insert(gaps.end(), a.decision.gaps.begin(), a.decision.gaps.end());
      }
      Grant& group = groups[actions];
      group.resource = label;
      group.actions = std::move(actions);
      group.principals.push_back(std::move(shown));
      group.gaps.insert(group.gaps.end(), gaps.begin(), gaps.end());
    };
    if (!things_.empty()) {
      for (const Caller& caller : callers_) one(caller, caller.arn);
      one(access_.callers().stranger(), "any foreign account");
    }
    for (auto& [actions, group] : groups) {
      std::sort(group.principals.begin(), group.principals.end());
      std::sort(group.gaps.begin(), group.gaps.end());
      group.gaps.erase(std::unique(group.gaps.begin(), group.gaps.end()), group.gaps.end());
      out_.push_back(std::move(group));
    }
    things_.clear();
  }

  const Access& access_;
  const Cloud& cloud_;
  const Endpoint& door_;
  Arrival arrival_;
  std::string region_;
  std::vector<Caller> callers_;
  std::vector<Thing> things_;  // asked about next
  std::vector<Grant> out_;
};

}  // namespace

std::vector<Grant> grants(const Access& access, const Endpoint& door) { return Grants(access, door).run(); }

}  // namespace sallyport::access
