// Writes a fully known cloud as AWS would have answered: a snapshot folder.
//
// For cases (a difference that a seed found becomes a folder of its own), for the
// test that the reader reads back what was written, and for the estates of the
// benchmark. Members that AWS always sends are written, also those that nobody reads.
#pragma once

#include <string>
#include <vector>

#include "model/cloud.h"

namespace sallyport::generate {

struct File {
  std::string path;  // below the snapshot's folder
  std::string json;
};

// All answers for one account's network: `<account>/<region>/ec2-describe-vpcs.json` ...
// Every value must be known and every list complete.
std::vector<File> snapshot(const Cloud& cloud, const std::string& account = "111122223333");

// Writes files below `folder`, which is made. False: something could not be written.
bool write(const std::string& folder, const std::vector<File>& files);

}  // namespace sallyport::generate
