// Engine: answers flows on one cloud. Built once, asked often, from any thread.
//
//   net::Engine engine(cloud, settings);
//   net::Answer a = engine.answer({source, target, tcp, 443});
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/cloud.h"
#include "model/settings.h"
#include "net/answer.h"
#include "net/target.h"

namespace sallyport::net {

// One question. `port` is ignored for protocols without ports; protocol 0 and
// others pass only where rules name all protocols.
struct Flow {
  Source from;
  Target to;
  std::int16_t protocol = tcp;
  std::uint16_t port = 443;
};

// Workloads that no rule can tell apart: one answer holds for all (for the
// targets that `paths` asks).
struct SourceClass {
  std::vector<Workload> members;  // sorted as workloads() gives them; never empty
};

struct Options {
  bool hops = true;     // false: answers carry no hops (summaries)
  bool strict = false;  // true: what the defaults of AWS would settle counts as unknown
  bool reasons = true;  // false (and no hops): answers say no more than verdict, `may` and door
};

// How far a long work is: parts done, of so many; called by the thread that asked for the work.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

class Index;
class Tally;
struct Decided;
struct TargetsOfRegion;

class Engine {
 public:
  Engine(Cloud cloud, Settings settings = {}, Options options = {});
  // The engine of a cloud that a change made of the other's, with the same settings and options: answers as one
  // made anew. Where nothing but rules changed (changed_rules.h), it shares what does not hang on them, and classes may
  // be finer, in another order.
  Engine(const Engine& before, Cloud after);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  const Cloud& cloud() const;
  const Settings& settings() const;

  // The verdict of one flow. Cost: tens of microseconds.
  Answer answer(const Flow& flow) const;

  // What all workloads reach, counted; the same question again, after a change; what each class does,
  // decided: tally.h.
  Tally tally(std::vector<TargetsOfRegion> targets, std::uint16_t port, const Progress& progress = {}) const;
  Tally tally(const Tally& before) const;
  std::vector<std::vector<Decided>> decide_all(std::span<const Target> targets, std::uint16_t port) const;

  // The workloads of the cloud by class, ordered by their first member.
  const std::vector<SourceClass>& classes() const;

 private:
  std::unique_ptr<Index> index_;
};

}  // namespace sallyport::net
