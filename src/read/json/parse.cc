#include "read/json/parse.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "read/json/duplicates.h"
#include "read/json/fault.h"
#include "read/json/key_numbers.h"
#include "read/json/spare.h"
#include "read/json/structure.h"
#include "read/json/unescape.h"

namespace sallyport::read::json {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// May a number or a literal end at `p`? A NUL ends the text only at its end.
bool ends_scalar(const char* p, const char* end) {
  return is_blank(*p) || *p == ',' || *p == ']' || *p == '}' || p == end;
}

// Bytes of the number at `p`, by the grammar of RFC 8259; 0 if it is none. A NUL
// stands at `end`.
std::uint32_t number_length(const char* p, const char* end) {
  const char* start = p;
  const auto digits = [&] {
    const char* first = p;
    while (is_digit(*p)) ++p;
    return p != first;
  };
  if (*p == '-') ++p;
  if (*p == '0') {
    ++p;
  } else if (!digits()) {
    return 0;
  }
  if (*p == '.' && (++p, !digits())) return 0;
  if (*p == 'e' || *p == 'E') {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    if (!digits()) return 0;
  }
  return ends_scalar(p, end) ? static_cast<std::uint32_t>(p - start) : 0;
}

constexpr std::size_t large = std::size_t{8} << 20;  // bytes of a document whose keys are numbered

// Whether a backslash stands among `n` bytes. Most strings are short: a call of
// memchr costs more than the search.
bool has_backslash(const char* p, std::size_t n) {
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  const auto word_has = [](std::uint64_t word) {
    const std::uint64_t zeroed = word ^ ones * '\\';
    return ((zeroed - ones) & ~zeroed & ones * 0x80) != 0;
  };
  const auto load = [](const char* from) {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
  };
  if (n > 64) return std::memchr(p, '\\', n) != nullptr;
  if (n >= 8) {
    bool found = word_has(load(p + n - 8));
    for (std::size_t i = 0; i + 8 < n; i += 8) found |= word_has(load(p + i));
    return found;
  }
  bool found = false;
  for (std::size_t i = 0; i < n; ++i) found |= p[i] == '\\';
  return found;
}

// An open array or object.
struct Frame {
  std::uint32_t entry = 0;
  std::uint32_t count = 0;      // items or members so far
  std::uint32_t first_key = 0;  // place of its keys among the hashes
  bool object = false;
};

// The second stage: from structural characters to entries.
class Builder {
 public:
  // `keys` and `frames`: working memory.
  Builder(Storage& storage, Structure& windows, DuplicateKeys& keys, std::vector<Frame>& frames,
          std::span<const std::string_view> sealed, const KnownObjects* known)
      : storage_(storage),
        begin_(storage.source.data() + storage.skip),
        text_end_(storage.source.data() + storage.source.size()),
        windows_(windows),
        keys_(keys),
        frames_(frames),
        sealed_(sealed),
        known_(known) {
    frames_.clear();
  }

  // False: `fault()` says what is wrong and where, unless the structure is at fault.
  bool run() {
    if (!window()) return false;
    while (structure_ != end_) {
      storage_.roots.push_back(storage_.count);
      seal_ = false;
      if (!document()) return false;
    }
    return true;
  }

  const Fault& fault() const { return fault_; }

 private:
  // Goes on to the next window; false: there is none. Every entry stands at a structural character of its own.
  bool window() {
    const Structure::Window* const next = windows_.next();
    if (next == nullptr) return false;
    text_ = next->text;
    base_ = static_cast<std::uint32_t>(next->text - begin_);
    structure_ = next->first;
    end_ = next->first + next->count;
    const std::size_t needed = std::size_t{storage_.count} + next->count;
    if (needed > storage_.capacity) make_room(needed);
    return true;
  }

  // For `needed` entries, and for more if the rest of the text is as dense as what was seen of it.
  void make_room(std::size_t needed) {
    const auto whole = static_cast<double>(text_end_ - begin_);
    const double seen = base_ + (structure_ == end_ ? 0.0 : end_[-1]) + 1.0;
    const double expected = static_cast<double>(needed) * (seen + 4096 < whole ? 1.1 * whole / seen : 1.0);
    EntryRoom room = storage_.spare->entries(std::max(needed, static_cast<std::size_t>(expected)));
    if (storage_.count > 0) std::memcpy(room.entries.get(), storage_.entries.get(), storage_.count * sizeof(Entry));
    std::swap(storage_.entries, room.entries);
    std::swap(storage_.capacity, room.capacity);
    if (room.entries != nullptr) storage_.spare->give(std::move(room));
  }

  // The next structural character, NUL at the end.
  char peek() const { return text_[*structure_]; }

  bool document() {
    for (;;) {
      if (!value()) return false;
      // A value has ended (or a container has opened: then its first member or
      // item comes next). Close what closes here.
      if (opened_) continue;
      for (;;) {
        if (frames_.empty()) return true;
        Frame& frame = frames_.back();
        ++frame.count;
        const char c = peek();
        if (c == ',') {
          if (++structure_ == end_ && !window() && windows_.faulty()) return false;
          if (frame.object && !key()) return false;
          break;
        }
        if (c != (frame.object ? '}' : ']')) return fail(frame.object ? "`,` or `}`" : "`,` or `]`");
        close();
      }
    }
  }

  // One scalar, one empty container, or the opening of a container. Sets
  // `opened_` if what follows is the container's first value.
  bool value() {
    opened_ = false;
    switch (peek()) {
      case '"': return string();
      case '{': return seal_ ? seal() : open(true);
      case '[': return open(false);
      case 't': return literal("true", Kind::boolean, truth_flag);
      case 'f': return literal("false", Kind::boolean, 0);
      case 'n': return literal("null", Kind::null, 0);
      default: return number();
    }
  }

  Entry& add(Kind kind) {
    Entry& entry = storage_.entries[storage_.count++];
    entry = Entry{base_ + *structure_, 0, 0, kind, 0, 0};
    return entry;
  }

  bool open(bool object) {
    if (frames_.size() == nesting_limit) {
      fault_ = {"nested deeper than " + std::to_string(nesting_limit) + " levels", base_ + *structure_};
      return false;
    }
    frames_.push_back({storage_.count, 0, static_cast<std::uint32_t>(keys_.depth()), object});
    add(object ? Kind::object : Kind::array);
    ++structure_;
    if (peek() == (object ? '}' : ']') && structure_ != end_) {
      close();
      return true;
    }
    opened_ = true;
    return !object || key();
  }

  // Passes over an object that is known, or else by its brackets alone.
  bool seal() {
    const std::uint32_t start = *structure_;
    const std::uint32_t* const first = structure_;
    Entry& entry = add(Kind::sealed);
    const char* const at = text_ + start;
    const KnownObjects::Object* const object =
        known_ == nullptr ? nullptr : known_->find({at, static_cast<std::size_t>(text_end_ - at)});
    if (object != nullptr) {
      entry.size = static_cast<std::uint32_t>(object->text.size());
      entry.link = object->number;
      entry.flags = known_object;
      structure_ += object->structure;
      return true;
    }
    int depth = 0;  // an object has fewer than 2^30 bytes
    do {
      const int c = peek() | 0x20;  // `[` and `]` become `{` and `}`
      depth += (c == '{' ? 1 : 0) - (c == '}' ? 1 : 0);
      ++structure_;
    } while (depth > 0 && structure_ != end_);
    if (depth > 0) return fail("`}`");
    entry.size = structure_[-1] + 1 - start;
    entry.link = static_cast<std::uint32_t>(structure_ - first);
    return true;
  }

  void close() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    Entry& entry = storage_.entries[frame.entry];
    entry.size = frame.count;
    entry.link = storage_.count;
    ++structure_;
    if (frame.object && keys_.close(frame.first_key)) mark_duplicates(storage_, frame.entry);
  }

  bool key() {
    if (peek() != '"') return fail("a key in quotes");
    const std::uint32_t start = *structure_;
    const KeyNumbers::Slot* const expected =
        storage_.keys == nullptr ? nullptr : storage_.keys->expected(text_ + start + 1, text_end_);
    std::string_view name;
    if (expected != nullptr) {
      name = {text_ + start + 1, expected->text.size()};
      Entry& entry = add(Kind::string);
      entry.size = static_cast<std::uint32_t>(name.size());
      entry.link = expected->number;
      entry.flags = numbered_key;
      ++structure_;
      keys_.key(expected->hash);
    } else if (!other_key(name)) {
      return false;
    }
    if (frames_.size() == 1) seal_ = std::find(sealed_.begin(), sealed_.end(), name) != sealed_.end();
    if (peek() != ':') return fail("`:`");
    ++structure_;
    return true;
  }

  bool other_key(std::string_view& name) {
    const std::uint32_t index = storage_.count;
    if (!string()) return false;
    Entry& entry = storage_.entries[index];
    const bool in_source = (entry.flags & in_arena) == 0;
    name = in_source ? std::string_view(begin_ + entry.offset + 1, entry.size)
                     : std::string_view(storage_.arena).substr(entry.link);
    const std::uint32_t hash = key_hash(name);
    keys_.key(hash);
    if (in_source) {
      const KeyNumbers::Slot* const slot = storage_.keys == nullptr ? nullptr : storage_.keys->number(name, hash);
      entry.link = slot != nullptr ? slot->number : hash;
      entry.flags = slot != nullptr ? numbered_key : hashed_key;
    } else if (storage_.keys != nullptr) {
      storage_.keys->leave_out();
    }
    return true;
  }

  // The closing quote is the last byte before the next structural character that
  // is not blank: the first stage knows no other way out of a string.
  bool string() {
    const std::uint32_t start = *structure_;
    Entry& entry = add(Kind::string);
    ++structure_;
    const char* last = text_ + *structure_ - 1;
    while (is_blank(*last)) --last;
    const char* first = text_ + start + 1;
    if (last < first || *last != '"') return fail("the end of a string");
    const auto size = static_cast<std::uint32_t>(last - first);
    entry.size = size;
    if (!has_backslash(first, size)) return true;
    entry.link = static_cast<std::uint32_t>(storage_.arena.size());
    entry.flags = in_arena;
    const std::size_t wrong = unescape({first, size}, storage_.arena);
    entry.size = static_cast<std::uint32_t>(storage_.arena.size() - entry.link);
    if (wrong == std::string_view::npos) return true;
    fault_ = {"a wrong escape in a string", base_ + start + 1 + wrong};
    return false;
  }

  bool number() {
    const std::uint32_t length = number_length(text_ + *structure_, text_end_);
    if (length == 0) return fail("a value");
    add(Kind::number).size = length;
    ++structure_;
    return true;
  }

  template <std::size_t N>
  bool literal(const char (&word)[N], Kind kind, std::uint8_t flags) {
    constexpr std::size_t size = N - 1;
    const char* at = text_ + *structure_;
    const bool has_room = static_cast<std::size_t>(text_end_ - at) >= size;
    if (!has_room || std::memcmp(at, word, size) != 0 || !ends_scalar(at + size, text_end_)) return fail("a value");
    Entry& entry = add(kind);
    entry.size = static_cast<std::uint32_t>(size);
    entry.flags = flags;
    ++structure_;
    return true;
  }

  bool fail(const char* expected) {
    if (structure_ == end_) {
      fault_ = {std::string("the text ends where ") + expected + " is expected", base_ + *structure_};
    } else {
      fault_ = {std::string("not JSON: ") + expected + " is expected here", base_ + *structure_};
    }
    return false;
  }

  Storage& storage_;
  const char* begin_;  // of the whole text
  const char* text_end_;
  Structure& windows_;
  const char* text_ = nullptr;  // of the window
  std::uint32_t base_ = 0;      // where that is in the whole
  const std::uint32_t* structure_ = nullptr;
  const std::uint32_t* end_ = nullptr;
  DuplicateKeys& keys_;
  std::vector<Frame>& frames_;
  std::span<const std::string_view> sealed_;
  const KnownObjects* known_;
  bool seal_ = false;  // objects in the value of this member of the root stay closed
  bool opened_ = false;
  Fault fault_;
};

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

bool all_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_blank); }

}  // namespace

struct Parser::Working {
  Structure structure;
  DuplicateKeys keys;
  std::vector<Frame> frames;
  std::shared_ptr<Spare> spare;
};

Parser::Parser() : Parser(std::make_shared<Spare>()) {}
Parser::Parser(std::shared_ptr<Spare> spare) : working_(std::make_unique<Working>()) {
  working_->spare = std::move(spare);
}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

std::string Parser::buffer(std::size_t bytes) {
  std::string text = left_over(bytes);
  text.clear();
  return text;
}

std::string Parser::left_over(std::size_t bytes) { return working_->spare->text(bytes); }

Result<Tree> Parser::parse(std::string source, DocumentId document, std::span<const std::string_view> sealed,
                           const KnownObjects* known) {
  auto storage = std::make_unique<Storage>();
  storage->document = document;
  storage->source = std::move(source);
  const std::string_view whole = storage->source;
  if (whole.size() > size_limit) {
    return fail("longer than " + std::to_string(size_limit) + " bytes", "split the file", {document, 0});
  }
  if (whole.starts_with("\xFF\xFE") || whole.starts_with("\xFE\xFF")) {
    return fail("the text is UTF-16", "write it again as UTF-8", {document, 0});
  }
  const std::string_view text = without_mark(whole);
  storage->skip = whole.size() - text.size();
  if (all_blank(text)) return Tree(std::move(storage));
  if (text.size() >= large) storage->keys = std::make_unique<KeyNumbers>();
  // Texts with sealed objects are passed over by structure alone.
  Structure& structure = working_->structure;
  if (!structure.start(text, !sealed.empty())) return fail("not enough memory to read it", {}, {document, 0});
  storage->spare = working_->spare;
  storage->arena = working_->spare->arena();
  working_->keys.clear();
  Builder builder(*storage, structure, working_->keys, working_->frames, sealed, known);
  const bool done = builder.run();
  structure.stop();
  if (done) return Tree(std::move(storage));
  const Fault fault = structure.faulty() ? find_fault(text) : builder.fault();
  return sallyport::fail(fault.what, {}, Origin{document, static_cast<std::uint32_t>(storage->skip + fault.offset)});
}

Result<Tree> parse(std::string source, DocumentId document) { return Parser().parse(std::move(source), document); }

}  // namespace sallyport::read::json
