#include "net/engine.h"

#include <utility>

#include "net/changed_rules.h"
#include "net/flow.h"
#include "net/index.h"
#include "net/tally.h"

namespace sallyport::net {

Engine::Engine(Cloud cloud, Settings settings, Options options)
    : index_(std::make_unique<Index>(std::move(cloud), std::move(settings), options)) {}

Engine::Engine(const Engine& before, Cloud after) {
  if (const auto changed = changed_rules(before.cloud(), after)) {
    index_ = std::make_unique<Index>(*before.index_, std::move(after), *changed);
  } else {
    index_ = std::make_unique<Index>(std::move(after), before.settings(), before.index_->options());
  }
}

Engine::~Engine() = default;

const Cloud& Engine::cloud() const { return index_->cloud(); }

const Settings& Engine::settings() const { return index_->settings(); }

Answer Engine::answer(const Flow& flow) const { return answer_flow(*index_, flow); }

Tally Engine::tally(std::vector<TargetsOfRegion> targets, std::uint16_t port, const Progress& progress) const {
  return {*index_, std::move(targets), port, progress};
}

Tally Engine::tally(const Tally& before) const { return {before, *index_}; }

std::vector<std::vector<Decided>> Engine::decide_all(std::span<const Target> targets, std::uint16_t port) const {
  return net::decide_all(*index_, targets, port);
}

const std::vector<SourceClass>& Engine::classes() const { return index_->classes(); }

}  // namespace sallyport::net
