// What a message needs to know of where it is shown, besides what it says.
#pragma once

#include <string_view>

namespace ackd::pictures {
class ChartLinks;
}

namespace ackd::slack {

struct ChatPlace {
    /// "https://example.slack.com/", for links to messages.
    std::string_view workspace_url;
    /// Where Slack fetches pictures of charts; null: charts are told in words. Outlives it.
    const pictures::ChartLinks* charts = nullptr;
};

}  // namespace ackd::slack
