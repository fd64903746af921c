// Where an engine's answer and the judge's verdict part.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "library/net/snapshot.h"
#include "net_judge/ask.h"

namespace sallyport::net_judge {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

enum class Parting {
  none,
  weaker,  // unknown, and the truth is among what it may be
  wrong,   // another claim, another door, or the truth is excluded
};

struct Finding {
  Parting parting = Parting::none;
  std::string how;
};

// `truth` is the verdict of the full cloud; never called for unsettled ones.
inline Finding compare(const naive::Judgement& truth, const net::Answer& answer) {
  using net::Verdict;
  const std::string claim = net::name(answer.verdict);
  if (answer.verdict == Verdict::unknown) {
    if (truth.verdict == Verdict::unknown) return {};
    if (!answer.may.has(truth.verdict)) return {Parting::wrong, "may not be " + std::string(net::name(truth.verdict))};
    return {Parting::weaker, "unknown"};
  }
  if (answer.verdict != truth.verdict) return {Parting::wrong, claim};
  if (answer.verdict == Verdict::blocked) return {};
  const net::Door door = net::naming_door(answer.doors);
  if (answer.door != door) return {Parting::wrong, "`door` is not the naming door of `doors`"};
  if (std::find(truth.doors.begin(), truth.doors.end(), door) == truth.doors.end())
    return {Parting::wrong, claim + " through " + net::name(door.kind)};
  return {};
}

// The verdict is right, and the true door is one of those that the answer gives as
// possible: which one it is may be up to chance (RT-9), or be what is missing.
inline bool other_door_only(const naive::Judgement& truth, const net::Answer& answer) {
  return answer.verdict == truth.verdict &&
         std::any_of(answer.passages.begin(), answer.passages.end(), [&](const net::Passage& p) {
           return std::find(truth.doors.begin(), truth.doors.end(), p.door) != truth.doors.end();
         });
}

inline std::string report(const Cloud& cloud, const std::string& seed, const naive::Question& q,
                          const naive::Judgement& truth, const net::Answer& answer, const Finding& finding) {
  std::string text = seed + ": " + generate::describe(cloud, q) + "\n  judge: " + net::name(truth.verdict);
  for (const net::Door& d : truth.doors)
    text += std::string(" ") + net::name(d.kind) + " " + std::string(cloud.id(d.object));
  text += truth.why.empty() ? "" : " (" + truth.why + ")";
  text += "\n  engine: " + finding.how + ", " + answer.reason.code + ": " + answer.reason.message;
  for (const net::Hop& h : answer.hops) {
    text += std::string("\n    ") + h.kind + " " + std::string(cloud.id(h.object)) + h.id + "  " + h.detail;
  }
  return text + "\n";
}

// With SALLYPORT_DUMP_CASES=folder each difference becomes a case there: the cloud
// as a snapshot and the judge's verdict as expectation.
inline void dump(const Cloud& cloud, const std::string& seed, const naive::Question& q, const naive::Judgement& truth) {
  const char* folder = std::getenv("SALLYPORT_DUMP_CASES");
  if (folder == nullptr) return;
  const std::string at = std::string(folder) + "/" + seed;
  if (!generate::write(at, generate::snapshot(cloud))) return;
  const std::string words = generate::describe(cloud, q);
  const auto arrow = words.find(" -> ");
  const std::string to = words.substr(arrow + 4, words.find(" protocol ") - arrow - 4);
  std::ofstream(at + "/expect.yaml") << "# found by the differential test; the judge says: " << truth.why << "\n"
                                     << "inputs: [.]\nexpect:\n  - reach: {from: \"" << words.substr(0, arrow)
                                     << "\", to: \"" << to << "\", protocol: " << q.protocol << ", port: " << q.port
                                     << "}\n    verdict: " << net::name(truth.verdict) << "\n";
}

}  // namespace sallyport::net_judge
