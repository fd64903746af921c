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
  // Takes those of a resource, instead of those of the one before; all of one document. False, and there are none: the
  // document's keys have no numbers (it is small), or there are too many.
  bool take(json::Node values, json::Node marks, json::Node expressions) {
    numbers_ = values.key_numbers();
    if (numbers_ == nullptr || values.size() + marks.size() + expressions.size() > most) return false;
    if (++turn_ == 0) slots_ = {}, turn_ = 1;
    document_ = values;
    take_all(values, &Slot::value);
    take_all(marks, &Slot::mark);
    take_all(expressions, &Slot::expression);
    return true;
  }

  Argument of(std::string_view name) const {
    const std::uint32_t number = numbers_->find(name, json::key_hash(name));
    if (number == 0) return {};
    const Slot& slot = slots_[place_of(number)];
    if (slot.turn != turn_) return {};
    return {document_.at_place(slot.value), document_.at_place(slot.mark), document_.at_place(slot.expression)};
  }

 private:
  // Sixteen bytes, so that the table stays near the processor. Nodes by their places.
  struct Slot {
    std::uint16_t turn = 0;
    std::uint16_t number = 0;
    std::uint32_t value = 0, mark = 0, expression = 0;
  };
  static_assert(json::KeyNumbers::at_most <= 0xFFFF);
  static constexpr std::size_t size = 512;
  static constexpr std::size_t most = 256;

  // Where the slot of that number is, or would be.
  std::size_t place_of(std::uint32_t number) const {
    std::size_t at = number % size;
    while (slots_[at].turn == turn_ && slots_[at].number != number) at = (at + 1) % size;
    return at;
  }

  // Of repeated keys the first counts.
  void take_all(json::Node object, std::uint32_t Slot::* part) {
    for (const json::Member m : object.members()) {
      const std::uint32_t number = m.key.key_number();
      Slot& slot = slots_[place_of(number)];
      if (slot.turn != turn_) slot = {turn_, static_cast<std::uint16_t>(number), 0, 0, 0};
      if (slot.*part == 0) slot.*part = m.value.place();
    }
  }

  std::array<Slot, size> slots_;
  std::uint16_t turn_ = 0;
  json::Node document_;  // a value of it
  const json::KeyNumbers* numbers_ = nullptr;
};

}  // namespace sallyport::read::terraform
