#include "read/yaml/parse.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/duplicates.h"
#include "read/json/fault.h"
#include "read/yaml/scalar.h"

namespace sallyport::read::yaml {
namespace {

using json::Entry;
using json::Fault;
using json::Kind;

constexpr std::size_t tag_limit = 1000;

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// Owns libyaml's parser.
class Events {
 public:
  explicit Events(std::string_view text) {
    ready_ = yaml_parser_initialize(&parser_) != 0;
    if (ready_) {
      yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
      yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
  }
  ~Events() {
    if (has_event_) yaml_event_delete(&event_);
    if (ready_) yaml_parser_delete(&parser_);
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  // The next event, valid until the next call; null on an error.
  const yaml_event_t* next() {
    if (!ready_) return nullptr;
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = yaml_parser_parse(&parser_, &event_) != 0;
    return has_event_ ? &event_ : nullptr;
  }

  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool ready_ = false;
  bool has_event_ = false;
};

// libyaml counts characters; origins count bytes. Marks mostly come in order.
class Bytes {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}
  std::size_t of(std::size_t character) {
    if (character < character_) character_ = byte_ = 0;
    while (character_ < character && byte_ < text_.size()) {
      ++byte_;
      while (byte_ < text_.size() && (static_cast<unsigned char>(text_[byte_]) & 0xC0U) == 0x80U) ++byte_;
      ++character_;
    }
    return byte_;
  }

 private:
  std::string_view text_;
  std::size_t character_ = 0;
  std::size_t byte_ = 0;
};

struct Frame {
  std::uint32_t entry = 0;
  std::uint32_t values = 0;  // keys count too
  std::size_t first_key = 0;
  bool mapping = false;
};

class Builder {
 public:
  Builder(json::Storage& storage, std::string_view text) : storage_(storage), events_(text), bytes_(text) {}

  // False: `fault()` says what is wrong and where.
  bool run() {
    for (;;) {
      const yaml_event_t* event = events_.next();
      if (event == nullptr) return broken();
      if (event->type == YAML_STREAM_END_EVENT) break;
      if (!take(*event)) return false;
    }
    storage_.count = static_cast<std::uint32_t>(entries_.size());
    storage_.entries = std::make_unique_for_overwrite<Entry[]>(entries_.size());
    std::copy(entries_.begin(), entries_.end(), storage_.entries.get());
    for (const std::uint32_t object : suspects_) mark_duplicates(storage_, object);
    std::sort(storage_.duplicates.begin(), storage_.duplicates.end());
    return true;
  }

  const Fault& fault() const { return fault_; }

 private:
  bool take(const yaml_event_t& event) {
    place_ = bytes_.of(event.start_mark.index);
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT: anchors_.clear(); return true;
      case YAML_SCALAR_EVENT: return scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(false, event.data.sequence_start.anchor, event.data.sequence_start.tag);
      case YAML_MAPPING_START_EVENT: return open(true, event.data.mapping_start.anchor, event.data.mapping_start.tag);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: return close();
      case YAML_ALIAS_EVENT: return alias(view(event.data.alias.anchor));
      default: return true;
    }
  }

  bool fail(std::string what) {
    fault_ = {std::move(what), place_};
    return false;
  }

  // Is the next value a key of a mapping?
  bool at_key() const { return !frames_.empty() && frames_.back().mapping && frames_.back().values % 2 == 0; }

  // Counts the value that is about to come with its container, or as a root.
  bool begin_value() {
    if (entries_.size() >= value_limit) return fail("more than " + std::to_string(value_limit) + " values");
    if (frames_.empty()) storage_.roots.push_back(static_cast<std::uint32_t>(entries_.size()));
    return true;
  }
  void end_value() {
    if (!frames_.empty()) ++frames_.back().values;
  }

  bool tag(const yaml_char_t* text, Entry& entry) {
    const std::string_view name = view(text);
    if (name.empty() || name == "!" || name.starts_with("tag:yaml.org,2002:")) return true;
    const auto found = std::find(storage_.tags.begin(), storage_.tags.end(), name);
    if (found == storage_.tags.end() && storage_.tags.size() == tag_limit) return fail("too many different tags");
    entry.tag = static_cast<std::uint16_t>(found - storage_.tags.begin() + 1);
    if (found == storage_.tags.end()) storage_.tags.emplace_back(name);
    return true;
  }

  bool scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(data.value), data.length);
    const bool key = at_key();
    if (!begin_value()) return false;
    Entry entry{};
    entry.offset = static_cast<std::uint32_t>(place_);
    entry.size = static_cast<std::uint32_t>(text.size());
    entry.link = static_cast<std::uint32_t>(storage_.arena.size());
    entry.flags = json::in_arena;
    const bool plain = data.style == YAML_PLAIN_SCALAR_STYLE;
    if (!plain) entry.flags |= json::quoted_scalar;
    entry.kind = key || !plain || !data.plain_implicit ? Kind::string : kind_of_plain(text);
    if (entry.kind == Kind::boolean && (text.front() == 't' || text.front() == 'T')) entry.flags |= json::truth_flag;
    if (!tag(data.tag, entry)) return false;
    storage_.arena.append(text);
    if (key) keys_.key(text);
    remember(view(data.anchor), entries_.size());
    entries_.push_back(entry);
    if (!data.anchor) return end_value(), true;
    complete(view(data.anchor), entries_.size() - 1);
    return end_value(), true;
  }

  bool open(bool mapping, const yaml_char_t* anchor, const yaml_char_t* tag_text) {
    if (at_key()) return fail("a key must be a single word or text");
    if (frames_.size() == nesting_limit) return fail("nested deeper than " + std::to_string(nesting_limit) + " levels");
    if (!begin_value()) return false;
    Entry entry{};
    entry.offset = static_cast<std::uint32_t>(place_);
    entry.kind = mapping ? Kind::object : Kind::array;
    if (!tag(tag_text, entry)) return false;
    remember(view(anchor), entries_.size());
    frames_.push_back({static_cast<std::uint32_t>(entries_.size()), 0, keys_.depth(), mapping});
    names_.emplace_back(view(anchor));
    entries_.push_back(entry);
    return true;
  }

  bool close() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    Entry& entry = entries_[frame.entry];
    entry.size = frame.mapping ? frame.values / 2 : frame.values;
    entry.link = static_cast<std::uint32_t>(entries_.size());
    if (frame.mapping && keys_.close(frame.first_key)) suspects_.push_back(frame.entry);
    complete(names_.back(), frame.entry);
    names_.pop_back();
    return end_value(), true;
  }

  // An anchor names its value from here; an alias may use it once it is complete.
  void remember(std::string_view anchor, std::size_t entry) {
    if (!anchor.empty()) anchors_[std::string(anchor)] = {static_cast<std::uint32_t>(entry), 0};
  }
  // The value at entry `first` is complete. A later anchor of the same name, inside
  // it, keeps the name.
  void complete(std::string_view anchor, std::size_t first) {
    if (anchor.empty()) return;
    const auto found = anchors_.find(std::string(anchor));
    if (found == anchors_.end() || found->second.first != first) return;
    found->second.second = static_cast<std::uint32_t>(entries_.size());
  }

  bool alias(std::string_view name) {
    const auto found = anchors_.find(std::string(name));
    if (found == anchors_.end()) return fail("the alias `*" + std::string(name) + "` names nothing before it");
    const auto [first, last] = found->second;
    if (last <= first) return fail("the alias `*" + std::string(name) + "` stands inside what it names");
    const bool key = at_key();
    if (key && entries_[first].kind > Kind::string) return fail("a key must be a single word or text");
    if (entries_.size() + (last - first) > value_limit) return fail("aliases make it too large");
    if (frames_.size() + depth(first, last) > nesting_limit) return fail("aliases nest it too deep");
    if (!begin_value()) return false;
    const auto shift = static_cast<std::uint32_t>(entries_.size()) - first;
    for (std::uint32_t i = first; i < last; ++i) {
      Entry copy = entries_[i];
      if (copy.kind == Kind::array || copy.kind == Kind::object) copy.link += shift;
      if (key) copy.kind = Kind::string;
      entries_.push_back(copy);
    }
    if (key) keys_.key(std::string_view(storage_.arena).substr(entries_[first].link, entries_[first].size));
    return end_value(), true;
  }

  // Levels of containers among the entries [first, last).
  std::size_t depth(std::uint32_t first, std::uint32_t last) const {
    std::vector<std::uint32_t> ends;
    std::size_t deepest = 0;
    for (std::uint32_t i = first; i < last; ++i) {
      while (!ends.empty() && ends.back() <= i) ends.pop_back();
      if (entries_[i].kind == Kind::array || entries_[i].kind == Kind::object) ends.push_back(entries_[i].link);
      deepest = std::max(deepest, ends.size());
    }
    return deepest;
  }

  bool broken() {
    const yaml_parser_t& parser = events_.parser();
    place_ = parser.error == YAML_READER_ERROR ? parser.problem_offset : bytes_.of(parser.problem_mark.index);
    std::string what = parser.problem == nullptr ? "not enough memory" : parser.problem;
    // What is never closed shows at the end; it is to be mended where it begins.
    if (parser.context != nullptr && parser.problem != nullptr && what.find("end of stream") != std::string::npos) {
      place_ = bytes_.of(parser.context_mark.index);
      what += std::string(" ") + parser.context + " that begins here";
    }
    return fail("not YAML: " + what);
  }

  json::Storage& storage_;
  Events events_;
  Bytes bytes_;
  std::vector<Entry> entries_;
  std::vector<Frame> frames_;
  std::vector<std::string> names_;  // anchors of the open containers
  std::map<std::string, std::pair<std::uint32_t, std::uint32_t>, std::less<>> anchors_;
  json::DuplicateKeys keys_;
  std::vector<std::uint32_t> suspects_;
  std::size_t place_ = 0;
  Fault fault_;
};

}  // namespace

Result<json::Tree> parse(std::string source, DocumentId document) {
  auto storage = std::make_unique<json::Storage>();
  storage->document = document;
  storage->source = std::move(source);
  std::string_view text = storage->source;
  if (text.size() > size_limit) {
    return fail("longer than " + std::to_string(size_limit) + " bytes", "split the file", {document, 0});
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return fail("the text is UTF-16", "write it again as UTF-8", {document, 0});
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    storage->skip = 3;
    text.remove_prefix(3);
  }
  Builder builder(*storage, text);
  if (!builder.run()) {
    const Fault& fault = builder.fault();
    const char* hint = fault.what.starts_with("not YAML")
                           ? "look at the indentation of this line, and for a quote or bracket left open before it"
                           : "";
    return fail(fault.what, hint, Origin{document, static_cast<std::uint32_t>(storage->skip + fault.offset)});
  }
  // A document of nothing but a null is an empty file.
  std::erase_if(storage->roots, [&](std::uint32_t i) {
    return storage->entries[i].kind == Kind::null && storage->entries[i].size == 0;
  });
  return json::Tree(std::move(storage));
}

}  // namespace sallyport::read::yaml
