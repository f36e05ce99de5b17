#include "sandbox/blocks/block_kit_rules.hpp"

#include "sandbox/blocks/block_kit_elements.hpp"

namespace sandbox {
namespace {

constexpr std::size_t blocks_per_message_max = 50;
constexpr std::size_t blocks_per_view_max = 100;

class BlockChecker {
public:
    explicit BlockChecker(BlockProblems& problems) : problems_(problems) {}

    void check(const Json& blocks, std::size_t count_max, const std::string& pointer)
    {
        if (!blocks.is_array()) {
            problems_.report(pointer, "must be an array");
            return;
        }
        problems_.check_count(blocks, 0, count_max, pointer);
        for (std::size_t at = 0; at < blocks.size() && at < blocks_per_view_max; ++at)
            check_block(blocks[at], pointer + "/" + std::to_string(at));
    }

    [[nodiscard]] bool has_input() const { return has_input_; }

private:
    void check_block(const Json& block, const std::string& pointer)
    {
        const std::string type = text_member(block, "type");
        problems_.check_length(member(block, "block_id"), 1, 255, pointer + "/block_id");
        const std::string block_id = text_member(block, "block_id");
        if (!block_id.empty() && !block_ids_.insert(block_id).second)
            problems_.report(pointer + "/block_id", "`block_id` " + block_id + " already exists");
        action_ids_.clear();
        if (type == "section") {
            check_section(block, pointer);
        } else if (type == "context") {
            check_context(block, pointer);
        } else if (type == "actions") {
            check_actions(block, pointer);
        } else if (type == "divider") {
            problems_.only_members(block, {"type", "block_id"}, pointer);
        } else if (type == "header") {
            problems_.only_members(block, {"type", "block_id", "text"}, pointer);
            check_required_text(block, "text", TextKind::plain_only, 150, pointer);
        } else if (type == "input") {
            check_input(block, pointer);
        } else if (type == "image") {
            check_image(block, pointer);
        } else if (type == "markdown") {
            problems_.only_members(block, {"type", "block_id", "text"}, pointer);
            problems_.check_length(problems_.require(block, "text", pointer), 1, 12'000, pointer + "/text");
        } else if (type == "rich_text") {
            problems_.only_members(block, {"type", "block_id", "elements"}, pointer);
            problems_.check_count(
                problems_.require(block, "elements", pointer), 0, 500, pointer + "/elements");
        } else {
            problems_.report(pointer + "/type", "unsupported type: " + (type.empty() ? "(none)" : type));
        }
    }

    void check_required_text(
        const Json& block, const char* key, TextKind kind, std::size_t max, const std::string& pointer)
    {
        const Json& text = problems_.require(block, key, pointer);
        if (!text.is_null()) check_text_object(text, kind, max, pointer + "/" + key, problems_);
    }

    void check_section(const Json& block, const std::string& pointer)
    {
        problems_.only_members(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, pointer);
        const Json& text = member(block, "text");
        const Json& fields = member(block, "fields");
        if (text.is_null() && fields.is_null()) problems_.report(pointer, "missing required field: text");
        if (!text.is_null()) check_text_object(text, TextKind::any, 3000, pointer + "/text", problems_);
        problems_.check_count(fields, 1, 10, pointer + "/fields");
        if (fields.is_array()) {
            for (std::size_t at = 0; at < fields.size(); ++at)
                check_text_object(
                    fields[at], TextKind::any, 2000, pointer + "/fields/" + std::to_string(at), problems_);
        }
        problems_.check_flag(member(block, "expand"), pointer + "/expand");
        const Json& accessory = member(block, "accessory");
        if (!accessory.is_null())
            check_element(accessory, Place::accessory, pointer + "/accessory", action_ids_, problems_);
    }

    void check_context(const Json& block, const std::string& pointer)
    {
        problems_.only_members(block, {"type", "block_id", "elements"}, pointer);
        const Json& elements = problems_.require(block, "elements", pointer);
        problems_.check_count(elements, 1, 10, pointer + "/elements");
        if (!elements.is_array()) return;
        for (std::size_t at = 0; at < elements.size(); ++at) {
            const std::string place = pointer + "/elements/" + std::to_string(at);
            if (text_member(elements[at], "type") == "image")
                check_element(elements[at], Place::context, place, action_ids_, problems_);
            else
                check_text_object(elements[at], TextKind::any, 3000, place, problems_);
        }
    }

    void check_actions(const Json& block, const std::string& pointer)
    {
        problems_.only_members(block, {"type", "block_id", "elements"}, pointer);
        const Json& elements = problems_.require(block, "elements", pointer);
        problems_.check_count(elements, 1, 25, pointer + "/elements");
        if (!elements.is_array()) return;
        for (std::size_t at = 0; at < elements.size(); ++at)
            check_element(elements[at],
                          Place::actions,
                          pointer + "/elements/" + std::to_string(at),
                          action_ids_,
                          problems_);
    }

    void check_input(const Json& block, const std::string& pointer)
    {
        has_input_ = true;
        problems_.only_members(
            block, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}, pointer);
        check_required_text(block, "label", TextKind::plain_only, 2000, pointer);
        if (!member(block, "hint").is_null())
            check_text_object(block["hint"], TextKind::plain_only, 2000, pointer + "/hint", problems_);
        problems_.check_flag(member(block, "optional"), pointer + "/optional");
        problems_.check_flag(member(block, "dispatch_action"), pointer + "/dispatch_action");
        const Json& element = problems_.require(block, "element", pointer);
        if (!element.is_null())
            check_element(element, Place::input, pointer + "/element", action_ids_, problems_);
    }

    void check_image(const Json& block, const std::string& pointer)
    {
        problems_.only_members(
            block, {"type", "block_id", "image_url", "slack_file", "alt_text", "title"}, pointer);
        if (member(block, "image_url").is_null() && member(block, "slack_file").is_null())
            problems_.report(pointer, "missing required field: image_url");
        problems_.check_length(problems_.require(block, "alt_text", pointer), 1, 2000, pointer + "/alt_text");
        if (!member(block, "title").is_null())
            check_text_object(block["title"], TextKind::plain_only, 2000, pointer + "/title", problems_);
    }

    BlockProblems& problems_;
    std::set<std::string> block_ids_;
    std::set<std::string> action_ids_;
    bool has_input_ = false;
};

/// Short and unlike any hand-written id: what Slack gives looks like "aB3d".
std::string given_id(std::uint64_t number)
{
    constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string id;
    for (std::uint64_t rest = number; id.size() < 5 || rest > 0; rest /= digits.size())
        id += digits[rest % digits.size()];
    return id;
}

}  // namespace

std::vector<std::string> check_blocks(const Json& blocks, Surface surface)
{
    BlockProblems problems;
    BlockChecker checker{problems};
    checker.check(
        blocks, surface == Surface::message ? blocks_per_message_max : blocks_per_view_max, "/blocks");
    return problems.take();
}

std::vector<std::string> check_view(const Json& view, Surface surface)
{
    BlockProblems problems;
    const std::string type = text_member(view, "type");
    const char* expected = surface == Surface::home ? "home" : "modal";
    if (type != expected) problems.report("/view/type", std::string{"must be "} + expected);
    if (surface == Surface::home)
        problems.only_members(
            view, {"type", "blocks", "private_metadata", "callback_id", "external_id"}, "/view");
    else
        problems.only_members(view,
                              {"type",
                               "title",
                               "blocks",
                               "close",
                               "submit",
                               "private_metadata",
                               "callback_id",
                               "clear_on_close",
                               "notify_on_close",
                               "external_id",
                               "submit_disabled"},
                              "/view");
    problems.check_length(member(view, "private_metadata"), 0, 3000, "/view/private_metadata");
    problems.check_length(member(view, "callback_id"), 1, 255, "/view/callback_id");
    problems.check_length(member(view, "external_id"), 0, 255, "/view/external_id");
    BlockChecker checker{problems};
    const Json& blocks = problems.require(view, "blocks", "/view");
    if (!blocks.is_null()) checker.check(blocks, blocks_per_view_max, "/view/blocks");
    if (surface == Surface::modal) {
        const Json& title = problems.require(view, "title", "/view");
        if (!title.is_null()) check_text_object(title, TextKind::plain_only, 24, "/view/title", problems);
        for (const char* key : {"submit", "close"}) {
            if (member(view, key).is_null()) continue;
            check_text_object(view[key], TextKind::plain_only, 24, std::string{"/view/"} + key, problems);
        }
        if (checker.has_input() && member(view, "submit").is_null())
            problems.report("/view", "missing required field: submit");
    }
    return problems.take();
}

void fill_in_ids(Json& blocks, std::uint64_t seed)
{
    if (!blocks.is_array()) return;
    // Spread, so that neighbouring messages do not get look-alike ids.
    std::uint64_t number = seed * 6364136223846793005ULL % 900'000'000ULL;
    const auto give_action_id = [&](Json& element) {
        if (!is_interactive_element(text_member(element, "type"))) return;
        if (member(element, "action_id").is_null()) element["action_id"] = given_id(++number);
    };
    for (Json& block : blocks) {
        if (!block.is_object()) continue;
        if (member(block, "block_id").is_null()) block["block_id"] = given_id(++number);
        if (block.contains("accessory")) give_action_id(block["accessory"]);
        if (block.contains("element")) give_action_id(block["element"]);
        if (block.contains("elements") && block["elements"].is_array())
            for (Json& element : block["elements"]) give_action_id(element);
    }
}

}  // namespace sandbox
