// NameBook: what names say by themselves, wherever they are asked: worked out once, and looked
// up by every VPC that asks again.
//
// Any thread. What it gives lives as long as the index.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "facts/names.h"
#include "net/dns.h"

namespace sallyport::net {

class NameBook {
 public:
  // facts::names_in_use.
  const std::vector<facts::HostName>& in_use(const facts::Service& service, std::string_view region) const;
  // facts::service_of_host.
  const std::optional<facts::HostMatch>& behind(std::string_view host) const;
  // The names that an endpoint of `index` answers for by private DNS.
  const EndpointNames& of(const Index& index, const Endpoint& endpoint) const;
  // The public addresses of a service in a Region, as `index` has them.
  const Side& addresses(const Index& index, std::string_view service, std::string_view region, Family family) const;

 private:
  template <class Map, class Make>
  const typename Map::mapped_type& kept(Map& map, const typename Map::key_type& key, Make make) const;

  mutable std::shared_mutex mutex_;  // of the maps; entries stay where they are
  mutable std::map<std::pair<const facts::Service*, std::string>, std::vector<facts::HostName>> in_use_;
  mutable std::unordered_map<std::string, std::optional<facts::HostMatch>> behind_;
  mutable std::unordered_map<const Endpoint*, EndpointNames> of_;
  mutable std::map<std::tuple<std::string, std::string, Family>, Side> addresses_;
};

}  // namespace sallyport::net
