#include "base/origin.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/result.h"

namespace sallyport {

Documents::Documents() { documents_.emplace_back(); }

DocumentId Documents::add_file(std::string path) {
  documents_.push_back({std::move(path), {}, {}, true});
  return static_cast<DocumentId>(documents_.size() - 1);
}

DocumentId Documents::add_text(std::string label, std::string bytes) {
  documents_.push_back({std::move(label), std::move(bytes), {}, false});
  return static_cast<DocumentId>(documents_.size() - 1);
}

DocumentId Documents::add_inner(Origin outer, std::string label) {
  documents_.push_back({std::move(label), {}, outer, false});
  return static_cast<DocumentId>(documents_.size() - 1);
}

std::string_view Documents::name(DocumentId id) const {
  SP_ASSERT(id < documents_.size());
  return documents_[id].name;
}

Place Documents::place(Origin origin) const {
  SP_ASSERT(origin.document < documents_.size());
  const Document& document = documents_[origin.document];
  // Inner documents nest only as deep as readers nest them (a text in an
  // answer), and an inner document is always added after its outer one.
  if (document.outer) return place(document.outer);
  std::string bytes = document.bytes;
  if (document.is_file) {
    std::ifstream file(document.name, std::ios::binary);
    if (!file) return {document.name, 0, 0};
    bytes.resize(origin.offset);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
  }
  if (bytes.size() < origin.offset || origin.document == 0) return {document.name, 0, 0};
  const auto end = bytes.begin() + origin.offset;
  const auto line = static_cast<std::uint32_t>(std::count(bytes.begin(), end, '\n')) + 1;
  const auto newline = bytes.rfind('\n', origin.offset == 0 ? 0 : origin.offset - 1);
  const std::size_t start = origin.offset == 0 || newline == std::string::npos ? 0 : newline + 1;
  return {document.name, line, static_cast<std::uint32_t>(origin.offset - start) + 1};
}

Origin Documents::outermost(Origin origin) const {
  SP_ASSERT(origin.document < documents_.size());
  while (documents_[origin.document].outer) origin = documents_[origin.document].outer;
  return origin;
}

bool Documents::read(DocumentId id, const std::function<void(std::string_view)>& take) const {
  SP_ASSERT(id < documents_.size());
  const Document& document = documents_[id];
  if (!document.is_file) {
    take(document.bytes);
    return true;
  }
  std::ifstream file(document.name, std::ios::binary);
  if (!file) return false;
  std::vector<char> part(64 * 1024);
  do {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    take({part.data(), static_cast<std::size_t>(file.gcount())});
  } while (file);
  return true;
}

std::string Documents::show(Origin origin) const {
  if (!origin) return {};
  const Place where = place(origin);
  return where.line == 0 ? where.path : where.path + ":" + std::to_string(where.line);
}

}  // namespace sallyport
