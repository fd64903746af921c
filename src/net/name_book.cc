#include "net/name_book.h"

#include <mutex>

namespace sallyport::net {

// Made without the lock: two threads may make the same, one of them is kept.
template <class Map, class Make>
const typename Map::mapped_type& NameBook::kept(Map& map, const typename Map::key_type& key, Make make) const {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = map.find(key); found != map.end()) return found->second;
  }
  auto made = make();
  const std::unique_lock lock(mutex_);
  return map.try_emplace(key, std::move(made)).first->second;
}

const std::vector<facts::HostName>& NameBook::in_use(const facts::Service& service, std::string_view region) const {
  return kept(in_use_, {&service, std::string(region)}, [&] { return facts::names_in_use(service, region); });
}

const std::optional<facts::HostMatch>& NameBook::behind(std::string_view host) const {
  return kept(behind_, std::string(host), [&] { return facts::service_of_host(host); });
}

const EndpointNames& NameBook::of(const Index& index, const Endpoint& endpoint) const {
  return kept(of_, &endpoint, [&] { return private_names(index, endpoint); });
}

const Side& NameBook::addresses(const Index& index, std::string_view service, std::string_view region,
                                Family family) const {
  return kept(addresses_, {std::string(service), std::string(region), family},
              [&] { return service_addresses(index, service, region, family); });
}

}  // namespace sallyport::net
