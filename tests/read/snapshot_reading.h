// For tests: a snapshot out of texts, as if they were files.
//
//   Reading r;
//   r.add("111122223333/eu-central-1/ec2-describe-vpcs.json", R"({"Vpcs": []})");
//   const Cloud cloud = r.cloud();
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/cloud.h"
#include "read/json/parse.h"
#include "read/snapshot/snapshot.h"

namespace sallyport::read {

class Reading {
 public:
  void add(std::string path, std::string text) { files_.emplace_back(std::move(path), std::move(text)); }
  // Of account 111122223333 in eu-central-1.
  void answer(const std::string& operation, std::string text) {
    add("111122223333/eu-central-1/" + operation + ".json", std::move(text));
  }
  void global(const std::string& operation, std::string text) {
    add("111122223333/aws-global/" + operation + ".json", std::move(text));
  }

  Cloud cloud() {
    snapshot::Survey survey;
    snapshot::Snapshot snapshot(registry);
    for (const auto& [path, text] : files_) {
      const snapshot::Slot slot = snapshot::slot_of(path);
      const auto tree = json::parse(text);
      if (tree && snapshot::Survey::wanted(slot)) survey.add(slot, *tree);
    }
    for (const auto& [path, text] : files_) {
      snapshot::Slot slot = snapshot::slot_of(path);
      const auto tree = json::parse(text, registry->documents.add_text(path, text));
      if (!tree) {
        snapshot.add_broken(slot, path, tree.error());
        continue;
      }
      survey.settle(slot, *tree);
      snapshot.add(slot, path, *tree);
    }
    return apply(Cloud(registry), snapshot.finish());
  }

  Text text(std::string_view bytes) const { return registry->text(bytes); }
  Text account() const { return text("111122223333"); }
  Text region() const { return text("eu-central-1"); }
  template <class T>
  T id(std::string_view bytes) const {
    return registry->ids.get<T>(region(), text(bytes));
  }
  template <class T>
  T global_id(std::string_view bytes) const {
    return registry->ids.get<T>(text("aws"), text(bytes));
  }
  GapKind kind(GapId gap) const { return registry->gaps[gap].kind; }

  RegistryPtr registry = std::make_shared<Registry>();

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

// How many diagnostics of a code a cloud has.
inline std::size_t said(const Cloud& cloud, std::string_view code) {
  return static_cast<std::size_t>(std::count_if(cloud.diagnostics().begin(), cloud.diagnostics().end(),
                                                [&](const Diagnostic& d) { return d.code == code; }));
}

}  // namespace sallyport::read
