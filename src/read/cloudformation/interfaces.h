// Parts of interfaces that instances share with them.
#pragma once

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// Subnet, VPC, addresses and groups of `p`, which is a network interface or an
// instance's entry for one; `groups` is the property that lists them.
void fill_interface(const Properties& p, const char* groups, Interface& row);

// The interface is the instance's from now on.
void attach(Work& work, InterfaceId interface, InstanceId instance);

}  // namespace sallyport::read::cloudformation
