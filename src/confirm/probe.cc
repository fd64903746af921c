#include "confirm/probe.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace sallyport::confirm {
namespace {

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool made_of(std::string_view text, std::string_view others, std::size_t longest) {
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [&](char c) {
    return letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool begins(std::string_view text, std::string_view start) {
  return text.size() > start.size() && text.starts_with(start);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t end = text.find(' ');
    words.push_back(text.substr(0, end));
    if (end == std::string_view::npos || words.size() > 8) return words;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool plain_id(std::string_view text) {
  const std::size_t dash = text.find('-');
  return dash != std::string_view::npos && dash > 0 && dash + 1 < text.size() && made_of(text, "-", 80);
}

bool plain_arn(std::string_view text) { return begins(text, "arn:") && made_of(text, ":/+=,.@_-", 2048); }

std::string tag_of(const PathQuestion& q) {
  return q.from + " to " + q.to + (q.by.empty() ? "" : " by " + q.by) + (q.protocol == 6 ? " tcp " : " udp ") +
         std::to_string(q.port);
}

std::optional<PathQuestion> path_question(std::string_view tag) {
  if (tag.size() > 256) return std::nullopt;  // the longest that AWS keeps
  std::vector<std::string_view> words = words_of(tag);
  PathQuestion q;
  if (words.size() == 7 && words[3] == "by") {
    q.by = words[4];
    if (!plain_id(q.by) || !(begins(q.by, "igw-") || begins(q.by, "vpce-"))) return std::nullopt;
    words.erase(words.begin() + 3, words.begin() + 5);
  }
  if (words.size() != 5 || words[1] != "to" || !plain_id(words[0]) || !made_of(words[2], ".-:_", 200))
    return std::nullopt;
  q.from = words[0];
  q.to = words[2];
  if (!(begins(q.from, "i-") || begins(q.from, "eni-"))) return std::nullopt;
  if (words[3] != "tcp" && words[3] != "udp") return std::nullopt;
  q.protocol = words[3] == "tcp" ? 6 : 17;
  const auto [end, error] = std::from_chars(words[4].data(), words[4].data() + words[4].size(), q.port);
  if (error != std::errc() || end != words[4].data() + words[4].size()) return std::nullopt;
  return q;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

}  // namespace sallyport::confirm
