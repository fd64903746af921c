// Table: rows whose columns line up in a terminal, or a Markdown table.
//
//   Table table({"FROM", "TO", "VERDICT"});
//   table.row({{"alpha5"}, {"s3delta"}, {"private", Ink::green}});
#pragma once

#include <string>
#include <vector>

#include "show/style.h"

namespace sallyport::show {

struct Cell {
  Cell(std::string t, Ink i = Ink::plain) : text(std::move(t)), ink(i) {}
  Cell(const char* t, Ink i = Ink::plain) : text(t), ink(i) {}
  std::string text;  // clean()
  Ink ink = Ink::plain;
};

class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

  // As many cells as the header has.
  void row(std::vector<Cell> cells);
  bool empty() const { return rows_.empty(); }

  // Two blanks between columns, none at the end of a line; no header where it is all empty.
  void print(std::string& out, const Style& style, std::size_t indent = 0) const;
  void print_markdown(std::string& out) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<Cell>> rows_;
};

// The text with the characters escaped that Markdown would read.
std::string markdown(std::string_view text);

}  // namespace sallyport::show
