#include "library/solver/witness.h"

#include <arpa/inet.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace sallyport::solver {

namespace {

class Reader {
 public:
  Reader(const Asked& asked, char free_letter) : values_(asked.values), free_letter_(free_letter) {}

  // What the formula does not mention may be anything: false, 0, the empty text.
  std::string raw(const z3::expr& constant) const {
    const auto found = values_.find(constant.decl().name().str());
    return found == values_.end() ? "" : found->second;
  }
  bool truth(const z3::expr& constant) const { return raw(constant) == "true"; }
  int number(const z3::expr& constant) const { return std::atoi(raw(constant).c_str()); }

  std::string text(const z3::expr& constant) const {
    std::string text = raw(constant);
    for (char& c : text) c = c == '\x01' ? free_letter_ : c;
    return text;
  }

  std::optional<std::string> value(const Slot& slot) const {
    if (slot.text) return text(*slot.text);
    if (slot.number) return decimal(raw(*slot.number));
    const bool v6 = truth(*slot.is_v6);
    return address(raw(v6 ? *slot.v6 : *slot.v4), v6);
  }

 private:
  // `7.5` of `15/2`, `(/ 15 2)` or `7.5`.
  static std::optional<std::string> decimal(const std::string& number) {
    const std::size_t slash = number.find('/');
    if (number.empty()) return "0";
    if (slash == std::string::npos) return number;
    const long long above = std::atoll(number.c_str()), below = std::atoll(number.c_str() + slash + 1);
    long long scale = 1;
    std::string digits;
    while (below != 0 && scale % below != 0 && digits.size() < 12) scale *= 10, digits += '0';
    if (below == 0 || scale % below != 0) return std::nullopt;
    const long long scaled = std::llabs(above) * (scale / below);
    const std::string fraction = std::to_string(scaled % scale);
    return (above < 0 ? "-" : "") + std::to_string(scaled / scale) + "." +
           std::string(digits.size() - fraction.size(), '0') + fraction;
  }

  static std::string address(const std::string& bits, bool v6) {
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bits.size(); ++i) {
      if (bits[i] == '1') bytes[i / 8] = static_cast<unsigned char>(bytes[i / 8] | (0x80U >> (i % 8)));
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(v6 ? AF_INET6 : AF_INET, bytes.data(), text.data(), text.size());
    return text.data();
  }

  const std::map<std::string, std::string>& values_;
  char free_letter_;
};

}  // namespace

char letter_of_neither(const Json& older, const Json& newer) {
  const std::string written = lower_case(older.dump() + newer.dump());
  for (const char c : std::string("qzxjkvwy!#%&~=+;<>|^")) {
    if (written.find(c) == std::string::npos) return c;
  }
  return '\x02';
}

std::optional<Request> witness(const Asked& asked, const Variables& variables) {
  const Reader read(asked, variables.free_letter);
  std::string name = read.text(variables.actions.name());
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? variables.free_letter : c;
  Request request{variables.principals.caller(read.number(variables.principals.who())).name,
                  variables.actions.prefix_text(read.number(variables.actions.prefix())) + ":" + name,
                  read.text(variables.resource),
                  {}};
  for (const auto& [key_name, key] : variables.keys.all()) {
    if (!read.truth(*key.present)) continue;
    std::vector<std::string> values;
    for (const Slot& slot : key.slots) {
      if (!read.truth(slot.in)) continue;
      const std::optional<std::string> value = read.value(slot);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    request.context.emplace_back(key_name, values);
  }
  return request;
}

}  // namespace sallyport::solver
