#include "resolve/data.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "read/json/text.h"

namespace sallyport::resolve {
namespace {

using read::json::Node;

// Data sources that a mock answers without harm: what they give is either known from elsewhere or kept
// unknown (the mock's default has a mark).
constexpr std::string_view harmless[] = {"aws_iam_policy_document", "aws_availability_zones",  "aws_region",
                                         "aws_partition",           "aws_caller_identity",     "aws_service",
                                         "aws_service_principal",   "aws_vpc_endpoint_service"};

// JSON is an expression of Terraform's language but for what its texts would insert: `$${` is the text `${`.
std::string expression(Node values) {
  std::string out;
  for (const char c : read::json::to_text(values)) {
    const bool opens = c == '{' && !out.empty() && (out.back() == '$' || out.back() == '%');
    if (opens) out += out.back();
    out += c;
  }
  return out;
}

// Stands in the test file as it is: a key that could end the line is not told.
bool is_plain(std::string_view address) {
  return !address.empty() && std::none_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '{' || c == '}' || c == '\\';
  });
}

// `f` for each data source of a state's values.
template <class F>
void each_data(Node values, F f) {
  std::vector<Node> open{values["root_module"]};
  while (!open.empty()) {
    const Node module = open.back();
    open.pop_back();
    for (const Node r : module["resources"].items()) {
      if (r["mode"].text() == "data") f(r);
    }
    for (const Node child : module["child_modules"].items()) open.push_back(child);
  }
}

std::string refused(std::string_view address) {
  return "`" + std::string(address) +
         "` asks for what exists, and the plan has not read it, so a mock would make it up: give its values as "
         "variables";
}

}  // namespace

std::vector<ReadData> read_data(Node plan) {
  std::vector<ReadData> all;
  each_data(plan["prior_state"]["values"], [&](Node r) {
    if (r["values"].is(read::json::Kind::object) && is_plain(r["address"].text()))
      all.push_back({std::string(r["address"].text()), expression(r["values"])});
  });
  std::sort(all.begin(), all.end(), [](const ReadData& a, const ReadData& b) { return a.address < b.address; });
  return all;
}

bool is_harmless(std::string_view type) {
  return std::find(std::begin(harmless), std::end(harmless), type) != std::end(harmless);
}

std::string refusal_of_data(Node plan) {
  for (const Node entry : plan["resource_changes"].items()) {
    if (entry["mode"].text() == "data" && !is_harmless(entry["type"].text())) return refused(entry["address"].text());
  }
  return {};
}

std::string refusal_of_made_up(Node values, const std::vector<ReadData>& told) {
  std::string why;
  each_data(values, [&](Node r) {
    const std::string_view address = r["address"].text();
    const bool known = std::any_of(told.begin(), told.end(), [&](const ReadData& d) { return d.address == address; });
    if (why.empty() && !known && !is_harmless(r["type"].text())) why = refused(address);
  });
  return why;
}

std::string overrides(const std::vector<ReadData>& told) {
  std::string text;
  for (const ReadData& d : told) {
    text += "override_data {\n  target = " + d.address + "\n  values = " + d.values + "\n}\n";
  }
  return text;
}

}  // namespace sallyport::resolve
