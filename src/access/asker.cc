#include "access/asker.h"

#include <algorithm>

namespace sallyport::access {

Asker::Asker(const Access& access, const Caller& caller, const Arrival& arrival)
    : access_(access), caller_(caller), arrival_(arrival) {}

void Asker::turn_to(const Thing& thing) {
  const Request request{caller_, thing, arrival_};
  const bool same = layers_ != nullptr && arn_ == thing.arn && prefix_ == thing.prefix;
  if (!same) {
    arn_ = thing.arn;
    prefix_ = thing.prefix;
    layers_ = std::make_unique<LayerSet>();
    gather(access_.cloud(), access_.org(), access_.policies(), caller_, thing, arrival_, *layers_);
    contexts_.clear();
    contexts_.push_back(context(access_.cloud(), access_.org(), request, access_.policies().mentioned_keys()));
    if (access_.foreign_part(request)) {
      Request other = request;
      other.foreign_in_other_organization = true;
      contexts_.push_back(context(access_.cloud(), access_.org(), other, access_.policies().mentioned_keys()));
    }
    service_keys_.clear();
    for (const std::string& key : access_.policies().mentioned_keys()) {
      if (key.starts_with(prefix_ + ":") || (thing.arn == "*" && key.starts_with("aws:resource"))) {
        service_keys_.push_back(key);
      }
    }
    return;
  }
  for (iam::Context& c : contexts_) fill(access_.cloud(), access_.org(), request, service_keys_, c);
}

iam::Outcome Asker::outcome(const Thing& thing) {
  turn_to(thing);
  const auto one = [&](const iam::Context& c) {
    return access_.engine().outcome({.principal = caller_.principal,
                                     .action = thing.action,
                                     .resource = thing.arn,
                                     .resource_account = owner(thing),
                                     .context = &c},
                                    layers_->view());
  };
  const iam::Outcome first = one(contexts_.front());
  return contexts_.size() == 1 || one(contexts_.back()) == first ? first : iam::Outcome::unknown;
}

}  // namespace sallyport::access
