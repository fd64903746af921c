// Structured mutation: a file that is JSON stays JSON. Members go, items come twice,
// values are taken from elsewhere in the input (ids that other objects name) or from what
// AWS answers hold at their edges (states, blocks, ports). Whatever is no JSON is left to
// libFuzzer, and so is one mutation of eight.
//
// Included by one source of a fuzzer: it defines libFuzzer's hooks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>

#include "files.h"
#include "read/json/parse.h"
#include "read/json/text.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace sallyport::fuzz {

// A JSON value that can be changed. Scalars are kept as written.
struct Value {
  read::json::Kind kind = read::json::Kind::null;
  std::string scalar;
  std::vector<Value> parts;        // of an array or object
  std::vector<std::string> names;  // of an object's members, in the order of `parts`
  bool is_object() const { return kind == read::json::Kind::object; }

  void add(Value part, std::string name = {}) {
    if (is_object()) names.push_back(std::move(name));
    parts.push_back(std::move(part));
  }
  void resize(std::size_t size) {
    parts.resize(size);
    if (is_object()) names.resize(size);
  }
};

inline Value value_of(read::json::Node node) {
  Value v;
  v.kind = node.kind();
  switch (v.kind) {
    case read::json::Kind::array:
      for (const read::json::Node item : node.items()) v.add(value_of(item));
      break;
    case read::json::Kind::object:
      for (const read::json::Member m : node.members()) v.add(value_of(m.value), std::string(m.name()));
      break;
    default: v.scalar = node.scalar();
  }
  return v;
}

inline void write(const Value& v, std::string& out) {
  switch (v.kind) {
    case read::json::Kind::array:
    case read::json::Kind::object: {
      const bool object = v.is_object();
      out += object ? '{' : '[';
      for (std::size_t i = 0; i < v.parts.size(); ++i) {
        if (i > 0) out += ',';
        if (object) read::json::append_string(v.names[i], out), out += ':';
        write(v.parts[i], out);
      }
      out += object ? '}' : ']';
      return;
    }
    case read::json::Kind::string: read::json::append_string(v.scalar, out); return;
    case read::json::Kind::number:
    case read::json::Kind::boolean: out += v.scalar; return;
    default: out += "null";
  }
}

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(std::string_view bytes) {
    std::vector<File> files = files_in(bytes);
    if (files.empty()) return std::string(bytes);
    if (one_of(12)) {
      change_files(files);
      return joined(files);
    }
    const Value donor = parsed(files[below(files.size())]).value_or(Value{});
    File& file = files[below(files.size())];
    auto value = parsed(file);
    if (!value) {
      file.text = bent(file.text);
      return joined(files);
    }
    for (std::size_t n = 1 + below(3); n > 0; --n) change(*value, donor);
    file.text.clear();
    write(*value, file.text);
    return joined(files);
  }

  std::string crossed(std::string_view one, std::string_view other) {
    std::vector<File> files = files_in(one);
    const std::vector<File> more = files_in(other);
    if (files.empty() || more.empty()) return std::string(one);
    const File& taken = more[below(more.size())];
    if (one_of(2)) {
      files[below(files.size())].text = taken.text;
    } else {
      files.push_back(taken);
    }
    return joined(files);
  }

  bool one_of(std::size_t n) { return below(n) == 0; }

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

  static std::optional<Value> parsed(const File& file) {
    const auto tree = read::json::parse(file.text);
    if (!tree || tree->roots().size() != 1 || tree->entries() > 50'000) return std::nullopt;
    return value_of(tree->root());
  }

  void change_files(std::vector<File>& files) {
    const std::size_t at = below(files.size());
    switch (below(4)) {
      case 0: files.erase(files.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 1: files.push_back(File(files[at])); break;
      case 2: std::swap(files[at].path, files[below(files.size())].path); break;
      default: files[at].path = bent(files[at].path);
    }
  }

  // By libFuzzer's own mutations.
  std::string bent(std::string text) {
    const std::size_t size = text.size();
    text.resize(size + 32);
    text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
    return text;
  }

  // All values below `v` by number, `v` the first; the containers they stand in beside.
  static void list(Value& v, Value* in, std::vector<std::pair<Value*, Value*>>& all) {
    all.emplace_back(&v, in);
    for (Value& part : v.parts) list(part, &v, all);
  }

  void change(Value& root, const Value& donor) {
    std::vector<std::pair<Value*, Value*>> all;
    list(root, nullptr, all);
    const auto [value, in] = all[below(all.size())];
    const std::size_t place = in == nullptr ? 0 : static_cast<std::size_t>(value - in->parts.data());
    const std::size_t what = below(10);
    if (what == 0 && in != nullptr) {
      in->parts.erase(in->parts.begin() + static_cast<std::ptrdiff_t>(place));
      if (in->is_object()) in->names.erase(in->names.begin() + static_cast<std::ptrdiff_t>(place));
    } else if (what == 1 && in != nullptr) {
      in->add(Value(*value), in->is_object() ? in->names[place] : "");
    } else if (what == 2 && value->parts.size() > 1) {
      std::swap(value->parts[below(value->parts.size())], value->parts[below(value->parts.size())]);
    } else if (what == 3 && !value->parts.empty()) {
      value->resize(below(value->parts.size()));
    } else if (what <= 6) {
      // Something of the same kind, from here or from another file.
      Value copy = donor;
      std::vector<std::pair<Value*, Value*>> others;
      list(one_of(2) ? root : copy, nullptr, others);
      std::erase_if(others, [&, v = value](const auto& o) { return o.first->kind != v->kind || o.first == v; });
      if (!others.empty()) {
        Value taken = *others[below(others.size())].first;
        *value = std::move(taken);
      }
    } else {
      scalar(*value);
    }
  }

  void scalar(Value& v) {
    using read::json::Kind;
    static const char* const texts[] = {"",
                                        "0.0.0.0/0",
                                        "::/0",
                                        "10.0.0.0/8",
                                        "10.0.0.0/33",
                                        "10.0.1.0/24",
                                        "169.254.169.254",
                                        "fd00:ec2::/32",
                                        "52.219.72.1",
                                        "255.255.255.255/32",
                                        "64:ff9b::/96",
                                        "local",
                                        "available",
                                        "pending",
                                        "deleted",
                                        "active",
                                        "blackhole",
                                        "running",
                                        "terminated",
                                        "in-use",
                                        "Gateway",
                                        "Interface",
                                        "Resource",
                                        "ServiceNetwork",
                                        "GatewayLoadBalancer",
                                        "tcp",
                                        "-1",
                                        "6",
                                        "17",
                                        "1",
                                        "58",
                                        "icmp",
                                        "*",
                                        "vpc-1",
                                        "igw-0",
                                        "nat-0",
                                        "tgw-0",
                                        "eni-0",
                                        "VpcLattice",
                                        "com.amazonaws.eu-central-1.s3",
                                        "s3.eu-central-1.amazonaws.com",
                                        ".",
                                        "*.",
                                        "AmazonProvidedDNS",
                                        "enable",
                                        "disable",
                                        "block-bidirectional",
                                        "block-ingress",
                                        "ALL",
                                        "111122223333",
                                        "arn:aws:s3:::b",
                                        "arn:aws:iam::111122223333:role/r",
                                        "arn:aws:lambda:eu-central-1:111122223333:function:f"};
    static const char* const numbers[] = {
        "0",     "-1", "1", "6", "17", "443", "65535", "65536", "32767", "4294967296", "-9223372036854775809",
        "1e400", "0.5"};
    switch (v.kind) {
      case Kind::boolean: v.scalar = v.scalar == "true" ? "false" : "true"; return;
      case Kind::number: v.scalar = numbers[below(std::size(numbers))]; return;
      case Kind::string:
        if (one_of(4)) {
          // The next address, block or id.
          for (auto c = v.scalar.rbegin(); c != v.scalar.rend(); ++c) {
            if (*c >= '0' && *c < '9') {
              ++*c;
              return;
            }
          }
        }
        v.scalar = texts[below(std::size(texts))];
        return;
      default:
        v = Value{};
        if (one_of(2)) v.kind = Kind::string;
        if (one_of(4)) v.kind = Kind::object;
        if (one_of(4)) v.kind = Kind::array;
    }
  }

  std::minstd_rand random_;
};

inline std::size_t put(const std::string& bytes, std::uint8_t* data, std::size_t max_size) {
  const std::size_t size = std::min(bytes.size(), max_size);
  if (size > 0) std::memcpy(data, bytes.data(), size);
  return size;
}

}  // namespace sallyport::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  sallyport::fuzz::Mutator mutator(seed);
  if (size == 0 || mutator.one_of(8)) return LLVMFuzzerMutate(data, size, max_size);
  return sallyport::fuzz::put(mutator.mutate({reinterpret_cast<const char*>(data), size}), data, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size, std::uint8_t* out,
                                                 std::size_t max_size, unsigned seed) {
  sallyport::fuzz::Mutator mutator(seed);
  return sallyport::fuzz::put(mutator.crossed({reinterpret_cast<const char*>(one), one_size},
                                              {reinterpret_cast<const char*>(other), other_size}),
                              out, max_size);
}
