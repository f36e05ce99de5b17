// What Slack posts in HTTP mode, after its signature was checked.
#include "adapters/slack/post_decoder.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

using namespace ackd;
using namespace ackd::slack;

namespace {

constexpr const char* json_type = "application/json";
constexpr const char* form_type = "application/x-www-form-urlencoded";

struct Decoded {
    DecodedPost post;
    std::vector<Input> inputs;

    template <class Body>
    [[nodiscard]] const Body* only() const
    {
        return inputs.size() == 1 ? std::get_if<Body>(&inputs.front().body) : nullptr;
    }
};

Decoded decode(const char* content_type, const std::string& body)
{
    OwnIdentity own;
    own.team = "T1";
    own.bot_user = UserId{"U0BOT"};
    PostDecoder decoder{own};
    PostArrival arrival;
    arrival.waiting = 7;
    arrival.signature = "v0=abc";
    arrival.at = from_microseconds(1'700'000'000'000'000);
    Decoded decoded;
    decoded.post = decoder.decode(content_type, body, arrival, decoded.inputs);
    return decoded;
}

/// Everything escaped that could be.
std::string percent_encoded(const std::string& text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        encoded += '%';
        encoded += digits[static_cast<unsigned char>(c) >> 4U];
        encoded += digits[static_cast<unsigned char>(c) & 0xFU];
    }
    return encoded;
}

constexpr const char* message_event =
    R"({"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":"C1","user":"U1","ts":"1.000000"}})";

}  // namespace

TEST_CASE("slack post: an event is what it is in Socket Mode, under the same key, and wants no answer")
{
    const Decoded decoded = decode(json_type, message_event);
    CHECK(decoded.post.kind == PostKind::payload);
    CHECK(decoded.post.problem.empty());
    REQUIRE(decoded.only<MessagePosted>() != nullptr);
    CHECK(decoded.only<MessagePosted>()->message == MessageRef{ChannelId{"C1"}, "1.000000"});
    const Input& input = decoded.inputs.front();
    CHECK(input.key == "m:1.000000:C1");
    CHECK(input.receipt.connection == 7);
    CHECK_FALSE(input.receipt.wants_answer);
    CHECK(input.received_at == from_microseconds(1'700'000'000'000'000));
}

TEST_CASE("slack post: the type of the content counts, not its parameters or its case")
{
    CHECK(decode("application/json; charset=utf-8", message_event).post.kind == PostKind::payload);
    CHECK(decode("Application/JSON ;charset=utf-8", message_event).post.kind == PostKind::payload);
    CHECK(decode("text/plain", message_event).post.problem == "neither JSON nor a form");
    CHECK(decode("application/jsonp", message_event).post.problem == "neither JSON nor a form");
    CHECK(decode("", message_event).post.problem == "neither JSON nor a form");
}

TEST_CASE("slack post: a command is a form, decoded, and may be answered at once")
{
    const Decoded decoded = decode(
        form_type,
        "token=x&team_id=T1&channel_id=C1&user_id=U1&command=%2Fack&text=%3C%40U2%7Cben%3E+by+Thursday+%26amp%3B+soon"
        "&response_url=https%3A%2F%2Fhooks.test%2Fx&trigger_id=1.2.3");
    CHECK(decoded.post.kind == PostKind::payload);
    const auto* given = decoded.only<CommandGiven>();
    REQUIRE(given != nullptr);
    CHECK(given->command == "/ack");
    CHECK(given->text == RichText{Mention{UserId{"U2"}}, Words{" by Thursday & soon"}});
    CHECK(given->person == UserId{"U1"});
    CHECK(given->channel == ChannelId{"C1"});
    CHECK(given->reply_address == "https://hooks.test/x");
    CHECK(decoded.inputs.front().key == "h:v0=abc");
    CHECK(decoded.inputs.front().receipt.wants_answer);
    CHECK(decoded.inputs.front().receipt.connection == 7);
}

TEST_CASE("slack post: an interaction is JSON within a form")
{
    const std::string payload =
        R"({"type":"block_actions","user":{"id":"U1"},"actions":[{"action_id":"got_it:12","value":"r1"}],)"
        R"("container":{"type":"message","message_ts":"1.000000","channel_id":"C1"}})";
    const Decoded decoded = decode(form_type, "payload=" + percent_encoded(payload));
    const auto* taken = decoded.only<ActionTaken>();
    REQUIRE(taken != nullptr);
    CHECK(taken->name == "got_it");
    CHECK(taken->value == "r1");
    CHECK(decoded.inputs.front().key == "h:v0=abc");
}

TEST_CASE("slack post: an event without an id is told apart by the signature, so that its repetition is one")
{
    const Decoded bare = decode(
        json_type,
        R"({"type":"reaction_added","user":"U1","reaction":"eyes","item":{"type":"message","channel":"C1","ts":"1.0"}})");
    CHECK(bare.only<ReactionChanged>() != nullptr);
    CHECK(bare.inputs.front().key == "h:v0=abc");
}

TEST_CASE("slack post: the challenge of an address verification is read, and gives no input")
{
    const Decoded decoded = decode(json_type,
                                   R"({"type":"url_verification","token":"x","challenge":"3eZbrw\"ü"})");
    CHECK(decoded.post.kind == PostKind::challenge);
    CHECK(decoded.post.challenge == "3eZbrw\"ü");
    CHECK(decoded.inputs.empty());
    CHECK(decode(json_type, R"({"type":"url_verification","challenge":5})").post.challenge.empty());
}

TEST_CASE("slack post: a test of the way says nothing else, whatever else it says")
{
    const std::string check = "ssl_check=1&command=%2Fack&user_id=U1&token=x";
    const Decoded decoded = decode(form_type, check);
    CHECK(decoded.post.kind == PostKind::tls_check);
    CHECK(decoded.inputs.empty());
    CHECK(is_tls_check(form_type, check));
    CHECK_FALSE(is_tls_check(json_type, check));
    CHECK_FALSE(is_tls_check(form_type, "ssl_check=0&command=%2Fack"));
    CHECK_FALSE(is_tls_check(form_type, "command=%2Fack"));
    CHECK_FALSE(is_tls_check(form_type, "ssl_check=1&x=" + std::string(5'000, 'x')));
}

TEST_CASE("slack post: what the adapter itself must know is told beside the input")
{
    const Decoded gone = decode(
        json_type, R"({"type":"event_callback","event_id":"Ev1","event":{"type":"app_uninstalled"}})");
    CHECK(gone.post.concern == AdapterConcern::app_uninstalled);
    CHECK(gone.inputs.size() == 1);
    const Decoded limited = decode(json_type,
                                   R"({"type":"app_rate_limited","minute_rate_limited":1518467820})");
    CHECK(limited.post.concern == AdapterConcern::events_rate_limited);
    CHECK(limited.inputs.size() == 1);
}

TEST_CASE("slack post: bytes that are none of Slack's give no input and say why")
{
    struct Row {
        const char* content_type;
        std::string body;
        const char* problem;
    };
    std::string many_fields;
    for (int count = 0; count < 300; ++count) many_fields += "a=1&";
    const Row rows[] = {
        {json_type, "", "not JSON"},
        {json_type, "{", "not JSON"},
        {json_type, "{\"type\":\"\xFF\"}", "not JSON"},
        {json_type, "[1]", "not a JSON object"},
        {form_type, "", "a form without payload or command"},
        {form_type, "text=hi", "a form without payload or command"},
        {form_type, many_fields, "a form of more fields than Slack sends"},
        {form_type, "payload=%7B", "a payload that is not JSON"},
        {form_type, "payload=5", "a payload that is not a JSON object"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const Decoded decoded = decode(row.content_type, row.body);
        CHECK(decoded.post.kind == PostKind::malformed);
        CHECK(decoded.post.problem == row.problem);
        CHECK(decoded.inputs.empty());
    }
}

TEST_CASE("slack post: unusable content of a known form is confirmed, and says what is wrong")
{
    const Decoded nobody = decode(form_type, "command=%2Fack&text=hi");
    CHECK(nobody.post.kind == PostKind::payload);
    CHECK(nobody.only<NothingToDo>() != nullptr);
    CHECK(nobody.post.problem == "a command without command or user_id");
    CHECK(decode(form_type, "command=%FF%FE&user_id=U1").only<CommandGiven>() != nullptr);
}

TEST_CASE("slack post: no damage to a request does any harm")
{
    const std::string bodies[] = {
        message_event,
        "command=%2Fack&text=%3C%40U2%3E+hi&user_id=U1&channel_id=C1",
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%7D",
    };
    std::mt19937 random{12};
    PostDecoder decoder{OwnIdentity{}};
    for (int round = 0; round < 20'000; ++round) {
        std::string body = bodies[random() % std::size(bodies)];
        for (unsigned count = 1 + static_cast<unsigned>(random() % 3); count > 0; --count) {
            const std::size_t at = random() % body.size();
            switch (random() % 3) {
                case 0: body[at] = static_cast<char>(random() % 256); break;
                case 1: body.erase(at, random() % 8); break;
                default: body.insert(at, 1, "%&=+{}\",:0"[random() % 10]);
            }
            if (body.empty()) body = " ";
        }
        std::vector<Input> inputs;
        const DecodedPost post = decoder.decode(random() % 2 == 0 ? json_type : form_type, body, {}, inputs);
        CHECK((post.kind == PostKind::payload) == !inputs.empty());
    }
}
