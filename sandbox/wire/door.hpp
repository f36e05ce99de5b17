// Who may come in: a sandbox is for one machine, and for others only with a password. Pure.
//
//  - What a page of somebody else's asks for (Origin) is refused, and on this machine alone so is whatever
//    came by another name than this machine's (DNS rebinding): any website could steer the sandbox otherwise.
//  - Open to other machines, everything but the app's own paths needs the password (HTTP Basic, any user),
//    and the app's paths are for this machine: everybody knows the sandbox's tokens.
#pragma once

#include "sandbox/wire/http_message.hpp"

#include <optional>
#include <string>

namespace sandbox {

class Door {
public:
    static constexpr std::size_t password_size_min = 8;

    /// Without a password: for this machine alone.
    explicit Door(std::string password) : password_(std::move(password)) {}

    /// Nothing: come in. Otherwise what to answer instead.
    [[nodiscard]] std::optional<HttpAnswer> refusal(const HttpRequest& request) const;

private:
    [[nodiscard]] bool knows_password(const std::string& authorization) const;

    std::string password_;
};

}  // namespace sandbox
