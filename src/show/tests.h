// Tests: the results of `sallyport test`, as text, JSON and JUnit XML.
//
// Results are plain texts: a case's cloud is gone when they are shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guard/expect.h"
#include "show/page.h"

namespace sallyport::show {

struct ExpectationResult {
  std::string question;  // "reach alpha5 -> s3delta tcp 443"
  std::string why;       // what the case says of it
  std::string place;     // file:line
  bool passed = false;
  std::vector<guard::Difference> differences;
  std::string error;     // the question could not be asked
  std::string explains;  // where it failed: the hops or statements, some lines
};

struct CaseResult {
  std::string folder;
  std::string source;
  std::string why;
  std::string error;  // the case could not be read
  std::vector<ExpectationResult> expectations;
  bool passed() const;
  std::size_t failures() const;
};

// The plain texts of what was tried. `page` is of the case's cloud.
ExpectationResult expectation_result(Page& page, const guard::Tried& tried);

struct TestTotals {
  std::size_t cases = 0, failed = 0, unreadable = 0;
  std::size_t expectations = 0, expectations_failed = 0;
  void add(const CaseResult& result);
};

void print_case(std::string& out, const Style& style, const CaseResult& result);
// "5 cases: 4 passed, 1 failed; 33 expectations, 1 failed".
std::string totals_line(const TestTotals& totals);

void tests_json(std::string& out, const std::vector<CaseResult>& results);
void tests_junit(std::string& out, const std::vector<CaseResult>& results);

}  // namespace sallyport::show
