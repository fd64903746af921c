#include "library/solver/conditions.h"

#include <arpa/inet.h>

#include <array>
#include <nlohmann/json.hpp>

namespace sallyport::solver {

Three Conditions::hold(const Json& condition, bool variables) const {
  std::vector<Three> lines;
  for (const auto& [written, tests] : condition.items()) {
    for (const auto& [name, values] : tests.items()) {
      lines.push_back(test(read_operator(written), keys.of(name), texts_of(values), variables));
    }
  }
  return all(z, lines);
}

// A key that is there with an empty set: AWS says both that it exists and that it is null.
Three Conditions::null(const Key& key, const std::vector<std::string>& values) const {
  Three missing = Three::sure(!*key.present);
  if (key.set) missing = missing || open(z.bool_val(false), *key.present && !key.slots[0].in, "empty " + key.name);
  std::vector<Three> any_of;
  for (const std::string& value : values) any_of.push_back(lower_case(value) == "true" ? missing : !missing);
  return any(z, any_of);
}

Three Conditions::test(const Operator& op, const Key& key, const std::vector<std::string>& values,
                       bool variables) const {
  if (op.base == "null") return null(key, values);
  if (values.empty()) return open(z, "no values");
  std::vector<Three> each;
  for (const Slot& slot : key.slots) {
    std::vector<Three> list;
    for (const std::string& value : values) list.push_back(matches(op.base, slot, value, variables));
    const Three one = any(z, list);
    each.push_back(op.negated ? !one : one);
  }
  const bool without =
      op.if_exists || (op.quantifier == Quantifier::none && op.negated) || op.quantifier == Quantifier::all;
  if (!key.set) return either(*key.present, each[0], Three::sure(z, without));

  std::vector<Three> every, some;
  for (std::size_t i = 0; i < each.size(); ++i) {
    const Three in = Three::sure(key.slots[i].in);
    every.push_back(!in || each[i]);
    some.push_back(in && each[i]);
  }
  const Three in_all = all(z, every), in_some = any(z, some);
  Three present = op.quantifier == Quantifier::any ? in_some : in_all;
  if (op.quantifier == Quantifier::none) {
    // Several values and no quantifier: AWS does not say which of them count.
    const z3::expr reading = z.bool_const(("reading several " + key.name).c_str());
    const Three several = {in_all.low, in_some.high, in_all.chosen || (in_some.chosen && reading)};
    present = either(key.slots[0].in, several, Three::sure(z, op.negated));
  }
  return either(*key.present, present, Three::sure(z, without));
}

Three Conditions::matches(const std::string& base, const Slot& slot, const std::string& value, bool variables) const {
  if (base == "ipaddress") return address(slot, value);
  if (base.rfind("numeric", 0) == 0) {
    const std::optional<std::string> number = read_number(value);
    return compare(base.substr(7), slot, number ? std::optional(z.real_val(number->c_str())) : std::nullopt, value);
  }
  if (base.rfind("date", 0) == 0) {
    const std::optional<long long> date = read_date(value);
    return compare(base.substr(4), slot,
                   date ? std::optional(z.int_val(static_cast<std::int64_t>(*date))) : std::nullopt, value);
  }
  const z3::expr& text = *slot.text;
  const bool arn = base == "arnequals" || base == "arnlike", like = base == "stringlike";
  if (base == "bool") {
    if (value.find("${") != std::string::npos) throw Unsupported("a variable in Bool");
    return Three::sure(texts.string(text, read_pieces(value, false, false), true));
  }
  if (base == "binaryequals") return Three::sure(texts.string(text, read_pieces(value, false, false), false));
  if (!arn && !like && base != "stringequals" && base != "stringequalsignorecase") {
    throw Unsupported("operator `" + base + "`");
  }
  const Pieces pieces = read_pieces(value, variables, arn || like);
  if (arn) return texts.arn(text, pieces, value);
  if (!has_variable(pieces)) return Three::sure(texts.string(text, pieces, base == "stringequalsignorecase"));
  if (base == "stringequalsignorecase") throw Unsupported("a variable whose case is ignored");
  std::vector<z3::expr> filled;
  const z3::expr defined = values_of(pieces, filled);
  return Three::sure(defined && texts.matches_with_values(text, pieces, filled));
}

z3::expr Conditions::values_of(const Pieces& pieces, std::vector<z3::expr>& values) const {
  z3::expr defined = z.bool_val(true);
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::variable) continue;
    const Key& key = keys.of(piece.key);
    if (key.set || key.family != Family::text) throw Unsupported("a variable of a key with several values");
    const z3::expr& value = *key.slots[0].text;
    if (piece.has_fallback) {
      values.push_back(z3::ite(*key.present, value, texts.constant(piece.fallback)));
    } else {
      defined = defined && *key.present;
      values.push_back(value);
    }
  }
  return defined;
}

Three Conditions::resource(const z3::expr& resource, const std::string& written, bool variables) const {
  const std::size_t tail = after_fifth_colon(written);
  const Pieces pieces = read_pieces(written, variables, true, tail);
  if (!has_variable(pieces)) return texts.resource(resource, pieces, written);
  // Variables stand behind the fifth colon: what is before has a fixed length without wildcards.
  const Pieces head(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(tail));
  const Pieces rest(pieces.begin() + static_cast<std::ptrdiff_t>(tail), pieces.end());
  for (const Piece& piece : head) {
    if (piece.kind != Piece::Kind::letter) throw Unsupported("a wildcard before a variable's part of an ARN");
  }
  std::vector<z3::expr> filled;
  const z3::expr defined = values_of(pieces, filled);
  const z3::expr length = z.int_val(static_cast<std::int64_t>(tail));
  const z3::expr start = resource.extract(z.int_val(0), length),
                 end = resource.extract(length, resource.length() - length);
  return texts.resource(start, head, written) && Three::sure(defined && texts.matches_with_values(end, rest, filled));
}

Three Conditions::address(const Slot& slot, const std::string& block) const {
  const std::size_t slash = block.find('/');
  const std::string network = block.substr(0, slash);
  std::array<unsigned char, 16> bytes{};
  const bool v4 = inet_pton(AF_INET, network.c_str(), bytes.data()) == 1;
  if (!v4 && inet_pton(AF_INET6, network.c_str(), bytes.data()) != 1) return open(z, "address " + block);
  const unsigned bits = v4 ? 32 : 128;
  unsigned length = bits;
  if (slash != std::string::npos) {
    const std::string text = block.substr(slash + 1);
    if (text.empty() || text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos ||
        std::stoul(text) > bits) {
      return open(z, "address " + block);
    }
    length = static_cast<unsigned>(std::stoul(text));
  }
  const z3::expr family = v4 ? !*slot.is_v6 : *slot.is_v6;
  if (length == 0) return Three::sure(family);
  std::vector<char> wanted;  // lowest bit first
  std::array<bool, 128> values{};
  for (unsigned i = 0; i < length; ++i) {
    const unsigned from_left = length - 1 - i;
    values[i] = ((bytes[from_left / 8] >> (7 - from_left % 8)) & 1) != 0;
  }
  const z3::expr prefix = (v4 ? *slot.v4 : *slot.v6).extract(bits - 1, bits - length);
  return Three::sure(family && prefix == z.bv_val(length, values.data()));
}

Three Conditions::compare(const std::string& relation, const Slot& slot, const std::optional<z3::expr>& value,
                          const std::string& written) const {
  if (!value) return open(z, "value " + written);
  const z3::expr& number = *slot.number;
  if (relation == "equals") return Three::sure(number == *value);
  if (relation == "lessthan") return Three::sure(number < *value);
  if (relation == "lessthanequals") return Three::sure(number <= *value);
  if (relation == "greaterthan") return Three::sure(number > *value);
  if (relation == "greaterthanequals") return Three::sure(number >= *value);
  throw Unsupported("relation `" + relation + "`");
}

}  // namespace sallyport::solver
