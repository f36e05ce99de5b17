// Slack's markup, read and written again.
#include "adapters/slack/mrkdwn.hpp"
#include "tests/fuzz/fuzz_target.hpp"

using namespace ackd;
using namespace ackd::slack;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::string_view workspace = "https://team.example.test/";
    const std::string_view text = fuzz::text_of(data, size);
    const RichText read = parse_mrkdwn(text, workspace);
    const std::string written = to_mrkdwn(read, workspace);
    fuzz::expect(valid_utf8(written) == written, "what is written is UTF-8");
    const RichText read_again = parse_mrkdwn(written, workspace);
    fuzz::expect(to_mrkdwn(read_again, workspace) == written, "what is written is read the same");

    constexpr std::size_t limit = 60;
    for (const std::string& piece : to_mrkdwn_pieces(read, workspace, limit))
        fuzz::expect(!piece.empty() && length_of(piece) <= limit, "a piece is within its limit");
    const std::string escaped = escape_mrkdwn(text);
    fuzz::expect(escaped.find_first_of("<>") == std::string::npos, "escaped text mentions nobody");
    fuzz::expect(length_of(cut_to(valid_utf8(text), limit)) <= limit, "what is cut is within its limit");
    (void)to_plain_words(read);
    return 0;
}
