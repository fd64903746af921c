// reach: one flow with all its hops.
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/question.h"
#include "show/diagnostics.h"
#include "show/flow.h"

namespace sallyport::cli {

int run_reach(const Arguments& arguments, Console& console) {
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  const Cloud& cloud = loaded->cloud;
  auto flow =
      parse_flow(cloud, arguments.get("from"), arguments.get("to"), arguments.get("protocol"), arguments.get("port"));
  if (!flow) return console.fail(flow.error(), cloud.registry().documents);
  // A database, a cluster ... has a port of its own.
  if (const auto* t = std::get_if<net::WorkloadTarget>(&flow->to); t != nullptr && !arguments.has("port")) {
    const PlatformWorkload* row = cloud->platform_workloads.find(t->workload.object.as<Kind::platform_workload>());
    if (row != nullptr && row->port != 0) flow->port = row->port;
  }
  const net::Engine engine(cloud, loaded->settings, loaded->options);
  const net::Answer answer = engine.answer(*flow);
  const show::Flow shown = {
      net::label(cloud, flow->from), net::label(cloud, flow->to), flow->protocol, flow->port, &answer, {}};
  show::Page page(cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    show::JsonWriter json(out, 4);
    json.object([&] {
      json.member("schema", "sallyport/reach/1");
      json.key("flow");
      show::flow_json(json, page, shown);
      show::diagnostics_member(json, page.places(), loaded->diagnostics);
    });
    json.finish();
  } else {
    show::print_flow(out, page, shown);
  }
  console.write(out);
  return answer.verdict == net::Verdict::unknown ? unknown : answered;
}

}  // namespace sallyport::cli
