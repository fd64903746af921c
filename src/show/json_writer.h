// JsonWriter: JSON in the order in which it is told, so that equal answers are
// equal bytes.
//
//   std::string out;
//   JsonWriter json(out);
//   json.object([&] {
//     json.member("schema", "sallyport/paths/1");
//     json.key("flows");
//     json.array([&] { for (...) json.object([&] { ... }); });
//   });
//
// Members and elements stand on lines of their own down to `depth` levels, below
// that on one line: a flow is a line, which diff and grep like. Texts come out as
// valid UTF-8 with symbols spelled out, and `</` as `<\/`, so that the result may
// stand inside an HTML script. `out` may be emptied between elements (streaming).
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sallyport::show {

class JsonWriter {
 public:
  // `out` must outlive the writer.
  explicit JsonWriter(std::string& out, std::size_t depth = 2) : out_(out), depth_(depth) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  // What `fill` writes stands inside; the closing bracket cannot be forgotten.
  template <std::invocable F>
  void object(F&& fill) {
    open('{');
    fill();
    close('}');
  }
  template <std::invocable F>
  void array(F&& fill) {
    open('[');
    fill();
    close(']');
  }

  // Before each value inside an object.
  void key(std::string_view name);

  void text(std::string_view value);
  void number(std::int64_t value);
  void boolean(bool value);
  void null();
  void literal(std::string_view json);  // a value that is JSON already

  template <class T>
  void member(std::string_view name, const T& value) {
    key(name);
    if constexpr (std::is_same_v<T, bool>) {
      boolean(value);
    } else if constexpr (std::is_integral_v<T>) {
      number(static_cast<std::int64_t>(value));
    } else {
      text(value);
    }
  }
  // Left out where the text is empty.
  void member_if(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }
  template <std::invocable F>
  void member_object(std::string_view name, F&& fill) {
    key(name);
    object(fill);
  }
  template <std::invocable F>
  void member_array(std::string_view name, F&& fill) {
    key(name);
    array(fill);
  }
  void member_texts(std::string_view name, const std::vector<std::string>& values);

  // Ends the document with a newline.
  void finish() { out_ += '\n'; }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void next_line(std::size_t level);

  std::string& out_;
  std::size_t depth_;
  std::vector<bool> filled_;  // of each open bracket: has it an element?
  bool after_key_ = false;
};

// The text as a JSON string, quotes included.
std::string quoted(std::string_view text);

}  // namespace sallyport::show
