#include "read/snapshot/slot.h"

#include <algorithm>
#include <vector>

#include "facts/regions.h"

namespace sallyport::read::snapshot {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_account(std::string_view text) { return text.size() == 12 && all_digits(text); }

// A pseudo Region of global services: `aws-global`, `global`.
bool is_global(std::string_view name) { return name == "global" || name.ends_with("-global"); }

bool is_region(std::string_view name) { return facts::partition_of(name) != nullptr; }

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return parts;
}

std::string joined(const std::vector<std::string_view>& parts, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t i = first; i < last; ++i) text.append(i == first ? "" : "/").append(parts[i]);
  return text;
}

// `NetworkAcls-us-west-2` -> `us-west-2`; empty if the name does not end so.
std::string_view region_at_end(std::string_view stem) {
  for (const facts::Region& region : facts::regions()) {
    if (stem.size() > region.name.size() + 1 && stem.ends_with(region.name) &&
        stem[stem.size() - region.name.size() - 1] == '-') {
      return region.name;
    }
  }
  return {};
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      plain += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

bool looks_like_operation(std::string_view name) {
  for (const std::string_view verb : {"-describe-", "-get-", "-list-", "-search-", "-select-", "-generate-"}) {
    const std::size_t at = name.find(verb);
    if (at == std::string_view::npos || at == 0 || at + verb.size() == name.size()) continue;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  }
  return false;
}

Slot slot_of(std::string_view path) {
  const std::vector<std::string_view> parts = split(path);
  Slot slot;
  if (parts.empty()) return slot;
  std::string_view stem = parts.back();
  if (stem.ends_with(".json")) stem.remove_suffix(5);

  // The folder that is named like an operation, if there is one: what follows is
  // the identifier (some identifiers are paths). Operations stand below Regions and
  // accounts, so a folder above one is only called so: `my-list-of-estates/`.
  std::size_t folders = parts.size() - 1;
  std::size_t first = 0;
  for (std::size_t i = 0; i < folders; ++i) {
    if (is_region(parts[i]) || is_global(parts[i]) || is_account(parts[i])) first = i + 1;
  }
  for (std::size_t i = first; i + 1 < parts.size(); ++i) {
    if (!looks_like_operation(parts[i])) continue;
    slot.operation = parts[i];
    slot.subject = joined(parts, i + 1, parts.size() - 1);
    if (!slot.subject.empty()) slot.subject += '/';
    slot.subject = percent_decoded(slot.subject.append(stem));
    folders = i;
    break;
  }
  if (slot.operation.empty()) {
    const std::size_t dashes = stem.find("--");
    const std::string_view name = stem.substr(0, dashes);
    if (looks_like_operation(name)) {
      slot.operation = name;
      if (dashes != std::string_view::npos) slot.subject = percent_decoded(stem.substr(dashes + 2));
    }
  }

  // The nearest folder that names a Region, and the nearest that names an account.
  std::size_t root = folders;
  bool placed = false;
  for (std::size_t i = folders; i-- > 0;) {
    if (!placed && (is_region(parts[i]) || is_global(parts[i]))) {
      if (!is_global(parts[i])) slot.region = parts[i];
      placed = true;
      root = i;
    }
    const bool named = i > 0 && parts[i - 1] == "accounts" && all_digits(parts[i]);
    if (named || is_account(parts[i])) {
      slot.account = parts[i];
      root = std::min(root, i + 1);
      break;
    }
  }
  if (!placed) slot.region = region_at_end(stem);
  slot.root = joined(parts, 0, root);
  slot.folder = joined(parts, 0, folders);
  return slot;
}

}  // namespace sallyport::read::snapshot
