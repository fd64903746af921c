// Paths: the list of flows that `paths` gives, and its summary.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "base/diagnostic.h"
#include "net/tally.h"
#include "show/flow.h"

namespace sallyport::show {

// Calls its argument with each flow, in the order of the answer. A flow lives only
// during the call, so that long lists need no memory.
using EachFlow = std::function<void(const std::function<void(const Flow&)>&)>;

// Flows counted by what decides them; a class of workloads counts as many as it has.
struct Summary {
  std::size_t flows = 0;
  std::map<std::string, std::size_t> verdicts;
  std::map<std::string, std::size_t> doors;                            // of flows that get through
  std::map<std::string, std::map<std::string, std::size_t>> services;  // service -> verdict -> flows
  std::map<std::string, std::map<std::string, std::size_t>> accounts;  // account of the workload
  void add(const Flow& flow);
  void add(const Page& page, const net::Count& count);
};

// Takes what was written so far, and leaves the text empty.
using Drain = std::function<void(std::string&)>;

// All flows; with the summary at the end. `lacks`: what the list may lack. `if_none`: what is said where there is no
// flow at all. `drain` is called now and then.
void paths_json(std::string& out, Page& page, const EachFlow& each, const std::vector<GapId>& lacks,
                const Diagnostics& diagnostics, const Drain& drain);
void paths_text(std::string& out, Page& page, const EachFlow& each, const std::string& if_none,
                const std::vector<GapId>& lacks);
void paths_markdown(std::string& out, Page& page, const EachFlow& each);

// Counts alone: `--summary`.
void summary_json(std::string& out, Page& page, const Summary& summary, const std::vector<GapId>& lacks,
                  const Diagnostics& diagnostics);
void summary_text(std::string& out, Page& page, const Summary& summary, const std::vector<GapId>& lacks);

// "6 flows: 4 private, 2 public".
std::string summary_line(const Summary& summary);

}  // namespace sallyport::show
