#include "adapters/json/json_reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ackd {
namespace {

constexpr std::size_t depth_max = 64;
/// Beyond this, a document's memory is given back before the next one.
constexpr std::size_t kept_size_max = 1024 * 1024;

}  // namespace

std::optional<JsonValue> member_of(JsonValue value, std::string_view key)
{
    JsonValue member;
    if (value[key].get(member) != simdjson::SUCCESS || member.is_null()) return std::nullopt;
    return member;
}

std::string_view text_of(JsonValue value, std::string_view key)
{
    std::string_view text;
    if (value[key].get(text) != simdjson::SUCCESS) return {};
    return text;
}

bool truth_of(JsonValue value, std::string_view key)
{
    bool truth = false;
    return value[key].get(truth) == simdjson::SUCCESS && truth;
}

std::int64_t number_of(JsonValue value, std::string_view key)
{
    std::int64_t number = 0;
    if (value[key].get(number) == simdjson::SUCCESS) return number;
    constexpr double exact_max = 9'007'199'254'740'992.0;
    double fraction = 0;
    if (value[key].get(fraction) == simdjson::SUCCESS && std::abs(fraction) < exact_max) {
        return static_cast<std::int64_t>(fraction);
    }
    return 0;
}

std::vector<JsonValue> items_of(JsonValue value, std::string_view key)
{
    std::vector<JsonValue> items;
    simdjson::dom::array array;
    if (value[key].get(array) != simdjson::SUCCESS) return items;
    for (const JsonValue item : array) items.push_back(item);
    return items;
}

JsonDocument::JsonDocument() = default;

std::optional<JsonValue> JsonDocument::parse(std::string_view bytes)
{
    if (padded_.size() > kept_size_max && bytes.size() <= kept_size_max) {
        padded_ = {};
        parser_ = simdjson::dom::parser{};
    }
    const std::size_t needed = bytes.size() + simdjson::SIMDJSON_PADDING;
    if (padded_.size() < needed) padded_.resize(std::max(needed, 2 * padded_.size()));
    if (parser_.capacity() < bytes.size() || parser_.max_depth() != depth_max) {
        if (parser_.allocate(padded_.size(), depth_max) != simdjson::SUCCESS) return std::nullopt;
    }
    if (!bytes.empty()) std::memcpy(padded_.data(), bytes.data(), bytes.size());
    JsonValue value;
    if (parser_.parse(padded_.data(), bytes.size(), false).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

}  // namespace ackd
