// What the expression of a select chooses.
//
//   SELECT *, configuration WHERE resourceType IN ('AWS::EC2::VPC', 'AWS::EC2::Subnet')
#include <string>

#include "base/wildcard.h"
#include "read/awsconfig/recorded.h"

namespace sallyport::read::awsconfig {
namespace {

// Words, quoted texts and marks, one after the other.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  // Empty at the end. A quoted text begins with its quote.
  std::string_view next() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\n' || text_[0] == '\t' || text_[0] == '\r'))
      text_.remove_prefix(1);
    if (text_.empty()) return {};
    std::size_t size = 1;
    if (text_[0] == '\'' || text_[0] == '"') {
      const std::size_t end = text_.find(text_[0], 1);
      size = end == std::string_view::npos ? text_.size() : end + 1;
    } else if (is_letter(text_[0])) {
      while (size < text_.size() && is_letter(text_[size])) ++size;
    }
    const std::string_view word = text_.substr(0, size);
    text_.remove_prefix(size);
    return word;
  }

 private:
  static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  }
  std::string_view text_;
};

bool is(std::string_view word, std::string_view keyword) { return equals_ignoring_case(word, keyword); }

}  // namespace

std::pair<bool, std::set<std::string>> chosen_types(std::string_view expression) {
  Words words(expression);
  if (!is(words.next(), "SELECT")) return {false, {}};
  std::set<std::string> types;
  std::string_view word = words.next();
  for (; !word.empty() && !is(word, "WHERE"); word = words.next()) {
    if (is(word, "GROUP") || is(word, "COUNT") || is(word, "LIMIT")) return {false, {}};
    if (is(word, "ORDER")) return {true, types};
  }
  if (word.empty()) return {true, types};
  if (words.next() != "resourceType") return {false, {}};
  const auto add = [&](std::string_view quoted) {
    if (quoted.size() < 3 || (quoted[0] != '\'' && quoted[0] != '"') || quoted.back() != quoted[0]) return false;
    types.emplace(quoted.substr(1, quoted.size() - 2));
    return true;
  };
  word = words.next();
  if (word == "=") {
    if (!add(words.next())) return {false, {}};
  } else if (is(word, "IN") && words.next() == "(") {
    do {
      if (!add(words.next())) return {false, {}};
      word = words.next();
    } while (word == ",");
    if (word != ")") return {false, {}};
  } else {
    return {false, {}};
  }
  word = words.next();
  return {word.empty() || is(word, "ORDER"), types};
}

}  // namespace sallyport::read::awsconfig
