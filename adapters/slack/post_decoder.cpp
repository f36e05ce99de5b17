#include "adapters/slack/post_decoder.hpp"

#include "adapters/http/form.hpp"
#include "adapters/slack/payload_decoder.hpp"
#include "bot/lower_case.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

/// "application/json; charset=utf-8" is an "application/json".
bool is_type(std::string_view content_type, std::string_view expected)
{
    content_type = content_type.substr(0, content_type.find(';'));
    while (content_type.ends_with(' ')) content_type.remove_suffix(1);
    return content_type.size() == expected.size() &&
           std::equal(content_type.begin(), content_type.end(), expected.begin(), [](char a, char b) {
               return lower_case(a) == b;
           });
}

bool is_form(std::string_view content_type)
{
    return is_type(content_type, "application/x-www-form-urlencoded");
}

bool asks_for_tls_check(const http::Form& form)
{
    const std::string* asked = http::field_of(form, "ssl_check");
    return asked != nullptr && *asked == "1";
}

DecodedPost post_of_kind(PostKind kind)
{
    DecodedPost decoded;
    decoded.kind = kind;
    return decoded;
}

DecodedPost malformed(std::string_view why)
{
    DecodedPost decoded = post_of_kind(PostKind::malformed);
    decoded.problem = std::string{why};
    return decoded;
}

/// A command's fields as the object that they are in Socket Mode.
std::string as_json(const http::Form& form)
{
    nlohmann::json object = nlohmann::json::object();
    for (const http::FormField& field : form) object.emplace(field.name, field.value);
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

DecodedPost decode(PayloadKind kind,
                   JsonValue payload,
                   const PostArrival& arrival,
                   const OwnIdentity& identity,
                   std::vector<Input>& inputs)
{
    PayloadSource source;
    source.way = 'h';
    source.id = arrival.signature;
    source.at = arrival.at;
    source.receipt.connection = arrival.waiting;
    source.receipt.wants_answer = kind != PayloadKind::event;
    DecodedPayload within = decode_payload(kind, payload, std::move(source), identity, inputs);
    DecodedPost decoded = post_of_kind(PostKind::payload);
    decoded.problem = std::move(within.problem);
    decoded.concern = within.concern;
    decoded.concerned = std::move(within.concerned);
    return decoded;
}

}  // namespace

struct PostDecoder::Buffers {
    JsonDocument document;
};

PostDecoder::PostDecoder(OwnIdentity identity)
    : identity_(std::move(identity)), buffers_(std::make_unique<Buffers>())
{}

PostDecoder::~PostDecoder() = default;

DecodedPost PostDecoder::decode(std::string_view content_type,
                                std::string_view body,
                                const PostArrival& arrival,
                                std::vector<Input>& inputs)
{
    if (is_type(content_type, "application/json")) return decode_json(body, arrival, inputs);
    if (is_form(content_type)) return decode_form_body(body, arrival, inputs);
    return malformed("neither JSON nor a form");
}

DecodedPost PostDecoder::decode_json(std::string_view body,
                                     const PostArrival& arrival,
                                     std::vector<Input>& inputs)
{
    const auto root = buffers_->document.parse(body);
    if (!root) return malformed("not JSON");
    if (!root->is_object()) return malformed("not a JSON object");
    if (text_of(*root, "type") == "url_verification") {
        DecodedPost decoded = post_of_kind(PostKind::challenge);
        decoded.challenge = text_of(*root, "challenge");
        return decoded;
    }
    return slack::decode(PayloadKind::event, *root, arrival, identity_, inputs);
}

DecodedPost PostDecoder::decode_form_body(std::string_view body,
                                          const PostArrival& arrival,
                                          std::vector<Input>& inputs)
{
    const auto form = http::decode_form(body);
    if (!form) return malformed("a form of more fields than Slack sends");
    if (asks_for_tls_check(*form)) return post_of_kind(PostKind::tls_check);
    const std::string* interaction = http::field_of(*form, "payload");
    if (interaction == nullptr && http::field_of(*form, "command") == nullptr)
        return malformed("a form without payload or command");
    const auto payload = buffers_->document.parse(interaction != nullptr ? *interaction : as_json(*form));
    if (!payload) return malformed("a payload that is not JSON");
    if (!payload->is_object()) return malformed("a payload that is not a JSON object");
    const PayloadKind kind = interaction != nullptr ? PayloadKind::interaction : PayloadKind::command;
    return slack::decode(kind, *payload, arrival, identity_, inputs);
}

bool is_tls_check(std::string_view content_type, std::string_view body)
{
    constexpr std::size_t size_max = 4'096;
    if (!is_form(content_type) || body.size() > size_max) return false;
    const auto form = http::decode_form(body);
    return form && asks_for_tls_check(*form);
}

}  // namespace ackd::slack
