// Reading a person's fields from JSON (a workspace file, the control API) into a User.
#pragma once

#include "sandbox/model/outcome.hpp"
#include "sandbox/model/workspace_types.hpp"

namespace sandbox {

/// `user` with what `fields` names changed. Field names are those of users.info; profile members stand flat.
/// Refuses "invalid_user" with a message for an unknown name, a wrong type or an impossible value.
Outcome<User> with_fields(User user, const Json& fields);

}  // namespace sandbox
