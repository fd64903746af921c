// What services of AWS run for us: tasks, databases, warehouses, notebooks, clusters, build projects.
#include "library/net/generate_parts.h"

namespace sallyport::generate {

PlatformWorkload& Plan::add_platform(const Site& site, Kind what, const std::string& name) {
  PlatformWorkload p;
  p.id = registry->ids.get<PlatformWorkloadId>(
      text("aws"), text("arn:aws:" + std::string(sallyport::name(what)) + ":" + site.region + ":111122223333:" + name));
  p.head = head(site, name);
  p.what = what;
  p.state = state();
  p.role = RoleId();
  change.put.platform_workloads.push_back(p);
  return change.put.platform_workloads.back();
}

// In one or two subnets, with an interface in each.
void Plan::place_platform(Site& site, PlatformWorkload& p, bool ipv6, bool has_public) {
  Placement place;
  place.vpc = site.vpc;
  place.groups.items = some_groups(site);
  place.subnets.items = {random.one_of(site.subnets)};
  const SubnetId second = random.one_of(site.subnets);
  if (random.chance(40) && second != place.subnets.items[0]) place.subnets.items.push_back(second);
  for (const SubnetId where : place.subnets) {
    Interface& i = add_interface(site, where, InterfaceKind::managed, "");
    if (!ipv6) std::erase_if(i.addresses.items, [](const Value<Address>& a) { return a->family == Family::v6; });
    i.groups = place.groups;
    if (has_public) i.public_addresses.items.push_back({elastic(), *i.addresses.items[0]});
    p.interfaces.items.push_back(i.id);
  }
  p.place = place;
}

void Plan::make_platform(std::uint64_t seed) {
  if (knobs.platform == 0) return;
  Random own(seed * 32'452'843 + 31);
  std::swap(random, own);
  for (Site& site : sites) {
    if (random.chance(knobs.platform)) {  // PW-3
      PlatformWorkload& task = add_platform(site, Kind::task, "task" + number());
      task.public_address = random.chance(50);
      place_platform(site, task, true, *task.public_address);
    }
    if (random.chance(knobs.platform)) {  // PW-4
      PlatformWorkload& database = add_platform(site, Kind::database, "db" + number());
      database.port = 5432;
      database.publicly_accessible = random.chance(50);
      place_platform(site, database, false, *database.publicly_accessible);
    }
    if (random.chance(knobs.platform)) {  // PW-1
      PlatformWorkload& warehouse = add_platform(site, Kind::warehouse, "dw" + number());
      warehouse.port = 5439;
      warehouse.goes_around = random.chance(60);
      warehouse.publicly_accessible = random.chance(30);
      place_platform(site, warehouse, false, *warehouse.publicly_accessible);
    }
    if (random.chance(knobs.platform)) {  // PW-2
      PlatformWorkload& notebook = add_platform(site, Kind::notebook, "nb" + number());
      notebook.goes_around = random.chance(60);
      place_platform(site, notebook, false, false);
    }
    if (random.chance(knobs.platform)) {  // PW-5
      PlatformWorkload& cluster = add_platform(site, Kind::cluster, "eks" + number());
      cluster.port = 443;
      cluster.publicly_accessible = random.chance(60);
      if (random.chance(25)) {  // no private access
        Placement place;
        place.vpc = site.vpc;
        place.subnets.items = {random.one_of(site.subnets)};
        place.groups.items = some_groups(site);
        cluster.place = place;
      } else {
        place_platform(site, cluster, false, false);
      }
      if (*cluster.publicly_accessible && random.chance(30)) {
        cluster.admits.items.push_back(*parse_prefix(random.chance(50) ? "8.8.8.0/24" : "93.184.215.14/32"));
      }
    }
    if (random.chance(knobs.platform)) {  // PW-6
      PlatformWorkload& project = add_platform(site, Kind::build_project, "build" + number());
      if (random.chance(50)) {
        project.place = Placement{};
      } else {
        place_platform(site, project, false, false);
      }
    }
  }
  std::swap(random, own);
}

}  // namespace sallyport::generate
