#include "cli/command.h"

#include <array>
#include <sstream>

namespace sallyport::cli {
namespace {

constexpr std::array cloud_options = {
    Option{"config", "FILE", "settings: else sallyport.yaml of the input folder, then of the current one"},
    Option{"base", "SNAPSHOT", "what is already there, below a plan or template"},
    Option{"parameters", "FILE", "values of a template's parameters: {\"Name\": \"value\"}, or AWS's list", nullptr,
           nullptr, false, true},
    Option{"source", "DIR", "the configuration of a plan or state: answers point to its files"},
    Option{"strict", nullptr, "what only AWS's defaults would settle counts as unknown"},
};

constexpr std::array common_options = {
    Option{"color", "WHEN", "colours: auto is on a terminal, unless NO_COLOR is set", "auto always never"},
    Option{"verbose", nullptr, "all diagnostics, notes too"},
    Option{"quiet", nullptr, "no diagnostics on stderr, errors only"},
    Option{"help", nullptr, "this text"},
};

}  // namespace

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> all(command.options.begin(), command.options.end());
  if (command.reads_cloud) all.insert(all.end(), cloud_options.begin(), cloud_options.end());
  all.insert(all.end(), common_options.begin(), common_options.end());
  return all;
}

std::vector<std::string> choices_of(const Option& option) {
  std::vector<std::string> words;
  if (option.choices == nullptr) return words;
  std::istringstream in(option.choices);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string Arguments::get(std::string_view option) const {
  if (const auto found = values.find(option); found != values.end()) return found->second.back();
  for (const Option& o : options_of(*command)) {
    if (option != o.name) continue;
    if (o.standard != nullptr) return o.standard;
    if (const auto words = choices_of(o); !words.empty()) return words.front();
  }
  return {};
}

std::vector<std::string> Arguments::all(std::string_view option) const {
  const auto found = values.find(option);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

}  // namespace sallyport::cli
