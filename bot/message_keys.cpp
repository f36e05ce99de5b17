#include "bot/message_keys.hpp"

namespace ackd {

namespace {

/// The stamp first: what is said now then lies together in the table of keys, and is added at its end.
std::string key_of(std::string_view what, const MessageRef& message)
{
    std::string key{what};
    key.reserve(what.size() + message.channel.value.size() + message.stamp.size() + 1);
    key += message.stamp;
    key += ':';
    key += message.channel.value;
    return key;
}

}  // namespace

std::string key_of_message(const MessageRef& message)
{
    return key_of("m:", message);
}

std::string key_of_edit(const MessageRef& message, std::string_view edited)
{
    return key_of("c:", message).append(":").append(edited);
}

std::string key_of_deletion(const MessageRef& message)
{
    return key_of("d:", message);
}

}  // namespace ackd
