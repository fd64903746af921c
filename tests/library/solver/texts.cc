#include "library/solver/texts.h"

#include <cctype>
#include <nlohmann/json.hpp>

namespace sallyport::solver {

namespace {

using Kind = Piece::Kind;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Adds a letter; letters that follow each other become one text.
void add_letter(Items& items, char c, bool any_case) {
  if (any_case && is_letter(c)) {
    items.push_back({Item::Kind::any_case, std::string(1, c), false});
  } else if (!items.empty() && items.back().kind == Item::Kind::text) {
    items.back().text += c;
  } else {
    items.push_back({Item::Kind::text, std::string(1, c), false});
  }
}

void add_wildcard(Items& items, Kind kind, bool no_colon) {
  const Item item = {kind == Kind::many ? Item::Kind::many : Item::Kind::one, "", no_colon};
  const bool repeated = !items.empty() && item.kind == Item::Kind::many && items.back().kind == Item::Kind::many &&
                        items.back().no_colon == no_colon;
  if (!repeated) items.push_back(item);
}

}  // namespace

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<std::string> texts_of(const Json& value) {
  std::vector<std::string> list;
  for (const Json& one : value.is_array() ? value : Json::array({value})) {
    list.push_back(one.is_string() ? one.get<std::string>() : one.dump());
  }
  return list;
}

Pieces read_pieces(const std::string& text, bool variables, bool wildcards, std::size_t from) {
  Pieces pieces;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close = text.find('}', i);
    if (variables && i >= from && text.compare(i, 2, "${") == 0 && close != std::string::npos) {
      const std::string inside = text.substr(i + 2, close - i - 2);
      i = close;
      if (inside == "*" || inside == "?" || inside == "$") {
        pieces.push_back({Kind::letter, inside[0], "", "", false});
        continue;
      }
      Piece piece = {Kind::variable, 0, "", "", false};
      const std::size_t comma = inside.find(',');
      piece.key = lower_case(inside.substr(0, comma));
      while (!piece.key.empty() && piece.key.back() == ' ') piece.key.pop_back();
      if (comma != std::string::npos) {
        const std::size_t first = inside.find('\'', comma), last = inside.rfind('\'');
        if (first != std::string::npos && first != last) {
          piece.has_fallback = true;
          piece.fallback = inside.substr(first + 1, last - first - 1);
        }
      }
      pieces.push_back(piece);
    } else if (wildcards && (text[i] == '*' || text[i] == '?')) {
      pieces.push_back({text[i] == '*' ? Kind::many : Kind::one, 0, "", "", false});
    } else {
      pieces.push_back({Kind::letter, text[i], "", "", false});
    }
  }
  return pieces;
}

bool has_variable(const Pieces& pieces) {
  for (const Piece& piece : pieces) {
    if (piece.kind == Kind::variable) return true;
  }
  return false;
}

std::size_t after_fifth_colon(const std::string& text) {
  std::size_t position = 0;
  for (int colons = 0; colons < 5; ++colons) {
    position = text.find(':', position);
    if (position == std::string::npos) return text.size();
    ++position;
  }
  return position;
}

namespace {

z3::sort regex_sort(z3::context& z) {
  z3::sort text = z.string_sort();
  return z.re_sort(text);
}

}  // namespace

Texts::Texts(z3::context& z)
    : z_(z),
      regex_(regex_sort(z)),
      any_(z3::range(z.string_val("\\u{0}"), z.string_val("\\u{2ffff}"))),
      not_colon_(z3::range(z.string_val("\\u{0}"), z.string_val("9")) +
                 z3::range(z.string_val(";"), z.string_val("\\u{2ffff}"))),
      everything_(z3::re_full(regex_)) {}

z3::expr Texts::constant(const std::string& text) const {
  return z_.string_val(text.c_str(), static_cast<unsigned>(text.size()));
}

z3::expr Texts::language(const Items& items) const {
  z3::expr_vector parts(z_);
  for (const Item& item : items) {
    switch (item.kind) {
      case Item::Kind::text: parts.push_back(z3::to_re(constant(item.text))); break;
      case Item::Kind::any_case: {
        const char c = item.text[0];
        const std::string small(1, static_cast<char>(std::tolower(c))), big(1, static_cast<char>(std::toupper(c)));
        parts.push_back(z3::to_re(constant(small)) + z3::to_re(constant(big)));
        break;
      }
      case Item::Kind::one: parts.push_back(item.no_colon ? not_colon_ : any_); break;
      case Item::Kind::many: parts.push_back(item.no_colon ? z3::star(not_colon_) : everything_); break;
    }
  }
  if (parts.empty()) return z3::to_re(constant(""));
  return parts.size() == 1 ? parts[0] : z3::concat(parts);
}

z3::expr Texts::matches(const z3::expr& text, const Items& items) const {
  const auto plain = [&](std::size_t i) { return items[i].kind == Item::Kind::text; };
  const auto free = [&](std::size_t i) { return items[i].kind == Item::Kind::many && !items[i].no_colon; };
  if (items.empty()) return text == constant("");
  if (items.size() == 1 && plain(0)) return text == constant(items[0].text);
  if (items.size() == 1 && free(0)) return z_.bool_val(true);
  if (items.size() == 2 && plain(0) && free(1)) return z3::prefixof(constant(items[0].text), text);
  return z3::in_re(text, language(items));
}

z3::expr Texts::matches_with_values(const z3::expr& text, const Pieces& pieces,
                                    const std::vector<z3::expr>& values) const {
  // The texts between the wildcards.
  std::vector<z3::expr_vector> runs(1, z3::expr_vector(z_));
  std::string letters;
  std::size_t next = 0;
  const auto close = [&] {
    if (!letters.empty()) runs.back().push_back(constant(letters));
    letters.clear();
  };
  for (const Piece& piece : pieces) {
    switch (piece.kind) {
      case Kind::letter: letters += piece.letter; break;
      case Kind::one: throw Unsupported("a `?` beside a variable");
      case Kind::many:
        close();
        if (!runs.back().empty() || runs.size() == 1) runs.emplace_back(z_);
        break;
      case Kind::variable:
        close();
        runs.back().push_back(values.at(next++));
        break;
    }
  }
  close();
  std::vector<z3::expr> fixed;
  for (const z3::expr_vector& run : runs) {
    fixed.push_back(run.empty() ? constant("") : run.size() == 1 ? run[0] : z3::concat(run));
  }
  if (fixed.size() == 1) return text == fixed[0];
  const z3::expr &first = fixed.front(), &last = fixed.back();
  const z3::expr room = text.length() - first.length() - last.length();
  const z3::expr ends = z3::prefixof(first, text) && z3::suffixof(last, text) && room >= 0;
  if (fixed.size() == 2) return ends;
  if (fixed.size() == 3) return ends && text.extract(first.length(), room).contains(fixed[1]);
  throw Unsupported("more than two `*` beside a variable");
}

z3::expr Texts::action_name(const z3::expr& name, const std::string& pattern) const {
  return string(name, read_pieces(lower_case(pattern), false, true), false);
}

Three Texts::resource(const z3::expr& resource, const Pieces& pieces, const std::string& written) const {
  if (pieces.size() == 1 && pieces[0].kind == Kind::many) return Three::sure(z_, true);
  Items narrow, wide;  // MA-3: a `*` that ends a middle segment stays in it, or reaches beyond
  int segment = 0;
  bool wild_service = false, middle = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool last = i + 1 == pieces.size();
    if (piece.kind == Kind::variable) throw Unsupported("a variable in a resource that is not split");
    if (piece.kind == Kind::letter) {
      for (Items* items : {&narrow, &wide}) add_letter(*items, piece.letter, segment == 2);
      if (piece.letter == ':' && segment < 5) ++segment;
      continue;
    }
    const bool ends =
        piece.kind == Kind::many && !last && pieces[i + 1].kind == Kind::letter && pieces[i + 1].letter == ':';
    const bool free = segment == 5 || (last && piece.kind == Kind::many);
    add_wildcard(narrow, piece.kind, !free);
    add_wildcard(wide, piece.kind, !free && !ends);
    middle = middle || (ends && segment < 5);
    wild_service = wild_service || (segment == 2 && !last);
  }
  const z3::expr surely = matches(resource, narrow);
  if (!middle && !wild_service) return Three::sure(surely);
  const z3::expr perhaps = matches(resource, wide);  // which has all of `narrow` in it
  return open(wild_service ? z_.bool_val(false) : surely, perhaps, "resource " + written);
}

Three Texts::arn(const z3::expr& arn, const Pieces& pieces, const std::string& written) const {
  if (has_variable(pieces)) throw Unsupported("a variable in an ARN condition");
  Items items, whole;
  int part = 0;
  for (const Piece& piece : pieces) {
    if (piece.kind == Kind::letter) {
      add_letter(items, piece.letter, false);
      add_letter(whole, piece.letter, false);
      if (piece.letter == ':' && part < 5) ++part;
    } else {
      add_wildcard(items, piece.kind, part < 5);
      add_wildcard(whole, piece.kind, false);
    }
  }
  if (part == 5) return Three::sure(matches(arn, items));
  // CO-4: fewer than six parts is no ARN pattern; whether a last `*` makes it one, AWS does not say.
  if (pieces.empty() || pieces.back().kind != Kind::many) return Three::sure(z_, false);
  return open(z_.bool_val(false), matches(arn, whole), "arn " + written);
}

z3::expr Texts::string(const z3::expr& text, const Pieces& pieces, bool any_case) const {
  Items items;
  for (const Piece& piece : pieces) {
    if (piece.kind == Kind::letter) {
      add_letter(items, piece.letter, any_case);
    } else {
      add_wildcard(items, piece.kind, false);
    }
  }
  return matches(text, items);
}

}  // namespace sallyport::solver
