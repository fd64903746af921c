#include "library/iam/naive_text.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

namespace sallyport::naive::iam {

namespace {

char small(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool is_star(const Letter& letter) { return letter.wild && letter.letter == '*'; }

// Does the pattern match the text? `takes(i, c)` says whether the wildcard or letter
// at position i may stand for the character c. A full table: slow and obvious.
bool fits(const Pattern& pattern, const std::string& text, const std::function<bool(std::size_t, char)>& takes) {
  const std::size_t rows = pattern.size(), columns = text.size();
  std::vector<std::vector<bool>> rest(rows + 1, std::vector<bool>(columns + 1, false));
  rest[rows][columns] = true;
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns + 1; j-- > 0;) {
      const bool one = j < columns && takes(i, text[j]);
      if (is_star(pattern[i])) {
        rest[i][j] = rest[i + 1][j] || (one && rest[i][j + 1]);
      } else {
        rest[i][j] = one && rest[i + 1][j + 1];
      }
    }
  }
  return rest[0][0];
}

bool holds_a_list(const std::string& key) {
  static const char* const lists[] = {"aws:calledvia",        "aws:principalorgpaths", "aws:principalservicenameslist",
                                      "aws:resourceorgpaths", "aws:sourceorgpaths",    "aws:tagkeys",
                                      "aws:vpceorgpaths"};
  return std::find(std::begin(lists), std::end(lists), key) != std::end(lists);
}

// Appends what `${inside}` stands for: a special character, a single-valued key, or a default.
Kleene append_variable(const std::string& inside, const Context& context, std::string& value) {
  value = inside;
  if (inside == "*" || inside == "?" || inside == "$") return Kleene::yes;
  const std::size_t comma = inside.find(',');
  std::string key = inside.substr(0, comma);
  while (!key.empty() && key.back() == ' ') key.pop_back();
  const auto found = context.find(lower(key));
  if (found != context.end() && found->second.size() > 1) return Kleene::unknown;
  // AWS knows no variables of keys that hold lists, and does not say what one does.
  if (found != context.end() && found->second.size() == 1 && holds_a_list(lower(key))) return Kleene::unknown;
  if (found != context.end() && found->second.size() == 1) {
    value = found->second.front();
    return Kleene::yes;
  }
  if (comma == std::string::npos) return Kleene::no;
  const std::size_t first = inside.find('\'', comma), last = inside.rfind('\'');
  if (first == std::string::npos || last == first) return Kleene::no;
  value = inside.substr(first + 1, last - first - 1);
  return Kleene::yes;
}

}  // namespace

std::string lower(std::string text) {
  for (char& c : text) c = small(c);
  return text;
}

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

std::vector<std::string> strings(const Json& value) {
  std::vector<std::string> list;
  for (const Json& one : value.is_array() ? value : Json::array({value})) {
    list.push_back(one.is_string() ? one.get<std::string>() : one.dump());
  }
  return list;
}

Filled fill(const std::string& text, Reading reading, const Context& context, std::size_t from) {
  Filled result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close = text.find('}', i);
    if (reading.variables && i >= from && text.compare(i, 2, "${") == 0 && close != std::string::npos) {
      std::string value;
      result.filled = both(result.filled, append_variable(text.substr(i + 2, close - i - 2), context, value));
      for (const char c : value) result.pattern.push_back({c, false});  // a value's `*` is no wildcard
      i = close;
    } else {
      result.pattern.push_back({text[i], reading.wildcards && (text[i] == '*' || text[i] == '?')});
    }
  }
  return result;
}

bool matches(const Pattern& pattern, const std::string& text) {
  return fits(pattern, text, [&](std::size_t i, char c) { return pattern[i].wild || pattern[i].letter == c; });
}

bool action_matches(const std::string& pattern, const std::string& action) {
  if (pattern == "*") return true;
  const std::size_t colon = pattern.find(':');
  if (colon == std::string::npos) return false;
  const Pattern letters = fill(lower(pattern), {false, true}, {}).pattern;
  // Wildcards of the service prefix stay before the colon.
  return fits(letters, lower(action),
              [&](std::size_t i, char c) { return letters[i].wild ? i > colon || c != ':' : letters[i].letter == c; });
}

std::size_t resource_part(const std::string& arn) {
  std::size_t position = 0;
  for (int colons = 0; colons < 5; ++colons) {
    position = arn.find(':', position);
    if (position == std::string::npos) return arn.size();
    ++position;
  }
  return position;
}

Kleene resource_matches(const Pattern& pattern, const std::string& resource) {
  const std::size_t size = pattern.size();
  std::vector<int> segment(size);  // 0 `arn`, 1 partition, 2 service, 3 region, 4 account, 5 the resource part
  int current = 0;
  for (std::size_t i = 0; i < size; ++i) {
    segment[i] = current;
    if (current < 5 && pattern[i].letter == ':' && !pattern[i].wild) ++current;
  }
  const auto compare = [&](bool expand) {
    return fits(pattern, resource, [&](std::size_t i, char c) {
      if (!pattern[i].wild) {
        // MA's example: `arn:aws:SQS:...` matches, `...:Q` does not.
        return segment[i] == 2 ? small(pattern[i].letter) == small(c) : pattern[i].letter == c;
      }
      const bool ends_segment = is_star(pattern[i]) && i + 1 < size && pattern[i + 1].letter == ':';
      const bool very_end = is_star(pattern[i]) && i + 1 == size;
      return c != ':' || segment[i] == 5 || very_end || (expand && ends_segment);
    });
  };
  bool wild_service = false;
  for (std::size_t i = 0; i + 1 < size; ++i) wild_service = wild_service || (segment[i] == 2 && pattern[i].wild);
  // MA-2 does not foresee a wildcard in the service segment, the very end excepted: what AWS does is not known.
  if (compare(false)) return wild_service ? Kleene::unknown : Kleene::yes;
  return compare(true) ? Kleene::unknown : Kleene::no;  // MA-3: AWS does not say when it expands
}

Kleene arn_matches(const Pattern& pattern, const std::string& arn) {
  std::vector<Pattern> parts(1);
  for (const Letter& letter : pattern) {
    if (parts.size() < 6 && letter.letter == ':' && !letter.wild) {
      parts.emplace_back();
    } else {
      parts.back().push_back(letter);
    }
  }
  std::vector<std::string> texts(1);
  for (const char c : arn) {
    if (texts.size() < 6 && c == ':') {
      texts.emplace_back();
    } else {
      texts.back().push_back(c);
    }
  }
  // Fewer than six parts is no ARN pattern; whether a last `*` makes it one, AWS does not say.
  if (parts.size() < 6) {
    return !pattern.empty() && is_star(pattern.back()) && matches(pattern, arn) ? Kleene::unknown : Kleene::no;
  }
  if (texts.size() < 6) return Kleene::no;
  for (std::size_t i = 0; i < 6; ++i) {
    if (!matches(parts[i], texts[i])) return Kleene::no;
  }
  return Kleene::yes;
}

}  // namespace sallyport::naive::iam
