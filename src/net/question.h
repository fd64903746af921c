// Question: one flow with its alternatives, as they are walked. For flow.cc alone.
//
// A source is in a VPC (flow.cc), in a service's own network, or goes around its VPC to it
// (flow_around.cc), or is outside the cloud (flow_outside.cc). Each adds outcomes; at the end they unite.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/destination.h"
#include "net/flow.h"
#include "net/outcome.h"
#include "net/start.h"

namespace sallyport::net {

class Question {
 public:
  Question(const Index& index, const Flow& flow);
  Answer run();

 private:
  // flow.cc: from places in VPCs
  void from(const Workload& workload);
  void from(const AddressSource& source);
  GapId may_be_inside(Address address) const;
  bool asks_inside() const;
  void depart(const Departure& d);
  void walk(const Departure& d, const Destination& to, const Aim& aim, Outcomes& out);
  Beam beam_of(const Side& source, const Side& destination, const PortSet& client_ports) const;
  void by_vpc(const Departures& places);

  // flow_around.cc: what leaves by a service's own network, from outside every VPC or around one
  void from_platform(const Workload& workload, const PlatformWorkload& row, const Departures& places);
  void around_vpc(const Workload& workload, const PlatformWorkload& row, const Departures& places);
  bool calls_outwards() const;
  bool calls_a_service() const;
  Truth in_vpc(const Side& to, const Vpc& vpc) const;
  Outcome past_vpc(const Destination& to, const Vpc& vpc, Trail trail);
  void from_service(const Workload& workload, const char* why);
  void from_service_to_workload();
  Outcome service_outcome(const Destination& to, Trail trail);

  // flow_outside.cc: what comes from outside the cloud
  void from(const InternetSource&);
  bool to_front_door();
  bool to_platform(const AddressSet& source, const std::string& who);
  bool not_running();
  void doubt_unseen();
  void enter(const Side& source, Family family, const std::string& who);
  void at_unseen_address(const Side& source, const Interface& interface, const Trail& trail, GapId unseen);
  void at_unseen_address_of(const Side& source, const PlatformWorkload& row, GapId unseen);
  Outcomes enter_at(const Side& source, const Interface& interface, std::optional<Address> address, Trail trail) const;
  Outcomes enter_to(const Side& source, const Interface& interface, const Side& to, Trail trail) const;
  void unreachable_from_outside(const Side& source = {});
  // From outside: at a public address, or not at all.
  void perhaps_reached(GapId gap) { lost(May(Verdict::public_) | May(Verdict::blocked), gap); }

  void lost(May may, GapId gap);
  static Outcome no_common_family();
  void add(Outcomes more) { std::move(more.begin(), more.end(), std::back_inserter(outcomes_)); }

  static constexpr const char* outside_every_vpc = "outside every VPC: leaves from the service's own network";
  static constexpr const char* past_its_vpc =
      "this call does not take its VPC: it leaves from the service's own network";

  const Index& index_;
  Flow flow_;
  const PlatformWorkload* around_ = nullptr;  // set: what does not go to addresses of the VPC goes around it
  std::string_view account_;
  Outcomes outcomes_;
};

}  // namespace sallyport::net
