// The unit tests' program: doctest's own main. `unit_tests --list-test-cases` reads as a specification.

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
