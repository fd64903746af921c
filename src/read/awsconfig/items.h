// Items: what AWS Config recorded of each resource, out of any of its documents.
//
//   {"fileVersion": "1.0", "configSnapshotId": "...", "configurationItems": [...]}   a snapshot, as delivered to S3
//   {"fileVersion": "1.0", "configurationItems": [...]}                              a history file, or
//   get-resource-config-history
//   {"baseConfigurationItems": [...]}                                                batch-get-resource-config
//   {"Results": ["{...}", ...], "QueryInfo": {"SelectFields": [...]}}                select-(aggregate-)resource-config
//
// Source: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "read/json/tree.h"

namespace sallyport::read::awsconfig {

enum class Status : std::uint8_t {
  recorded,      // OK, ResourceDiscovered
  not_recorded,  // ResourceNotRecorded: it is there, and the recorder does not look at its type
  deleted,       // ResourceDeleted, ResourceDeletedNotRecorded
};

struct Item {
  std::string type;  // `AWS::EC2::VPC`
  std::string id;    // as Config calls it: `vpc-0a1`, an ARN, a unique id
  std::string account;
  std::string region;           // empty: of a global service
  bool of_all_regions = false;  // it says `global`
  std::string name;
  std::string arn;
  Status status = Status::recorded;
  double captured = 0;          // seconds since 1970; 0: not said
  std::string configuration;    // JSON; empty: not there
  std::string supplementary;    // JSON
  std::string tags;             // JSON: an object, or a list of {key, value}
  std::set<std::string> whole;  // of a select: the members of the configuration that were asked for; `*`: all
  bool in_part = false;         // of a select that did not ask for the whole configuration
  int snapshot = -1;            // number of the snapshot that holds it; -1: none
  std::string file;
  Origin origin;
};

// Is it a document of AWS Config? By its contents.
bool is_config(json::Node root);

// Whose the document is where its items do not say, as its path tells.
struct Where {
  std::string account;
  std::string region;
  std::string file;
};

// What is no item: it lacks its type, its id, or its Region. So of its type not all are known.
struct NoItem {
  std::string type;  // empty: may be of any
  Origin origin;
};

// The items of one document. What is none is said, too.
std::vector<Item> items_of(json::Node root, const Where& where, std::vector<NoItem>& none, Diagnostics& diagnostics);

// `2016-09-24T17:47:03.866Z`, with an offset, or seconds since 1970; 0: neither.
double seconds_of(json::Node time);

}  // namespace sallyport::read::awsconfig
