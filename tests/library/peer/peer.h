// Peer: the simulator under tests/peer, as a process that answers line by line.
//
// It is a development tool that is not part of the checkout: where node or the
// package is missing, `missing` says so and whoever wants it is skipped.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace sallyport::peer {

// Empty: it can be run. Else what is missing, and how to get it.
std::string missing();

// The program `node` by its path; empty: there is none.
std::string node();

// Starts the peer, writes what `next` gives (lines of `authorize` without newline; an
// empty one ends) and hands each line that it prints to `take`, in the same order.
// `next` runs in a thread of its own. `options` are those of tests/peer/decide.mjs; without
// them its core engine gives an answer a line. False: it could not be run, or broke off.
bool ask(const std::function<std::string()>& next, const std::function<void(const std::string&)>& take,
         const std::vector<std::string>& options = {});

}  // namespace sallyport::peer
