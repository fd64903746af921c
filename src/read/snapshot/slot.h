// Slot: what a file's path says of an AWS answer: whose it is, of which Region,
// the operation, and the one thing that it is about.
//
//   111122223333/eu-central-1/s3api-get-bucket-policy/s3delta.json
//   -> account, region, operation `s3api-get-bucket-policy`, subject `s3delta`
//
// Layouts: that of DESIGN.md, with folders or flat (`--` for the slash);
// `aws_configs/[accounts/<account>/]<region>/<Answer>.json`; and
// `account-data/<name>/<region>/<operation>[/<identifier>]`.
#pragma once

#include <string>
#include <string_view>

namespace sallyport::read::snapshot {

struct Slot {
  std::string account;    // digits; empty if no folder says
  std::string region;     // empty if no folder says, or it is one of global services
  std::string operation;  // `ec2-describe-vpcs`; empty if the name is no operation's
  std::string subject;    // percent-decoded; empty if it is about no single thing
  std::string root;       // folder that belongs to one account: where to look for whose it is
  std::string folder;     // folder of the answers of one Region
};

Slot slot_of(std::string_view path);

// `%2F` -> `/`; what is no escape stays.
std::string percent_decoded(std::string_view text);

// Does it look like `<service>-<verb>-<what>`, the verb one that reads?
bool looks_like_operation(std::string_view name);

}  // namespace sallyport::read::snapshot
