#include "net/engine.h"

#include <utility>

#include "net/flow.h"
#include "net/index.h"

namespace sallyport::net {

Engine::Engine(Cloud cloud, Settings settings, Options options)
    : index_(std::make_unique<Index>(std::move(cloud), std::move(settings), options)) {}

Engine::~Engine() = default;

const Cloud& Engine::cloud() const { return index_->cloud(); }

const Settings& Engine::settings() const { return index_->settings(); }

Answer Engine::answer(const Flow& flow) const { return answer_flow(*index_, flow); }

const std::vector<SourceClass>& Engine::classes() const { return index_->classes(); }

}  // namespace sallyport::net
