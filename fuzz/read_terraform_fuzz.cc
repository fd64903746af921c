// Any document as a plan or state of Terraform, alone and over a cloud that another one
// makes: no crash, no hang, no diagnostic without words. Two files at most, as in
// structured.h: what is there, and what is laid over it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "net/engine.h"
#include "read/terraform/terraform.h"
#include "structured.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  if (size > 200'000) return 0;
  const auto registry = std::make_shared<Registry>();
  Cloud cloud(registry);
  for (const auto& [path, text] : fuzz::files_in({reinterpret_cast<const char*>(data), size}, 2)) {
    const auto tree = read::json::parse(text, registry->documents.add_text(path, text));
    if (!tree) continue;
    cloud = apply(cloud, read::read_terraform(cloud, *tree));
  }
  for (const Diagnostic& d : cloud.diagnostics()) {
    if (d.message.empty()) std::abort();
    (void)registry->documents.show(d.origin);
  }
  // A flow or two: what was read holds together.
  const net::Engine engine(cloud, {}, {.hops = false, .strict = false, .reasons = false});
  int asked = 0;
  for (const net::Workload& w : net::workloads(cloud)) {
    if (++asked > 3) break;
    for (const net::Target& to :
         {net::Target(net::ServiceTarget{"s3", "eu-central-1"}), net::Target(net::InternetTarget{})}) {
      if (engine.answer({w, to, tcp, 443}).may.empty()) std::abort();
    }
  }
  return 0;
}
