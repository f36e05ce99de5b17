#include "sandbox/app/picture_book.hpp"

#include <string_view>

namespace sandbox {
namespace {

constexpr std::size_t pictures_max = 200;

bool is_of_this_machine(std::string_view url)
{
    return url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:") ||
           url.starts_with("http://[::1]:");
}

}  // namespace

std::vector<std::string> PictureBook::problems_of(const Json& blocks)
{
    std::vector<std::string> problems;
    for (std::size_t at = 0; fetch_ && at < blocks.size(); ++at) {
        if (text_member(blocks[at], "type") != "image") continue;
        const std::string url = text_member(blocks[at], "image_url");
        if (!is_of_this_machine(url) || pictures_.contains(url) || fetch(url)) continue;
        problems.push_back("downloading image failed [json-pointer:/blocks/" + std::to_string(at) +
                           "/image_url]");
    }
    return problems;
}

bool PictureBook::fetch(const std::string& url)
{
    auto picture = fetch_(url);
    if (!picture) return false;
    if (order_.size() == pictures_max) {
        pictures_.erase(order_.front());
        order_.pop_front();
    }
    pictures_.emplace(url, *std::move(picture));
    order_.push_back(url);
    return true;
}

const Picture* PictureBook::find(const std::string& url) const
{
    const auto found = pictures_.find(url);
    return found == pictures_.end() ? nullptr : &found->second;
}

}  // namespace sandbox
