# Every library that ackd uses, all of them packages of Debian 12 (`./dev setup` installs them). A room links what it
# needs by the target named on the right.

set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)    # found once, here or in a room, and visible to the programs that link it
find_package(PkgConfig REQUIRED)

find_package(Threads REQUIRED)                                      # Threads::Threads
find_package(Boost 1.81 REQUIRED COMPONENTS headers url)            # Boost::headers  Boost::url
find_package(OpenSSL 3 REQUIRED)                                    # OpenSSL::SSL  OpenSSL::Crypto
find_package(CURL 7.88 REQUIRED)                                    # CURL::libcurl
find_package(SQLite3 3.40 REQUIRED)                                 # SQLite::SQLite3
find_package(nlohmann_json REQUIRED)                                # nlohmann_json::nlohmann_json
find_package(simdjson REQUIRED)                                     # simdjson::simdjson
find_package(fmt REQUIRED)                                          # fmt::fmt
find_package(spdlog REQUIRED)                                       # spdlog::spdlog
find_package(CLI11 REQUIRED)                                        # CLI11::CLI11
find_package(tomlplusplus REQUIRED)                                 # tomlplusplus::tomlplusplus
find_package(date REQUIRED)                                         # date::date  date::date-tz
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo)            # PkgConfig::cairo
pkg_check_modules(libical REQUIRED IMPORTED_TARGET libical)        # PkgConfig::libical
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)      # PkgConfig::systemd

# Only the tests need these; `./dev build` does without.
find_package(doctest QUIET)                                         # doctest::doctest
find_package(rapidcheck QUIET)                                      # rapidcheck
find_package(benchmark QUIET)                                       # benchmark::benchmark
