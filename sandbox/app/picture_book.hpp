// Pictures that messages show by their address. Slack fetches each one while it takes the message, refuses
// the message when it cannot, and shows its own copy: so does this, for addresses of this machine. Others are
// taken as they are, and named instead of shown, since nothing here leaves the machine.
#pragma once

#include "sandbox/model/json.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct Picture {
    std::string content_type;
    std::string bytes;
};

/// Nothing: it is not there, is no picture of a kind that Slack shows, or does not come in time.
using FetchPicture = std::function<std::optional<Picture>(const std::string& url)>;

class PictureBook {
public:
    /// Without a way to fetch, no address is looked at.
    explicit PictureBook(FetchPicture fetch) : fetch_(std::move(fetch)) {}

    /// Fetches what is new in these blocks. What Slack would say is wrong with them, as Block Kit's rules do.
    [[nodiscard]] std::vector<std::string> problems_of(const Json& blocks);
    /// Null: not fetched, or long ago. Valid until the next call of problems_of.
    [[nodiscard]] const Picture* find(const std::string& url) const;

private:
    bool fetch(const std::string& url);

    FetchPicture fetch_;
    std::unordered_map<std::string, Picture> pictures_;
    std::deque<std::string> order_;  ///< oldest first
};

}  // namespace sandbox
