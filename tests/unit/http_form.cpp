#include "adapters/http/form.hpp"
#include "adapters/http/listen_address.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd::http;

TEST_CASE("http form: fields come in their order, decoded")
{
    struct Row {
        const char* body;
        Form expected;
    };
    const Row rows[] = {
        {"", {}},
        {"a=1", {{"a", "1"}}},
        {"a=1&b=2&a=3", {{"a", "1"}, {"b", "2"}, {"a", "3"}}},
        {"text=hi+there%21&x=%2Fack", {{"text", "hi there!"}, {"x", "/ack"}}},
        {"%74ext=%F0%9F%93%A8", {{"text", "📨"}}},
        {"a", {{"a", ""}}},
        {"a=", {{"a", ""}}},
        {"=1", {{"", "1"}}},
        {"a=b=c", {{"a", "b=c"}}},
        {"&&a=1&&", {{"a", "1"}}},
        {"a=%&b=%4&c=%zz&d=%4g&e=%25", {{"a", "%"}, {"b", "%4"}, {"c", "%zz"}, {"d", "%4g"}, {"e", "%"}}},
        {"a=%41%6a%6A", {{"a", "Ajj"}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto form = decode_form(row.body);
        REQUIRE(form.has_value());
        CHECK(*form == row.expected);
    }
    CHECK(decode_form(std::string_view{"a=%00\0b", 7})->front().value == std::string{"\0\0b", 3});
}

TEST_CASE("http form: more fields than anybody sends are no form")
{
    std::string body;
    for (int count = 0; count < 200; ++count) body += "a=1&";
    CHECK(decode_form(body)->size() == 200);
    body += "a=1";
    CHECK_FALSE(decode_form(body).has_value());
}

TEST_CASE("http form: the first field of a name counts")
{
    const auto form = decode_form("a=1&b=&a=2");
    REQUIRE(form.has_value());
    REQUIRE(field_of(*form, "a") != nullptr);
    CHECK(*field_of(*form, "a") == "1");
    REQUIRE(field_of(*form, "b") != nullptr);
    CHECK(field_of(*form, "b")->empty());
    CHECK(field_of(*form, "c") == nullptr);
}

TEST_CASE("http: an address to listen on is a numeric address and a port")
{
    CHECK(parse_listen_address("127.0.0.1:8090") == ListenAddress{"127.0.0.1", 8090});
    CHECK(parse_listen_address("0.0.0.0:0") == ListenAddress{"0.0.0.0", 0});
    CHECK(parse_listen_address("[::1]:65535") == ListenAddress{"::1", 65535});
    for (const char* wrong : {"",
                              ":8090",
                              "127.0.0.1",
                              "127.0.0.1:",
                              "127.0.0.1:65536",
                              "127.0.0.1:-1",
                              "127.0.0.1:80 ",
                              "127.0.0.1:+80",
                              "127.0.0:80",
                              "localhost:8090",
                              "::1:8090",
                              "[::1:8090",
                              "[]:8090",
                              "[127.0.0.1]:8090",
                              "http://127.0.0.1:8090"})
    {
        CAPTURE(wrong);
        CHECK_FALSE(parse_listen_address(wrong).has_value());
    }
    CHECK_FALSE(parse_listen_address(std::string_view{"127.0.0.1\0:80", 13}).has_value());
}
