#include "read/input.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "read/ahead.h"
#include "read/awsconfig/recorded.h"
#include "read/files.h"
#include "read/json/parse.h"
#include "read/laid_over.h"
#include "read/recognise.h"
#include "read/snapshot/snapshot.h"
#include "read/store.h"
#include "read/templates.h"
#include "read/terraform/terraform.h"

namespace sallyport::read {
namespace {

constexpr const char* settings_name = "sallyport.yaml";

// Files that lie beside inputs and are none.
bool is_companion(std::string_view name) {
  return name == settings_name || name == "expect.yaml" || name.ends_with(".md") || name.ends_with(".tf") ||
         name.starts_with("README") || name.starts_with("LICENSE") || name.starts_with("NOTICE");
}

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

struct Source {
  Path path;
  bool named = false;     // by the user, not found in a folder
  bool has_text = false;  // `text` holds it (standard input)
  std::string text;
};

// Which document a file is, once a piece of it was taken.
struct Place {
  std::optional<DocumentId> document;
  bool last = true;  // no piece of it follows
};

class Reader {
 public:
  Reader(RegistryPtr registry, const InputOptions& options, Store& store)
      : registry_(std::move(registry)),
        options_(options),
        store_(store),
        snapshot_(registry_),
        recorded_(registry_),
        templates_(registry_, store_) {}

  Result<Cloud> read(std::vector<Source> sources) {
    for (const Source& source : sources) {
      if (snapshot::Survey::wanted(slot_of(source))) look_first(source);
    }
    std::vector<Ahead::Wanted> wanted;
    for (const Source& source : sources) {
      const bool skipped = source.has_text || (!source.named && is_companion(file_name(source.path)));
      if (skipped) {
        wanted.emplace_back();
      } else {
        wanted.push_back({source.path, snapshot::list_of(slot_of(source))});
      }
    }
    for (const auto& [path, error] : store_.broken()) {
      diagnostics_.push_back({Severity::error, "unreadable-file", error.message, {}});
      snapshot_.add_broken(snapshot::slot_of(as_in_folders(path)), path, error);
    }
    Ahead ahead(store_, wanted, options_.piece);
    std::size_t done = 0;
    for (std::size_t n = 0; n < sources.size(); ++n) {
      if (wanted[n].path.empty() && !sources[n].has_text) continue;
      Place place;
      for (bool last = false; !last;) {
        Parsed file = sources[n].has_text ? parsed(sources[n].text, parser_) : ahead.take(n);
        place.last = last = file.last;
        if (file.tree && *file.tree) done += (*file.tree)->bytes();
        if (options_.reading) options_.reading(std::min(done, ahead.bytes()), ahead.bytes());
        if (auto done = take(sources[n], std::move(file), place); !done) return tl::unexpected(done.error());
      }
    }
    if (const Error* broken = snapshot_.only_broken();
        broken != nullptr && recorded_.empty() && plans_.empty() && templates_.empty())
      return tl::unexpected(*broken);
    if (snapshot_.empty() && recorded_.empty() && plans_.empty() && templates_.empty()) {
      return fail("nothing in the input could be read", "give a folder of AWS answers, see `collect.sh --help`");
    }
    if (!options_.base.empty() && plans_.empty() && templates_.empty()) {
      return fail("`--base` is for what a plan or template is laid over, and there is none",
                  "give the snapshot as an input");
    }
    if (!options_.source.empty() && plans_.empty()) {
      return fail("`--source` is the configuration of a plan or state, and there is none",
                  "templates are their own source");
    }
    if (!options_.source.empty() && !is_folder(options_.source)) {
      return fail("`" + options_.source + "` is no folder", "give the folder of the root module");
    }
    for (const std::string& path : options_.parameters) {
      if (templates_.empty()) return fail("`--parameters` are those of a template, and there is none");
      if (auto done = templates_.add_parameters(path); !done) return tl::unexpected(done.error());
    }
    for (const auto& [name, value] : options_.values) {
      if (templates_.empty()) return fail("`" + name + "` is a parameter of a template, and there is none");
      templates_.add_parameter(name, value);
    }
    return lay_over();
  }

 private:
  // The snapshot, and plans and templates on it.
  Cloud lay_over() {
    awsconfig::Recorded::Noted noted = recorded_.tell(snapshot_);
    Change change = snapshot_.finish();
    change.unread.insert(change.unread.end(), noted.unread.begin(), noted.unread.end());
    diagnostics_.insert(diagnostics_.end(), noted.diagnostics.begin(), noted.diagnostics.end());
    change.diagnostics.insert(change.diagnostics.end(), diagnostics_.begin(), diagnostics_.end());
    Cloud cloud = apply(Cloud(registry_), std::move(change));
    const auto add = [&](Change next, const std::string& what) {
      // What one plan claims to be all there is holds only where no other adds to it.
      const std::size_t several = plans_.size() + (templates_.empty() ? 0 : 1);
      if (several > 1) std::erase_if(next.coverage, [](const Collected& c) { return !c.gap; });
      if (!options_.base.empty()) next.diagnostics.push_back(laid_over(cloud, next, what));
      cloud = apply(cloud, std::move(next));
    };
    for (const json::Tree& plan : plans_) {
      add(read_terraform(cloud, plan, options_.source),
          "`" + std::string(registry_->documents.name(plan.document())) + "`");
    }
    if (!templates_.empty()) add(templates_.read(cloud), "the template");
    return cloud;
  }

  static snapshot::Slot slot_of(const Source& source) { return snapshot::slot_of(as_in_folders(source.path)); }

  Result<std::string> bytes_of(const Source& source) {
    if (source.has_text) return source.text;
    return store_.read(source.path, json::size_limit, parser_.buffer());
  }

  void look_first(const Source& source) {
    auto bytes = bytes_of(source);
    if (!bytes || is_companion(file_name(source.path)) || !begins_like_json(*bytes)) return;
    const auto tree = parser_.parse(std::move(*bytes));
    if (tree) survey_.add(slot_of(source), *tree);
  }

  // A file, or the next piece of it.
  Result<bool> take(const Source& source, Parsed file, Place& place) {
    if (!file.bytes) {
      if (source.named) return tl::unexpected(file.bytes.error());
      snapshot_.add_broken(slot_of(source), source.path, file.bytes.error());
      return true;
    }
    const bool json = file.tree.has_value();
    if (!json && is_utf16(*file.bytes)) {
      const Error utf16{"it is UTF-16, as PowerShell writes it", "write it as UTF-8 (`| Out-File -Encoding utf8`)", {}};
      if (source.named) return fail("`" + source.path + "` cannot be read: " + utf16.message, utf16.hint);
      snapshot_.add_broken(slot_of(source), source.path, utf16);
      return true;
    }
    if (!json && !looks_like_template(*file.bytes)) return refuse(source, "is not JSON and no template");
    if (!place.document) {
      place.document = source.has_text ? registry_->documents.add_text(source.path, source.text)
                                       : store_.number(source.path, registry_->documents);
    }
    const DocumentId document = *place.document;
    auto tree = json ? std::move(*file.tree) : parse_template(std::move(*file.bytes), document);
    if (json && tree) tree->number(document);
    if (json && !tree) tree.error().origin.document = document;
    if (!json && tree && format_of(*tree) != Format::cloudformation) return refuse(source, "is YAML and no template");
    if (!json && !tree && !source.named) return refuse(source, "cannot be read: " + tree.error().message, tree.error());
    if (!tree) {
      if (source.named)
        return fail("`" + source.path + "` cannot be read: " + tree.error().message, tree.error().hint,
                    tree.error().origin);
      snapshot_.add_broken(slot_of(source), source.path, tree.error());
      return true;
    }
    return take_tree(source, std::move(*tree), place.last);
  }

  Result<bool> take_tree(const Source& source, json::Tree tree, bool last) {
    const Format format = format_of(tree);
    switch (format) {
      case Format::nothing:
        if (source.named) return fail("`" + source.path + "` is empty");
        [[fallthrough]];
      case Format::aws_answer: {
        snapshot::Slot slot = slot_of(source);
        survey_.settle(slot, tree);
        snapshot_.add(slot, source.path, tree, last);
        return true;
      }
      case Format::aws_config: {
        snapshot::Slot slot = slot_of(source);
        json::report_duplicates(tree, diagnostics_);
        recorded_.add(tree, {slot.account, slot.region, source.path}, slot.subject);
        return true;
      }
      case Format::terraform_plan:
      case Format::terraform_state: plans_.push_back(std::move(tree)); return true;
      case Format::cloudformation: return templates_.add(source.path, std::move(tree));
      case Format::policy: return refuse(source, std::string("is ") + with_article(format) + ", which is not read yet");
    }
    return true;
  }

  // No input: an error if the user named the file, a note if it was found.
  // What looks like an input and is broken is more than a note.
  Result<bool> refuse(const Source& source, const std::string& why, const Error& broken = {}) {
    if (source.named) return fail("`" + source.path + "` " + why);
    const std::string hint = broken.hint.empty() ? "" : "; " + broken.hint;
    const bool is_broken = !broken.message.empty();
    diagnostics_.push_back({is_broken ? Severity::warning : Severity::note, is_broken ? "broken-file" : "unread-file",
                            "`" + source.path + "` " + why + (is_broken ? "" : ": not read") + hint, broken.origin});
    return true;
  }

  RegistryPtr registry_;
  const InputOptions& options_;
  Store& store_;
  json::Parser parser_;
  snapshot::Survey survey_;
  snapshot::Snapshot snapshot_;
  awsconfig::Recorded recorded_;
  std::vector<json::Tree> plans_;  // and states, in the order given
  Templates templates_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<Cloud> read_cloud(const RegistryPtr& registry, const std::vector<std::string>& paths,
                         std::istream* standard_input, const InputOptions& options) {
  Store store;
  std::vector<Source> sources;
  std::vector<std::string> all = paths;
  if (!options.base.empty()) all.insert(all.begin(), options.base);
  for (const std::string& path : all) {
    if (path == "-") {
      if (standard_input == nullptr) return fail("standard input cannot be read here");
      std::string text((std::istreambuf_iterator<char>(*standard_input)), std::istreambuf_iterator<char>());
      sources.push_back({"-", true, true, std::move(text)});
      continue;
    }
    if (!exists(path)) return fail("`" + path + "` does not exist");
    auto files = store.documents(path);
    if (!files) return tl::unexpected(files.error());
    const bool named = files->size() == 1 && files->front() == path;
    if (!named) keep_manifests(store, *files);
    for (Path& file : *files) sources.push_back({std::move(file), named, false, {}});
  }
  return Reader(registry, options, store).read(std::move(sources));
}

std::string find_settings(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    const std::string file = path + (path.ends_with('/') ? "" : "/") + settings_name;
    if (is_folder(path) && exists(file)) return file;
    if (!named_like_archive(path) || is_folder(path) || !exists(path)) continue;
    if (Path member = member_named(path, settings_name); !member.empty()) return member;
  }
  return exists(settings_name) ? settings_name : std::string();
}

}  // namespace sallyport::read
