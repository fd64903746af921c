// Decisions: the answer of `can`, as JSON and as text.
#pragma once

#include <string>

#include "access/access.h"
#include "base/diagnostic.h"
#include "show/page.h"

namespace sallyport::show {

void can_json(std::string& out, Page& page, const access::CanAnswer& answer, const Diagnostics& diagnostics);

// Who asks for what and from where, the decision, what each layer says and by which
// statement, what it hangs on, and the condition keys that the path gave.
void can_text(std::string& out, Page& page, const access::CanAnswer& answer);

// "10.0.0.0-10.0.0.255, 10.1.0.7 and 3 more ranges": for people.
std::string some_addresses(const AddressSet& set);

}  // namespace sallyport::show
