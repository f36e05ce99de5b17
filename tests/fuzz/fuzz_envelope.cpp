// A frame of a Socket Mode connection.
#include "adapters/slack/envelope_decoder.hpp"
#include "tests/fuzz/decoded_inputs.hpp"
#include "tests/slack_identity.hpp"

using namespace ackd;
using namespace ackd::slack;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static EnvelopeDecoder decoder{slack::identity()};
    Arrival arrival;
    arrival.connection = 7;
    std::vector<Input> inputs;
    const DecodedFrame frame = decoder.decode(fuzz::text_of(data, size), arrival, inputs);
    fuzz::expect((frame.kind == FrameKind::envelope) == !inputs.empty(), "an envelope gives inputs");
    fuzz::expect(frame.kind != FrameKind::malformed || !frame.problem.empty(), "a problem has words");
    if (!inputs.empty()) fuzz::expect_confirmed_once(inputs, 7);
    return 0;
}
