// Answer: one document of one file, with what a reader of a family needs: where it
// comes from, how its members become values, and where rows and doubts go.
//
// A reader never refuses: a member that is missing or of a wrong type becomes an
// unknown value with a gap, and a diagnostic where the input is at fault.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/tree.h"
#include "read/snapshot/work.h"

namespace sallyport::read::snapshot {

using json::Node;

class Answer {
 public:
  Answer(Work& work, Node root) : work_(work), root_(root) {}

  Node root() const { return root_; }
  Work& work() const { return work_; }
  Registry& registry() const { return *work_.registry; }
  Objects& rows() const { return work_.change.put; }

  Text account;  // whose answer it is; empty if nothing says
  Text region;   // of which Region; empty if nothing says
  Text partition;
  std::string operation;  // `ec2-describe-vpcs`; empty if only the contents tell
  std::string subject;    // the identifier in the file's name
  std::string file;       // as the user knows it
  std::string told;       // the operation, or what else names the kind of answer
  bool recorded = false;  // made of what AWS Config recorded (said.h): it lists nothing, and what files say stands

  // Texts and ids.
  Text text(std::string_view bytes) const { return registry().text(bytes); }
  Text text(Node node) const { return registry().text(node.text()); }
  template <class T>
  T id(std::string_view bytes) const {  // of an object of this Region
    return registry().ids.get<T>(region, text(bytes));
  }
  template <class T>
  T id(Node node) const {
    return id<T>(node.text());
  }
  template <class T>
  T id_in(Text scope, std::string_view bytes) const {
    return registry().ids.get<T>(scope, text(bytes));
  }

  // Doubts.
  GapId gap(GapKind kind, std::string what, std::string remedy = {}, Node at = {}) const;
  void say(Severity severity, const char* code, std::string message, Node at = {}) const;

  // Counts the answer as one that nobody reads, by its operation.
  void unread() const;

  // The gap for a member that is missing (`at` none) or not of the right type; the
  // latter is also said. `about` names the object: "vpc-1".
  GapId lacking(std::string_view about, std::string_view member, Node at) const;

  // Members. `about` as above.
  Value<bool> flag(Node object, std::string_view member, std::string_view about) const;
  Value<bool> flag_or(Node object, std::string_view member, std::string_view about, bool if_missing) const;
  // An id of this Region; a missing one is unknown.
  template <class T>
  Value<T> ref(Node object, std::string_view member, std::string_view about) const {
    const Node node = object[member];
    if (node.is(json::Kind::string) && !node.text().empty()) return id<T>(node);
    return lacking(about, member, node);
  }
  Value<Prefix> prefix(Node node, std::string_view about) const;
  Value<Address> address(Node node, std::string_view about) const;

  // A list that must be there: empty and `open` set if it is missing, null or no
  // list. For lists that older answers do not have, `optional`: missing is empty.
  Node list(Node object, std::string_view member, std::string_view about, GapId& open) const;
  Node optional_list(Node object, std::string_view member, std::string_view about, GapId& open) const;

  // An account id, also where it was written as a number and lost its zeros.
  Text account_id(Node node) const;
  // Name tag, owner, Region, place.
  Head head(Node object, Node tags, std::string_view fallback_name = {}) const;

  // True if `row` is to be added for `id`, made from `node`; false if an equal one
  // stands, or the owner's. A better view replaces the standing one.
  template <class Row>
  void put(std::vector<Row>& rows, Row row, Node node) const {
    const std::uint64_t print = node.fingerprint();
    const bool owners = row.head.account.empty() || account.empty() || row.head.account == account;
    auto& of_kind = work_.standing[static_cast<std::size_t>(decltype(row.id)::kind)];
    if (row.id.number() >= of_kind.size()) of_kind.resize(row.id.number() + 1);
    Standing& standing = of_kind[row.id.number()];
    if (standing.row_behind == 0) {
      rows.push_back(std::move(row));
      standing = {print, static_cast<std::uint32_t>(rows.size()), owners, false, recorded};
    } else if (recorded && !standing.recorded) {
      return;
    } else if (standing.fingerprint == print || (standing.owners_view && !owners)) {
      return;
    } else if (owners && !standing.owners_view) {
      rows[standing.row_behind - 1] = std::move(row);
      standing.fingerprint = print;
      standing.owners_view = true;
    } else if (!standing.contradicted) {
      standing.contradicted = true;
      rows.push_back(std::move(row));  // the cloud's builder says so
    }
  }
  // The row that stands for `id`, or null.
  template <class Row>
  Row* standing(std::vector<Row>& rows, decltype(Row::id) id) const {
    const auto& of_kind = work_.standing[static_cast<std::size_t>(id.kind)];
    if (id.number() >= of_kind.size() || of_kind[id.number()].row_behind == 0) return nullptr;
    return &rows[of_kind[id.number()].row_behind - 1];
  }

 private:
  Work& work_;
  Node root_;
};

// What the answers of an account and a Region cover. A gap wins over completeness:
// a page that is missing is missing, whatever other files hold.
void cover(Work& work, Kind kind, Text account, Text region, GapId gap);

}  // namespace sallyport::read::snapshot
