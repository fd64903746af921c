// KnownObjects: objects by their text, so that a parser which meets one again passes over
// it at once (Parser::parse).
//
// No object's text begins with another's. So where the bytes from some brace on are those
// of a known object, that is the object: its end need not be looked for, and of its inside
// nothing is looked at.
//
//   known.add(node.sealed_text(), node.sealed_structure(), 7);   // of an earlier tree
//   node.known()                                                 // 7, in a later one
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sallyport::read::json {

class KnownObjects {
 public:
  struct Object {
    std::string_view text;
    std::uint32_t structure = 0;  // structural characters, as the parser's first stage counts them
    std::uint32_t number = 0;
  };

  // `text` must stay where it is. Short objects are not worth it; nor are those that begin
  // as many others do: nobody is told, they are read as ever.
  void add(std::string_view text, std::uint32_t structure, std::uint32_t number);

  // The object with which `rest` begins; nullptr: none that is known.
  const Object* find(std::string_view rest) const;

 private:
  static constexpr std::size_t head_size = 128;  // bytes by which objects are looked up
  static constexpr std::size_t alike_at_most = 16;

  static std::uint64_t head_of(std::string_view text);

  std::unordered_map<std::uint64_t, std::vector<Object>> by_head_;
};

}  // namespace sallyport::read::json
