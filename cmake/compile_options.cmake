# How everything here is compiled. What a target asks for itself is `ackd_options`; what must be the same for every
# object in the program (sanitizers, hardening, the linker) is set for the whole tree.

option(ACKD_WERROR "Warnings are errors" OFF)
set(ACKD_SANITIZE "" CACHE STRING "Sanitizers for the whole tree, e.g. address,undefined or thread")

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(ackd_options INTERFACE)
target_compile_features(ackd_options INTERFACE cxx_std_20)
target_include_directories(ackd_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(ackd_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(ACKD_WERROR)
    target_compile_options(ackd_options INTERFACE -Werror)
endif()

# A fast linker, where there is one: 0.1 s instead of 0.8 s for each program.
find_program(ACKD_LINKER NAMES mold ld.lld)
if(ACKD_LINKER MATCHES "mold$")
    add_link_options(-fuse-ld=mold)
elseif(ACKD_LINKER)
    add_link_options(-fuse-ld=lld)
endif()

find_program(ACKD_CCACHE ccache)
if(ACKD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ACKD_CCACHE})
endif()

include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(ACKD_SANITIZE)
    add_compile_options(-fsanitize=${ACKD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${ACKD_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND ACKD_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize=function)    # clang 14 reports every coroutine
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND ACKD_SANITIZE MATCHES "thread")
        add_compile_options(-Wno-tsan)    # Asio's fences, which g++ cannot follow
    endif()
elseif(CMAKE_BUILD_TYPE MATCHES "^Rel")
    add_compile_options(-fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
    add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64")
        add_compile_options(-fcf-protection)
    endif()
endif()
