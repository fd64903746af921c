// Relations between the statements of a document, each behind one function: can it ever
// apply, does another one say all of it, is anything allowed.
//
// What is answered here is what the texts decide: never falsely `yes`, but not every
// `yes`. What is left is asked of the engine over sets of requests (exact.h).
#pragma once

#include <optional>
#include <string>

#include "iam/lint/work.h"

namespace sallyport::iam::lint {

// Why no request fulfils the statement's conditions: "`Bool` asks for true and false of `aws:ViaAWSService`".
// nullopt: some may.
std::optional<std::string> never_because(const StatementView& s);

// Does `other`, of the same effect, apply wherever `s` does?
bool said_by(Work& work, const StatementView& s, const StatementView& other);

// Does `deny` apply, without a condition, wherever `s` does?
bool denied_by(Work& work, const StatementView& s, const StatementView& deny);

// Does the document surely allow no request at all? Of requests to `service` only, if that is given.
// `why`: in a sentence, where it does.
bool allows_nothing(Work& work, std::string_view service, std::string& why);

}  // namespace sallyport::iam::lint
