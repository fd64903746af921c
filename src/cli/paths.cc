// paths: every workload and every service or resource that it can name: verdict and door.
#include "show/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/lacks.h"
#include "cli/load.h"
#include "cli/question.h"
#include "show/text.h"

namespace sallyport::cli {
namespace {

// One line of the answer before it is decided: a source, and all that it stands for.
struct Row {
  net::Source source;
  std::vector<show::Member> members;
};

class Paths {
 public:
  Paths(const Arguments& arguments, Console& console, const net::Engine& engine)
      : arguments_(arguments), console_(console), engine_(engine), cloud_(engine.cloud()) {}

  // Reads the options. Errors: those of names, protocol and port.
  Result<bool> prepare() {
    const auto protocol = parse_protocol(arguments_.get("protocol"));
    if (!protocol) return tl::unexpected(protocol.error());
    const auto port = parse_port(arguments_.get("port"));
    if (!port) return tl::unexpected(port.error());
    protocol_ = *protocol;
    port_ = *port;
    if (auto ok = add_rows(); !ok) return ok;
    for (const Row& row : rows_) {
      const std::string region = home_region(cloud_, row.source);
      if (targets_.find(region) != targets_.end()) continue;
      auto targets = targets_of(row.source, region);
      if (!targets) return tl::unexpected(targets.error());
      targets_.emplace(region, std::move(*targets));
    }
    return true;
  }

  // What the list may lack: sources or targets that were not collected. Whoever names
  // them asks for no more than these.
  std::vector<GapId> lacks() const {
    std::vector<GapId> gaps;
    if (!arguments_.has("from")) gaps = lacking_workloads(cloud_);
    if (!arguments_.has("to")) {
      const std::vector<GapId> targets = lacking_targets(cloud_);
      gaps.insert(gaps.end(), targets.begin(), targets.end());
    }
    std::sort(gaps.begin(), gaps.end());
    gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
    return gaps;
  }

  // Why there is no flow in the answer, and how to get some.
  std::string none() const {
    if (rows_.empty()) return "no flows: the input holds no workload\n";
    std::size_t asked = 0;
    for (const Row& row : rows_) asked += targets_.at(home_region(cloud_, row.source)).size();
    if (asked > 0) return fmt::format("no flow of {} is {}\n", asked, arguments_.get("verdict"));
    return fmt::format(
        "no flows: {}, and no bucket, table, function or endpoint for them to name\n"
        "`--to s3` asks about a service, `--every` about all\n",
        show::count(rows_.size(), "workload"));
  }

  // Nothing but the counts of all workloads is asked for: they are decided by what walks share.
  bool counts_only() const { return arguments_.has("summary") && !arguments_.has("from") && protocol_ == tcp; }

  void count(show::Summary& counts, const show::Page& page) const {
    const std::string verdict = arguments_.get("verdict");
    std::vector<net::TargetsOfRegion> targets;
    for (const auto& [region, of_region] : targets_) targets.push_back({region, of_region});
    std::optional<Progress> progress;
    const auto at = [&](std::size_t done, std::size_t total) {
      if (!progress) progress.emplace(console_, "VPCs decided", total);
      progress->at(done);
    };
    for (const net::Count& count : engine_.tally(std::move(targets), port_, at).counts()) {
      if (verdict.empty() || verdict == net::name(count.verdict)) counts.add(page, count);
    }
  }

  // All flows in order: from, to. Those of another verdict than asked for are left out.
  void each(const std::function<void(const show::Flow&)>& take) const {
    const std::string verdict = arguments_.get("verdict");
    std::size_t total = 0;
    for (const Row& row : rows_) total += targets_.at(home_region(cloud_, row.source)).size();
    Progress progress(console_, "flows", total);
    for (const Row& row : rows_) {
      for (const net::Target& target : targets_.at(home_region(cloud_, row.source))) {
        const net::Answer answer = engine_.answer({row.source, target, protocol_, port_});
        if (verdict.empty() || verdict == net::name(answer.verdict)) {
          take({net::label(cloud_, row.source), net::label(cloud_, target), protocol_, port_, &answer, row.members});
        }
        progress.step();
      }
    }
  }

 private:
  Result<bool> add_rows() {
    for (const std::string& from : arguments_.all("from")) {
      const auto source = parse_source(cloud_, from);
      if (!source) return tl::unexpected(source.error());
      rows_.push_back({*source, {}});
    }
    if (!rows_.empty()) return true;
    if (counts_only()) {  // one of each Region: only their targets are asked for
      std::set<Text> regions;
      for (const net::SourceClass& c : engine_.classes()) {
        if (regions.insert(c.members.front().region).second) rows_.push_back({c.members.front(), {}});
      }
      return true;
    }
    if (arguments_.has("expand")) {
      for (const net::Workload& workload : net::workloads(cloud_)) rows_.push_back({workload, {}});
      return true;
    }
    for (const net::SourceClass& c : engine_.classes()) {
      Row row{c.members.front(), {}};
      for (const net::Workload& member : c.members) {
        row.members.push_back({std::string(cloud_.id(member.object)), std::string(cloud_.view(member.name))});
      }
      rows_.push_back(std::move(row));
    }
    return true;
  }

  Result<std::vector<net::Target>> targets_of(const net::Source& source, const std::string& region) const {
    const auto names = arguments_.all("to");
    if (names.empty()) return net::targets(cloud_, region, arguments_.has("every"));
    std::vector<net::Target> targets;
    for (const std::string& name : names) {
      const auto target = parse_target_from(cloud_, source, name);
      if (!target) return tl::unexpected(target.error());
      targets.push_back(*target);
    }
    std::stable_sort(targets.begin(), targets.end(), [&](const net::Target& a, const net::Target& b) {
      return net::label(cloud_, a) < net::label(cloud_, b);
    });
    return targets;
  }

  const Arguments& arguments_;
  Console& console_;
  const net::Engine& engine_;
  const Cloud& cloud_;
  std::int16_t protocol_ = tcp;
  std::uint16_t port_ = 443;
  std::vector<Row> rows_;
  std::map<std::string, std::vector<net::Target>> targets_;  // by the source's Region
};

}  // namespace

int run_paths(const Arguments& arguments, Console& console) {
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  net::Options options = loaded->options;
  const bool summary = arguments.has("summary");
  const std::string format = arguments.get("format");
  options.hops = !summary && format == "json";
  options.reasons = !summary;
  const net::Engine engine(loaded->cloud, loaded->settings, options);
  Paths paths(arguments, console, engine);
  if (const auto ok = paths.prepare(); !ok) return console.fail(ok.error(), loaded->cloud.registry().documents);
  const auto each = [&](const std::function<void(const show::Flow&)>& take) { paths.each(take); };
  const std::vector<GapId> lacks = paths.lacks();
  show::Page page(loaded->cloud, console.style());
  std::string out;
  if (summary) {
    show::Summary counts;
    if (paths.counts_only()) {
      paths.count(counts, page);
    } else {
      each([&](const show::Flow& flow) { counts.add(flow); });
    }
    if (format == "json") {
      show::summary_json(out, page, counts, lacks, loaded->diagnostics);
    } else {
      show::summary_text(out, page, counts, lacks);
    }
  } else if (format == "json") {
    show::paths_json(out, page, each, lacks, loaded->diagnostics, [&](std::string& part) {
      console.write(part);
      part.clear();
    });
  } else if (format == "markdown") {
    show::paths_markdown(out, page, each);
  } else {
    show::paths_text(out, page, each, paths.none(), lacks);
  }
  console.write(out);
  return answered;
}

}  // namespace sallyport::cli
