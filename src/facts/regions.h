// Regions and partitions: to which partition a Region belongs, and the suffixes of
// its host names.
//
// Tables with the lifetime of the program; nothing is parsed or allocated.
// Source: botocore's partitions.json (data/partitions.tsv, data/regions.tsv).
#pragma once

#include <span>
#include <string_view>

namespace sallyport::facts {

struct Partition {
  std::string_view name;           // `aws`, `aws-cn`, `aws-us-gov` ...
  std::string_view dns;            // `amazonaws.com`
  std::string_view dual;           // `api.aws`: suffix of most dual-stack names
  std::string_view global_region;  // the Region of global services: `us-east-1`
  std::string_view prefixes;       // `us-,eu-,...`: with a word and a number behind, its Regions
};

struct Region {
  std::string_view name;       // `eu-central-1`
  std::string_view partition;  // `aws`
  std::string_view title;      // `Europe (Frankfurt)`
};

// All of them, sorted by name.
std::span<const Partition> partitions();
std::span<const Region> regions();

// The Region or partition of that name; nullptr if it is not listed. Case matters.
// Cost: binary search.
const Region* region(std::string_view name);
const Partition* partition(std::string_view name);

// The partition of a Region, also of one that AWS opened after the tables were
// made, if its name fits a partition's pattern: `partition_of("eu-central-9")` is
// `aws`. `aws-global` and its like are pseudo Regions of global services and
// answered too. nullptr for anything else: then the partition is not known.
const Partition* partition_of(std::string_view region);

}  // namespace sallyport::facts
