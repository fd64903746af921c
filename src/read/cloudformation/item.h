// Item: a value of a template after its functions were evaluated, three-valued.
//
//   {"Fn::Join": ["", ["com.amazonaws.", {"Ref": "AWS::Region"}, ".s3"]]}
//     -> text `com.amazonaws.eu-central-1.s3`
//
// A text may hold symbols (base/text.h): ids that AWS chooses when the stack is made are
// equal to themselves only, what exists and is not told (a parameter without value) may
// be anything. What is not even known to be a text is `unknown`.
//
// Owned: an item holds its parts. Texts live in the registry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/gap.h"
#include "base/origin.h"
#include "base/text.h"
#include "base/truth.h"
#include "read/json/tree.h"

namespace sallyport::read::cloudformation {

using json::Node;

struct Item {
  enum class Kind : std::uint8_t { nothing, text, list, object, unknown };

  Kind kind = Kind::nothing;            // `nothing`: absent, null, or AWS::NoValue
  json::Kind was = json::Kind::string;  // of a text: a number or boolean as written
  Text text;                            // of a text
  GapId gap;                            // unknown: why. Of a list or object: more may be in it
  Origin origin;                        // where it stands in the template
  std::vector<Item> items;              // of a list; of an object the members' values
  std::vector<std::string> names;       // of an object

  bool nothing() const { return kind == Kind::nothing; }
  bool is(Kind k) const { return kind == k; }
  // The member of that name; an item that is `nothing` if there is none.
  const Item& operator[](std::string_view name) const;
};

Item text_item(Text text, Origin origin);
Item unknown_item(GapId gap, Origin origin);

// Does the text hold something that exists, or will, and is not told (a parameter without value)?
bool is_untold(const TextPool& texts, Text text);

// Are both the same value, whatever becomes of symbols and of what is not known?
Truth same(const Item& a, const Item& b, const TextPool& texts);

// The item as JSON. False: a part of it is not known, `gap` says why. Symbols stand in
// the text as they are. Cost: linear.
bool to_json(const Item& item, const TextPool& texts, std::string& out, GapId& gap);

}  // namespace sallyport::read::cloudformation
