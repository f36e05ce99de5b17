# Half of what a small file costs is reading the same library headers again. This reads them once for a target with many
# files. Only what never changes here: libraries, no header of ackd, so that touching one of those compiles what includes
# it and nothing else. Files include what they use all the same: `./dev lint` compiles each without this.
#
#     ackd_precompile(ackd_alerts)
#     ackd_precompile(unit_tests <doctest/doctest.h>)     # what most files there include besides

option(ACKD_PRECOMPILE "Read the headers of the libraries once for all files of a target" ON)

set(ackd_precompiled_headers
    <algorithm>
    <array>
    <charconv>
    <chrono>
    <cstdint>
    <functional>
    <map>
    <memory>
    <optional>
    <set>
    <sstream>
    <string>
    <string_view>
    <unordered_map>
    <utility>
    <variant>
    <vector>
    <boost/system/result.hpp>
    <fmt/format.h>
)

function(ackd_precompile target)
    if(NOT ACKD_PRECOMPILE)
        return()
    endif()
    target_precompile_headers(${target} PRIVATE ${ackd_precompiled_headers} ${ARGN})
    # ccache takes two of them for the same by what is in them, not by when they were made.
    target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>"
        $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
        $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>)    # g++ 12 sees them in a precompiled <string>
endfunction()
