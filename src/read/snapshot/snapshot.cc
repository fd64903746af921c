#include "read/snapshot/snapshot.h"

#include "facts/regions.h"
#include "read/snapshot/families.h"
#include "read/snapshot/operations.h"

namespace sallyport::read::snapshot {
namespace {

// "There is none" said by an error (DESIGN: any `NoSuch...`, `...NotFound...` code).
bool says_none(std::string_view code) {
  return code.starts_with("NoSuch") || code.find("NotFound") != std::string_view::npos ||
         code == "AWSOrganizationsNotInUseException" || code == "PolicyTypeNotEnabledException";
}

// A page is missing behind this answer.
bool more_pages(json::Node root) {
  for (const char* token : {"NextToken", "nextToken", "NextMarker", "Marker", "position", "LastEvaluatedTableName"}) {
    if (!root[token].absent() && !root[token].text().empty()) return true;
  }
  return (root["IsTruncated"].boolean().value_or(false) || root["HasMoreResults"].boolean().value_or(false) ||
          root["HasMoreStreams"].boolean().value_or(false));
}

void cover_kinds(const Answer& answer, const Operation& operation, GapId gap) {
  for (const Kind kind : operation.kinds) {
    if (kind == Kind::none) break;
    cover(answer.work(), kind, answer.account, operation.says == Says::global ? Text() : answer.region, gap);
  }
}

bool is_list(const Operation& operation) { return operation.says != Says::one && operation.says != Says::nothing; }

// Lists are asked for by what they cover, so only answers about one thing are noted.
void note_answered(const Answer& answer, const Operation& operation) {
  if (is_list(operation)) return;
  const Registry& registry = answer.registry();
  answer.work().answered.emplace(operation.name, registry.texts.string(answer.account),
                                 registry.texts.string(answer.region), answer.subject);
}

// What there is instead of an answer: an error, nothing, or a broken file. `gap`
// unless `there_is_none`.
void not_answered(Answer& answer, const Operation* operation, bool there_is_none, GapId gap) {
  if (operation == nullptr) return answer.unread();
  if (there_is_none) note_answered(answer, *operation);
  if (operation->none != nullptr) operation->none(answer, there_is_none, gap);
  if (is_list(*operation)) cover_kinds(answer, *operation, gap);
}

std::string command_of(const Slot& slot) {
  const std::size_t dash = slot.operation.find('-');
  if (dash == std::string::npos) return {};
  return "aws " + slot.operation.substr(0, dash) + " " + slot.operation.substr(dash + 1);
}

Answer answer_of(Work& work, const Slot& slot, const std::string& file, json::Node root) {
  Registry& registry = *work.registry;
  Answer answer(work, root);
  answer.account = registry.text(slot.account);
  answer.region = registry.text(slot.region);
  const facts::Partition* partition = facts::partition_of(slot.region);
  answer.partition = registry.text(partition == nullptr ? "aws" : partition->name);
  answer.operation = slot.operation;
  answer.subject = slot.subject;
  answer.file = file;
  answer.told = slot.operation;
  if (answer.told.empty()) {
    for (const json::Member m : root.members()) {
      answer.told = m.name();
      break;
    }
  }
  return answer;
}

bool holds_anything(json::Node root) {
  for (const json::Member m : root.members()) {
    const bool container = m.value.is(json::Kind::array) || m.value.is(json::Kind::object);
    if (container && m.value.size() > 0) return true;
    if (m.value.is(json::Kind::string) && m.name() != "ResponseMetadata") return true;
  }
  return false;
}

}  // namespace

std::string_view list_of(const Slot& slot) {
  if (Survey::wanted(slot)) return {};
  const Operation* const operation = operation_named(slot.operation);
  return operation == nullptr || !read_by_items(*operation) ? std::string_view() : operation->key;
}

void Survey::add(const Slot& slot, const json::Tree& tree) {
  for (const json::Node root : tree.roots()) {
    if (const std::string caller = caller_account(root); !caller.empty()) callers_[slot.root] = caller;
    const Evidence evidence = evidence_of(root);
    of_roots_[slot.root].add(evidence);
    of_folders_[slot.folder].add(evidence);
  }
}

void Survey::settle(Slot& slot, const json::Tree& tree) const {
  if (!wanted(slot)) return;
  const auto look_up = [](const auto& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename std::decay_t<decltype(map)>::mapped_type() : found->second;
  };
  if (slot.account.empty()) slot.account = look_up(callers_, slot.root);
  if (slot.account.empty()) slot.account = Evidence::winner(look_up(of_roots_, slot.root).accounts);
  if (!slot.region.empty()) return;
  Evidence own;
  for (const json::Node root : tree.roots()) own.add(evidence_of(root));
  slot.region = Evidence::winner(own.regions);
  if (!slot.region.empty()) {
    if (Evidence::mixed(own.regions)) slot.region.clear();
    return;
  }
  const Evidence folder = look_up(of_folders_, slot.folder);
  if (!Evidence::mixed(folder.regions)) slot.region = Evidence::winner(folder.regions);
}

Snapshot::Snapshot(RegistryPtr registry) : work_(std::move(registry)) {}

void Snapshot::add(const Slot& slot, const std::string& file, const json::Tree& tree, bool last) {
  ++files_;
  json::report_duplicates(tree, work_.change.diagnostics);
  if (tree.empty()) {
    const Answer answer = answer_of(work_, slot, file, {});
    Gap gap{GapKind::not_collected, "`" + file + "` is empty", command_of(slot), Origin{tree.document(), 0}};
    const GapId id = work_.registry->gaps.add(std::move(gap));
    Answer nothing = answer;
    if (const Operation* operation = operation_named(slot.operation)) not_answered(nothing, operation, false, id);
    return;
  }
  const std::vector<json::Node> roots = tree.roots();
  for (std::size_t i = 0; i < roots.size(); ++i) {
    // Pages of one answer follow each other: a token counts in the last of them.
    const bool last_page = i + 1 == roots.size()
                               ? last
                               : operation_of(roots[i], slot.operation) != operation_of(roots[i + 1], slot.operation);
    document(slot, file, roots[i], last_page);
  }
}

void Snapshot::add_broken(const Slot& slot, const std::string& file, const Error& error) {
  ++files_;
  if (broken_++ == 0) first_broken_ = {"`" + file + "` cannot be read: " + error.message, error.hint, error.origin};
  const std::string hint = error.hint.empty() ? "" : "; " + error.hint;
  work_.change.diagnostics.push_back(
      {Severity::error, "unreadable-file", "`" + file + "` cannot be read: " + error.message + hint, error.origin});
  const GapId gap = work_.registry->gaps.add(
      {GapKind::not_readable, "`" + file + "` cannot be read: " + error.message, command_of(slot), error.origin});
  Answer answer = answer_of(work_, slot, file, {});
  if (const Operation* operation = operation_named(slot.operation)) not_answered(answer, operation, false, gap);
}

void Snapshot::document(const Slot& slot, const std::string& file, json::Node root, bool last_page) {
  Answer answer = answer_of(work_, slot, file, root);
  if (!root.is(json::Kind::object)) {
    answer.say(Severity::warning, "not-an-answer",
               "`" + file + "` holds " + json::with_article(root.kind()) + ", no AWS answer");
    const GapId gap = answer.gap(GapKind::not_readable, "`" + file + "` holds no AWS answer", command_of(slot));
    if (const Operation* named = operation_named(slot.operation)) not_answered(answer, named, false, gap);
    return;
  }
  const Operation* operation = operation_of(root, slot.operation);
  if (operation == nullptr) {
    const Operation* named = operation_named(slot.operation);
    if (const json::Node error = root["Error"]; error && (named != nullptr || root.size() == 1)) {
      const std::string code(error["Code"].text());
      if (says_none(code) && (named == nullptr || named->none != nullptr)) {
        if (named != nullptr) not_answered(answer, named, true, {});
        return;
      }
      const GapId gap =
          answer.gap(GapKind::not_readable, "AWS answered `" + code + "` in `" + file + "`", command_of(slot), error);
      return not_answered(answer, named, false, gap);
    }
    if (root.size() == 0) {
      if (named == nullptr) return;
      if (!slot.subject.empty() && named->none != nullptr) return not_answered(answer, named, true, {});
      if (named->says == Says::list_or_nothing) return cover_kinds(answer, *named, {});
      const GapId gap = answer.gap(GapKind::not_collected, "`" + file + "` is an empty answer", command_of(slot));
      return not_answered(answer, named, false, gap);
    }
    if (named != nullptr) {
      // The name promises what the contents lack.
      answer.say(Severity::warning, "not-an-answer",
                 "`" + file + "` does not hold `" + std::string(named->key) + "`, as its name says");
      const GapId gap =
          answer.gap(GapKind::not_readable, "`" + file + "` does not hold what its name says", command_of(slot));
      return not_answered(answer, named, false, gap);
    }
    if (holds_anything(root)) answer.unread();
    return;
  }
  const bool regional = operation->says == Says::list || operation->says == Says::list_or_nothing;
  if (regional && slot.region.empty()) {
    answer.say(Severity::warning, "unknown-region",
               "nothing tells of which Region `" + file + "` is: put it into a folder of that name");
  }
  if (answer.operation.empty()) answer.operation = operation->name;
  answer.told = operation->name;
  note_answered(answer, *operation);
  GapId gap;
  if (is_list(*operation) && !root[operation->key].is(json::Kind::array)) {
    gap = answer.lacking(answer.told, operation->key, root[operation->key]);
  } else if (more_pages(root) && last_page) {
    gap = answer.gap(GapKind::not_collected, "`" + file + "` ends with a token for a further page", command_of(slot));
    answer.say(Severity::warning, "missing-page",
               "`" + file + "` ends with a token for a further page: collect all pages");
  }
  operation->read(answer);
  if (is_list(*operation)) cover_kinds(answer, *operation, gap);
}

// Identities are listed by one answer that covers them by itself (identities.cc).
bool Snapshot::listed_by_files(const std::string& name, Text account, Text region) const {
  const Operation* operation = operation_named(name);
  SP_ASSERT(operation != nullptr);
  for (const Kind kind : operation->kinds) {
    if (kind == Kind::none) break;
    const auto covered = work_.coverage.find({kind, account, operation->says == Says::global ? Text() : region});
    if (covered == work_.coverage.end() || covered->second) return false;
  }
  return operation->kinds[0] != Kind::none;
}

void Snapshot::say(const Said& said) {
  const Operation* operation = operation_named(said.operation);
  SP_ASSERT(operation != nullptr);
  Registry& registry = *work_.registry;
  const std::string& lister = said.lister.empty() ? said.operation : said.lister;
  if (listed_by_files(lister, registry.text(said.account), registry.text(said.region))) return;
  if (work_.answered.contains({operation->name, said.account, said.region, said.subject})) return;
  Slot slot;
  slot.account = said.account, slot.region = said.region;
  slot.operation = said.operation, slot.subject = said.subject;
  ++files_;
  json::Tree tree;
  if (!said.body.empty()) {
    auto parsed = parser_.parse(said.body, said.origin.document);
    SP_ASSERT(parsed.has_value());
    tree = std::move(*parsed);
    tree.pin(said.origin);
  }
  Answer answer = answer_of(work_, slot, said.file, tree.root());
  answer.told = operation->name;
  answer.recorded = true;
  if (said.body.empty()) {
    if (operation->none != nullptr) operation->none(answer, true, {});
  } else {
    operation->read(answer);
  }
}

void Snapshot::list(const Listed& listed) {
  Registry& registry = *work_.registry;
  const auto [entry, is_new] = work_.coverage.try_emplace(
      {listed.kind, registry.text(listed.account), registry.text(listed.region)}, listed.gap);
  if (is_new || listed.gap || !entry->second) return;
  // What a file lacks or could not show, the recording does; what is not modelled, it neither.
  const GapKind why = registry.gaps[entry->second].kind;
  if (why == GapKind::not_collected || why == GapKind::not_readable) entry->second = {};
}

Change Snapshot::finish() {
  finish_vpcs(work_);
  finish_public_access(work_);
  finish_shown_blocks(work_);
  finish_prefix_lists(work_);
  finish_interfaces(work_);
  finish_group_rules(work_);
  finish_transit(work_);
  finish_transit_tables(work_);
  finish_endpoints(work_);
  finish_custom_names(work_);
  finish_vpn_gateways(work_);
  finish_endpoint_offers(work_);
  finish_balancers(work_);
  finish_file_systems(work_);
  finish_platform(work_);
  finish_apis(work_);
  finish_routes(work_);
  finish_lists_of_routes(work_);
  finish_functions(work_);
  finish_buckets(work_);
  finish_tables(work_);
  finish_resources(work_);
  finish_organization(work_);
  finish_zones(work_);
  finish_zones_of_vpcs(work_);
  finish_resolver(work_);
  finish_profiles(work_);
  finish_firewall(work_);
  finish_lattice(work_);
  finish_group_vpcs(work_);
  for (const auto& [key, gap] : work_.coverage) {
    const auto& [kind, account, region] = key;
    work_.change.collected(kind, account, region, gap);
  }
  for (const auto& [code, count] : work_.said) {
    if (count <= said_per_code) continue;
    work_.change.diagnostics.push_back(
        {Severity::warning, code, "and " + std::to_string(count - said_per_code) + " more `" + code + "`", {}});
  }
  for (const auto& [what, files] : work_.unread) {
    work_.change.unread.push_back({what, files.files});
    work_.change.diagnostics.push_back(
        {Severity::note, "unread-file",
         "`" + what + "` is not read (" + std::to_string(files.files) + (files.files == 1 ? " file)" : " files)"),
         files.first});
  }
  return std::move(work_.change);
}

}  // namespace sallyport::read::snapshot
