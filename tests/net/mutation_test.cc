// What was collected, with something taken out: a file, or one member of one object. The less
// there is, the less may be claimed: no verdict changes but to `unknown`, which then may still be what
// it was, and nothing new is decided.
//
// Things that vanish with their file take their flows along. A new source may be decided in one
// case: an interface that was a workload's own, now told by nobody, is judged by itself.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "net/engine.h"
#include "read/input.h"

namespace sallyport::net {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string source(const std::string& path) { return std::string(SALLYPORT_SOURCE_DIR) + "/" + path; }

struct Told {
  Verdict verdict;
  std::string door;
  May may;
};
using Flows = std::map<std::string, Told>;

struct Read {
  Flows flows;
  std::map<std::string, bool> interfaces;  // all that are there
};

Read flows_of(const std::string& folder) {
  Read read;
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read::read_cloud(registry, {folder});
  if (!cloud) return read;
  const Engine engine(*cloud, {}, {.hops = false});
  for (const Interface& i : (*cloud)->interfaces) read.interfaces[std::string(registry->id(i.id))] = true;
  const auto ask = [&](const Source& from, const Target& to) {
    const Label a = label(*cloud, from), b = label(*cloud, to);
    const Answer answer = engine.answer({from, to, tcp, 443});
    read.flows[a.id + " -> " + b.id + " (" + b.kind + ")"] = {
        answer.verdict, answer.has_door() ? name(answer.door.kind) : "", answer.may};
  };
  for (const Workload& from : workloads(*cloud)) {
    const std::string region(cloud->view(from.region));
    std::vector<Target> to = targets(*cloud, region);
    for (const char* service : {"s3", "sqs", "sts"}) to.emplace_back(ServiceTarget{service, region});
    for (const Workload& other : workloads(*cloud)) to.emplace_back(WorkloadTarget{other});
    for (const Target& t : to) ask(from, t);
    ask(InternetSource{}, WorkloadTarget{from});
  }
  return read;
}

// What `less` claims that `all` does not allow it to; empty: nothing.
std::string claimed(const Read& all, const Read& less) {
  for (const auto& [flow, now] : less.flows) {
    const auto was = all.flows.find(flow);
    if (was == all.flows.end()) {
      const bool of_an_interface = all.interfaces.contains(flow.substr(0, flow.find(' ')));
      const bool to_an_interface = flow.find(" (network-interface)") != std::string::npos;
      if (now.verdict != Verdict::unknown && !of_an_interface && !to_an_interface)
        return "new: " + flow + " " + name(now.verdict);
      continue;
    }
    const Told& then = was->second;
    if (now.verdict == Verdict::unknown) {
      if (then.verdict != Verdict::unknown && !now.may.has(then.verdict))
        return flow + " may not be " + name(then.verdict);
    } else if (now.verdict != then.verdict) {
      return flow + ": " + name(then.verdict) + " became " + name(now.verdict);
    } else if (now.door != then.door) {
      return flow + ": " + then.door + " became " + now.door;
    }
  }
  return {};
}

// A copy of a folder, in which files can be taken away and written anew.
class Copy {
 public:
  explicit Copy(const std::string& folder)
      : folder_(fs::temp_directory_path() /
                ("mutation-" + std::to_string(::getpid()) + "-" + fs::path(folder).filename().string())) {
    fs::remove_all(folder_);
    fs::copy(folder, folder_, fs::copy_options::recursive);
    fs::remove(folder_ / "expect.yaml");
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.path().extension() == ".json") files_.push_back(entry.path());
    }
    std::sort(files_.begin(), files_.end());
  }
  ~Copy() { fs::remove_all(folder_); }

  std::string path() const { return folder_.string(); }
  const std::vector<fs::path>& files() const { return files_; }
  std::string shown(const fs::path& file) const { return fs::relative(file, folder_).string(); }

 private:
  fs::path folder_;
  std::vector<fs::path> files_;
};

std::vector<std::string> snapshots() {
  std::vector<std::string> all;
  for (const char* article : {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"}) {
    all.push_back(source(std::string("examples/article/") + article));
  }
  all.push_back(source("tests/cases/join/base"));
  if (const char* corpora = std::getenv("SALLYPORT_CORPORA")) {
    for (const char* folder : {"article", "tamvpc-complete"}) {
      const std::string path = std::string(corpora) + "/aws-stand-in/" + folder;
      if (fs::exists(path)) all.push_back(path);
    }
  }
  return all;
}

class Mutation : public ::testing::TestWithParam<std::string> {};

TEST_P(Mutation, WithoutAnyOneFileNothingIsClaimedAnew) {
  const Copy copy(GetParam());
  const Read all = flows_of(copy.path());
  ASSERT_FALSE(all.flows.empty());
  const fs::path away = copy.path() + ".away";
  for (const fs::path& file : copy.files()) {
    fs::rename(file, away);
    EXPECT_EQ(claimed(all, flows_of(copy.path())), "") << "without " << copy.shown(file);
    fs::rename(away, file);
  }
}

// Members whose absence is an answer: AWS leaves them out where there is nothing to say, or
// answers from before they were there do not have them (docs/internals/read.md).
bool absence_is_an_answer(const std::string& pointer) {
  const std::string member = pointer.substr(pointer.rfind('/') + 1);
  // Of the four lists of peers of a rule any may be missing, not all.
  for (const char* optional : {"VpcConfig", "IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"}) {
    if (member == optional) return true;
  }
  return false;
}

void members_of(const json& value, const std::string& pointer, std::vector<std::string>& pointers) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) members_of(value[i], pointer + "/" + std::to_string(i), pointers);
  } else if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      if (key.find('/') != std::string::npos || key.find('~') != std::string::npos) continue;
      const std::string here = pointer + "/" + key;
      if (!absence_is_an_answer(here)) pointers.push_back(here);
      members_of(inner, here, pointers);
    }
  }
}

TEST_P(Mutation, WithoutOneMemberNothingIsClaimedAnew) {
  const Copy copy(GetParam());
  const Read all = flows_of(copy.path());
  // What the network is made of; policies decide no path.
  std::vector<std::pair<fs::path, std::string>> places;
  std::map<fs::path, json> texts;
  for (const fs::path& file : copy.files()) {
    if (copy.shown(file).find("ec2-") == std::string::npos && copy.shown(file).find("lambda-list") == std::string::npos)
      continue;
    std::ifstream in(file);
    const json text = json::parse(in, nullptr, false);
    if (text.is_discarded()) continue;
    std::vector<std::string> pointers;
    members_of(text, "", pointers);
    for (const std::string& p : pointers) places.emplace_back(file, p);
    texts[file] = text;
  }
  ASSERT_FALSE(places.empty());
  const std::size_t step = std::max<std::size_t>(1, places.size() / 200);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [file, pointer] = places[i];
    // Some of all, and each destination of a route: without it the door must not change.
    if (i % step != 0 && !pointer.ends_with("/DestinationPrefixListId")) continue;
    json text = texts[file];
    const json::json_pointer at(pointer);
    text.at(at.parent_pointer()).erase(at.back());
    std::ofstream(file) << text;
    EXPECT_EQ(claimed(all, flows_of(copy.path())), "") << "without " << pointer << " of " << copy.shown(file);
    std::ofstream(file) << texts[file];
  }
}

INSTANTIATE_TEST_SUITE_P(Snapshots, Mutation, ::testing::ValuesIn(snapshots()),
                         [](const auto& info) { return "n" + std::to_string(info.index); });

}  // namespace
}  // namespace sallyport::net
