#include "read/terraform/references.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace sallyport::read::terraform {
namespace {

constexpr int deepest = 40;                // modules and outputs behind one another
constexpr std::size_t most_sources = 512;  // of one expression; more say nothing useful
constexpr int most_steps = 20000;
constexpr std::size_t few = 6;  // references of an expression

// `a.b["k"].c` part by part: names and keys.
class Parts {
 public:
  explicit Parts(std::string_view text) : rest_(text) {}

  // The next name; empty at the end or before a key.
  std::string_view name() {
    if (rest_.starts_with('.')) rest_.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != '.' && rest_[end] != '[') ++end;
    const std::string_view part = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return part;
  }
  // What was taken of `text` so far.
  std::string_view before(std::string_view text) const { return text.substr(0, text.size() - rest_.size()); }
  // The key that stands next, with its brackets' contents as written; empty if none does.
  std::string_view key() {
    if (!rest_.starts_with('[')) return {};
    bool in_text = false;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (in_text && c == '\\') {
        ++i;
      } else if (c == '"') {
        in_text = !in_text;
      } else if (c == ']' && !in_text) {
        const std::string_view inside = rest_.substr(1, i - 1);
        rest_.remove_prefix(i + 1);
        return inside;
      }
    }
    rest_ = {};
    return {};
  }

 private:
  std::string_view rest_;
};

bool has_key(Node key, std::string_view written) {
  if (key.is(json::Kind::number)) return key.scalar() == written;
  return written.size() >= 2 && written.front() == '"' && written.substr(1, written.size() - 2) == key.text();
}

class Collector {
 public:
  Collector(const Document& document, Sources& out) : document_(document), out_(out) {}

  // `self`: the resource whose expression it is; null for arguments and outputs.
  void collect(std::string_view module, const Resource* self, Node expression, int depth) {
    if (depth > deepest || ++steps_ > most_steps || out_.list.size() > most_sources) {
      out_.opaque = true;
      return;
    }
    if (expression.absent()) return;
    if (expression.is(json::Kind::array)) {  // nested blocks
      for (const Node item : expression.items()) collect(module, self, item, depth + 1);
      return;
    }
    const Node references = expression["references"];
    if (expression["constant_value"]) {
      out_.selects = true;
    } else if (!references.is(json::Kind::array)) {
      // An expression without references is known; a nested block has members.
      for (const json::Member m : expression.members()) collect(module, self, m.value, depth + 1);
    }
    if (references.size() == 0) return;
    if (references.size() <= few) {  // as nearly always
      follow_few(module, self, references, depth);
      return;
    }
    std::vector<std::string_view> mentioned;
    mentioned.reserve(references.size());
    for (const Node reference : references.items()) mentioned.push_back(reference.text());
    const std::vector<std::string_view> in_order = mentioned;
    std::sort(mentioned.begin(), mentioned.end());
    std::set<std::string_view> followed;
    for (const std::string_view text : in_order) {
      // Terraform lists `a.b` beside `a.b.id`: only the longer one says something.
      if (is_prefix_of_another(mentioned, text)) continue;
      if (followed.insert(text).second) follow(module, self, text, depth);
    }
  }

  // The same, for so few that each is compared with each.
  void follow_few(std::string_view module, const Resource* self, Node references, int depth) {
    std::array<std::string_view, few> all;
    std::size_t count = 0;
    for (const Node reference : references.items()) all[count++] = reference.text();
    for (std::size_t n = 0; n < count; ++n) {
      const std::string_view text = all[n];
      const auto longer = [&](std::string_view other) {
        return other.size() > text.size() && (other[text.size()] == '.' || other[text.size()] == '[') &&
               other.starts_with(text);
      };
      const auto behind = all.begin() + static_cast<std::ptrdiff_t>(count);
      const auto own = all.begin() + static_cast<std::ptrdiff_t>(n);
      if (std::any_of(all.begin(), behind, longer) || std::find(all.begin(), own, text) != own) continue;
      follow(module, self, text, depth);
    }
  }

  // What is given to a module by what finds something that exists may be that.
  void look_at_givers() {
    for (const Source& source : out_.list) {
      const bool is_known = !source.attribute.empty() && !source.resource->values[source.attribute].absent();
      if (!is_known && finds_others(*source.resource)) out_.opaque = true;
    }
  }

 private:
  // `all` is sorted: what begins with `text` stands behind it. Cost of asking for all: that of their length.
  static bool is_prefix_of_another(const std::vector<std::string_view>& all, std::string_view text) {
    for (auto it = std::upper_bound(all.begin(), all.end(), text); it != all.end() && it->starts_with(text); ++it) {
      if ((*it)[text.size()] == '.' || (*it)[text.size()] == '[') return true;
    }
    return false;
  }

  void follow(std::string_view module, const Resource* self, std::string_view text, int depth) {
    if (++steps_ > most_steps) {
      out_.opaque = true;
      return;
    }
    Parts parts(text);
    const std::string_view root = parts.name();
    if (root == "path" || root == "terraform" || root == "count") {
      out_.selects = true;
    } else if (root == "var") {
      variable(module, parts.name(), depth);
    } else if (root == "each") {
      // The keys are always known; a value is one of those that `for_each` holds.
      if (parts.name() == "key") {
        out_.selects = true;
      } else if (self != nullptr && self->config["for_each_expression"]) {
        collect(module, nullptr, self->config["for_each_expression"], depth + 1);
      } else {
        out_.opaque = true;
      }
    } else if (root == "module") {
      output(module, parts, depth);
    } else if (root == "data") {
      parts.name();
      parts.name();
      resource(module, parts.before(text), parts);
    } else if (root == "local") {
      scope(module, depth);
    } else if (root == "self" || root.empty()) {
      out_.opaque = true;
    } else {
      parts.name();
      resource(module, parts.before(text), parts);
    }
  }

  void variable(std::string_view module, std::string_view name, int depth) {
    if (module.empty()) {  // the root module's are given on the command line or by default
      out_.selects = true;
      return;
    }
    const Node argument = document_.configuration().argument(module, name);
    if (!document_.configuration().call(module)) {
      out_.opaque = true;
    } else if (argument.absent()) {
      out_.selects = true;  // its default
    } else {
      collect(last_step(module).parent, nullptr, argument, depth + 1);
    }
  }

  void output(std::string_view module, Parts& parts, int depth) {
    const std::string_view name = parts.name();
    const std::string_view key = parts.key();
    const std::string_view wanted = parts.name();
    const auto instances = document_.called(module, name);
    bool found = false;
    for (const std::string& instance : instances) {
      if (!key.empty() && last_step(instance).key != key) continue;
      if (found && key.empty()) out_.several = true;
      found = true;
      const Node expression = document_.configuration().output(instance, wanted);
      if (wanted.empty() || expression.absent()) {
        out_.opaque = true;
      } else {
        collect(instance, nullptr, expression, depth + 1);
      }
    }
    if (!found) out_.opaque = true;
  }

  // Everything that a local value of `module` can be made of: its resources, what it is given,
  // and what stands in the modules that it calls. What comes from elsewhere is opaque: a data
  // source that is not read yet, a resource that finds something that exists.
  void scope(std::string_view module, int depth) {
    out_.by_scope = true;
    if (depth > deepest || !scopes_.insert(std::string(module)).second) return;
    if (!document_.configuration().exists()) out_.opaque = true;
    for (const Resource* r : document_.in_module(module)) {
      if (++steps_ > most_steps || out_.list.size() > most_sources) {
        out_.opaque = true;
        return;
      }
      if (r->fate == Fate::removed) continue;
      if (r->only_known || finds_others(*r)) out_.opaque = true;
      const Source source{r, {}};
      if (!r->data && std::find(out_.list.begin(), out_.list.end(), source) == out_.list.end()) {
        out_.list.push_back(source);
      }
    }
    for (const std::string& child : document_.children(module)) scope(child, depth + 1);
    if (module.empty()) return;
    const Node call = document_.configuration().call(module);
    if (!call) out_.opaque = true;
    for (const json::Member m : call["expressions"].members()) {
      collect(last_step(module).parent, nullptr, m.value, depth + 1);
    }
    // `each.value` among the arguments comes from there.
    collect(last_step(module).parent, nullptr, call["for_each_expression"], depth + 1);
  }

  // Is `name` marked as known after apply anywhere in it? Depth is bounded by the parser.
  static bool marked(Node marks, std::string_view name) {
    for (const json::Member m : marks.members()) {
      if (m.name() == name && any_true(m.value)) return true;
      if (marked(m.value, name)) return true;
    }
    for (const Node item : marks.items()) {
      if (marked(item, name)) return true;
    }
    return false;
  }
  static bool any_true(Node marks) {
    if (marks.boolean().value_or(false)) return true;
    for (const Node item : marks.items()) {
      if (any_true(item)) return true;
    }
    return false;
  }
  // Is an argument of that name given anywhere in it?
  static bool given(Node expressions, std::string_view name) {
    for (const json::Member m : expressions.members()) {
      if (m.name() == name || given(m.value, name)) return true;
    }
    for (const Node item : expressions.items()) {
      if (given(item, name)) return true;
    }
    return false;
  }

  // May it bear the id of something that exists, and that no configuration mentions?
  static bool finds_others(const Resource& r) {
    constexpr std::string_view known_data[] = {"aws_iam_policy_document", "aws_availability_zones", "aws_region",
                                               "aws_partition",           "aws_caller_identity",    "aws_service",
                                               "aws_vpc_endpoint_service"};
    constexpr std::string_view providers[] = {"random_", "time_", "tls_", "null_", "local_"};
    const auto begins = [&](std::string_view p) { return r.type.starts_with(p); };
    if (r.data && r.config["expressions"]["vpc_id"] && r.unknown["vpc_id"].boolean().value_or(false)) {
      return false;  // looked up in a VPC of the scope
    }
    if (r.data) {
      return r.unknown["id"].boolean().value_or(false) || r.values["id"].absent()
                 ? std::none_of(std::begin(known_data), std::end(known_data), begins)
                 : false;
    }
    if (std::any_of(std::begin(providers), std::end(providers), begins) || r.type == "terraform_data") return false;
    // What gives out whatever a template, a share or a program does.
    constexpr std::string_view open_ended[] = {"aws_cloudformation_stack", "aws_ram_resource_share_accepter",
                                               "aws_servicecatalog_provisioned_product", "aws_lambda_invocation",
                                               "aws_cloudcontrolapi_resource"};
    if (!r.type.starts_with("aws_") || std::any_of(std::begin(open_ended), std::end(open_ended), begins)) return true;
    // A VPC, or one that AWS finds by what it is given: of the scope where that is not known yet.
    const auto finds_vpc = r.type.starts_with("aws_default_") || marked(r.unknown, "vpc_id");
    if (!finds_vpc) return false;
    for (const char* argument : {"vpc_id", "default_route_table_id", "default_network_acl_id", "subnet_id",
                                 "subnet_ids", "subnets", "vpc_endpoint_id"}) {
      if (given(r.config["expressions"], argument) && marked(r.unknown, argument)) return false;
    }
    return true;
  }

  void resource(std::string_view module, std::string_view block, Parts& parts) {
    const std::string_view key = parts.key();
    std::string_view attribute = parts.name();
    // `vpc_config[0].cluster_security_group_id` means one thing, `vpc_config[0].security_group_ids` another.
    if (attribute == "vpc_config" && block.starts_with("aws_eks_cluster.")) {
      parts.key();
      attribute = parts.name();
    }
    bool found = false;
    std::size_t number = 0;
    for (const Resource* r : document_.instances(module, block)) {
      if (!key.empty() && !has_key(r->key, key)) continue;
      if (r->fate == Fate::removed) continue;
      found = true;
      ++number;
      if (out_.list.size() > most_sources) {
        out_.opaque = true;
        return;
      }
      const Source source{r, attribute};
      if (std::find(out_.list.begin(), out_.list.end(), source) == out_.list.end()) out_.list.push_back(source);
    }
    if (number > 1) out_.several = true;
    // A block without instances (`count = 0`) gives nothing; one that is nowhere is not known.
    if (!found && !document_.configuration().block(module, block)) out_.opaque = true;
  }

  const Document& document_;
  Sources& out_;
  std::set<std::string> scopes_;  // modules whose whole scope was taken
  int steps_ = 0;
};

}  // namespace

Sources sources_of(const Document& document, const Resource& resource, Node expression) {
  Sources out;
  Collector collector(document, out);
  collector.collect(resource.module, &resource, expression, 0);
  if (out.by_scope) collector.look_at_givers();
  return out;
}

std::optional<Source> plain_source_of(const Document& document, const Resource& resource, Node expression) {
  const Node references = expression["references"];
  if (references.size() == 0 || references.size() > 2 || expression["constant_value"]) return std::nullopt;
  std::string_view text;
  for (const Node reference : references.items()) {
    // Terraform lists the resource behind its attribute.
    const std::string_view mentioned = reference.text();
    const bool behind = text.size() > mentioned.size() && text[mentioned.size()] == '.' && text.starts_with(mentioned);
    if (!text.empty() && !behind) return std::nullopt;
    if (text.empty()) text = mentioned;
  }
  if (text.find('[') != std::string_view::npos) return std::nullopt;
  Parts parts(text);
  const std::string_view root = parts.name();
  constexpr std::string_view others[] = {"path",   "terraform", "count", "var", "each",
                                         "module", "data",      "local", "self"};
  if (root.empty() || std::find(std::begin(others), std::end(others), root) != std::end(others)) return std::nullopt;
  parts.name();
  const auto instances = document.instances(resource.module, parts.before(text));
  const std::string_view attribute = parts.name();
  if (instances.size() != 1 || instances.front()->fate == Fate::removed || attribute == "vpc_config")
    return std::nullopt;
  return Source{instances.front(), attribute};
}

Node constant_of(const Document& document, std::string_view module, Node expression) {
  std::string at(module);
  for (int depth = 0; depth < deepest; ++depth) {
    if (const Node constant = expression["constant_value"]) return constant;
    const Node references = expression["references"];
    if (references.size() != 1) return {};
    Parts parts(references.at(0).text());
    if (parts.name() != "var") return {};
    const std::string_view name = parts.name();
    if (at.empty()) return document.configuration().variable(name);
    expression = document.configuration().argument(at, name);
    at = std::string(last_step(at).parent);
  }
  return {};
}

}  // namespace sallyport::read::terraform
