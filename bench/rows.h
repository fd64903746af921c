// Rows of the benchmark: ours against a named rival, measured in the same run.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sallyport::bench {

struct Row {
  std::string name;
  std::string unit;
  std::optional<double> ours;   // none: skipped, `note` says why
  std::optional<double> rival;  // none: no rival here
  std::optional<double> ratio;  // how many times better than the rival; below 1: worse
  std::optional<double> floor;  // what must hold; none: a baseline only
  bool holds = true;
  std::string note;
};

// The median of `times` measurements, in seconds.
double median_seconds(int times, const std::function<void()>& work);

// Seconds since an arbitrary beginning; steady.
double now();

// Reading bytes into a tree, against simdjson's DOM (bytes a second).
Row reading();
// A plan of 200 MB into a change, against the same; a template of 5 MB into a tree, against libyaml.
Row reading_plan();
Row reading_template();
// Flows a second, against the naive walker on the same cloud.
Row flows();
// The article's example from process start to answer (milliseconds).
Row start(const std::string& sallyport, const std::string& source);
// The command `who` in process, against asking every role (milliseconds).
Row who();
// Requests decided a second through the command, against the npm peer.
Row decisions(const std::string& sallyport, const std::string& source);
// Decisions a second on compiled policies of a realistic stack, and against the peer.
std::vector<Row> stack_decisions();
// `authorize` from text, against simdjson's DOM (bytes a second).
std::vector<Row> authorize_text();
// AWS's managed policies from parsed documents (milliseconds).
Row compiling();
// One action and resource asked of 10,000 roles (milliseconds).
std::vector<Row> sweep();

// Files to counts of an organization, against loading and parsing them (milliseconds), and
// the memory it takes. `large`: a million interfaces, too; 8 GB of disk and some minutes.
std::vector<Row> organization(const std::string& sallyport, bool large);

// Policies compared in process (milliseconds a pair).
Row compare();
// The same pairs, against SMT solvers in this process (microseconds a pair).
Row compare_solvers();

}  // namespace sallyport::bench
