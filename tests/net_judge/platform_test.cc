// A platform workload that has one interface is that interface: in generated clouds, a
// task that owns it answers every question as the interface by itself does, from it and
// to it, from inside and from the internet.
#include <gtest/gtest.h>

#include "net_judge/ask.h"
#include "net_judge/seeds.h"

namespace sallyport::net_judge {
namespace {

// The cloud with one interface let go by its instance, and a task that owns it.
struct Owned {
  Cloud cloud;
  InterfaceId interface;
  PlatformWorkloadId task;
};

std::optional<Owned> owned(const Cloud& cloud, generate::Random& random, Kind what, bool goes_around) {
  if (cloud->interfaces.empty()) return std::nullopt;
  Interface free = random.one_of(cloud->interfaces.rows());
  if (free.kind != InterfaceKind::plain || !free.subnet.known() || !free.vpc.known()) return std::nullopt;
  free.instance = {};
  PlatformWorkload task;
  Registry& registry = cloud.registry();
  task.id = registry.ids.get<PlatformWorkloadId>(registry.text("aws"), registry.text("arn:aws:ecs:r:a:task/t"));
  task.head = free.head;
  task.head.name = registry.text("the-task");
  task.what = what;
  task.goes_around = goes_around;
  task.place = Placement{*free.vpc, {{*free.subnet}, {}}, free.groups, false, {}};
  task.interfaces.items = {free.id};
  Change change(cloud.registry_ptr());
  change.put.interfaces.push_back(free);
  change.put.platform_workloads.push_back(task);
  return Owned{apply(cloud, std::move(change)), free.id, task.id};
}

std::string told(const net::Answer& a) {
  std::string text = net::name(a.verdict);
  if (a.degraded) text += " degraded";
  for (const net::Verdict v : {net::Verdict::private_, net::Verdict::public_, net::Verdict::blocked}) {
    if (a.may.has(v)) text += std::string(" ") + net::name(v);
  }
  if (a.has_door()) text += std::string(" ") + net::name(a.door.kind) + std::to_string(a.door.object.number);
  return text;
}

TEST(PlatformWorkloads, AreTheirInterfaces) {
  std::size_t asked = 0, decided = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Cloud base = estate(seed, Estate::mixed);
    generate::Random random(seed * 7919);
    const auto made = owned(base, random, Kind::task, false);
    if (!made) continue;
    const net::Engine engine(made->cloud, settings(made->cloud), {});
    const net::Workload task = workload(made->cloud, made->task);
    const net::Workload alone = workload(made->cloud, made->interface);
    ASSERT_EQ(task.kind, net::WorkloadKind::platform);
    ASSERT_EQ(alone.kind, net::WorkloadKind::network_interface);
    for (int i = 0; i < 6; ++i) {
      net::Flow there = flow(made->cloud, question(made->cloud, random, Estate::mixed));
      net::Flow same = there;
      if (i < 3) {
        there.from = task, same.from = alone;
      } else {
        there.to = net::WorkloadTarget{task}, same.to = net::WorkloadTarget{alone};
        if (i == 5) there.from = same.from = net::InternetSource{};
      }
      const net::Answer a = engine.answer(there), b = engine.answer(same);
      EXPECT_EQ(told(a), told(b)) << "seed " << seed << ", question " << i;
      ++asked;
      decided += a.verdict != net::Verdict::unknown ? 1 : 0;
    }
  }
  EXPECT_GT(asked, 1000U);
  EXPECT_GT(decided, asked / 2);
}

// What goes around its VPC never takes a door of the VPC to a service: it leaves from the
// service's network, whatever the VPC looks like.
TEST(PlatformWorkloads, ThatGoAroundTheirVpcTakeNoDoorOfIt) {
  std::size_t asked = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Cloud base = estate(seed, Estate::mixed);
    generate::Random random(seed * 104729);
    const auto made = owned(base, random, Kind::warehouse, true);
    if (!made) continue;
    const net::Engine engine(made->cloud, settings(made->cloud), {});
    const std::string region(made->cloud.view(made->cloud->platform_workloads.rows()[0].head.region));
    const net::Answer a =
        engine.answer({workload(made->cloud, made->task), net::ServiceTarget{"s3", region}, tcp, 443});
    EXPECT_EQ(a.verdict, net::Verdict::public_) << "seed " << seed;
    EXPECT_EQ(a.door.kind, net::DoorKind::service) << "seed " << seed;
    ++asked;
  }
  EXPECT_GT(asked, 50U);
}

// Where a block of its VPC is not known, what goes around it by address may stay inside all the same.
TEST(PlatformWorkloads, ThatGoAroundMayStayInAVpcOfWhichABlockIsNotKnown) {
  std::size_t inside = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Cloud base = estate(seed, Estate::mixed);
    generate::Random random(seed * 15485863);
    const auto made = owned(base, random, Kind::notebook, true);
    if (!made) continue;
    Vpc vpc = *made->cloud->vpcs.find(*made->cloud->interfaces.find(made->interface)->vpc);
    vpc.cidrs = {{}, base.registry().gaps.add({GapKind::not_collected, "its blocks", ""})};
    Change change(base.registry_ptr());
    change.put.vpcs.push_back(vpc);
    const Cloud less = apply(made->cloud, std::move(change));
    const net::Engine knowing(made->cloud, settings(base), {}), engine(less, settings(base), {});
    for (const Interface& to : made->cloud->interfaces) {
      if (*to.vpc != vpc.id || to.id == made->interface) continue;
      const net::Flow there{workload(made->cloud, made->task), net::AddressTarget{*to.addresses.items[0]}, tcp, 443};
      const net::Answer truth = knowing.answer(there);
      if (truth.verdict != net::Verdict::private_) continue;
      ++inside;
      EXPECT_TRUE(engine.answer(there).may.has(net::Verdict::private_)) << "seed " << seed;
    }
  }
  EXPECT_GT(inside, 50U);
}

}  // namespace
}  // namespace sallyport::net_judge
