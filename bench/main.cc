// sallyport_bench [--json FILE] [--only WORD]: measures and prints, a row a question.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>

#include "library/net/json_text.h"
#include "rows.h"

namespace sallyport::bench {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double median_seconds(int times, const std::function<void()>& work) {
  std::vector<double> all;
  for (int n = 0; n < times; ++n) {
    const double begin = now();
    work();
    all.push_back(now() - begin);
  }
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

namespace {

std::string number(const std::optional<double>& v) {
  if (!v) return "-";
  return *v >= 1000 ? fmt::format("{:.0f}", *v) : *v >= 10 ? fmt::format("{:.1f}", *v) : fmt::format("{:.2f}", *v);
}

void print(const Row& row) {
  fmt::print("{:42} {:>12} {:>12} {:>8} {:>7}  {:5}  {:10} {}\n", row.name, number(row.ours), number(row.rival),
             number(row.ratio), number(row.floor), row.holds ? "yes" : "NO", row.unit, row.note);
  std::fflush(stdout);
}

std::string json(const Row& row) {
  const auto value = [](const std::optional<double>& v) { return v ? fmt::format("{}", *v) : std::string("null"); };
  return generate::object({{"name", generate::json_string(row.name)},
                           {"unit", generate::json_string(row.unit)},
                           {"ours", value(row.ours)},
                           {"rival", value(row.rival)},
                           {"ratio", value(row.ratio)},
                           {"floor", value(row.floor)},
                           {"holds", generate::boolean(row.holds)},
                           {"note", generate::json_string(row.note)}});
}

}  // namespace
}  // namespace sallyport::bench

int main(int argc, char** argv) {
  using namespace sallyport::bench;
  std::string file;
  std::string only;
  std::string sallyport = SALLYPORT_BINARY;
  const std::string source = SALLYPORT_SOURCE_DIR;
  CLI::App app{"measures speed against named rivals; docs/bench.md tells how"};
  app.add_option("--json", file, "write the rows there too");
  app.add_option("--only", only, "only rows whose name begins so");
  app.add_option("--sallyport", sallyport, "the program to start")->capture_default_str();
  bool million = false;
  app.add_flag("--million", million, "an organization of a million interfaces, too");
  CLI11_PARSE(app, argc, argv);

  using Rows = std::vector<Row>;
  const std::pair<const char*, std::function<Rows()>> measures[] = {
      {"article", [&] { return Rows{start(sallyport, source)}; }},
      {"reading", [] { return Rows{reading()}; }},
      {"inputs", [] { return Rows{reading_plan(), reading_template()}; }},
      {"flows", [] { return Rows{flows()}; }},
      {"organization", [&] { return organization(sallyport, million); }},
      {"who", [] { return Rows{who()}; }},
      {"decisions", [&] { return Rows{decisions(sallyport, source)}; }},
      {"stack", stack_decisions},
      {"authorize", authorize_text},
      {"compiling", [] { return Rows{compiling()}; }},
      {"sweep", sweep},
      {"compare", [] { return Rows{compare()}; }},
      {"compare: against SMT solvers", [] { return Rows{compare_solvers()}; }},
  };
  fmt::print("{:42} {:>12} {:>12} {:>8} {:>7}  holds\n", "", "ours", "rival", "ratio", "floor");
  std::vector<std::string> rows;
  bool all = true;
  for (const auto& [name, measure] : measures) {
    if (!std::string_view(name).starts_with(only)) continue;
    for (const Row& row : measure()) {
      print(row);
      rows.push_back("  " + json(row));
      all = all && row.holds;
    }
  }
  if (!file.empty()) {
    std::ofstream out(file, std::ios::binary);
    out << "[\n";
    for (std::size_t n = 0; n < rows.size(); ++n) out << rows[n] << (n + 1 < rows.size() ? ",\n" : "\n");
    out << "]\n";
    if (!out.flush()) {
      fmt::print(stderr, "sallyport_bench: cannot write `{}`\n", file);
      return 1;
    }
  }
  return all ? 0 : 2;
}
