// The document as a whole: it allows nothing, or locks everybody out.
//
// Sources: IAM User Guide, reference_policies_evaluation-logic; S3 API, PutBucketPolicy and
// DeleteBucketPolicy (the root user of the bucket's account is never locked out by the
// bucket's policy); KMS guide, key-policy-default; IAM User Guide, id_root-user-privileged-task.
#include <algorithm>
#include <array>
#include <vector>

#include "base/wildcard.h"
#include "iam/lint/exact.h"
#include "iam/lint/known.h"
#include "iam/lint/patterns.h"
#include "iam/lint/relations.h"

namespace sallyport::iam::lint {
namespace {

bool speaks_of(const StatementView& s, std::string_view service) {
  if (service.empty() || !s.plain_action()) return true;
  return std::any_of(s.actions.begin(), s.actions.end(), [&](const Word& w) {
    const std::string_view prefix = service_of(w.text);
    return prefix.empty() || matches_ignoring_case(prefix, service);
  });
}

// What may change a resource's policy, by service.
struct Keeper {
  const char* service;
  std::vector<std::string_view> actions;
  const char* consequence;
};

const std::vector<Keeper>& keepers() {
  static const std::vector<Keeper> all = {
      {"s3",
       {"s3:PutBucketPolicy", "s3:DeleteBucketPolicy"},
       "only the root user of the bucket's account can still change or delete the policy, unless an endpoint's or an "
       "organization's "
       "policy denies it that"},
      {"kms",
       {"kms:PutKeyPolicy"},
       "nobody can change the policy any more, the root user included, and only AWS Support can help"},
      {"sqs",
       {"sqs:SetQueueAttributes"},
       "only a privileged session of the root user (the task SQSUnlockQueuePolicy) can still delete the policy"},
      {"sns", {"sns:SetTopicAttributes"}, "no principal can change the policy any more"},
      {"secretsmanager",
       {"secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"},
       "no principal can change the policy any more"},
  };
  return all;
}

// Does the statement surely name the action?
bool names(const StatementView& s, std::string_view action) {
  const bool listed = std::any_of(s.actions.begin(), s.actions.end(),
                                  [&](const Word& w) { return matches_ignoring_case(w.text, action); });
  return s.plain_action() ? listed : !listed;
}

// Does it hold the resource itself, whose policy the document is? A bucket's policy names
// no other bucket, so a pattern without a slash that ends nowhere else is the bucket.
bool holds_resource(const StatementView& s, std::string_view service) {
  if (!s.names_resources()) return true;
  if (!s.plain_resource()) return false;
  return std::any_of(s.resources.begin(), s.resources.end(), [&](const Word& r) {
    if (only_stars(r.text)) return true;
    if (!r.text.starts_with("arn:") || r.text.find("${") != std::string_view::npos) return false;
    return service == "s3"
               ? r.text.find('/') == std::string_view::npos && r.text.find(":s3:::") != std::string_view::npos
               : std::string_view(r.text).ends_with(":*");
  });
}

std::string listed(const Keeper& keeper) {
  std::string actions;
  for (const std::string_view a : keeper.actions) actions += (actions.empty() ? "`" : " and `") + std::string(a) + "`";
  return actions + (keeper.actions.size() == 1 ? " is" : " are");
}

// Several statements, or one whose exception nobody fulfils: "but through this endpoint",
// and "but from these addresses".
void lock_out_together(Work& work, const Keeper& keeper) {
  std::vector<const StatementView*> first;
  for (const std::string_view action : keeper.actions) {
    std::vector<const StatementView*> deny;
    for (const StatementView& s : work.outline().statements) {
      const bool of_it = !s.open && s.denies() && s.names_principals() && holds_resource(s, keeper.service);
      if (of_it && names(s, action)) deny.push_back(&s);
    }
    if (!deny_everybody(work, deny)) return;
    if (first.empty()) first = deny;
  }
  const std::string by = first.size() == 1 ? "no request meets the exception of the statement"
                                           : "no request meets the exceptions of all " + std::to_string(first.size()) +
                                                 " statements that deny it";
  work.found("lock-out", first.front()->at,
             listed(keeper) + " denied to everybody, since " + by + ": " + keeper.consequence, first.front());
}

void lock_out(Work& work) {
  for (const Keeper& keeper : keepers()) {
    if (work.service() != keeper.service) continue;
    bool some = false;
    for (const StatementView& s : work.outline().statements) {
      if (s.open || !s.denies() || !s.everybody() || !s.conditions.empty() || !holds_resource(s, keeper.service))
        continue;
      if (!std::all_of(keeper.actions.begin(), keeper.actions.end(), [&](std::string_view a) { return names(s, a); }))
        continue;
      some = true;
      work.found("lock-out", s.at, listed(keeper) + " denied to everybody: " + keeper.consequence, &s);
    }
    if (!some) lock_out_together(work, keeper);
  }
}

// KMS: what the key policy does not allow, nobody may do; not even the root user.
void unmanageable(Work& work) {
  if (work.service() != "kms" || work.outline().open || work.outline().statements.empty()) return;
  for (const StatementView& s : work.outline().statements) {
    if (s.open || (s.allows() && names(s, "kms:PutKeyPolicy"))) return;
  }
  work.found("key-unmanageable", work.outline().statement_at,
             "no statement allows `kms:PutKeyPolicy`: nobody can change the policy any more, the root user included, "
             "and only AWS Support can help");
}

bool must_allow(PolicyUse use) {
  return use == PolicyUse::endpoint || use == PolicyUse::gateway_endpoint || use == PolicyUse::boundary ||
         use == PolicyUse::session || use == PolicyUse::trust;
}

void nothing(Work& work) {
  std::string why;
  if (must_allow(work.use())) {
    if (!allows_nothing(work, work.for_endpoint() ? work.service() : "", why)) return;
    const std::string what = work.use() == PolicyUse::trust ? "nobody can assume the role"
                             : work.use() == PolicyUse::boundary
                                 ? "this boundary leaves its principal no request at all"
                                 : "this policy allows no request at all";
    work.found("allows-nothing", work.outline().statement_at, what + ": " + why);
  } else if (work.use() == PolicyUse::resource && !work.use_known() && allows_nothing(work, "", why)) {
    work.undecided(
        "allows-nothing", work.outline().statement_at,
        "as the policy of an endpoint it would allow no request at all (" + why + "); say what it is with `--type`");
  }
}

}  // namespace

bool allows_nothing(Work& work, std::string_view service, std::string& why) {
  const Outline& parts = work.outline();
  if (parts.open || parts.statement_at == 0) return false;
  bool some = false;
  bool elsewhere = false;
  for (const StatementView& s : parts.statements) {
    if (s.open) return false;
    if (!s.allows()) continue;
    some = true;
    if (!speaks_of(s, service)) {
      elsewhere = true;
      continue;
    }
    const bool denied = std::any_of(parts.statements.begin(), parts.statements.end(),
                                    [&](const StatementView& deny) { return denied_by(work, s, deny); });
    if (denied || never_because(s)) continue;
    if (!exactly_nothing(work, service)) return false;
    why = "no request fulfils what its statements ask for together";
    return true;
  }
  why = parts.statements.empty() ? "it has no statement"
        : !some                  ? "it has `Deny` statements only, and what no statement allows is denied"
        : elsewhere              ? "no statement allows an action of `" + std::string(service) + "`"
                                 : "each `Allow` is denied again, or never applies";
  return true;
}

void check_effect(Work& work) {
  nothing(work);
  if (work.use() == PolicyUse::resource) {
    lock_out(work);
    unmanageable(work);
  }
}

}  // namespace sallyport::iam::lint
