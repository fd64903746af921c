// Snapshot: AWS answers, one file after the other, until they are one change.
//
// Two passes, since a file need not say whose it is: `Survey` looks at the files
// whose path leaves that open, then `Snapshot` reads all. Order of files does not
// matter but for which of two contradicting objects is shown: give them sorted.
#pragma once

#include <map>
#include <string>

#include "model/change.h"
#include "read/json/parse.h"
#include "read/json/tree.h"
#include "read/snapshot/evidence.h"
#include "read/snapshot/said.h"
#include "read/snapshot/slot.h"
#include "read/snapshot/work.h"

namespace sallyport::read::snapshot {

// The member with the list, where the path tells all that there is to know about the file: its
// items may be read some at a time. Empty: anything else.
std::string_view list_of(const Slot& slot);

// Whose answers a folder holds.
class Survey {
 public:
  // Does the path leave open whose the answer is, or of which Region?
  static bool wanted(const Slot& slot) { return slot.account.empty() || slot.region.empty(); }
  void add(const Slot& slot, const json::Tree& tree);

  // Fills what the path left open: from the file itself, from its folder, from who
  // called (`sts get-caller-identity`) beside it. What stays empty is not known.
  void settle(Slot& slot, const json::Tree& tree) const;

 private:
  std::map<std::string, std::string> callers_;  // by root
  std::map<std::string, Evidence> of_roots_;
  std::map<std::string, Evidence> of_folders_;
};

class Snapshot {
 public:
  explicit Snapshot(RegistryPtr registry);

  // Reads one file's documents. `slot` as settled; `file` as the user knows it. An
  // empty tree is an answer that was not collected. A long list may come in pieces: then
  // only the `last` of them can say that a page is missing.
  void add(const Slot& slot, const std::string& file, const json::Tree& tree, bool last = true);

  // A file that could not be read at all: what it would have held is missing.
  void add_broken(const Slot& slot, const std::string& file, const Error& error);

  // What one call would answer, known from elsewhere. Once all files were added.
  void say(const Said& said);
  // Which kinds are known in full from elsewhere. Once all was said.
  void list(const Listed& listed);

  // Has any file been read?
  bool empty() const { return files_ == 0; }
  // Where no file could be read: why the first could not. Else null.
  const Error* only_broken() const { return files_ == broken_ && broken_ > 0 ? &first_broken_ : nullptr; }

  // Joins what stood in several files. Once, at the end.
  Change finish();

 private:
  bool listed_by_files(const std::string& operation, Text account, Text region) const;
  void document(const Slot& slot, const std::string& file, json::Node root, bool last_page);

  Work work_;
  json::Parser parser_;
  std::size_t files_ = 0;
  std::size_t broken_ = 0;  // of them
  Error first_broken_;
};

}  // namespace sallyport::read::snapshot
