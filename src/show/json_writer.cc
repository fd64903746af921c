#include "show/json_writer.h"

#include <algorithm>
#include <charconv>

#include "show/text.h"

namespace sallyport::show {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  char before = '\0';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '/': out += before == '<' ? "\\/" : "/"; break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          out += "\\u00";
          out += hex[byte >> 4];
          out += hex[byte & 0xF];
        } else {
          out += c;
        }
    }
    before = c;
  }
}

// Neither escapes nor anything beyond ASCII: stands for itself, as nearly all texts do.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<'; });
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain(text)) {
    out += text;
  } else {
    append_escaped(out, utf8(text));
  }
  out += '"';
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

void JsonWriter::next_line(std::size_t level) {
  out_ += '\n';
  out_.append(2 * level, ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (filled_.empty()) return;
  const bool lines = filled_.size() <= depth_;
  if (filled_.back()) out_ += lines ? "," : ", ";
  filled_.back() = true;
  if (lines) next_line(filled_.size());
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  filled_.push_back(false);
}

void JsonWriter::close(char bracket) {
  const bool filled = filled_.back();
  const std::size_t level = filled_.size() - 1;
  filled_.pop_back();
  if (filled && level < depth_) next_line(level);
  out_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  append_quoted(out_, name);
  out_ += ": ";
  after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  append_quoted(out_, value);
}

void JsonWriter::number(std::int64_t value) {
  before_value();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::literal(std::string_view json) {
  before_value();
  out_ += json;
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

void JsonWriter::member_texts(std::string_view name, const std::vector<std::string>& values) {
  member_array(name, [&] {
    for (const std::string& value : values) text(value);
  });
}

}  // namespace sallyport::show
