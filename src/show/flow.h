// Flows as JSON and as text: the entries of `paths`, the one of `reach`, and the
// path inside the answer of `can`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "net/answer.h"
#include "show/page.h"

namespace sallyport::show {

// A member of a class of workloads.
struct Member {
  std::string id;
  std::string name;
};

// One answered flow. The answer must outlive it.
struct Flow {
  net::Label from;  // of a class: its first member
  net::Label to;
  std::int16_t protocol = tcp;
  std::uint16_t port = 443;
  const net::Answer* answer = nullptr;
  std::vector<Member> members;  // all that stand behind `from`; fewer than two: just `from`
  std::size_t weight() const { return members.size() < 2 ? 1 : members.size(); }
};

// The words of `may`, in the order private, public, blocked.
std::vector<std::string> may_words(const net::Answer& answer);

// The object that DESIGN calls a flow.
void flow_json(JsonWriter& json, Page& page, const Flow& flow);

// What follows the verdict on one line: the door of what gets through, the reason
// of what is blocked, what an unknown one may be.
std::string door_or_reason(Page& page, const net::Answer& answer);

// "lf6c -> s3delta (bucket), tcp 443", the verdict, the hops with their places, and
// what settles it.
void print_flow(std::string& out, Page& page, const Flow& flow);

// The hops alone, each indented by `indent`.
void print_hops(std::string& out, Page& page, const std::vector<net::Hop>& hops, std::size_t indent);

}  // namespace sallyport::show
