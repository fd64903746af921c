// Decisions: the answer of `can`, as JSON and as text.
#pragma once

#include <string>
#include <vector>

#include "access/access.h"
#include "base/diagnostic.h"
#include "show/page.h"

namespace sallyport::show {

void can_json(std::string& out, Page& page, const access::CanAnswer& answer, const Diagnostics& diagnostics);

// Who asks for what and from where, the decision, what each layer says and by which
// statement, what it hangs on, and the condition keys that the path gave.
void can_text(std::string& out, Page& page, const access::CanAnswer& answer);

// Parts that answers about decisions have in common.
// `"by": [{"layer", "policy", "statement", ...}]`
void by_member(JsonWriter& json, Page& page, const std::vector<iam::By>& by);
// `"conditions": [{"layer", "policy", "statement", "effect", "condition"}]`; left out where there are none.
void conditions_member(JsonWriter& json, Page& page, const std::vector<iam::OpenCondition>& conditions);
// `"allowedIf": {"ways": [["aws:SourceVpce is `vpce-1`"]], "complete"}`; left out where it cannot be said.
void allowed_if_member(JsonWriter& json, const iam::sets::Conditions* conditions);
// "allowed if aws:SourceVpce is `vpce-1`", and a line for each other way; none where it
// cannot be said.
std::vector<std::string> allowed_if_text(const iam::sets::Conditions* conditions);
// "statement 2 `OnlyOurs` of `s3delta` allows"
std::string statement_text(Page& page, const iam::By& by);
// "allowed if StringEquals aws:RequestTag/team: a (identity-policy, statement 1)"
std::string condition_text(Page& page, const iam::OpenCondition& open);
Ink ink(iam::Outcome outcome);

// "10.0.0.0-10.0.0.255, 10.1.0.7 and 3 more ranges": for people.
std::string some_addresses(const AddressSet& set);

}  // namespace sallyport::show
