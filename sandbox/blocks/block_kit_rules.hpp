// What Slack accepts as blocks and views: kinds, members, lengths, counts, unique ids.
//
// Problems are worded as Slack words them in response_metadata.messages, each with a JSON pointer, for
// instance
// "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]". Members that no block of
// that kind has are problems too, as they are on Slack.
#pragma once

#include "sandbox/model/json.hpp"

#include <string>
#include <vector>

namespace sandbox {

enum class Surface { message, modal, home };

/// Empty when the blocks are fine. At most `problems_max` problems are listed.
std::vector<std::string> check_blocks(const Json& blocks, Surface surface);
/// A whole modal or Home view, its blocks included.
std::vector<std::string> check_view(const Json& view, Surface surface);

inline constexpr std::size_t problems_max = 20;
inline constexpr std::size_t view_bytes_max = 250'000;

/// Gives every block without block_id and every interactive element without action_id one, as Slack does on
/// receiving; `seed` makes them differ from message to message.
void fill_in_ids(Json& blocks, std::uint64_t seed);

}  // namespace sandbox
