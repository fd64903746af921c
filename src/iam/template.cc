#include "iam/template.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "facts/keys.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

// The position of the brace that closes a variable whose inside begins at `at`;
// braces between the quotes of a default do not count.
std::size_t closing_brace(std::string_view raw, std::size_t at) {
  bool quoted = false;
  for (; at < raw.size(); ++at) {
    if (raw[at] == '\'') quoted = !quoted;
    if (raw[at] == '}' && !quoted) return at;
  }
  return std::string_view::npos;
}

// `aws:PrincipalTag/team, 'company-wide'`; nullopt if it is not of that form.
std::optional<TemplatePiece> parse_variable(std::string_view inside) {
  TemplatePiece piece;
  piece.variable = true;
  const std::size_t comma = inside.find(',');
  piece.text = trim(inside.substr(0, comma));
  if (piece.text.empty() || piece.text.find_first_of("'{}$*?") != std::string_view::npos) return std::nullopt;
  if (comma != std::string_view::npos) {
    const std::string_view value = trim(inside.substr(comma + 1));
    if (value.size() < 2 || value.front() != '\'' || value.back() != '\'') return std::nullopt;
    piece.has_default = true;
    piece.fallback = value.substr(1, value.size() - 2);
    if (piece.fallback.find_first_of("'*?") != std::string_view::npos) return std::nullopt;
  }
  const facts::GlobalKey* key = facts::global_key(piece.text);
  piece.list = key != nullptr && key->multivalued;
  piece.hash = key_hash(piece.text);
  return piece;
}

class TemplateReader {
 public:
  TemplateReader(Wildcards wildcards, TextArena& arena) : wildcards_(wildcards), arena_(arena) {}

  Template read(std::string_view raw) {
    for (std::size_t i = 0; i < raw.size();) {
      if (raw.substr(i, 2) != "${") {
        literal_ += encoded(raw[i++]);
        continue;
      }
      const std::size_t close = closing_brace(raw, i + 2);
      const std::string_view inside = close == std::string_view::npos ? "" : raw.substr(i + 2, close - i - 2);
      if (inside == "*" || inside == "?" || inside == "$") {
        literal_ += inside;
      } else if (auto piece = parse_variable(inside)) {
        flush();
        result_.pieces.push_back(*piece);
      } else {
        result_.broken = true;
        literal_ += raw.substr(i, 2);
        i += 2;
        continue;
      }
      i = close + 1;
    }
    if (result_.pieces.empty()) {
      result_.fixed = arena_.keep(literal_);
      result_.symbolic = glob::has_symbol(result_.fixed);
    } else {
      flush();
    }
    return std::move(result_);
  }

 private:
  char encoded(char c) {
    if (wildcards_ == Wildcards::none || (c != '*' && c != '?')) return c;
    result_.wildcard = true;
    return c == '*' ? glob::any_run : glob::any_char;
  }
  void flush() {
    if (literal_.empty()) return;
    TemplatePiece piece;
    piece.text = arena_.keep(literal_);
    result_.symbolic = result_.symbolic || glob::has_symbol(piece.text);
    result_.pieces.push_back(piece);
    literal_.clear();
  }

  Wildcards wildcards_;
  TextArena& arena_;
  Template result_;
  std::string literal_;
};

}  // namespace

Template parse_template(std::string_view raw, Wildcards wildcards, bool variables, TextArena& arena) {
  // Without branches, so that the compiler looks at many bytes at once.
  unsigned char special = 0;
  unsigned char dollar = 0;
  unsigned char symbol = 0;
  for (const char c : raw) {
    special |= static_cast<unsigned char>((c == '*') | (c == '?'));
    dollar |= static_cast<unsigned char>(c == '$');
    symbol |= static_cast<unsigned char>(c == glob::symbol_open);
  }
  if (variables && dollar != 0 && raw.find("${") != std::string_view::npos) {
    return TemplateReader(wildcards, arena).read(raw);
  }
  Template result;
  result.wildcard = special != 0 && wildcards == Wildcards::anywhere;
  result.fixed = raw;
  if (result.wildcard) {
    char* const encoded = arena.room(raw.size());
    std::copy(raw.begin(), raw.end(), encoded);
    glob::encode_in_place({encoded, raw.size()});
    result.fixed = {encoded, raw.size()};
  }
  result.symbolic = symbol != 0;
  return result;
}

Filled fill(const Template& source, const Context& context, const Rules& rules, const Why& why, std::string& out) {
  out.clear();
  Filled filled = Filled::text;
  // `null` beats `unknown` beats `conditional`: it decides whatever the others are.
  const auto worsen = [&](Filled to) { filled = std::max(filled, to); };
  const auto anything = [&](Filled to, GapId gap) {
    if (to == Filled::unknown) why.unknown(gap);
    out += glob::anything;
    worsen(to);
  };
  for (const TemplatePiece& piece : source.pieces) {
    if (!piece.variable) {
      out += piece.text;
      continue;
    }
    const KeyValue& value = context.find(piece.hash, piece.text);
    switch (value.state) {
      case KeyState::known:
        if (value.values.size() == 1 && !piece.list) {
          out += value.values.front();
          break;
        }
        if (!value.values.empty()) {  // "You can't use a multivalued condition key as a variable"
          anything(Filled::unknown, rules.variable);
          break;
        }
        [[fallthrough]];
      case KeyState::absent:
        if (piece.has_default) {
          out += piece.fallback;
        } else {
          worsen(Filled::null);
        }
        break;
      case KeyState::open: anything(Filled::conditional, {}); break;
      case KeyState::unknown: anything(Filled::unknown, value.gap); break;
      case KeyState::addresses: anything(value.by_caller ? Filled::conditional : Filled::unknown, value.gap); break;
    }
  }
  return filled;
}

}  // namespace sallyport::iam
