#include "read/settings.h"

#include <algorithm>

#include "read/fields.h"
#include "read/store.h"
#include "read/yaml/parse.h"

namespace sallyport::read {
namespace {

using json::Node;

bool digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && digits(text.substr(0, 4), 4) &&
         digits(text.substr(5, 2), 2) && digits(text.substr(8, 2), 2);
}

void check_account(Fields& fields, std::string_view id, Node at) {
  if (!digits(id, 12)) {
    fields.mistake("`" + std::string(id) + "` is no account id", at, "twelve digits, in quotes if they begin with 0");
  }
}

class SettingsReader {
 public:
  Result<Settings> read(Node root) {
    Fields top(root, "the settings", error_);
    organization(top.node("organization"));
    Fields networks(top.node("networks"), "`networks`", error_);
    settings_.our_networks = networks.prefixes("ours");
    networks.done();
    trusted(top.node("trusted"));
    for (const Node n : top.list("needs")) need(n);
    for (const Node n : top.list("controls")) control(n);
    for (const Node n : top.list("assume")) assumption(n);
    for (const Node n : top.list("suppress")) suppression(n);
    top.done();
    if (error_) return tl::unexpected(*error_);
    return std::move(settings_);
  }

 private:
  void organization(Node node) {
    Fields fields(node, "`organization`", error_);
    settings_.organization_id = fields.text("id");
    const Node accounts = fields.node("accounts");
    if (!accounts.absent() && !accounts.is(json::Kind::object)) {
      fields.mistake("`accounts` must be a mapping from account ids", accounts);
    }
    for (const json::Member m : accounts.members()) {
      check_account(fields, m.name(), m.key);
      Fields entry(m.value, "an account", error_);
      settings_.accounts.push_back({std::string(m.name()), entry.text("name"), entry.text("ou")});
      entry.done();
    }
    fields.done();
  }

  void trusted(Node node) {
    Fields fields(node, "`trusted`", error_);
    settings_.trusted_accounts = fields.texts("accounts");
    for (const std::string& id : settings_.trusted_accounts) check_account(fields, id, node["accounts"]);
    settings_.trusted_networks = fields.prefixes("networks");
    settings_.trusted_services = fields.texts("services");
    fields.done();
  }

  void need(Node node) {
    Fields fields(node, "an entry of `needs`", error_);
    Need need{fields.text("from"), fields.text("to"), fields.texts("actions"), node.origin()};
    if (need.from.empty() || need.to.empty()) fields.mistake("an entry of `needs` must say `from` and `to`", node);
    fields.done();
    settings_.needs.push_back(std::move(need));
  }

  // `- both-belts` or `- {control: both-belts, severity: low}`.
  void control(Node node) {
    ControlSetting setting;
    setting.origin = node.origin();
    if (!node.scalar().empty()) {
      setting.control = node.scalar();
    } else {
      Fields fields(node, "an entry of `controls`", error_);
      setting.control = fields.text("control");
      setting.severity = fields.word("severity", {"low", "medium", "high", "critical"});
      setting.enabled = fields.boolean("enabled").value_or(true);
      setting.except = fields.texts("except");
      if (setting.control.empty()) fields.mistake("an entry of `controls` must name its `control`", node);
      fields.done();
    }
    settings_.controls.push_back(std::move(setting));
  }

  void assumption(Node node) {
    Fields fields(node, "an entry of `assume`", error_);
    Assumption assumption;
    assumption.origin = node.origin();
    assumption.object = fields.text("object");
    if (const Node node_passes = fields.node("passes")) {
      Fields passes(node_passes, "`passes`", error_);
      assumption.passes = true;
      assumption.to = passes.text("to");
      if (const auto port = passes.number("port", 0, 65535)) assumption.port = static_cast<int>(*port);
      assumption.translates = passes.boolean("translates");
      passes.done();
    }
    if (const Node node_answers = fields.node("answers")) {
      Fields answers(node_answers, "`answers`", error_);
      assumption.answers = true;
      assumption.name = answers.text("name");
      assumption.with = answers.text("with");
      for (const std::string& text : answers.texts("addresses")) {
        const Result<Address> address = parse_address(text);
        if (!address) answers.mistake("`" + text + "` is no address", node_answers["addresses"]);
        if (address) assumption.addresses.push_back(*address);
      }
      if (assumption.with.empty() == assumption.addresses.empty()) {
        answers.mistake("`answers` needs `with` or `addresses`, and not both", node_answers,
                        "write `with: public`, `with: vpc-0123` or `addresses: [10.0.0.5]`");
      }
      answers.done();
    }
    if (assumption.passes == assumption.answers) {
      fields.mistake("an entry of `assume` needs `passes` or `answers`, and not both", node,
                     "write `passes: {}` where everything passes");
    }
    assumption.reason = fields.text("reason");
    assumption.owner = fields.text("owner");
    if (assumption.object.empty()) fields.mistake("an entry of `assume` must name its `object`", node);
    fields.done();
    settings_.assumptions.push_back(std::move(assumption));
  }

  void suppression(Node node) {
    Fields fields(node, "an entry of `suppress`", error_);
    Suppression s{fields.text("control"), fields.text("where"), fields.text("reason"), fields.text("expires"),
                  node.origin()};
    if (s.control.empty()) fields.mistake("an entry of `suppress` must name its `control`", node);
    if (!s.expires.empty() && !is_date(s.expires)) {
      fields.mistake("`" + s.expires + "` is no date", node["expires"], "write it as 2027-01-31");
    }
    fields.done();
    settings_.suppressions.push_back(std::move(s));
  }

  FirstError error_;
  Settings settings_;
};

}  // namespace

Result<Settings> settings_of(Node root) { return SettingsReader().read(root); }

Result<Settings> read_settings(const std::string& path, Documents& documents) {
  auto bytes = read_document(path, yaml::size_limit);
  if (!bytes) return tl::unexpected(bytes.error());
  const DocumentId document = is_file(path) ? documents.add_file(path) : documents.add_text(path, *bytes);
  const auto tree = yaml::parse(std::move(*bytes), document);
  if (!tree) return tl::unexpected(tree.error());
  if (tree->roots().size() > 1)
    return fail("`" + path + "` holds several documents", "keep one", tree->roots()[1].origin());
  return settings_of(tree->root());
}

}  // namespace sallyport::read
