#include "read/cloudformation/stacks.h"

#include <algorithm>
#include <set>

#include "facts/regions.h"
#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/loops.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr int deepest_nesting = 8;
constexpr std::size_t most_stacks = 500;
constexpr std::size_t most_resources = 200'000;

// Transforms that change nothing that is read, or that are read.
constexpr std::string_view known_transforms[] = {"AWS::Serverless-2016-10-31",     "AWS::LanguageExtensions",
                                                 "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16",
                                                 "AWS::CodeDeployBlueGreen",       "AWS::ServiceCatalog"};

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

// `dir/net.template.json` -> `net`
std::string stem_of(const std::string& path) {
  std::string stem = path.substr(path.rfind('/') + 1);
  for (const std::string_view end : {".json", ".yaml", ".yml", ".template"}) {
    if (stem.size() > end.size() && stem.ends_with(end)) stem.resize(stem.size() - end.size());
  }
  if (stem.ends_with(".template")) stem.resize(stem.size() - 9);
  return stem;
}

// `a/../b` -> `b`, `./c` -> `c`: so that one file has one name.
std::string plain_path(const std::string& path) {
  std::vector<std::string> parts;
  const bool absolute = path.starts_with('/');
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i > 0 ? "/" : "") + parts[i];
  return out;
}

// `eu-central-1a` -> `eu-central-1`, `com.amazonaws.eu-central-1.s3` -> `eu-central-1`.
std::string_view region_in(std::string_view text) {
  if (text.starts_with("com.amazonaws.") && !text.starts_with("com.amazonaws.vpce.")) {
    text.remove_prefix(14);
    text = text.substr(0, text.find('.'));
  } else if (!text.empty()) {
    text.remove_suffix(1);
  }
  return facts::region(text) == nullptr ? std::string_view() : text;
}

class Builder {
 public:
  Builder(Work& work, const std::vector<Template>& templates, const TemplateParameters& parameters,
          const LoadTemplate& load, std::vector<std::unique_ptr<json::Tree>>& trees)
      : work_(work), templates_(templates), parameters_(parameters), load_(load), trees_(trees) {}

  void build() {
    std::vector<const Template*> roots;
    const std::set<std::string> inner = nested_paths();
    for (const Template& t : templates_) {
      if (!inner.contains(plain_path(t.path)) || t.path.empty()) roots.push_back(&t);
    }
    if (roots.empty()) {  // each nests the other
      for (const Template& t : templates_) roots.push_back(&t);
    }
    std::map<std::string, int> names;
    for (const Template* t : roots) {
      std::string name = roots.size() == 1 ? std::string() : t->name.empty() ? stem_of(t->path) : t->name;
      if (roots.size() > 1 && ++names[name] > 1) name += "#" + std::to_string(names[name]);
      Stack& stack = add(std::move(name), t->tree.root(), t->path);
      stack.stack_name = t->name;
      take_arguments(stack);
      place(stack, *t);
      fill(stack);
    }
    // Appended to while it is walked: nested stacks nest others.
    for (std::size_t i = 0; i < work_.stacks.size(); ++i) nest(work_.stacks[i]);
    for (std::size_t i = 0; i < work_.stacks.size(); ++i) {
      Stack& stack = work_.stacks[i];
      if (stack.parent == nullptr) guess_place(stack);
      if (stack.parent != nullptr) stack.place = stack.parent->place;
      stack.conditions.clear();
    }
    for (Stack& stack : work_.stacks) decide(stack);
    tell_unused();
  }

 private:
  Stack& add(std::string name, Node root, const std::string& path) {
    Stack& stack = work_.stacks.emplace_back(std::move(name), root, path);
    stack.place.partition = work_.text("aws");
    return stack;
  }

  // Takes the resources in, once the parameters have their values.
  void fill(Stack& stack) {
    if (auto tree = unroll(work_, stack)) {
      trees_.push_back(std::make_unique<json::Tree>(std::move(*tree)));
      stack.unrolled(trees_.back()->root());
    }
    const Node root = stack.root();
    for (const json::Member m : root["Resources"].members()) {
      if (++resources_ > most_resources) {
        work_.left_out = bad_call(work_, "more resources than are read", m.key.origin()).gap;
        break;
      }
      if (m.name().starts_with("Fn::")) {
        leave_loop(m);
        continue;
      }
      Resource r;
      r.stack = &stack;
      r.logical = std::string(m.name());
      r.name = stack.full(m.name());
      r.type = m.value["Type"].text();
      r.node = m.value;
      std::string_view construct = m.value["Metadata"]["aws:cdk:path"].text();
      if (construct.ends_with("/Resource")) construct.remove_suffix(9);
      r.address = construct.empty() ? r.name : std::string(construct);
      if (r.type.empty()) {
        work_.left_out = bad_call(work_, "the resource `" + r.name + "` has no type", m.key.origin()).gap;
        continue;
      }
      stack.resources.push_back(std::move(r));
      stack.by_id.emplace(stack.resources.back().logical, &stack.resources.back());
    }
    if (root["Resources"].absent() || !root["Resources"].is(json::Kind::object)) {
      work_.left_out = bad_call(work_, "the template has no resources", root.origin()).gap;
    }
  }

  // A loop that was not unrolled, or another function in the place of resources.
  void leave_loop(const json::Member& m) {
    const bool included = m.name() == "Fn::Transform";
    const std::string what = "what `" + std::string(m.name()) + "` makes is not read: " +
                             (is_loop(m.name()) ? "its collection is not known, or the template does not have the "
                                                  "transform `AWS::LanguageExtensions`"
                              : included        ? "the macro or the included file is not at hand"
                                                : "it is no function that makes resources");
    work_.say(Severity::warning, included ? "transform" : "loop", what, m.key.origin());
    work_.left_out = work_.registry.gaps.add(
        {GapKind::not_collected, what,
         included ? "give the transformed template" : "give its collection with `--parameters FILE`", m.key.origin()});
  }

  void take_arguments(Stack& stack) {
    for (const auto& [name, given] : parameters_.values) {
      const bool pseudo = name.starts_with("AWS::");
      if (!pseudo && !stack.root()["Parameters"][name]) continue;
      used_.insert(name);
      stack.arguments.emplace(name, text_item(work_.text(given.value), given.origin));
    }
  }

  void tell_unused() {
    for (const auto& [name, given] : parameters_.values) {
      if (!used_.contains(name)) {
        work_.say(Severity::warning, "unused-parameter", "no template has a parameter `" + name + "`", given.origin);
      }
    }
  }

  void set_region(Stack& stack, std::string_view region) {
    stack.place.region = work_.text(region);
    const facts::Partition* partition = facts::partition_of(region);
    if (partition != nullptr) stack.place.partition = work_.text(partition->name);
  }

  void place(Stack& stack, const Template& t) {
    const auto given = [&](const char* name, const std::string& otherwise) {
      const auto found = parameters_.values.find(name);
      return found == parameters_.values.end() ? otherwise : found->second.value;
    };
    if (const std::string region = given("AWS::Region", t.region); !region.empty()) set_region(stack, region);
    stack.place.account = work_.text(given("AWS::AccountId", t.account));
  }

  // A subnet in `eu-central-1a` is made nowhere else, nor an endpoint of a service there.
  // Else the Region and account of the base, where it has one only.
  void guess_place(Stack& stack) {
    std::set<std::string> regions;
    if (stack.place.region.empty()) {
      for (const Resource& r : stack.resources) {
        const bool endpoint = r.type == "AWS::EC2::VPCEndpoint";
        if (!endpoint && r.type != "AWS::EC2::Subnet" && r.type != "AWS::EC2::Instance") continue;
        if (endpoint && r.node["Properties"]["ServiceRegion"]) continue;
        const Item item = property(work_, r, endpoint ? "ServiceName" : "AvailabilityZone");
        if (!item.is(Item::Kind::text) || work_.registry.texts.has_symbol(item.text)) continue;
        const std::string_view region = region_in(work_.registry.view(item.text));
        if (!region.empty()) regions.insert(std::string(region));
      }
      if (regions.empty()) {
        for (const Subnet& row : work_.base->subnets) regions.emplace(work_.registry.view(row.head.region));
      }
      if (regions.empty()) {
        each_kind(work_.base.tables(), [&](const auto& rows) {
          for (const auto& row : rows) {
            if (!row.head.region.empty()) regions.emplace(work_.registry.view(row.head.region));
          }
        });
      }
      if (regions.size() == 1) set_region(stack, *regions.begin());
    }
    if (stack.place.account.empty()) {
      std::set<Text> accounts;
      for (const Vpc& row : work_.base->vpcs) accounts.insert(row.head.account);
      if (accounts.size() == 1) stack.place.account = *accounts.begin();
    }
    if (stack.place.region.empty()) {
      work_.say(Severity::warning, "no-region",
                "nothing says in which Region the stack is made: give `AWS::Region` with `--parameters`",
                stack.origin());
    }
  }

  // Where the template of a nested stack lies: the CDK says it, else a path in the URL.
  static std::string nested_path(const std::string& folder, Node resource) {
    if (resource["Type"].text() != "AWS::CloudFormation::Stack") return {};
    std::string_view path = resource["Metadata"]["aws:asset:path"].text();
    if (path.empty()) path = resource["Properties"]["TemplateURL"].text();
    if (path.empty() || path.starts_with('/') || path.find("://") != std::string_view::npos) return {};
    return plain_path(folder + std::string(path));
  }

  std::set<std::string> nested_paths() const {
    std::set<std::string> paths;
    for (const Template& t : templates_) {
      for (const json::Member m : t.tree.root()["Resources"].members()) {
        const std::string path = nested_path(folder_of(t.path), m.value);
        if (!path.empty() && path != plain_path(t.path)) paths.insert(path);
      }
    }
    return paths;
  }

  Node load(const std::string& path, std::string& why) {
    for (const Template& t : templates_) {
      if (!t.path.empty() && plain_path(t.path) == path) return t.tree.root();
    }
    if (const auto found = loaded_.find(path); found != loaded_.end()) return found->second;
    if (!load_) return {};
    auto tree = load_(path);
    if (!tree) {
      why = tree.error().message;
      return {};
    }
    trees_.push_back(std::make_unique<json::Tree>(std::move(*tree)));
    return loaded_[path] = trees_.back()->root();
  }

  void nest(Stack& stack) {
    for (const Resource& r : stack.resources) {
      if (r.type != "AWS::CloudFormation::Stack") continue;
      std::string why = "its template is not a file beside this one";
      const std::string path = nested_path(folder_of(stack.path()), r.node);
      Node root;
      if (stack.depth >= deepest_nesting || work_.stacks.size() >= most_stacks) {
        why = "stacks are nested too deep, or there are too many";
      } else if (!path.empty()) {
        root = load(path, why);
      }
      if (!root) {
        const std::string what = "the nested stack `" + r.address + "` is not read: " + why;
        work_.say(Severity::warning, "nested-stack", what, r.node.origin());
        work_.left_out = work_.registry.gaps.add({GapKind::not_collected, what,
                                                  "give the nested template as a file and name it in `TemplateURL`",
                                                  r.node.origin()});
        continue;
      }
      Stack& child = add(stack.full(r.logical), root, path);
      child.parent = &stack;
      child.depth = stack.depth + 1;
      child.given = r.node["Properties"]["Parameters"];
      for (const auto& [name, item] : stack.arguments) {
        if (name.starts_with("AWS::") && name != "AWS::StackName") child.arguments.emplace(name, item);
      }
      fill(child);
      stack.nested.emplace(r.logical, &child);
    }
  }

  // Conditions of resources; transforms of the whole template.
  void decide(Stack& stack) {
    for (Resource& r : stack.resources) {
      const Node needed = r.node["Condition"];
      if (needed.absent()) continue;
      const Truth truth = condition(work_, stack, needed.text());
      if (truth == Truth::unknown) r.doubt = undecided(work_, stack, needed.text(), needed.origin());
      if (truth == Truth::no) stack.by_id.erase(r.logical);
    }
    const Node transform = stack.root()["Transform"];
    const auto look = [&](Node node) {
      const std::string_view name = node.is(json::Kind::object) ? node["Name"].text() : node.text();
      if (std::find(std::begin(known_transforms), std::end(known_transforms), name) != std::end(known_transforms))
        return;
      const std::string what = "the transform `" + std::string(name) + "` may change anything in the template";
      work_.say(Severity::warning, "transform", what, node.origin());
      stack.changed =
          work_.registry.gaps.add({GapKind::not_modelled, what, "give the transformed template", node.origin()});
      work_.left_out = stack.changed;
    };
    if (transform.is(json::Kind::array)) {
      for (const Node entry : transform.items()) look(entry);
    } else if (!transform.absent()) {
      look(transform);
    }
    if (const Node include = stack.root()["Fn::Transform"]) look(include);
  }

  Work& work_;
  const std::vector<Template>& templates_;
  const TemplateParameters& parameters_;
  const LoadTemplate& load_;
  std::vector<std::unique_ptr<json::Tree>>& trees_;
  std::map<std::string, Node> loaded_;
  std::set<std::string, std::less<>> used_;
  std::size_t resources_ = 0;
};

}  // namespace

void build_stacks(Work& work, const std::vector<Template>& templates, const TemplateParameters& parameters,
                  const LoadTemplate& load, std::vector<std::unique_ptr<json::Tree>>& trees) {
  Builder(work, templates, parameters, load, trees).build();
}

}  // namespace sallyport::read::cloudformation
