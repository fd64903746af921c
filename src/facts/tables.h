// Tables: the facts as the generator lays them out (scripts/facts/embed.cc turns
// data/*.tsv into one source file of constants when the program is built).
//
// For the files of this folder only; everyone else uses the other headers. Large
// tables hold offsets instead of pointers, so that loading the program relocates
// nothing; `text` is the one pool of their strings, without terminators.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "facts/actions.h"
#include "facts/endpoints.h"
#include "facts/keys.h"
#include "facts/names.h"
#include "facts/regions.h"
#include "facts/services.h"

namespace sallyport::facts::tables {

// A string of `text`.
struct Slice {
  std::uint32_t at;
  std::uint32_t size;
};

extern const char text[];
inline std::string_view view(Slice s) { return {text + s.at, s.size}; }

extern const std::span<const Partition> partitions;  // by name
extern const std::span<const Region> regions;        // by name
extern const std::span<const Service> services;      // by name

// A lower-case name and the number of what it names. Sorted by name; only the best
// service is kept for a name of several.
struct Alias {
  Slice name;
  std::uint32_t number;
};
extern const std::span<const Alias> service_names;    // every name -> services
extern const std::span<const Alias> iam_services;     // IAM prefix -> services, all of them
extern const std::span<const Alias> action_services;  // `dynamodb:getrecords` -> services with such an operation

// One name template of a service. `partitions`: bit i = partition i.
struct HostRow {
  Slice name;     // `*.s3.{region}.{dns}`
  Slice regions;  // empty = all, `a,b` = these, `!a,b` = all but these
  std::uint16_t service;
  std::uint16_t partitions;
  NameKind kind;
  NameUse use;
};
extern const std::span<const HostRow> hosts;          // by service
extern const std::span<const std::uint32_t> by_host;  // rows of `hosts`, by name template

struct EndpointRow {
  Slice name;             // `com.amazonaws.{region}.lambda`
  Slice regions;          // empty = wherever offered, else only in these
  std::uint16_t service;  // `no_service` = not known
  std::uint16_t port;
  EndpointKind kind;
};
inline constexpr std::uint16_t no_service = 0xFFFF;
extern const std::span<const EndpointRow> endpoints;  // by name, then kind

struct PrivateNameRow {
  Slice service;  // `com.amazonaws.{region}.lambda`
  Slice name;     // empty: the service has no private DNS
  Slice source;
  std::uint16_t partitions;
  Basis basis;
  bool complete;
};
extern const std::span<const PrivateNameRow> private_names;  // by service, then name

struct PolicyRow {
  Slice service;
  EndpointKind kind;
  bool supported;
};
extern const std::span<const PolicyRow> policies;  // by service

extern const std::span<const EndpointOptions> article;

// IAM. `first_*` index the rows of the prefix; the next prefix's are the end (the
// last row is a sentinel without a name).
struct PrefixRow {
  Slice name;
  std::uint32_t first_action;
  std::uint32_t first_resource;
  std::uint32_t keys_at, keys_size;  // in `numbers`, sorted by lower-case name
};
struct ActionRow {
  Slice name;
  std::uint32_t resources_at;  // in `numbers`: resource << 1 | required
  std::uint32_t keys_at;       // in `numbers`
  std::uint16_t resources_size;
  std::uint16_t keys_size;
  std::uint16_t prefix;
  AccessLevel access;
};
struct ResourceRow {
  Slice name;
  Slice arn;
  std::uint32_t keys_at;
  std::uint16_t keys_size;
  std::uint16_t prefix;
};
struct KeyRow {
  Slice name;
  KeyType type;
  bool multivalued;
};
extern const std::span<const PrefixRow> prefixes;     // by name
extern const std::span<const ActionRow> actions;      // by prefix, then lower-case name
extern const std::span<const ResourceRow> resources;  // by prefix, then lower-case name
extern const std::span<const KeyRow> keys;
extern const std::span<const std::uint32_t> numbers;

extern const std::span<const GlobalKey> global_keys;          // by lower-case name
extern const std::span<const std::string_view> rcp_prefixes;  // sorted

// A key that only some services' requests carry through an endpoint.
struct EndpointKeyRow {
  Slice key;      // lower case
  Slice service;  // IAM prefix, `*` = all, or an action that differs from its service
  bool present;
};
extern const std::span<const EndpointKeyRow> endpoint_keys;  // by key, then service

}  // namespace sallyport::facts::tables
