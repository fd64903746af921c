#include "show/table.h"

#include <algorithm>
#include <cctype>

#include "base/result.h"
#include "show/text.h"

namespace sallyport::show {

void Table::row(std::vector<Cell> cells) {
  SP_ASSERT(cells.size() == header_.size());
  rows_.push_back(std::move(cells));
}

void Table::print(std::string& out, const Style& style, std::size_t indent) const {
  std::vector<std::size_t> widths;
  for (const std::string& title : header_) widths.push_back(columns(title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i].text));
  }
  const auto line = [&](const std::vector<Cell>& cells) {
    std::size_t used = cells.size();
    while (used > 0 && cells[used - 1].text.empty()) --used;
    out.append(used > 0 ? indent : 0, ' ');
    for (std::size_t i = 0; i < used; ++i) {
      out += style.paint(cells[i].ink, cells[i].text);
      if (i + 1 < used) out.append(widths[i] - columns(cells[i].text) + 2, ' ');
    }
    out += '\n';
  };
  if (std::any_of(header_.begin(), header_.end(), [](const std::string& t) { return !t.empty(); })) {
    std::vector<Cell> titles;
    for (const std::string& title : header_) titles.emplace_back(title, Ink::dim);
    line(titles);
  }
  for (const auto& row : rows_) line(row);
}

std::string markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' || c == '<' || c == '>') {
      out += '\\';
    }
    out += c;
  }
  return out;
}

void Table::print_markdown(std::string& out) const {
  // `VERDICT` -> `Verdict`: capitals are for terminals.
  out += '|';
  for (std::string title : header_) {
    for (std::size_t i = 1; i < title.size(); ++i) {
      title[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(title[i])));
    }
    out += ' ' + title + " |";
  }
  out += "\n|";
  for (std::size_t i = 0; i < header_.size(); ++i) out += "---|";
  out += '\n';
  for (const auto& row : rows_) {
    out += '|';
    for (const Cell& cell : row) out += ' ' + markdown(cell.text) + " |";
    out += '\n';
  }
}

}  // namespace sallyport::show
