// embed: turns the tables of data/ into one C++ file of constants.
//
//   embed DATA_FOLDER OUTPUT.cc
//
// Runs while the program is built (cmake/facts.cmake); src/facts/tables.h declares
// what it defines. It also joins what the tables say apart: every name under which
// a service is known, and the index of host names.
#include <algorithm>
#include <array>
#include <iterator>

#include "tsv.h"

namespace embed {
namespace {

const Words kinds = {{"regional", "NameKind::regional"},
                     {"global", "NameKind::global"},
                     {"dualstack", "NameKind::dualstack"},
                     {"fips", "NameKind::fips"},
                     {"fips-dualstack", "NameKind::fips_dualstack"},
                     {"account", "NameKind::account"},
                     {"legacy", "NameKind::legacy"}};
const Words uses = {{"default", "NameUse::by_default"},
                    {"older", "NameUse::by_older"},
                    {"operation", "NameUse::by_operation"},
                    {"option", "NameUse::on_request"}};
const Words endpoint_kinds = {{"gateway", "EndpointKind::gateway"}, {"interface", "EndpointKind::interface"}};
const Words bases = {{"documented", "Basis::documented"}, {"recorded", "Basis::recorded"}};

// Bit i = partition i of partitions.tsv.
unsigned partition_bits(const Tsv& table, const Tsv& partitions, const std::string& cell) {
  unsigned bits = 0;
  for (std::size_t i = 0; i < partitions.rows.size(); ++i)
    if (cell == "*") bits |= 1U << i;
  for (const std::string& name : split(cell, ',')) {
    const auto it =
        std::find_if(partitions.rows.begin(), partitions.rows.end(), [&](const auto& row) { return row[0] == name; });
    if (it != partitions.rows.end())
      bits |= 1U << (it - partitions.rows.begin());
    else if (name != "*")
      stop(table.path, "unknown partition `" + name + "`");
  }
  return bits;
}

// Services of both files, by name; the page column of the second is for people.
std::vector<std::vector<std::string>> read_services(const std::string& folder) {
  Tsv first(folder, "services", 7), more(folder, "services_more", 8);
  std::move(more.rows.begin(), more.rows.end(), std::back_inserter(first.rows));
  std::sort(first.rows.begin(), first.rows.end());
  return first.rows;
}

std::string last_part(const std::string& endpoint_service) {
  const auto at = endpoint_service.find("{region}.");
  return at == std::string::npos ? endpoint_service.substr(endpoint_service.rfind('.') + 1)
                                 : endpoint_service.substr(at + 9);
}

void write_services(std::ostream& out, const std::string& folder, Pool& pool) {
  const auto services = read_services(folder);
  const Tsv endpoints(folder, "endpoint_services", 5);
  std::vector<std::string> rows;
  std::map<std::string, std::size_t> number;
  for (const auto& s : services) {
    number[s[0]] = rows.size();
    rows.push_back("{" + literal(s[0]) + "," + literal(s[1]) + "," + literal(s[2] == "-" ? "" : s[2]) + "," +
                   (s[3] == "global" ? "true" : "false") + "," + literal(s[4]) + "," + literal(s[5]) + "," +
                   literal(s[6]) + "}");
  }
  array(out, "Service", "services", rows);

  // The first claim to a name wins: the order that services.h promises.
  std::map<std::string, std::size_t> names;
  const auto claim = [&](const std::string& name, std::size_t who) {
    if (!name.empty() && name != "-") names.try_emplace(lower(name), who);
  };
  for (const auto& [name, who] : number) claim(name, who);
  for (const auto& s : services)
    for (const std::string& other : split(s[6], ',')) claim(other, number[s[0]]);
  for (const auto& s : services) claim(s[4], number[s[0]]);
  for (const auto& e : endpoints.rows)
    if (e[3] != "-") {
      if (!number.contains(e[3])) stop(endpoints.path, "unknown service `" + e[3] + "`");
      if (!last_part(e[0]).ends_with("-fips")) claim(last_part(e[0]), number[e[3]]);
    }
  for (const auto& s : services) claim(s[5], number[s[0]]);
  for (const auto& s : services) claim(s[2], number[s[0]]);
  rows.clear();
  for (const auto& [name, who] : names) rows.push_back("{" + pool.slice(name) + "," + std::to_string(who) + "}");
  array(out, "Alias", "service_names", rows);

  std::map<std::pair<std::string, std::size_t>, bool> prefixes;
  for (const auto& s : services)
    if (s[2] != "-") prefixes[{lower(s[2]), number[s[0]]}] = true;
  rows.clear();
  for (const auto& [key, ignored] : prefixes)
    rows.push_back("{" + pool.slice(key.first) + "," + std::to_string(key.second) + "}");
  array(out, "Alias", "iam_services", rows);

  Tsv actions(folder, "action_services", 2);
  std::sort(actions.rows.begin(), actions.rows.end(),
            [](const auto& a, const auto& b) { return std::pair(lower(a[0]), a[1]) < std::pair(lower(b[0]), b[1]); });
  rows.clear();
  for (const auto& a : actions.rows) {
    if (!number.contains(a[1])) stop(actions.path, "unknown service `" + a[1] + "`");
    rows.push_back("{" + pool.slice(lower(a[0])) + "," + std::to_string(number[a[1]]) + "}");
  }
  array(out, "Alias", "action_services", rows);
}

void write_hosts(std::ostream& out, const std::string& folder, Pool& pool, const Tsv& partitions) {
  const auto services = read_services(folder);
  Tsv table(folder, "host_names", 6), more(folder, "host_names_more", 7);
  std::move(more.rows.begin(), more.rows.end(), std::back_inserter(table.rows));
  std::map<std::string, std::size_t> number;
  for (const auto& s : services) number.emplace(s[0], number.size());
  for (const auto& row : table.rows)
    if (!number.contains(row[0])) stop(table.path, "unknown service `" + row[0] + "`");

  // A name that both files have keeps the use that people wrote.
  std::map<std::array<std::string, 4>, std::vector<std::string>> unique;
  for (const auto& row : table.rows) unique.insert_or_assign({row[0], row[4], row[2], row[5]}, row);
  std::vector<std::string> rows;
  std::vector<std::pair<std::string, std::size_t>> index;
  for (const auto& [key, row] : unique) {
    index.emplace_back(row[4], rows.size());
    rows.push_back("{" + pool.slice(row[4]) + "," + pool.slice(row[5]) + "," + std::to_string(number[row[0]]) + "," +
                   std::to_string(partition_bits(table, partitions, row[1])) + "," + word(table, kinds, row[2]) + "," +
                   word(table, uses, row[3]) + "}");
  }
  array(out, "HostRow", "hosts", rows);
  std::sort(index.begin(), index.end());
  rows.clear();
  for (const auto& [name, row] : index) rows.push_back(std::to_string(row));
  array(out, "std::uint32_t", "by_host", rows);
}

void write_endpoints(std::ostream& out, const std::string& folder, Pool& pool, const Tsv& partitions) {
  std::map<std::string, std::size_t> number;
  for (const auto& s : read_services(folder)) number.emplace(s[0], number.size());
  Tsv endpoints(folder, "endpoint_services", 5), names(folder, "private_names", 6),
      policies(folder, "endpoint_policy", 4), article(folder, "article_table", 8);
  for (Tsv* table : {&endpoints, &names, &policies}) std::sort(table->rows.begin(), table->rows.end());

  std::vector<std::string> rows;
  for (const auto& e : endpoints.rows)
    rows.push_back("{" + pool.slice(e[0]) + "," + pool.slice(e[4]) + "," +
                   (e[3] == "-" ? "no_service" : std::to_string(number.at(e[3]))) + "," + e[2] + "," +
                   word(endpoints, endpoint_kinds, e[1]) + "}");
  array(out, "EndpointRow", "endpoints", rows);
  rows.clear();
  for (const auto& n : names.rows)
    rows.push_back("{" + pool.slice(n[0]) + "," + pool.slice(n[2] == "-" ? "" : n[2]) + "," + pool.slice(n[5]) + "," +
                   std::to_string(partition_bits(names, partitions, n[1])) + "," + word(names, bases, n[3]) + "," +
                   (yes(names, n[4]) ? "true" : "false") + "}");
  array(out, "PrivateNameRow", "private_names", rows);
  rows.clear();
  for (const auto& p : policies.rows)
    rows.push_back("{" + pool.slice(p[0]) + "," + word(policies, endpoint_kinds, p[1]) + "," +
                   (yes(policies, p[2]) ? "true" : "false") + "}");
  array(out, "PolicyRow", "policies", rows);
  rows.clear();
  for (const auto& a : article.rows) {
    std::string row = "{" + literal(a[0]) + "," + literal(a[1]);
    for (int i = 2; i < 6; ++i) row += yes(article, a[i]) ? ",true" : ",false";
    rows.push_back(row + "," + literal(a[6]) + "," + literal(a[7]) + "}");
  }
  array(out, "EndpointOptions", "article", rows);
}

void write(std::ostream& out, const std::string& folder) {
  Pool pool;
  Tsv partitions(folder, "partitions", 5), regions(folder, "regions", 3);
  std::sort(partitions.rows.begin(), partitions.rows.end());
  std::sort(regions.rows.begin(), regions.rows.end());
  out << "// Made from data/*.tsv by scripts/facts/embed while building. Do not edit.\n"
         "#include \"facts/tables.h\"\n\nnamespace sallyport::facts::tables {\nusing namespace "
         "std::string_view_literals;\n\n";
  const auto plain = [&](const Tsv& table, const std::string& type, const std::string& name) {
    std::vector<std::string> rows;
    for (const auto& row : table.rows) {
      std::string cells;
      for (const std::string& cell : row) cells += (cells.empty() ? "{" : ",") + literal(cell);
      rows.push_back(cells + "}");
    }
    array(out, type, name, rows);
  };
  plain(partitions, "Partition", "partitions");
  plain(regions, "Region", "regions");
  write_services(out, folder, pool);
  write_hosts(out, folder, pool, partitions);
  write_endpoints(out, folder, pool, partitions);
  write_iam(out, folder, pool);
  out << "const char text[] =\n";
  for (std::size_t at = 0; at < pool.bytes().size(); at += 100)
    out << quoted(std::string_view(pool.bytes()).substr(at, 100)) << "\n";
  out << ";\n\n}  // namespace sallyport::facts::tables\n";
}

}  // namespace
}  // namespace embed

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: embed DATA_FOLDER OUTPUT.cc\n";
    return 1;
  }
  std::ofstream out(argv[2]);
  embed::write(out, argv[1]);
  out.close();
  return out ? 0 : 1;
}
