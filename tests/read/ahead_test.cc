// Files read ahead by other threads are taken in order, and are what one thread would read.
#include "read/ahead.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("sallyport-ahead-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    paths_.push_back((folder_ / name).string());
  }

  std::vector<Ahead::Wanted> wanted(std::string_view list = {}) const {
    std::vector<Ahead::Wanted> all;
    for (const Path& path : paths_) all.push_back({path, list});
    return all;
  }

  fs::path folder_;
  std::vector<Path> paths_;
};

TEST_F(Files, AreTakenInOrderWhateverThreadParsedThem) {
  // Enough for threads, and more than may be in flight at once.
  const std::string filler(1 << 20, 'x');
  for (int n = 0; n < 80; ++n) {
    write(std::to_string(n), R"({"n": )" + std::to_string(n) + R"(, "filler": ")" + (n % 3 == 0 ? filler : "") + "\"}");
  }
  const Store store;
  Ahead ahead(store, wanted());
  for (std::size_t n = 0; n < paths_.size(); ++n) {
    const Parsed file = ahead.take(n);
    ASSERT_TRUE(file.tree && *file.tree) << n;
    EXPECT_EQ((*file.tree)->root()["n"].integer(), static_cast<std::int64_t>(n));
  }
}

TEST_F(Files, SaysWhatCannotBeReadAndWhatIsNoJson) {
  write("broken", "{\"a\": ");
  write("text", "Resources: {}\n");
  paths_.push_back((folder_ / "absent").string());
  paths_.emplace_back();
  write("empty", "");
  const Store store;
  Ahead ahead(store, wanted());
  const Parsed broken = ahead.take(0);
  ASSERT_TRUE(broken.tree.has_value());
  ASSERT_FALSE(broken.tree->has_value());
  const Parsed text = ahead.take(1);
  EXPECT_FALSE(text.tree.has_value());
  EXPECT_EQ(*text.bytes, "Resources: {}\n");
  EXPECT_FALSE(ahead.take(2).bytes.has_value());
  const Parsed empty = ahead.take(4);
  ASSERT_TRUE(empty.tree && *empty.tree);
  EXPECT_TRUE((*empty.tree)->empty());
}

TEST_F(Files, NeedNotAllBeTaken) {
  for (int n = 0; n < 8; ++n) write(std::to_string(n), "[\"" + std::string(1 << 20, 'x') + "\"]");
  const Store store;
  Ahead ahead(store, wanted());
  EXPECT_TRUE(ahead.take(0).tree.has_value());
}

}  // namespace
}  // namespace sallyport::read
