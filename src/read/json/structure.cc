#include "read/json/structure.h"

#include <simdjson.h>

#include <algorithm>
#include <system_error>

namespace sallyport::read::json {
namespace {

constexpr std::size_t large = std::size_t{8} << 20;        // bytes of a text that is worth a thread
constexpr std::size_t window_size = std::size_t{1} << 20;  // about

// Bytes up to behind the first `},` from `wanted` on; all of them if there is none.
std::size_t cut(std::string_view text, std::size_t wanted) {
  const std::size_t found = text.size() <= wanted ? std::string_view::npos : text.find("},", wanted);
  return found == std::string_view::npos ? text.size() : found + 2;
}

}  // namespace

Structure::Structure() = default;
Structure::~Structure() { stop(); }

bool Structure::reserve(Slot& slot, std::size_t bytes) {
  if (slot.stage != nullptr && bytes <= slot.capacity) return true;
  slot.capacity = std::max<std::size_t>(bytes + bytes / 4, 64 * 1024);
  const auto error =
      simdjson::get_active_implementation()->create_dom_parser_implementation(slot.capacity, 1, slot.stage);
  if (error != simdjson::SUCCESS) slot.stage.reset();
  return error == simdjson::SUCCESS;
}

bool Structure::start(std::string_view text, bool whole) {
  stop();
  rest_ = text;
  whole_ = whole || text.size() < large;
  faulty_ = false;
  given_ = scanned_ = free_ = 0;
  for (Slot& slot : ring_) slot.last = slot.fault = false;
  if (whole_) return reserve(ring_.front(), text.size());
  if (std::thread::hardware_concurrency() < 2) return true;
  stopped_ = false;
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    // Without one, then.
  }
  return true;
}

void Structure::scan(Slot& slot) {
  for (std::size_t wanted = window_size;; wanted *= 2) {
    const std::size_t size = whole_ ? rest_.size() : cut(rest_, wanted);
    slot.last = size == rest_.size();
    slot.window.text = rest_.data();
    slot.fault = !reserve(slot, size);
    if (slot.fault) return;
    const auto error =
        slot.stage->stage1(reinterpret_cast<const std::uint8_t*>(rest_.data()), size, simdjson::stage1_mode::regular);
    if (error == simdjson::UNCLOSED_STRING && !slot.last) continue;
    if (error == simdjson::EMPTY) {
      slot.end = {static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(size)};
      slot.window.first = slot.end.data();
      slot.window.count = 0;
    } else {
      slot.window.first = slot.stage->structural_indexes.get();
      slot.window.count = slot.stage->n_structural_indexes;
      slot.fault = error != simdjson::SUCCESS;
    }
    rest_.remove_prefix(size);
    return;
  }
}

void Structure::run() {
  for (bool more = true; more;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || scanned_ - free_ < slots; });
      if (stopped_) return;
    }
    Slot& slot = ring_[scanned_ % slots];
    scan(slot);
    more = !slot.last && !slot.fault;
    {
      const std::lock_guard lock(mutex_);
      ++scanned_;
    }
    changed_.notify_all();
  }
}

const Structure::Window* Structure::next() {
  if (faulty_ || (given_ > 0 && ring_[(given_ - 1) % slots].last)) return nullptr;
  Slot& slot = ring_[given_ % slots];
  if (thread_.joinable()) {
    std::unique_lock lock(mutex_);
    free_ = given_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return scanned_ > given_; });
  } else {
    scan(slot);
  }
  ++given_;
  faulty_ = slot.fault;
  return faulty_ ? nullptr : &slot.window;
}

void Structure::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

}  // namespace sallyport::read::json
