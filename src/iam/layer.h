// Layer: one independent protection that a request must pass, by the words of
// DESIGN.md; Say: what one of them says.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sallyport::iam {

enum class Layer : std::uint8_t {
  endpoint_policy,
  identity_policy,
  resource_policy,
  scp,
  rcp,
  boundary,
  session_policy,
  s3_block_public_access,
};
inline constexpr std::size_t layer_count = 8;

// `none`: nothing in the layer matches, so it neither grants nor denies.
// `absent`: the layer does not apply to the request (no endpoint on the way, no
// boundary, an SCP for a service principal); answers leave it out.
enum class Say : std::uint8_t { absent, none, allow, deny, conditional, unknown };

const char* name(Layer layer);  // "endpoint-policy" ...
const char* name(Say say);      // "none", "allow" ...

}  // namespace sallyport::iam
