// Arguments: what stands of one resource's attributes in three places: its value, the mark that it is known after
// apply, and the expression that gives it. All of them are taken in one pass, and each is found by one look-up: a
// route alone asks for twenty.
//
// One table serves for one resource after the other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/json/key_hash.h"
#include "read/json/key_numbers.h"
#include "read/json/tree.h"

namespace sallyport::read::terraform {

struct Argument {
  json::Node value;
  json::Node mark;        // in `after_unknown`
  json::Node expression;  // in `configuration`
};

class Arguments {
 public:
  // Takes those of a resource, instead of those of the one before. False, and there are none: the document's
  // keys have no numbers (it is small), or there are too many.
  bool take(json::Node values, json::Node marks, json::Node expressions) {
    numbers_ = values.key_numbers();
    if (numbers_ == nullptr || values.size() + marks.size() + expressions.size() > most) return false;
    if (++turn_ == 0) slots_ = {}, turn_ = 1;
    take_all(values, &Argument::value);
    take_all(marks, &Argument::mark);
    take_all(expressions, &Argument::expression);
    return true;
  }

  Argument of(std::string_view name) const {
    const std::uint32_t number = numbers_->find(name, json::key_hash(name));
    if (number == 0) return {};
    const Slot& slot = slots_[place_of(number)];
    return slot.turn == turn_ ? slot.argument : Argument{};
  }

 private:
  struct Slot {
    std::uint32_t turn = 0;
    std::uint32_t number = 0;
    Argument argument;
  };
  static constexpr std::size_t size = 512;
  static constexpr std::size_t most = 256;

  // Where the slot of that number is, or would be.
  std::size_t place_of(std::uint32_t number) const {
    std::size_t at = number % size;
    while (slots_[at].turn == turn_ && slots_[at].number != number) at = (at + 1) % size;
    return at;
  }

  // Of repeated keys the first counts.
  void take_all(json::Node object, json::Node Argument::* part) {
    for (const json::Member m : object.members()) {
      Slot& slot = slots_[place_of(m.key.key_number())];
      if (slot.turn != turn_) slot = {turn_, m.key.key_number(), {}};
      if (!(slot.argument.*part)) slot.argument.*part = m.value;
    }
  }

  std::array<Slot, size> slots_;
  std::uint32_t turn_ = 0;
  const json::KeyNumbers* numbers_ = nullptr;
};

}  // namespace sallyport::read::terraform
