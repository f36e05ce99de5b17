// Three lines: timestamp, signature, body. Valid only when we would have signed it so ourselves.
#include "adapters/slack/request_signature.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

using namespace ackd;
using namespace ackd::slack;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Choices choices{fuzz::text_of(data, size)};
    SignedRequest request;
    request.timestamp = choices.line();
    request.signature = choices.line();
    request.body = choices.rest();
    SigningSecrets secrets;
    secrets.current = "0123456789abcdef0123456789abcdef";
    constexpr Instant now{std::chrono::seconds{1'700'000'000}};

    const SignatureVerdict verdict = check_signature(secrets, request, now);
    const std::string ours = signature_of(secrets.current, request.timestamp, request.body);
    fuzz::expect(verdict != SignatureVerdict::valid || request.signature == ours, "only our own is valid");
    request.signature = ours;
    const SignatureVerdict own_verdict = check_signature(secrets, request, now);
    fuzz::expect(own_verdict != SignatureVerdict::wrong, "our own is never wrong");
    fuzz::expect(own_verdict != SignatureVerdict::valid || request.timestamp.size() <= 12,
                 "it is of our time");
    return 0;
}
