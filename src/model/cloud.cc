#include "model/cloud.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "base/parallel.h"
#include "model/derive.h"

namespace sallyport {
namespace {

constexpr std::size_t worth_threads = 20000;  // rows

}  // namespace

// Builds one cloud: the rows of the base and of the change merged, kind by kind.
class CloudBuilder {
 public:
  CloudBuilder(const Cloud& base, Change change) : registry_(base.registry_), base_(base), change_(std::move(change)) {}

  Cloud build() {
    auto tables = std::make_shared<CloudTables>();
    std::sort(change_.removed.begin(), change_.removed.end());
    each_kind(base_.tables(), change_.put, *tables,
              [this](const auto& base, auto& put, auto& out) { add(base, put, out); });
    run();

    Cloud cloud(registry_);
    cloud.tables_ = std::move(tables);
    cloud.coverage_ = base_.coverage_;
    if (!change_.coverage.empty()) {
      std::vector<Collected> coverage = base_.coverage_.entries();
      coverage.insert(coverage.end(), change_.coverage.begin(), change_.coverage.end());
      cloud.coverage_ = Coverage(registry_, std::move(coverage));
    }
    cloud.organization_ = change_.sets_organization ? change_.organization : base_.organization_;
    cloud.unread_ = base_.unread_;
    cloud.unread_.insert(cloud.unread_.end(), change_.unread.begin(), change_.unread.end());
    cloud.diagnostics_ = base_.diagnostics_;
    cloud.diagnostics_.insert(cloud.diagnostics_.end(), change_.diagnostics.begin(), change_.diagnostics.end());
    return cloud;
  }

 private:
  bool is_removed(Ref ref) const { return std::binary_search(change_.removed.begin(), change_.removed.end(), ref); }

  bool removes(Kind kind) const {
    return std::any_of(change_.removed.begin(), change_.removed.end(), [&](Ref r) { return r.kind == kind; });
  }

  // A kind of rows that the change touches: merged on whatever thread; then, kind by kind, what stood
  // there twice is said and the rows take their place.
  struct Part {
    std::size_t rows = 0;
    std::function<void()> merge;
    std::function<void()> tell;
  };

  template <class Row>
  struct Twice {
    decltype(Row::id) id;
    Origin other;
  };

  template <class Row>
  void add(const Rows<Row>& base, std::vector<Row>& put, Rows<Row>& out) {
    if (put.empty() && !removes(Rows<Row>::IdType::kind)) {
      out = base;
      return;
    }
    const auto twice = std::make_shared<std::vector<Twice<Row>>>();
    const auto merged = std::make_shared<typename Rows<Row>::Store>();
    const auto tell = [this, &out, merged, twice] {
      for (const Twice<Row>& t : *twice) {
        contradiction(t.id, merged->rows[merged->place[t.id.number()] - 1].head, t.other);
      }
      out = Rows<Row>(merged);
    };
    parts_.push_back(
        {base.size() + put.size(), [this, &base, &put, merged, twice] { merge(base, put, *merged, *twice); }, tell});
  }

  void run() {
    std::vector<const Part*> longest_first;
    std::size_t rows = 0;
    for (const Part& part : parts_) longest_first.push_back(&part), rows += part.rows;
    std::stable_sort(longest_first.begin(), longest_first.end(),
                     [](const Part* a, const Part* b) { return a->rows > b->rows; });
    each_part(parts_.size(), rows > worth_threads, [&](std::size_t n) { longest_first[n]->merge(); });
    for (const Part& part : parts_) part.tell();
  }

  // Where a row stands in the order of scopes and ids. The first bytes of the id as numbers: of
  // most pairs they tell.
  struct Place {
    Text scope;
    std::uint64_t first = 0, second = 0;
    Text id;
    std::size_t at = 0;  // in `put`, or behind those in the base
  };

  static std::uint64_t leading(std::string_view text) {
    std::uint64_t word = 0;
    for (std::size_t n = 0; n < 8; ++n) {
      word = word << 8U | (n < text.size() ? static_cast<unsigned char>(text[n]) : 0U);
    }
    return word;
  }

  Place place_of(Ref ref, std::size_t at) const {
    Place place{registry_->ids.scope(ref), 0, 0, registry_->ids.id(ref), at};
    const std::string_view id = registry_->view(place.id);
    place.first = leading(id);
    if (id.size() > 8) place.second = leading(id.substr(8));
    return place;
  }

  bool before(const Place& a, const Place& b) const {
    if (a.scope != b.scope) return registry_->view(a.scope) < registry_->view(b.scope);
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return registry_->view(a.id) < registry_->view(b.id);
  }

  // Rows are long: places are sorted, and each row moves once.
  template <class Row>
  void merge(const Rows<Row>& base, std::vector<Row>& put, typename Rows<Row>::Store& out,
             std::vector<Twice<Row>>& twice) const {
    std::vector<std::uint32_t, HugePages<std::uint32_t>> kept(registry_->ids.count(Rows<Row>::IdType::kind) + 1,
                                                              0);  // by id: place in `put` + 1
    std::vector<Place> places;
    places.reserve(put.size() + base.size());
    for (std::size_t n = 0; n < put.size(); ++n) {
      std::uint32_t& place = kept[put[n].id.number()];
      if (place != 0) {
        twice.push_back({put[n].id, put[n].head.origin});
      } else {
        place = static_cast<std::uint32_t>(n + 1);
        places.push_back(place_of(put[n].id, n));
      }
    }
    for (std::size_t n = 0; n < base.size(); ++n) {
      const Ref id = base.rows()[n].id;
      if (kept[id.number] == 0 && !is_removed(id)) places.push_back(place_of(id, put.size() + n));
    }
    const auto in_order = [this](const Place& a, const Place& b) { return before(a, b); };
    if (!std::is_sorted(places.begin(), places.end(), in_order)) std::sort(places.begin(), places.end(), in_order);
    out.rows.reserve(places.size());
    for (const Place& p : places) {
      if (p.at < put.size()) {
        out.rows.push_back(std::move(put[p.at]));
      } else {
        out.rows.push_back(base.rows()[p.at - put.size()]);
      }
    }
    put = std::vector<Row>();
    out.place = std::move(kept);
    std::fill(out.place.begin(), out.place.end(), 0);
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
      out.place[out.rows[i].id.number()] = static_cast<std::uint32_t>(i + 1);
    }
  }

  void contradiction(Ref ref, Head& kept, Origin other) {
    const std::string what =
        "`" + registry_->texts.string(registry_->ids.id(ref)) + "` is in the input twice, with different contents";
    kept.gap = registry_->gaps.add({GapKind::contradictory, what, "remove the outdated file", other});
    change_.diagnostics.push_back({Severity::warning, "contradiction",
                                   what + "; the first is shown, answers that rest on it are unknown", other});
  }

  RegistryPtr registry_;
  const Cloud& base_;
  Change change_;
  std::vector<Part> parts_;
};

Cloud::Cloud(RegistryPtr registry)
    : registry_(std::move(registry)), tables_(std::make_shared<CloudTables>()), coverage_(registry_, {}) {
  organization_ = registry_->gaps.add(
      {GapKind::not_collected, "the organization was not collected", "aws organizations describe-organization"});
}

Cloud apply(const Cloud& base, Change change) {
  SP_ASSERT(change.registry == base.registry_ptr());
  derive(base, change);
  return CloudBuilder(base, std::move(change)).build();
}

}  // namespace sallyport
