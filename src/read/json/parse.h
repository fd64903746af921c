// JSON text -> Tree.
//
// Idea: simdjson's first stage finds the structural characters and checks UTF-8
// at gigabytes a second; a loop of ours over that index builds the tree. So byte
// offsets come for free, several documents in one file are one loop more, and no
// number can refuse a file. Depth is bounded by a limit, not by the call stack.
//
// A byte order mark is skipped. Strict otherwise: RFC 8259, no comments, no
// trailing commas, no lone surrogates.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "read/json/known.h"
#include "read/json/tree.h"

namespace sallyport::read::json {

constexpr std::size_t nesting_limit = 512;
constexpr std::size_t size_limit = std::size_t{1} << 30;  // bytes of one document

// Keeps the working memory between documents: use one for many files. Not to be
// shared between threads.
class Parser {
 public:
  Parser();
  // Takes and gives back the memory of trees with others that have the same.
  explicit Parser(std::shared_ptr<Spare> spare);
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  // An empty string with room for so many bytes, if a tree that is gone had it: else
  // without. To be filled with a file's bytes and given to `parse`.
  std::string buffer(std::size_t bytes = 0);
  // The same, for who sets its size himself: what stands in it is left over, so that growing
  // it up to the size it had writes nothing.
  std::string left_over(std::size_t bytes);

  // The tree of `source`, whose places are in `document`. An empty or blank text
  // gives an empty tree, which is no error. Errors, with the place of the first
  // fault: not UTF-8, not JSON, nested deeper than `nesting_limit`, longer than
  // `size_limit`. Cost: about twice simdjson's own DOM parse.
  //
  // `sealed` names members of the root object: objects in their values, alone or in
  // lists, are not opened but become nodes of kind `sealed`, of which only the text
  // from brace to brace is known. For who has seen such texts before: it costs a
  // tenth. Their brackets are counted, no more; that they are JSON is not checked. Those
  // that are `known` besides are compared with their earlier text and cost nearly nothing.
  Result<Tree> parse(std::string source, DocumentId document = 0, std::span<const std::string_view> sealed = {},
                     const KnownObjects* known = nullptr);

 private:
  struct Working;
  std::unique_ptr<Working> working_;
};

// One document, without keeping working memory.
Result<Tree> parse(std::string source, DocumentId document = 0);

}  // namespace sallyport::read::json
