// A generated cloud, written as AWS's answers and read again, must be the same
// cloud: the reader loses nothing and adds nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "library/net/snapshot.h"
#include "net_judge/compare.h"
#include "net_judge/seeds.h"
#include "read/input.h"

namespace sallyport::net_judge {
namespace {

// The same object in another registry; none if it was never named there.
Ref same(const Cloud& from, Ref ref, const Cloud& to) {
  const auto text = [&](Text t) { return to.registry().texts.find(from.view(t)); };
  const auto id = text(from.registry().ids.id(ref));
  const auto scope = text(from.registry().ids.scope(ref));
  if (!id || !scope) return {};
  return to.registry().ids.find(ref.kind, *scope, *id).value_or(Ref());
}

template <class End>
End same(const Cloud& from, const End& end, const Cloud& to) {
  const Ref* ref = std::get_if<Ref>(&end);
  return ref == nullptr ? end : End(same(from, *ref, to));
}

class Temporary {
 public:
  explicit Temporary(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("sallyport-" + name + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
  }
  ~Temporary() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(SnapshotOfACloud, ReadsBackAsTheSameCloud) {
  const Seeds taken = seeds(sanitized ? 5 : 40);
  for (int n = 0; n < taken.count; ++n) {
    const std::uint64_t seed = taken.first + static_cast<std::uint64_t>(n);
    const Cloud written = generate::cloud(seed);
    const Temporary folder("snapshot");
    ASSERT_TRUE(generate::write(folder.path(), generate::snapshot(written)));
    const auto registry = std::make_shared<Registry>();
    const auto read = read::read_cloud(registry, {folder.path()});
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(read->unread().empty());
    for (const Diagnostic& d : read->diagnostics()) EXPECT_EQ(d.severity, Severity::note) << seed << ": " << d.message;
    EXPECT_EQ((*read)->interfaces.size(), written->interfaces.size());
    EXPECT_EQ((*read)->endpoints.size(), written->endpoints.size());

    generate::Random random(seed);
    for (int i = 0; i < 60; ++i) {
      const naive::Question q = generate::question(written, random);
      const naive::Judgement before = naive::judge(written, q);
      const naive::Question again{same(written, q.from, *read), same(written, q.to, *read), q.protocol, q.port};
      const naive::Judgement after = naive::judge(*read, again);
      EXPECT_EQ(net::name(before.verdict), std::string(net::name(after.verdict)))
          << "seed " << seed << ": " << generate::describe(written, q) << "\n  written: " << before.why
          << "\n  read: " << after.why;
      EXPECT_EQ(before.degraded, after.degraded);
    }
  }
}

}  // namespace
}  // namespace sallyport::net_judge
