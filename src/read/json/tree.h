// Tree: a parsed JSON or YAML document, and Node: one value in it.
//
// Idea: one flat array of 16-byte entries in document order. A container knows
// where its subtree ends, so walking over members skips what nobody asked for. A
// string without escapes is a view into the source; only escaped ones are copied
// into an arena. Numbers stay text: an integer over 64 bits or an account id with
// leading zeros refuses nothing.
//
// Every accessor is total: asking a number for its members, or a missing member
// for its text, gives the empty answer, never an error. So a reader is written
// straight down, and says where it cares:
//
//   for (Node vpc : tree.root()["Vpcs"].items())
//     use(vpc["VpcId"].text(), vpc.offset());
//
// Lifetime: nodes and texts live as long as the tree; moving the tree keeps them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/origin.h"

namespace sallyport::read::json {

// `none` is the kind of a value that is not there; `sealed` that of an object which the
// parser was told not to open (Parser::parse).
enum class Kind : std::uint8_t { none, null, boolean, number, string, array, object, sealed };

// "object", "string" ... with an article: "an object", for messages.
const char* with_article(Kind kind);

// No initial values: room for entries is taken by the million, and not written twice.
struct Entry {
  std::uint32_t offset;  // of the value's first byte in the document
  std::uint32_t size;    // scalars: bytes of text; containers: items or members
  // Containers: entry after the subtree; texts in the arena: where; sealed objects: their
  // number if they are known, else how many structural characters they have; keys in the source:
  // their number (`numbered_key`) or their hash (`hashed_key`).
  std::uint32_t link;
  Kind kind;
  std::uint8_t flags;
  std::uint16_t tag;  // YAML: number of its tag in `Storage::tags`; 0 = none
};
static_assert(sizeof(Entry) == 16 && std::is_trivially_default_constructible_v<Entry>);

// Flags of an entry.
constexpr std::uint8_t in_arena = 1;       // the text stands in the arena, not in the source
constexpr std::uint8_t truth_flag = 2;     // a boolean that is true
constexpr std::uint8_t repeats_keys = 4;   // an object in which some key stands twice
constexpr std::uint8_t quoted_scalar = 8;  // YAML: quoted or block style, so surely a string
constexpr std::uint8_t known_object = 16;  // a sealed object that the parser knew (read/json/known.h)
constexpr std::uint8_t hashed_key = 32;    // a key whose `link` is its hash (read/json/key_hash.h)
constexpr std::uint8_t numbered_key = 64;  // a key whose `link` is its number (read/json/key_numbers.h)

class KeyNumbers;
class Spare;

// What a parser fills. Invariants: an object's entry is followed by key, value,
// key, value ...; keys are strings; `link` of a container is behind its last
// descendant.
struct Storage {
  std::string source;
  std::size_t skip = 0;  // bytes before the text (a byte order mark): offsets count from there
  std::string arena;
  std::unique_ptr<Entry[]> entries;
  std::uint32_t count = 0;
  std::vector<std::uint32_t> roots;       // entries of the documents in the file
  std::vector<std::uint32_t> duplicates;  // key entries that repeat an earlier key
  std::vector<std::string> tags;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> prints;  // by entry: see Tree::take_fingerprints
  DocumentId document = 0;
  std::uint32_t head = 0;            // what stands behind so many bytes of the source ...
  std::uint32_t shift = 0;           // ... stands so many bytes further in the document
  std::uint32_t pin = 0;             // where everything stands, if `pinned`
  bool pinned = false;               // the text was made of a part of a document
  std::size_t capacity = 0;          // of `entries`
  std::shared_ptr<Spare> spare;      // of the parser that made it; may be null
  std::unique_ptr<KeyNumbers> keys;  // of a large document; else null

  Storage();
  Storage(const Storage&) = delete;  // nodes point to it
  Storage& operator=(const Storage&) = delete;
  ~Storage();
};

struct Member;

class Node {
 public:
  Node() = default;  // nothing: kind none
  Node(const Storage* storage, std::uint32_t index) : storage_(storage), index_(index) {}

  Kind kind() const { return storage_ == nullptr ? Kind::none : entry().kind; }
  explicit operator bool() const { return storage_ != nullptr; }
  bool is(Kind k) const { return kind() == k; }
  // Not there, or there as `null`: AWS writes both for "nothing to say".
  bool absent() const { return kind() == Kind::none || kind() == Kind::null; }

  // Contents of a string; empty for every other kind.
  std::string_view text() const { return kind() == Kind::string ? bytes() : std::string_view(); }
  // The text of a sealed object, from brace to brace; empty for every other kind.
  std::string_view sealed_text() const { return kind() == Kind::sealed ? bytes() : std::string_view(); }
  // Of a sealed object: its number where the parser knew it, else 0; and for
  // KnownObjects::add how many structural characters it has where it did not, else 0.
  std::uint32_t known() const { return is_known() ? entry().link : 0; }
  std::uint32_t sealed_structure() const { return kind() == Kind::sealed && !is_known() ? entry().link : 0; }
  // A string's contents, or a number or boolean as written (`012345678901` stays
  // so); empty for other kinds.
  std::string_view scalar() const;
  std::optional<bool> boolean() const;
  // A number without fraction and exponent that fits; else nothing.
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;

  // The first member of that name; nothing if there is none or this is no object.
  // Cost: linear in the number of members.
  Node operator[](std::string_view key) const;
  // The item at `position`, 0-based; cost: linear.
  Node at(std::size_t position) const;
  // Items of an array or members of an object; 0 for all else.
  std::size_t size() const;

  class Items;
  class Members;
  Items items() const;      // of an array; none for all else
  Members members() const;  // of an object, repeated keys too; none for all else

  bool has_duplicate_keys() const { return storage_ != nullptr && (entry().flags & repeats_keys) != 0; }
  // YAML: `!Ref` as "!Ref"; empty if there is none or the document is JSON.
  std::string_view tag() const;
  bool quoted() const { return storage_ != nullptr && (entry().flags & quoted_scalar) != 0; }

  // The numbers of the document's keys if each of them has one, else null; and of a key: its number, else 0. For
  // who asks the same of many objects (read/json/keys.h).
  const KeyNumbers* key_numbers() const;
  std::uint32_t key_number() const { return (entry().flags & numbered_key) != 0 ? entry().link : 0; }

  // Four bytes for a node, in tables of many of one document: `node.at_place(other.place())` is `other`. 0: none, or
  // the root.
  std::uint32_t place() const { return storage_ == nullptr ? 0 : index_; }
  Node at_place(std::uint32_t place) const { return place == 0 ? Node() : Node(storage_, place); }

  // Bytes from the start of the file to the value's first byte.
  std::uint32_t offset() const;
  // Where it was read; in a text that was made of a part of a document, that part.
  Origin origin() const {
    if (storage_ == nullptr) return {};
    return {storage_->document, storage_->pinned ? storage_->pin : offset()};
  }

  // Hints: the value is read soon. For who walks over millions of them, each of which would be waited for; the
  // entries a few values ahead, the text behind them once they are there.
  void fetch_entries() const {
    if (storage_ == nullptr) return;
    for (std::uint32_t n = 0; n < 32; n += 4) __builtin_prefetch(storage_->entries.get() + index_ + n);
  }
  void fetch_text() const {
    if (storage_ == nullptr) return;
    const char* const text = storage_->source.data() + storage_->skip + entry().offset;
    for (std::size_t n = 0; n < 512; n += 64) __builtin_prefetch(text + n);
  }

  // Same contents, wherever they stand: order of members does not matter, order
  // of items does. 64 bits of hash, for finding repeats. Cost: that of the subtree, or
  // log n where Tree::take_fingerprints has taken it.
  std::uint64_t fingerprint() const;

 private:
  friend class Tree;
  const Entry& entry() const { return storage_->entries[index_]; }
  bool is_known() const { return kind() == Kind::sealed && (entry().flags & known_object) != 0; }
  std::string_view bytes() const;
  std::uint32_t next() const {  // entry behind this value
    const Entry& e = entry();
    return e.kind == Kind::array || e.kind == Kind::object ? e.link : index_ + 1;
  }

  const Storage* storage_ = nullptr;
  std::uint32_t index_ = 0;
};

struct Member {
  Node key;
  Node value;
  std::string_view name() const { return key.text(); }
};

class Node::Items {
 public:
  class Iterator {
   public:
    Iterator(const Storage* s, std::uint32_t i) : storage_(s), index_(i) {}
    Node operator*() const { return {storage_, index_}; }
    Iterator& operator++() { return index_ = Node(storage_, index_).next(), *this; }
    bool operator==(const Iterator& o) const { return index_ == o.index_; }

   private:
    const Storage* storage_;
    std::uint32_t index_;
  };
  Items(const Storage* s, std::uint32_t begin, std::uint32_t end) : storage_(s), begin_(begin), end_(end) {}
  Iterator begin() const { return {storage_, begin_}; }
  Iterator end() const { return {storage_, end_}; }

 private:
  const Storage* storage_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

class Node::Members {
 public:
  class Iterator {
   public:
    Iterator(const Storage* s, std::uint32_t i) : storage_(s), index_(i) {}
    Member operator*() const { return {{storage_, index_}, {storage_, index_ + 1}}; }
    Iterator& operator++() { return index_ = Node(storage_, index_ + 1).next(), *this; }
    bool operator==(const Iterator& o) const { return index_ == o.index_; }

   private:
    const Storage* storage_;
    std::uint32_t index_;
  };
  Members(const Storage* s, std::uint32_t begin, std::uint32_t end) : storage_(s), begin_(begin), end_(end) {}
  Iterator begin() const { return {storage_, begin_}; }
  Iterator end() const { return {storage_, end_}; }

 private:
  const Storage* storage_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

class Tree {
 public:
  Tree() : storage_(std::make_unique<Storage>()) {}
  explicit Tree(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}

  // Nothing but blanks (or nothing at all): that is "not collected", not `{}`.
  bool empty() const { return storage_->roots.empty(); }
  // The first document; kind none if the file is empty.
  Node root() const { return empty() ? Node() : Node(storage_.get(), storage_->roots.front()); }
  // All documents of the file: pages printed one after the other.
  std::vector<Node> roots() const;
  // Keys that repeat an earlier one of the same object, in document order.
  std::vector<Node> duplicates() const;
  DocumentId document() const { return storage_->document; }
  // Takes the fingerprints of all larger objects at once: for a thread that has time, so
  // that who makes rows of them need not.
  void take_fingerprints();
  void number(DocumentId document) { storage_->document = document; }  // for who parsed without
  // All of it counts as standing at `origin`: the text was made of what stands there.
  void pin(Origin origin) {
    storage_->document = origin.document, storage_->pin = origin.offset, storage_->pinned = true;
  }
  // The text was made of a piece of a document: behind its first `head` bytes comes what
  // stands there at `at`.
  void place(std::size_t head, std::size_t at) {
    storage_->head = static_cast<std::uint32_t>(head), storage_->shift = static_cast<std::uint32_t>(at - head);
  }
  std::size_t bytes() const { return storage_->source.size(); }
  std::size_t entries() const { return storage_->count; }

 private:
  std::unique_ptr<Storage> storage_;
};

// One warning per repeated key, `duplicate-key`, at most ten per tree.
void report_duplicates(const Tree& tree, Diagnostics& diagnostics);

}  // namespace sallyport::read::json
