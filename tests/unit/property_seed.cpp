// The properties run with the same numbers every time, so that a failure here is a failure everywhere. To
// look further:
//
//     RC_PARAMS="max_success=10000" unit_tests -tc="*availability*"
//
// Under the sanitizers fewer of them do: what is wrong with memory shows in the first rounds, slowly.
#include <cstdlib>

namespace {

#ifdef ACKD_SANITIZED
constexpr const char* parameters = "seed=20260302 max_success=15";
#else
constexpr const char* parameters = "seed=20260302";
#endif

[[maybe_unused]] const int seed_is_set = setenv("RC_PARAMS", parameters, 0);

}  // namespace
