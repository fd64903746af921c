// `authorize` from text, in process: bytes a second, against simdjson's DOM parse of the
// same lines.
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <thread>

#include "cli/authorize.h"
#include "rows.h"
#include "stack.h"

namespace sallyport::bench {
namespace {

Row measure(const std::string& name, const std::string& file, const std::string& mix, std::size_t threads,
            std::optional<double> floor) {
  Row row{name, "MB/s", {}, {}, {}, floor, true, ""};
  std::size_t lines = 0;
  std::size_t answered = 0;
  std::size_t bytes_out = 0;
  const auto ours = [&] {
    std::size_t at = 0;
    const cli::ReadBytes read = [&](char* to, std::size_t room) {
      const std::size_t n = std::min(room, file.size() - at);
      std::memcpy(to, file.data() + at, n);
      at += n;
      return n;
    };
    bytes_out = 0;
    answered = cli::authorize_lines(
                   read, "-", threads, [&](std::string_view out) { bytes_out += out.size(); }, [](std::string_view) {})
                   .answered;
  };
  simdjson::dom::parser dom;
  const simdjson::padded_string padded(file);
  bool whole = true;
  const auto rival = [&] {
    lines = 0;
    for (std::size_t at = 0; at < file.size(); ++lines) {
      const std::size_t end = file.find('\n', at);
      simdjson::dom::element root;
      whole = dom.parse(padded.data() + at, end - at, false).get(root) == simdjson::SUCCESS && whole;
      at = end + 1;
    }
  };
  ours(), rival();
  // Turn by turn, so that what else the machine does hits both alike.
  std::vector<double> our_seconds, rival_seconds;
  for (int n = 0; n < 5; ++n) {
    our_seconds.push_back(median_seconds(1, ours));
    rival_seconds.push_back(median_seconds(1, rival));
  }
  std::sort(our_seconds.begin(), our_seconds.end());
  std::sort(rival_seconds.begin(), rival_seconds.end());
  const double mega = static_cast<double>(file.size()) / 1e6;
  row.ours = mega / our_seconds[2];
  row.rival = mega / rival_seconds[2];
  row.ratio = *row.ours / *row.rival;
  row.holds = whole && answered == lines && (!floor || *row.ratio >= *floor);
  row.note = std::to_string(static_cast<long>(static_cast<double>(lines) / our_seconds[2])) + " requests/s of " +
             std::to_string(file.size() / lines) + " bytes; " + mix + "; " + std::to_string(threads) + " thread" +
             (threads == 1 ? "" : "s") + "; rival: simdjson DOM, one thread, reused";
  if (answered != lines) row.note = "not every line was answered";
  return row;
}

}  // namespace

std::vector<Row> authorize_text() {
  const Stack stack = realistic_stack();
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  const std::optional<double> floor = 0.33;  // of what the command does: all threads
  std::vector<Row> rows;
  const std::string estate = request_file(stack, 8'000, 200, true);
  const std::string estate_mix = "200 roles, 40 requests each; three policies each, behind the organization's";
  const std::string distinct = request_file(stack, 20'000, 200, false);
  const std::string distinct_mix = "no policy stands twice";
  rows.push_back(measure("authorize: an estate's requests", estate, estate_mix, 1, threads > 1 ? std::nullopt : floor));
  if (threads > 1) rows.push_back(measure("authorize: the same, all threads", estate, estate_mix, threads, floor));
  rows.push_back(measure("authorize: all policies differ", distinct, distinct_mix, 1, {}));
  if (threads > 1) rows.push_back(measure("authorize: all differ, all threads", distinct, distinct_mix, threads, {}));
  return rows;
}

}  // namespace sallyport::bench
