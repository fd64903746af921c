// make_estate --vpcs N --interfaces M --out DIR: writes an estate as a snapshot folder.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "estate.h"

int main(int argc, char** argv) {
  using namespace sallyport;
  bench::EstateSize size;
  std::string out;
  int accounts = 0;
  CLI::App app{"writes a generated estate as a snapshot folder; the same options give the same bytes"};
  app.add_option("--vpcs", size.vpcs, "VPCs")->capture_default_str()->check(CLI::Range(1, 10'000));
  app.add_option("--interfaces", size.interfaces, "interfaces of workloads, over all VPCs")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000'000));
  app.add_option("--per-application", size.per_application, "interfaces of one application")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
  app.add_option("--rules", size.rules_per_group, "rules of a security group")->capture_default_str();
  app.add_option("--references", size.references, "percent of the rules that name a group")->capture_default_str();
  app.add_option("--lists", size.lists, "customer-managed prefix lists")->capture_default_str();
  app.add_option("--entries", size.entries, "entries of such a list")->capture_default_str();
  app.add_option("--custom-acls", size.custom_acls, "percent of the subnets with an ACL of their own")
      ->capture_default_str();
  app.add_option("--endpoints", size.endpoints, "interface endpoints of a VPC")->capture_default_str();
  app.add_option("--buckets", size.buckets, "buckets")->capture_default_str();
  app.add_option("--tables", size.tables, "tables")->capture_default_str();
  app.add_option("--not-collected", size.not_collected, "percent of the answers about one resource that are missing")
      ->capture_default_str();
  app.add_option("--seed", size.seed, "another estate of the same size")->capture_default_str();
  app.add_option("--organization", accounts,
                 "accounts of an organization instead of one estate: give --vpcs and --interfaces of each")
      ->check(CLI::Range(1, 1000));
  app.add_option("--out", out, "the folder")->required();
  CLI11_PARSE(app, argc, argv);

  const int room = 9 * 4000 * size.vpcs;  // nine subnets of a /20
  if (size.interfaces > room) {
    std::fprintf(stderr, "make_estate: %d VPCs have room for %d interfaces: give more --vpcs\n", size.vpcs, room);
    return 1;
  }
  if (accounts > 0) {
    const std::size_t bytes = bench::write_organization(out, accounts, bench::of_organization(size));
    if (bytes == 0) std::fprintf(stderr, "make_estate: cannot write below `%s`\n", out.c_str());
    std::printf("%s: %zu bytes\n", out.c_str(), bytes);
    return bytes == 0 ? 1 : 0;
  }
  const Cloud cloud = bench::estate(size);
  const std::vector<generate::File> files = bench::estate_files(cloud, size);
  if (!generate::write(out, files)) {
    std::fprintf(stderr, "make_estate: cannot write below `%s`\n", out.c_str());
    return 1;
  }
  std::size_t bytes = 0;
  for (const generate::File& file : files) bytes += file.json.size();
  std::printf("%s: %zu files, %zu bytes, %zu interfaces, %zu groups\n", out.c_str(), files.size(), bytes,
              cloud->interfaces.size(), cloud->security_groups.size());
  return 0;
}
