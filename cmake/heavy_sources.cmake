# A file that instantiates a TLS stream or a WebSocket costs 10 to 90 seconds and, under the sanitizers, 2 GB. There are
# few of them, each behind a small interface. This adds such files to a target so that under the sanitizers one at a
# time is compiled, while the other core goes on with the small ones.
#
#     ackd_heavy_sources(ackd_slack slack_websocket.cpp https_client.cpp)     # after add_library and its link libraries

set_property(GLOBAL PROPERTY JOB_POOLS heavy_compile=1)

function(ackd_heavy_sources target)
    set(objects ${target}_heavy)
    add_library(${objects} OBJECT ${ARGN})
    target_link_libraries(${objects} PRIVATE $<TARGET_PROPERTY:${target},LINK_LIBRARIES>)
    target_include_directories(${objects} PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
    target_compile_definitions(${objects} PRIVATE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
    target_compile_options(${objects} PRIVATE $<TARGET_PROPERTY:${target},COMPILE_OPTIONS>)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${objects}>)
    if(ACKD_SANITIZE)
        set_target_properties(${objects} PROPERTIES JOB_POOL_COMPILE heavy_compile)
    endif()
endfunction()
