// The elements inside of blocks: buttons, menus, pickers, inputs. Used by block_kit_rules only.
#pragma once

#include "sandbox/model/json.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// Collects problems with the pointer of where they are.
class BlockProblems {
public:
    void report(const std::string& pointer, const std::string& what);
    [[nodiscard]] std::vector<std::string> take() { return std::move(problems_); }

    /// A required member; reports and yields null when it is missing.
    const Json& require(const Json& object, const char* key, const std::string& pointer);
    void only_members(const Json& object,
                      std::initializer_list<std::string_view> allowed,
                      const std::string& pointer);
    /// Text of `min` to `max` characters; null (an absent member) passes.
    void check_length(const Json& value, std::size_t min, std::size_t max, const std::string& pointer);
    void check_count(const Json& value, std::size_t min, std::size_t max, const std::string& pointer);
    void check_flag(const Json& value, const std::string& pointer);

private:
    std::vector<std::string> problems_;
};

enum class TextKind { plain_only, any };
void check_text_object(const Json& text,
                       TextKind kind,
                       std::size_t characters_max,
                       const std::string& pointer,
                       BlockProblems& problems);

enum class Place { accessory, actions, input, context };
/// `action_ids` holds those of the same block, which must differ.
void check_element(const Json& element,
                   Place place,
                   const std::string& pointer,
                   std::set<std::string>& action_ids,
                   BlockProblems& problems);

/// Whether elements of this kind send a payload when used.
bool is_interactive_element(std::string_view type);

}  // namespace sandbox
