// What holds of everything that is decoded, however it came.
#pragma once

#include "bot/input.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <set>
#include <string>
#include <vector>

namespace ackd::fuzz {

/// The last carries the receipt, and each can be told from the others, but for submitted forms, which are
/// told by the form itself.
inline void expect_confirmed_once(const std::vector<Input>& inputs, std::uint64_t connection)
{
    std::set<std::string> keys;
    for (const Input& input : inputs) {
        const bool is_form = std::holds_alternative<FormSubmitted>(input.body);
        expect(is_form ? input.key.empty() : !input.key.empty() && keys.insert(input.key).second,
               "every input has a key of its own");
        const bool is_last = &input == &inputs.back();
        expect(input.receipt.connection == (is_last ? connection : 0), "only the last is confirmed");
    }
}

}  // namespace ackd::fuzz
