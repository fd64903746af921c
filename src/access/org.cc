#include "access/org.h"

#include <algorithm>

namespace sallyport::access {
namespace {

constexpr std::size_t deepest = 16;  // AWS allows five levels of units; a cycle ends here

void sort_unique(std::vector<std::string>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

}  // namespace

Org::Org(const Cloud& cloud, const Settings& settings) : cloud_(cloud) {
  for (const OrgNode& node : cloud_->org_nodes) nodes_.try_emplace(std::string(cloud_.id(node.id)), &node);
  each_kind(cloud_.tables(), [&](const auto& rows) {
    using Row = std::remove_cvref_t<decltype(*rows.begin())>;
    // Peers, managed lists and services belong to others; what AWS lists as mine is mine.
    if constexpr (!std::is_same_v<Row, OrgNode> && !std::is_same_v<Row, Policy> && !std::is_same_v<Row, Peering> &&
                  !std::is_same_v<Row, PrefixList> && !std::is_same_v<Row, EndpointService>) {
      for (const Row& row : rows) {
        if (!row.head.account.empty()) accounts_.emplace_back(cloud_.view(row.head.account));
      }
    }
  });
  sort_unique(accounts_);
  for (const SettingsAccount& a : settings.accounts) declared_.push_back(a.id);
  sort_unique(declared_);
  const Value<Organization>& organization = cloud_.organization();
  if (organization.known()) {
    id_ = cloud_.view(organization->id);
    management_ = cloud_.view(organization->management_account);
    none_ = id_.empty();
  } else {
    gap_ = organization.gap();
  }
  if (id_.empty() && !settings.organization_id.empty()) {
    id_ = settings.organization_id;
    none_ = false;
  }
}

bool Org::is_ours(std::string_view account) const {
  return std::binary_search(accounts_.begin(), accounts_.end(), account);
}

Membership Org::membership(std::string_view account) const {
  Membership m;
  Gaps& gaps = cloud_.registry().gaps;
  if (account.empty()) {
    m.gap = gaps.add({GapKind::not_collected, "the account that owns it is not known", ""});
    return m;
  }
  if (none_) {
    // It was said of the accounts of the input only.
    m.kind = is_ours(account) ? Membership::Kind::none : Membership::Kind::unknown;
    if (m.kind == Membership::Kind::unknown) {
      m.gap = gaps.add({GapKind::outside,
                        "whether account " + std::string(account) + " is in an organization is not in the input", ""});
    }
    return m;
  }
  if (id_.empty()) {
    m.gap = gap_;
    return m;
  }
  if (const auto it = nodes_.find(account); it != nodes_.end()) {
    m.kind = Membership::Kind::ours;
    m.id = id_;
    for (const OrgNode* node = it->second; node != nullptr;) {
      m.chain.insert(m.chain.begin(), node);
      if (!node->parent.known()) {
        m.gap = node->parent.gap();
        break;
      }
      if (!*node->parent) break;
      const OrgNode* parent = cloud_->org_nodes.find(*node->parent);
      if (parent == nullptr || m.chain.size() > deepest) {
        m.gap = gaps.add({GapKind::not_collected,
                          "the organizational units above account " + std::string(account) + " were not collected",
                          "aws organizations list-parents --child-id " + std::string(account)});
        break;
      }
      node = parent;
    }
    if (m.gap) {
      m.chain.clear();
    } else {
      m.path = id_ + "/";
      for (std::size_t i = 0; i + 1 < m.chain.size(); ++i) m.path += std::string(cloud_.id(m.chain[i]->id)) + "/";
    }
    return m;
  }
  const bool declared = std::binary_search(declared_.begin(), declared_.end(), account);
  const bool only_one = accounts_.size() == 1 && accounts_.front() == account;
  const GapId tree = cloud_.missing(Kind::org_node, Text(), Text());
  if (declared || only_one || account == management_) {
    m.kind = Membership::Kind::ours;
    m.id = id_;
    m.gap = tree ? tree
                 : gaps.add({GapKind::contradictory,
                             "account " + std::string(account) + " is not among the accounts of its organization",
                             "aws organizations list-parents --child-id " + std::string(account)});
    return m;
  }
  if (tree) {
    m.gap = tree;
    return m;
  }
  m.kind = Membership::Kind::foreign;
  return m;
}

}  // namespace sallyport::access
