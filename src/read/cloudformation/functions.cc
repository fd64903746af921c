// Functions that work on evaluated arguments: Join, Split, Select, Cidr, Base64, GetAZs.
#include <charconv>
#include <optional>

#include "base/ip.h"
#include "facts/regions.h"
#include "read/cloudformation/evaluate.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr std::size_t zones_of_a_region = 6;  // no Region has more

std::optional<std::uint64_t> number(const Work& work, const Item& item) {
  if (!item.is(Item::Kind::text)) return std::nullopt;
  const std::string_view text = work.registry.view(item.text);
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

// Why an argument is not known; 0: it is.
GapId doubt(Work& work, const Item& item) {
  if (item.is(Item::Kind::unknown)) return item.gap;
  if (item.is(Item::Kind::text) && work.registry.texts.has_symbol(item.text)) {
    return once_made(work,
                     "`" + show_symbols(work.registry.view(item.text)) + "` is not known before the stack is made",
                     item.origin);
  }
  return {};
}

// Do all symbols in a text stand for ids, names and account numbers that AWS chooses? A
// parameter may hold any characters, those not.
bool only_plain_symbols(std::string_view text) {
  for (std::size_t open = text.find('\xFF'); open != std::string_view::npos; open = text.find('\xFF', open + 1)) {
    const std::size_t close = text.find('\xFE', open);
    const bool any = close + 2 < text.size() && text.substr(close + 1, 2) == "\xFF\xFE";
    if (any && text.substr(open + 1, close - open - 1) != "account" &&
        text.substr(open + 1, close - open - 1) != "region") {
      return false;
    }
    if (close == std::string_view::npos) return false;
    open = any ? close + 2 : close;
  }
  return true;
}

}  // namespace

Item join(Work& work, const Item& arguments, Origin origin) {
  if (arguments.is(Item::Kind::unknown)) return arguments;
  if (arguments.items.size() != 2) return bad_call(work, "`Join` needs a delimiter and a list", origin);
  const Item& delimiter = arguments.items[0];
  const Item& list = arguments.items[1];
  if (delimiter.is(Item::Kind::unknown)) return delimiter;
  if (list.is(Item::Kind::unknown)) return list;
  if (list.is(Item::Kind::text)) {  // a list that is not told
    return work.registry.texts.has_symbol(list.text)
               ? text_item(any_text(work, "joined " + show_symbols(work.registry.view(list.text))), origin)
               : list;
  }
  if (list.gap) return unknown_item(list.gap, origin);
  std::string out;
  bool first = true;
  for (const Item& part : list.items) {
    if (part.is(Item::Kind::unknown)) return part;
    if (!part.is(Item::Kind::text)) return bad_call(work, "`Join` of what is no text", origin);
    if (!first) out += work.registry.view(delimiter.text);
    first = false;
    out += work.registry.view(part.text);
    if (out.size() > text_limit) return bad_call(work, "a text grows too long", origin);
  }
  work.steps += out.size() / 64;
  return text_item(work.text(out), origin);
}

bool split_text(const Work& work, Text whole, std::string_view delimiter, std::vector<std::string>& parts) {
  const std::string_view text = work.registry.view(whole);
  const bool has_symbol = work.registry.texts.has_symbol(whole);
  const bool plain = delimiter == ":" || delimiter == "/" || delimiter == "," || delimiter == "|";
  if (has_symbol && !(plain && only_plain_symbols(text))) return false;
  std::string part;
  bool in_symbol = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\xFF') in_symbol = true;
    if (text[i] == '\xFE') in_symbol = false;
    if (!in_symbol && !delimiter.empty() && text.substr(i).starts_with(delimiter)) {
      parts.push_back(std::move(part));
      part.clear();
      i += delimiter.size();
    } else {
      part += text[i++];
    }
  }
  parts.push_back(std::move(part));
  return true;
}

Item split(Work& work, const Item& arguments, Origin origin) {
  if (arguments.is(Item::Kind::unknown)) return arguments;
  if (arguments.items.size() != 2) return bad_call(work, "`Split` needs a delimiter and a text", origin);
  const Item& text = arguments.items[1];
  if (text.is(Item::Kind::unknown)) return text;
  if (!text.is(Item::Kind::text)) return bad_call(work, "`Split` of what is no text", origin);
  std::vector<std::string> parts;
  if (!split_text(work, text.text, work.registry.view(arguments.items[0].text), parts)) {
    return unknown_item(doubt(work, text), origin);
  }
  Item list;
  list.kind = Item::Kind::list;
  list.origin = origin;
  work.steps += parts.size();
  if (work.steps > work.step_limit) return bad_call(work, "the template is too large to evaluate", origin);
  for (const std::string& part : parts) list.items.push_back(text_item(work.text(part), origin));
  return list;
}

Item select(Work& work, const Item& arguments, Origin origin) {
  if (arguments.is(Item::Kind::unknown)) return arguments;
  if (arguments.items.size() != 2) return bad_call(work, "`Select` needs a number and a list", origin);
  const Item& list = arguments.items[1];
  if (list.is(Item::Kind::unknown)) return list;
  if (const GapId gap = doubt(work, arguments.items[0])) return unknown_item(gap, origin);
  const auto n = number(work, arguments.items[0]);
  if (!n) return bad_call(work, "`Select` needs a number", origin);
  if (list.is(Item::Kind::text)) {
    if (work.registry.texts.has_symbol(list.text)) {
      return text_item(
          any_text(work, "part " + std::to_string(*n) + " of " + show_symbols(work.registry.view(list.text))), origin);
    }
    if (*n == 0) return text_item(list.text, origin);
  }
  for (std::size_t i = 0; i < list.items.size() && i <= *n; ++i) {
    // An entry that may be left out moves those behind it.
    if (list.items[i].is(Item::Kind::unknown)) return list.items[i];
    if (i == *n) return list.items[i];
  }
  if (list.gap) return unknown_item(list.gap, origin);
  return bad_call(work, "`Select` asks for an entry that the list does not have", origin);
}

// `!Cidr [block, count, host bits]`: that many blocks, one after the other.
Item cidr(Work& work, const Item& arguments, Origin origin) {
  if (arguments.is(Item::Kind::unknown)) return arguments;
  if (arguments.items.size() < 2) return bad_call(work, "`Cidr` needs a block and a number", origin);
  for (const Item& argument : arguments.items) {
    if (const GapId gap = doubt(work, argument)) return unknown_item(gap, origin);
  }
  if (!arguments.items[0].is(Item::Kind::text)) return bad_call(work, "`Cidr` needs a block", origin);
  const Result<Prefix> block = parse_prefix(work.registry.view(arguments.items[0].text));
  const auto count = number(work, arguments.items[1]);
  const auto bits = arguments.items.size() > 2 ? number(work, arguments.items[2]) : std::optional<std::uint64_t>(8);
  if (!block || !count || !bits || *count > 256 || *bits > width(block->family())) {
    return bad_call(work, "`Cidr` is not understood", origin);
  }
  const unsigned length = width(block->family()) - static_cast<unsigned>(*bits);
  if (length < block->length)
    return bad_call(work, "`Cidr` asks for blocks larger than the one they are cut from", origin);
  Item list;
  list.kind = Item::Kind::list;
  list.origin = origin;
  Prefix next_block = prefix(block->base, length);
  for (std::uint64_t i = 0; i < *count; ++i) {
    if (!block->contains(next_block)) return bad_call(work, "`Cidr` asks for more blocks than there are", origin);
    list.items.push_back(text_item(work.text(to_string(next_block)), origin));
    if (next_block.last() == highest(block->family())) break;
    next_block = prefix(next(next_block.last()), length);
  }
  return list;
}

Item base64(Work& work, const Item& argument, Origin origin) {
  if (argument.is(Item::Kind::unknown)) return argument;
  if (!argument.is(Item::Kind::text)) return bad_call(work, "`Base64` of what is no text", origin);
  if (work.registry.texts.has_symbol(argument.text)) {
    return text_item(any_text(work, "base64 at byte " + std::to_string(origin.offset)), origin);
  }
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string_view in = work.registry.view(argument.text);
  std::string out;
  for (std::size_t i = 0; i < in.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8U | (i + k < in.size() ? static_cast<unsigned char>(in[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > in.size() ? '=' : digits[group >> (18U - 6U * k) & 63U];
  }
  return text_item(work.text(out), origin);
}

// Which zones an account has in a Region is not documented: each is a name that exists,
// and the same number is the same zone.
Item zones_of(Work& work, const Item& region, Origin origin) {
  if (region.is(Item::Kind::unknown)) return region;
  if (!region.is(Item::Kind::text)) return bad_call(work, "`GetAZs` needs a Region", origin);
  Item list;
  list.kind = Item::Kind::list;
  list.origin = origin;
  list.gap = once_made(work, "which zones a Region has for an account is not in the template", origin);
  for (std::size_t i = 0; i < zones_of_a_region; ++i) {
    list.items.push_back(text_item(
        any_text(work, "zone " + std::to_string(i) + " of " + show_symbols(work.registry.view(region.text))), origin));
  }
  return list;
}

}  // namespace sallyport::read::cloudformation
