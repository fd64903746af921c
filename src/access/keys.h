// Keys: one condition key at a time: known, absent, open or unknown, by the rules
// NK-1 to NK-15 and the pages of AWS's global condition keys.
#pragma once

#include <string>
#include <string_view>

#include "access/context.h"

namespace sallyport::access {

class Keys {
 public:
  // Fills `out`; all must outlive this object.
  Keys(const Cloud& cloud, const Org& org, const Request& request, iam::Context& out);

  // Says what is known of `key` (in any case) in the request.
  void fill(std::string_view key);

 private:
  bool network(std::string_view key);    // NK-1 .. NK-7, NK-15
  bool principal(std::string_view key);  // NK-8, NK-9, and who asks
  bool function_url();
  bool resource(std::string_view key);     // NK-10
  bool request(std::string_view key);      // NK-11 .. NK-13, time, transport
  bool credentials(std::string_view key);  // NK-14
  void of_service(std::string_view key);

  void stranger_endpoint(std::string_view key);
  void membership(const Membership& m, bool path);
  void tag(std::string_view name);
  bool tags_are_fixed() const;
  bool own_role() const;
  bool by_provider() const;
  bool signs() const;
  GapId gap(GapKind kind, std::string what, std::string remedy = {}) const;

  const Cloud& cloud_;
  const Org& org_;
  const Request& r_;
  iam::Context& out_;
  std::string key_;  // as given: how the context shows it
};

// Do two key names name the same key (MA-6)?
bool same_key(std::string_view a, std::string_view b);

}  // namespace sallyport::access
