#include "read/ahead.h"

#include <algorithm>
#include <utility>

namespace sallyport::read {
namespace {

// Behind a piece that is not the file's last the file is between two items of its list.
bool is_sure(const Piece& piece, const json::Tree& tree) {
  if (piece.last) return true;
  const std::vector<json::Node> roots = tree.roots();
  return roots.size() == 1 && roots.front().size() == 1;
}

// `{...},` and then `]`: what follows the comma would be JSON by itself, an empty list.
std::optional<Error> after_comma(const Piece& piece) {
  const std::size_t first = piece.text.find_first_not_of(" \t\r\n", piece.head);
  if (piece.first || first == std::string::npos || piece.text[first] != ']') return std::nullopt;
  const auto at = static_cast<std::uint32_t>(first - piece.head + piece.at);
  return Error{"not JSON: a value is expected here", {}, Origin{0, at}};
}

Parsed placed(Parsed parsed, const Piece& piece) {
  parsed.last = piece.last;
  if (!parsed.tree) return parsed;
  if (*parsed.tree) {
    (*parsed.tree)->place(piece.head, piece.at);
  } else {
    Origin& origin = parsed.tree->error().origin;
    if (origin.offset >= piece.head) origin.offset += static_cast<std::uint32_t>(piece.at - piece.head);
  }
  return parsed;
}

}  // namespace

bool begins_like_json(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || bytes[first] == '{' || bytes[first] == '[';
}

Parsed parsed(Result<std::string> bytes, json::Parser& parser) {
  if (!bytes || !begins_like_json(*bytes)) return {std::move(bytes), std::nullopt};
  return {std::string(), parser.parse(std::move(*bytes))};
}

Ahead::Ahead(const Store& store, std::vector<Wanted> wanted, std::size_t piece) : store_(store), piece_(piece) {
  for (Wanted& w : wanted) {
    File file;
    file.all_read = w.path.empty();
    if (!w.path.empty()) file.bytes = store.size(w.path);
    file.wanted = std::move(w);
    bytes_ += file.bytes;
    files_.push_back(std::move(file));
  }
  if (bytes_ < worth_threads) return;
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
  for (unsigned n = 1; n < cores; ++n) threads_.emplace_back([this] { work(); });
}

Ahead::~Ahead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

// The file of which somebody may read the next part.
Ahead::File* Ahead::next_file() {
  while (next_ < files_.size() && files_[next_].all_read) ++next_;
  for (std::size_t n = next_; n < files_.size(); ++n) {
    File& file = files_[n];
    const bool in_pieces = file.pieces != nullptr || (!file.begun && !file.wanted.list.empty());
    const std::size_t bytes = in_pieces ? std::min(file.bytes, piece_) : file.bytes;
    const bool awaited = n == taking_ && file.parts.empty();
    if (!awaited && flying_ > 0 && flying_ + bytes > in_flight) return nullptr;
    if (!file.all_read && !file.reading) return &file;
  }
  return nullptr;
}

bool Ahead::step(json::Parser& parser, Lock& lock, bool ahead) {
  File* const file = next_file();
  if (file == nullptr) return false;
  if (!file->begun) {
    file->begun = true;
    const bool cut = !file->wanted.list.empty() && file->bytes > 2 * piece_ && store_.on_disk(file->wanted.path);
    if (cut) file->pieces = Pieces::of(file->wanted.path, file->wanted.list, piece_);
  }
  const auto part = std::make_shared<Part>();
  part->bytes = file->pieces == nullptr ? file->bytes : piece_;
  flying_ += part->bytes;
  file->parts.push_back(part);
  if (file->pieces == nullptr) {
    read_whole(*file, *part, parser, lock, ahead);
  } else {
    read_piece(*file, *part, parser, lock, ahead);
  }
  changed_.notify_all();
  return true;
}

void Ahead::read_whole(File& file, Part& part, json::Parser& parser, Lock& lock, bool ahead) {
  file.all_read = true;
  lock.unlock();
  Parsed result = parsed(store_.read(file.wanted.path, json::size_limit, parser.left_over(file.bytes + 1)), parser);
  if (ahead && result.tree && *result.tree) (*result.tree)->take_fingerprints();
  lock.lock();
  part.done = std::move(result);
}

void Ahead::read_piece(File& file, Part& part, json::Parser& parser, Lock& lock, bool ahead) {
  file.reading = true;
  lock.unlock();
  auto piece = file.pieces->next(json::size_limit, parser.left_over(piece_ + piece_ / 8));
  lock.lock();
  file.reading = false;
  if (!piece || piece->last) file.all_read = true;
  if (!piece) {
    part.done = Parsed{tl::unexpected(piece.error()), std::nullopt};
    return;
  }
  lock.unlock();
  changed_.notify_all();
  if (auto wrong = after_comma(*piece)) {
    lock.lock();
    part.done = Parsed{std::string(), Result<json::Tree>(tl::unexpected(std::move(*wrong))), true};
    return;
  }
  std::string text = std::exchange(piece->text, {});
  Parsed result = placed(parsed(std::move(text), parser), *piece);
  const bool unsure = !result.tree || !*result.tree || !is_sure(*piece, **result.tree);
  if (!unsure && ahead) (*result.tree)->take_fingerprints();
  lock.lock();
  part.piece = std::move(*piece);
  part.unsure = unsure;
  part.done = std::move(result);
}

// What the file holds from a piece on, as one text.
Parsed Ahead::rest_of(File& file, const Piece& from, Lock& lock) {
  file.all_read = true;
  while (file.reading) changed_.wait(lock);
  for (const auto& part : file.parts) flying_ -= part->bytes;
  file.parts.clear();
  lock.unlock();
  auto piece = file.pieces->rest_from(from, json::size_limit);
  if (!piece) return {tl::unexpected(piece.error()), std::nullopt};
  std::string text = std::exchange(piece->text, {});
  return placed(parsed(std::move(text), parser_), *piece);
}

void Ahead::work() {
  json::Parser parser(spare_);
  Lock lock(mutex_);
  while (!stop_) {
    if (!step(parser, lock, true)) changed_.wait(lock);
  }
}

Parsed Ahead::take(std::size_t n) {
  Lock lock(mutex_);
  taking_ = n;
  File& file = files_[n];
  while (file.parts.empty() || !file.parts.front()->done) {  // others are at it: time for one behind it
    if (!step(parser_, lock, false)) changed_.wait(lock);
  }
  const std::shared_ptr<Part> part = file.parts.front();
  file.parts.pop_front();
  flying_ -= part->bytes;
  changed_.notify_all();
  if (part->unsure && file.pieces != nullptr) return rest_of(file, part->piece, lock);
  return std::move(*part->done);
}

}  // namespace sallyport::read
