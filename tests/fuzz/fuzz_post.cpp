// The body of a request that Slack posts: "j" and JSON, or "f" and a form.
#include "adapters/slack/post_decoder.hpp"
#include "tests/fuzz/decoded_inputs.hpp"
#include "tests/slack_identity.hpp"

using namespace ackd;
using namespace ackd::slack;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static PostDecoder decoder{slack::identity()};
    fuzz::Choices choices{fuzz::text_of(data, size)};
    const char* content_type = choices.byte() == 'j' ? "application/json"
                                                     : "application/x-www-form-urlencoded";
    const std::string_view body = choices.rest();
    PostArrival arrival;
    arrival.waiting = 7;
    arrival.signature = "v0=00";
    std::vector<Input> inputs;
    const DecodedPost post = decoder.decode(content_type, body, arrival, inputs);
    fuzz::expect((post.kind == PostKind::payload) == !inputs.empty(), "a payload gives inputs");
    fuzz::expect(post.kind != PostKind::malformed || !post.problem.empty(), "a problem has words");
    if (!inputs.empty()) fuzz::expect_confirmed_once(inputs, 7);
    if (is_tls_check(content_type, body)) fuzz::expect(inputs.empty(), "a test of the way does nothing");
    return 0;
}
