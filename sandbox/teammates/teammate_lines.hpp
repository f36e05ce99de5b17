// What the teammates say. Pure.
#pragma once

#include "sandbox/model/seeded_random.hpp"

#include <string>

namespace sandbox {

/// Something of the day, for everybody; now and then it is a question.
[[nodiscard]] std::string something_to_say(SeededRandom& random);
/// What one person wants of another: "please review the migration plan".
[[nodiscard]] std::string something_to_ask(SeededRandom& random);
/// To whoever named them.
[[nodiscard]] std::string short_answer(SeededRandom& random);

}  // namespace sandbox
