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
    wanted_.push_back({(folder_ / name).string(), static_cast<DocumentId>(wanted_.size() + 1)});
  }

  fs::path folder_;
  std::vector<Ahead::Wanted> wanted_;
};

TEST_F(Files, AreTakenInOrderWhateverThreadParsedThem) {
  // Enough for threads, and more than may be in flight at once.
  const std::string filler(1 << 20, 'x');
  for (int n = 0; n < 80; ++n) {
    write(std::to_string(n), R"({"n": )" + std::to_string(n) + R"(, "filler": ")" + (n % 3 == 0 ? filler : "") + "\"}");
  }
  Ahead ahead(wanted_);
  for (std::size_t n = 0; n < wanted_.size(); ++n) {
    const Parsed file = ahead.take(n);
    ASSERT_TRUE(file.tree && *file.tree) << n;
    EXPECT_EQ((*file.tree)->root()["n"].integer(), static_cast<std::int64_t>(n));
    EXPECT_EQ((*file.tree)->document(), wanted_[n].document);
  }
}

TEST_F(Files, SaysWhatCannotBeReadAndWhatIsNoJson) {
  write("broken", "{\"a\": ");
  write("text", "Resources: {}\n");
  wanted_.push_back({(folder_ / "absent").string(), 3});
  wanted_.push_back({});
  write("empty", "");
  Ahead ahead(wanted_);
  const Parsed broken = ahead.take(0);
  ASSERT_TRUE(broken.tree.has_value());
  ASSERT_FALSE(broken.tree->has_value());
  EXPECT_EQ(broken.tree->error().origin.document, 1u);
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
  Ahead ahead(wanted_);
  EXPECT_TRUE(ahead.take(0).tree.has_value());
}

}  // namespace
}  // namespace sallyport::read
