// HugePages: an allocator for tables that grow with an organization and are asked at random places. From some
// megabytes on it asks the system for pages of 2 MB, so that a look-up waits for memory once and not twice (for
// the page's own entry); where there are none, nothing changes. Below, it is the usual allocator.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace sallyport {

template <class T>
struct HugePages {
  using value_type = T;

  HugePages() = default;
  template <class U>
  HugePages(const HugePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  static constexpr std::size_t page = std::size_t{2} << 20U;
  static constexpr std::size_t worth = 2 * page;

  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    if (bytes < worth) return std::allocator<T>().allocate(n);
    const std::size_t rounded = (bytes + page - 1) / page * page;
    void* const memory = std::aligned_alloc(page, rounded);
    if (memory == nullptr) throw std::bad_alloc();
    madvise(memory, rounded, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }

  void deallocate(T* memory, std::size_t n) {
    if (n * sizeof(T) < worth) return std::allocator<T>().deallocate(memory, n);
    std::free(memory);
  }

  friend bool operator==(HugePages, HugePages) { return true; }
};

}  // namespace sallyport
