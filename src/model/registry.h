// Registry: what a cloud, the clouds derived from it and their answers share:
// texts, ids, documents and gaps. Append-only, owned by shared_ptr.
//
// Readers fill it from one thread. After a cloud is built, texts, ids and
// documents are only read; gaps may still be added by engines, from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/gap.h"
#include "base/origin.h"
#include "base/text.h"
#include "model/ids.h"

namespace sallyport {

struct Registry {
  TextPool texts;
  Ids ids{texts};
  Documents documents;
  Gaps gaps;

  Text text(std::string_view bytes) { return texts.intern(bytes); }
  std::string_view view(Text t) const { return texts.view(t); }
  std::string_view id(Ref ref) const { return texts.view(ids.id(ref)); }
};

using RegistryPtr = std::shared_ptr<Registry>;

}  // namespace sallyport
