#include "sandbox/model/view_book.hpp"

#include "sandbox/blocks/block_kit_rules.hpp"

#include <algorithm>

namespace sandbox {
namespace {

Outcome<Json> checked(Json view, Surface surface)
{
    if (!view.is_object())
        return Refusal{"invalid_arguments", {"[ERROR] must be an object [json-pointer:/view]"}};
    if (dump(view).size() > view_bytes_max) return Refusal{"view_too_large"};
    auto problems = check_view(view, surface);
    if (!problems.empty()) return Refusal{"invalid_arguments", std::move(problems)};
    return view;
}

}  // namespace

Json ViewBook::complete(Json view, const Json& previous, std::string id)
{
    view["id"] = id;
    view["team_id"] = team_.id;
    view["app_id"] = team_.app_id;
    view["app_installed_team_id"] = team_.id;
    view["bot_id"] = team_.bot_id;
    view["hash"] = "156663117." + std::to_string(++hashes_made_);
    view["root_view_id"] = previous.is_object() ? previous["root_view_id"] : Json(id);
    view["previous_view_id"] = previous.is_object() ? previous["id"] : Json();
    for (const char* key : {"private_metadata", "callback_id", "external_id"})
        if (!view.contains(key)) view[key] = "";
    for (const char* key : {"clear_on_close", "notify_on_close"})
        if (!view.contains(key)) view[key] = false;
    for (const char* key : {"title", "close", "submit"})
        if (!view.contains(key)) view[key] = nullptr;
    view["state"] = {{"values", Json::object()}};
    fill_in_ids(view["blocks"], hashes_made_);
    return view;
}

bool ViewBook::external_id_taken(const std::string& external_id, const std::string& except_view) const
{
    if (external_id.empty()) return false;
    for (const auto& [user, stack] : stacks_)
        for (const Json& view : stack)
            if (text_member(view, "external_id") == external_id && view["id"] != Json(except_view))
                return true;
    return false;
}

Outcome<Json> ViewBook::open(const UserId& user, Json view)
{
    auto fine = checked(std::move(view), Surface::modal);
    if (!fine) return fine;
    if (external_id_taken(text_member(*fine, "external_id"), "")) return Refusal{"duplicate_external_id"};
    if (stacks_.size() >= people_max) stacks_.clear();
    // A newly opened modal replaces whatever that person had open.
    Json opened = complete(std::move(*fine), nullptr, "V0" + std::to_string(100000 + ++views_made_));
    stacks_[user] = {opened};
    changes_.stacks.insert(user);
    return opened;
}

Outcome<Json> ViewBook::push(const UserId& user, Json view)
{
    auto fine = checked(std::move(view), Surface::modal);
    if (!fine) return fine;
    auto& stack = stacks_[user];
    if (stack.empty()) return Refusal{"not_found"};
    if (stack.size() >= stack_max) return Refusal{"push_limit_reached"};
    if (external_id_taken(text_member(*fine, "external_id"), "")) return Refusal{"duplicate_external_id"};
    Json pushed = complete(std::move(*fine), stack.back(), "V0" + std::to_string(100000 + ++views_made_));
    stack.push_back(pushed);
    changes_.stacks.insert(user);
    return pushed;
}

Outcome<Json> ViewBook::update(const std::string& view_id,
                               const std::string& external_id,
                               Json view,
                               const std::string& hash)
{
    for (auto& [user, stack] : stacks_) {
        for (std::size_t at = 0; at < stack.size(); ++at) {
            Json& known = stack[at];
            const bool is_meant = view_id.empty() ? !external_id.empty() &&
                                                        text_member(known, "external_id") == external_id
                                                  : text_member(known, "id") == view_id;
            if (!is_meant) continue;
            if (!hash.empty() && text_member(known, "hash") != hash) return Refusal{"hash_conflict"};
            auto fine = checked(std::move(view), Surface::modal);
            if (!fine) return fine;
            const std::string id = text_member(known, "id");
            if (external_id_taken(text_member(*fine, "external_id"), id))
                return Refusal{"duplicate_external_id"};
            known = complete(std::move(*fine), at > 0 ? stack[at - 1] : Json{}, id);
            changes_.stacks.insert(user);
            return known;
        }
    }
    for (const auto& [user, known] : homes_) {
        if (view_id.empty() || text_member(known, "id") != view_id) continue;
        const UserId owner = user;
        return publish(owner, std::move(view), hash);
    }
    return Refusal{"not_found"};
}

Outcome<Json> ViewBook::publish(const UserId& user, Json view, const std::string& hash)
{
    const auto known = homes_.find(user);
    const bool is_stale = !hash.empty() &&
                          (known == homes_.end() || text_member(known->second, "hash") != hash);
    if (is_stale) return Refusal{"hash_conflict"};
    auto fine = checked(std::move(view), Surface::home);
    if (!fine) return fine;
    const std::string id = known == homes_.end() ? "V0" + std::to_string(100000 + ++views_made_)
                                                 : text_member(known->second, "id");
    if (homes_.size() >= people_max) homes_.clear();
    changes_.homes.insert(user);
    return homes_[user] = complete(std::move(*fine), nullptr, id);
}

const Json* ViewBook::home(const UserId& user) const
{
    const auto found = homes_.find(user);
    return found == homes_.end() ? nullptr : &found->second;
}

std::vector<Json> ViewBook::stack(const UserId& user) const
{
    const auto found = stacks_.find(user);
    return found == stacks_.end() ? std::vector<Json>{} : found->second;
}

const Json* ViewBook::find(const std::string& view_id) const
{
    for (const auto& [user, stack] : stacks_)
        for (const Json& view : stack)
            if (text_member(view, "id") == view_id) return &view;
    for (const auto& [user, view] : homes_)
        if (text_member(view, "id") == view_id) return &view;
    return nullptr;
}

void ViewBook::pop(const UserId& user)
{
    auto& stack = stacks_[user];
    if (!stack.empty()) stack.pop_back();
    changes_.stacks.insert(user);
}

void ViewBook::clear(const UserId& user)
{
    stacks_.erase(user);
    changes_.stacks.insert(user);
}

}  // namespace sandbox
