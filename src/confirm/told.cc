#include "confirm/told.h"

#include <algorithm>

#include "access/layers.h"

namespace sallyport::confirm {
namespace {

std::string words_of(const Cloud& cloud, const net::Answer& answer) {
  std::string words = net::name(answer.verdict);
  if (answer.has_door()) {
    words += std::string(" through ") + net::name(answer.door.kind);
    if (answer.door.object) words += " " + std::string(cloud.id(answer.door.object));
  } else if (answer.reason.code[0] != '\0') {
    words += std::string(", ") + answer.reason.code;
  }
  return words;
}

// Does some way lead through that endpoint?
std::optional<bool> passes(const Cloud& cloud, const net::Answer& answer, const std::string& endpoint) {
  bool perhaps = answer.verdict == net::Verdict::unknown;
  for (const net::Passage& passage : answer.passages) {
    const bool this_one = passage.endpoint && cloud.id(passage.endpoint) == endpoint;
    if (this_one && passage.certain) return true;
    perhaps = perhaps || this_one;
  }
  if (perhaps) return std::nullopt;
  return false;
}

std::optional<bool> leaves(const Cloud& cloud, const net::Answer& answer, const std::string& gateway) {
  if (answer.verdict == net::Verdict::unknown) return std::nullopt;
  if (answer.verdict != net::Verdict::public_) return false;
  for (const net::Door& door : answer.doors) {
    if (door.object && cloud.id(door.object) == gateway) return true;
  }
  return std::nullopt;  // another way of the same flow may take it
}

bool has_conditions(const iam::PolicyLevels& scp) {
  for (const iam::PolicySet& level : scp.levels) {
    for (const iam::CompiledPolicy* policy : level.policies) {
      for (std::size_t i = 0; i < policy->size(); ++i) {
        if (!policy->statement(i).conditions.empty()) return true;
      }
    }
  }
  return false;
}

}  // namespace

Result<Told> told(const net::Engine& engine, const PathQuestion& question) {
  const Cloud& cloud = engine.cloud();
  const auto source = net::parse_source(cloud, question.from);
  if (!source) return tl::unexpected(source.error());
  const auto target = net::parse_target(cloud, question.to, net::label(cloud, *source).region);
  if (!target) return tl::unexpected(target.error());
  const net::Answer answer = engine.answer({*source, *target, question.protocol, question.port});
  Told told{std::nullopt, words_of(cloud, answer)};
  if (question.by.starts_with("vpce-")) {
    told.yes = passes(cloud, answer, question.by);
  } else if (!question.by.empty()) {
    told.yes = leaves(cloud, answer, question.by);
  } else if (answer.verdict != net::Verdict::unknown) {
    told.yes = answer.verdict != net::Verdict::blocked;
  }
  return told;
}

Result<Told> told(const access::Access& access, const PolicyQuestion& question) {
  const auto caller = access.callers().find(question.principal);
  if (!caller) return tl::unexpected(caller.error());
  if (caller->role == nullptr && caller->user == nullptr) {
    return fail("`" + question.principal + "` is not in the input", "it has to be a user or role of the input");
  }
  const auto thing = access.things().find(question.action, question.resource, "");
  if (!thing) return tl::unexpected(thing.error());
  access::LayerSet set;
  access::gather(access.cloud(), access.org(), access.policies(), *caller, *thing, access::from_anywhere(), set);
  iam::Layers layers = set.view();
  layers.resource = {};
  layers.endpoint.reset();
  layers.rcp = {};
  layers.restrict_public_buckets = Truth::no;
  iam::Context context;
  context.set_others_open();
  const std::string account(access::arn_part(question.principal, 4));
  const iam::Decision decision =
      access.engine().decide({caller->principal, question.action, question.resource, account, &context}, layers);

  Told told;
  bool open = false;
  for (const iam::Layer layer : {iam::Layer::identity_policy, iam::Layer::boundary, iam::Layer::scp}) {
    const iam::Say say = decision.say(layer);
    if (say == iam::Say::deny || say == iam::Say::none) {
      told.yes = false;
      told.words = std::string("denied by ") + iam::name(layer);
      return told;
    }
    if (say == iam::Say::conditional || say == iam::Say::unknown) {
      open = true;
      told.words = std::string(iam::name(layer)) + " is " + iam::name(say);
    }
  }
  if (open) return told;
  if (has_conditions(layers.scp)) {
    told.words = "allowed, under an SCP with conditions";
    return told;
  }
  told.yes = true;
  told.words = "allowed";
  return told;
}

}  // namespace sallyport::confirm
