#include "guard/ledger.h"

#include <algorithm>

#include "base/text.h"
#include "base/wildcard.h"

namespace sallyport::guard {
namespace {

// Keeps the first `limit` samples in order, each once.
void keep_first(std::vector<Sample>& samples, Sample sample, std::size_t limit) {
  const auto place = std::lower_bound(samples.begin(), samples.end(), sample);
  if (place != samples.end() && *place == sample) return;
  samples.insert(place, std::move(sample));
  if (samples.size() > limit) samples.pop_back();
}

Level shifted(Level level, int by) {
  const int shifted = std::clamp(static_cast<int>(level) + by, 0, static_cast<int>(Level::critical));
  return static_cast<Level>(shifted);
}

}  // namespace

const Head* head(const Cloud& cloud, Ref object) {
  const Head* found = nullptr;
  const auto look = [&](const auto& rows) {
    using Row = std::remove_cvref_t<decltype(*rows.begin())>;
    using IdType = decltype(Row::id);
    if (IdType::kind != object.kind) return;
    if (const auto* row = rows.find(object.as<IdType::kind>())) found = &row->head;
  };
  each_kind(cloud.tables(), look);
  return found;
}

Culprit culprit(const Cloud& cloud, Ref object) {
  Culprit c;
  c.object = object;
  if (!object) return c;
  c.kind = name(object.kind);
  c.id = show_symbols(cloud.id(object));
  if (const Head* h = head(cloud, object)) {
    c.name = show_symbols(cloud.view(h->name));
    c.account = cloud.view(h->account);
    c.region = cloud.view(h->region);
    c.place = h->origin;
  }
  return c;
}

bool Ledger::excepted(std::string_view text) const {
  return !text.empty() && std::any_of(except_.begin(), except_.end(),
                                      [&](const std::string& pattern) { return matches(pattern, text); });
}

bool Ledger::excepted(const Sample& s) const {
  return excepted(s.from.id) || excepted(s.from.name) || excepted(s.to.id) || excepted(s.to.name);
}

bool Ledger::excepted(Ref object) const {
  if (except_.empty() || !object) return false;
  const Head* h = head(cloud_, object);
  return excepted(cloud_.id(object)) || (h != nullptr && excepted(cloud_.view(h->name)));
}

void Ledger::violated(Cause cause) {
  if (!excepted(cause.object)) find(std::move(cause));
}

void Ledger::violated(Cause cause, Sample sample) {
  if (!excepted(cause.object) && !excepted(sample)) count(find(std::move(cause)).affected, std::move(sample));
}

void Ledger::unknown(GapId gap, Sample sample) {
  if (!excepted(sample)) count(open_[gap], std::move(sample));
}

Finding& Ledger::find(Cause cause) {
  const auto [entry, is_new] = findings_.try_emplace(Key{cause.cause, cause.object, cause.about});
  Finding& finding = entry->second;
  if (!is_new) return finding;
  finding.control = control_;
  finding.level = shifted(level_, cause.worse);
  finding.cause = cause.cause;
  finding.at = culprit(cloud_, cause.object);
  if (cause.place && *cause.place) finding.at.place = *cause.place;
  finding.message = std::move(cause.message);
  finding.repair = std::move(cause.repair);
  const Ids& ids = cloud_.registry().ids;
  const std::string_view scope = cause.object ? cloud_.view(ids.scope(cause.object)) : std::string_view();
  const std::string_view id = cause.object ? cloud_.id(cause.object) : std::string_view();
  finding.fingerprint = fingerprint(control_, cause.cause, cause.object.kind, scope, id, cause.about);
  finding.about = std::move(cause.about);
  return finding;
}

void Ledger::count(Affected& affected, Sample sample) {
  ++affected.count;
  keep_first(affected.samples, std::move(sample), samples_);
}

ControlResult Ledger::close() {
  ControlResult result;
  result.control = control_;
  result.level = level_;
  result.examined = examined_;
  for (auto& [key, finding] : findings_) result.findings.push_back(std::move(finding));
  for (auto& [gap, affected] : open_) result.open.push_back({gap, std::move(affected)});
  std::sort(result.findings.begin(), result.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(b.level, a.at.kind, a.at.region, a.at.id, a.cause, a.about) <
           std::tuple(a.level, b.at.kind, b.at.region, b.at.id, b.cause, b.about);
  });
  // Gap numbers depend on the order of meeting; their texts do not.
  const auto what = [this](const Open& o) -> const std::string& { return cloud_.registry().gaps[o.gap].what; };
  std::sort(result.open.begin(), result.open.end(), [&](const Open& a, const Open& b) {
    return std::tuple(b.affected.count, what(a)) < std::tuple(a.affected.count, what(b));
  });
  result.outcome = !result.findings.empty() ? Outcome::violated
                   : !result.open.empty()   ? Outcome::unknown
                                            : Outcome::holds;
  return result;
}

}  // namespace sallyport::guard
