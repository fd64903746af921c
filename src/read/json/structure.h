// Structure: the structural characters of a text (brackets, commas, colons, the first bytes of strings and
// other scalars), found by simdjson's first stage, which checks UTF-8 as well.
//
// A large text is taken window by window, each of which fits into a processor's cache, by a thread of its own
// that runs a few windows ahead of who asks. A window ends behind a `},`, found by guessing: the first stage
// tells where that stood within a string, and then the window is made longer.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace sallyport::read::json {

class Structure {
 public:
  struct Window {
    const char* text = nullptr;  // where it begins
    // Places of the structural characters, counted from `text`. Behind the last one of a text stands its end; the
    // last one of any other window is a comma.
    const std::uint32_t* first = nullptr;
    std::uint32_t count = 0;
  };

  Structure();
  ~Structure();
  Structure(const Structure&) = delete;
  Structure& operator=(const Structure&) = delete;

  // Begins with a text, which must stay. `whole`: in one window. False: there is not enough memory.
  bool start(std::string_view text, bool whole);
  // The next window, which stays until the next call. Null: there is none, or `faulty`.
  const Window* next();
  // What stands in some window is no JSON below the level of structure, or memory ran out.
  bool faulty() const { return faulty_; }
  // Ends with the text.
  void stop();

 private:
  struct Slot {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::size_t capacity = 0;
    Window window;
    std::array<std::uint32_t, 2> end{};  // the places of a window without any
    bool fault = false;
    bool last = false;
  };
  static bool reserve(Slot& slot, std::size_t bytes);
  void scan(Slot& slot);  // the next window into it
  void run();

  static constexpr std::size_t slots = 4;
  std::array<Slot, slots> ring_;
  std::string_view rest_;
  bool whole_ = true;
  bool faulty_ = false;
  std::size_t given_ = 0;  // windows that `next` has given

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t scanned_ = 0;
  std::size_t free_ = 0;  // windows that nobody looks at any more
  bool stopped_ = false;
};

}  // namespace sallyport::read::json
