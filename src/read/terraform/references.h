// References: which attributes of which resources an expression of the configuration
// can take its value from.
//
// Terraform shows what an expression mentions, not the expression: `[a, b]`,
// `c ? a : b` and `concat(a, b)` look alike. So the answer is a set of sources and
// what stands in the way of reading it as one value; whoever uses it takes it as exact
// only where one reading is left (attributes.h).
//
// Followed are module arguments, outputs and `for_each`. Local values are not shown: for one
// everything stands that its module could make it of. Hostile configurations (loops, depth) end in `opaque`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "read/terraform/document.h"

namespace sallyport::read::terraform {

// A part of a resource that an expression mentions.
struct Source {
  const Resource* resource = nullptr;
  std::string_view attribute;  // `id`; empty: the resource as a whole (`aws_subnet.a[*].id` looks so)
  friend bool operator==(const Source&, const Source&) = default;
};

struct Sources {
  std::vector<Source> list;  // distinct, in order of mention
  bool opaque = false;       // a local value or something that is not in the plan takes part
  bool selects = false;      // something known takes part: it may choose among the rest
  bool several = false;      // a block with several instances was mentioned as a whole
  // A local value takes part. Terraform does not show it, but it is made of what stands in its
  // module: so `list` holds all of that, not only what is mentioned.
  bool by_scope = false;
};

// What `expression` mentions, seen from `resource`'s module (and its `for_each`).
// Cost: linear in what is mentioned, bounded.
Sources sources_of(const Document& document, const Resource& resource, Node expression);

// The same where the expression mentions one attribute of one resource, and nothing else takes part: as nearly
// all do (`aws_vpc.main.id`). Nothing for all others. Cost: that of a hash.
std::optional<Source> plain_source_of(const Document& document, const Resource& resource, Node expression);

// The value of an expression that is a constant or a variable of the root module,
// seen from `module`; none for all else.
Node constant_of(const Document& document, std::string_view module, Node expression);

}  // namespace sallyport::read::terraform
