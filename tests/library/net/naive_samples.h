// Which addresses and ports stand for all others: one on each side of every
// boundary that any rule of the cloud draws.
#pragma once

#include <vector>

#include "library/net/naive.h"

namespace sallyport::naive {

// Ports of first .. last that no ACL entry of the cloud can tell from the rest of
// their range: the ends, and both sides of every entry's ends. Ascending.
std::vector<std::uint16_t> port_samples(const Cloud& cloud, std::uint16_t first, std::uint16_t last);

// One address on each side of every end of a prefix that a route, ACL entry, group
// rule or prefix list names, within `first` .. `last`; and those two. Ascending.
std::vector<Address> address_samples(const Cloud& cloud, Address first, Address last);

// The same among all public addresses outside the cloud: no address of an
// interface or NAT gateway, none of a VPC, none in an AWS-managed prefix list
// (`com.amazonaws.`) unless `with_services`.
std::vector<Address> outside_samples(const Cloud& cloud, Family family, bool with_services);

}  // namespace sallyport::naive
