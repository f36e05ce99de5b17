// The shape of an app manifest, as json_schema understands it.
#pragma once

#include "sandbox/model/json.hpp"

namespace sandbox {

const Json& manifest_schema();

}  // namespace sandbox
