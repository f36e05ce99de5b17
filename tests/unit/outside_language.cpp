// What is told outside the chat, before any socket: where it may go, how it is signed, what stands in it.
#include "adapters/outside/address_guard.hpp"
#include "adapters/outside/encoded_word.hpp"
#include "adapters/outside/mail_text.hpp"
#include "adapters/outside/outside_outcome.hpp"
#include "adapters/outside/outside_request.hpp"
#include "adapters/outside/webhook_signature.hpp"
#include "bot/base64.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace ackd;
using namespace ackd::outside;
using namespace std::chrono_literals;

namespace {

IpAddress ip(const char* text)
{
    const auto address = parse_ip_address(text);
    REQUIRE_MESSAGE(address.has_value(), text);
    return *address;
}

Delivery delivery_of(DestinationKind kind)
{
    TellOutside told;
    told.destination = {"ops-pager", kind, "https://hooks.example.com/a?token=b"};
    told.message = {"raised",
                    "request-12",
                    "Checkout is down",
                    "Ann asks:\nwho looks?",
                    "now",
                    "https://x.example/1",
                    {{"route", "technical"}},
                    Instant{1'700'000'000s}};
    Delivery delivery;
    delivery.id = OutboxId{17};
    delivery.effect = told;
    return delivery;
}

OutsideMessage& message_of(Delivery& delivery)
{
    return std::get<TellOutside>(delivery.effect).message;
}

Result<HttpRequest> request_of(const Delivery& delivery, const DestinationSecret& secret)
{
    return build_request(delivery, std::get<TellOutside>(delivery.effect), secret, Instant{1'700'000'300s});
}

bool has(const std::vector<std::string>& lines, const std::string& line)
{
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

bool has_header(const std::vector<std::string>& lines, const std::string& name)
{
    return std::any_of(
        lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(name + ":"); });
}

/// The lines before the first empty one.
std::vector<std::string> header_lines(const std::string& mail)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0;;) {
        const std::size_t end = mail.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        if (end == at) return lines;
        lines.push_back(mail.substr(at, end - at));
        at = end + 2;
    }
}

std::string body_of(const std::string& mail)
{
    std::string encoded = mail.substr(mail.find("\r\n\r\n") + 4);
    std::erase_if(encoded, [](char c) { return c == '\r' || c == '\n'; });
    return bytes_of_base64(encoded).value();
}

/// Bytes that people and programs might put into a title to get a header of their own.
std::string hostile_text(std::mt19937_64& random)
{
    static const std::vector<std::string> parts{"\r\n",
                                                "\n",
                                                "\r",
                                                "Bcc: all@example.com",
                                                ": ",
                                                std::string{'\0'},
                                                "\x7f",
                                                "\u2028",
                                                "\u0085",
                                                "ä",
                                                "🔥",
                                                "=?UTF-8?B?",
                                                "\xff",
                                                "\xc3",
                                                "\xed\xa0\x80",
                                                " ",
                                                "a",
                                                "?=",
                                                "\t",
                                                "\x1b[2J"};
    std::string text;
    const auto count = random() % 40;
    for (std::size_t i = 0; i < count; ++i) text += parts[random() % parts.size()];
    return text;
}

}  // namespace

TEST_CASE("outside: only what the internet knows may be reached")
{
    for (const char* text : {"8.8.8.8",
                             "1.1.1.1",
                             "192.0.1.1",
                             "172.15.255.255",
                             "172.32.0.1",
                             "100.63.255.255",
                             "100.128.0.1",
                             "223.255.255.255",
                             "2606:4700::1111",
                             "2a00:1450:4001::1",
                             "::ffff:8.8.8.8",
                             "64:ff9b::8.8.8.8",
                             "2002:808:808::1"})
    {
        CAPTURE(text);
        CHECK(is_public(ip(text)));
    }
    for (const char* text : {"0.0.0.0",
                             "0.1.2.3",
                             "10.0.0.1",
                             "10.255.255.255",
                             "100.64.0.1",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.254",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.0.2.1",
                             "192.168.1.1",
                             "198.18.0.1",
                             "198.51.100.7",
                             "203.0.113.9",
                             "224.0.0.1",
                             "239.1.2.3",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::8.8.8.8",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "::ffff:169.254.169.254",
                             "fe80::1",
                             "fec0::1",
                             "fc00::1",
                             "fd12:3456::1",
                             "ff02::1",
                             "2001:db8::1",
                             "2001::1",
                             "2001:10::1",
                             "3fff::1",
                             "64:ff9b::127.0.0.1",
                             "64:ff9b::10.0.0.1",
                             "64:ff9b:1::8.8.8.8",
                             "2002:7f00:1::1",
                             "2002:a00:1::1",
                             "2002:c0a8:101::1",
                             "100::1",
                             "5f00::1",
                             "4000::1"})
    {
        CAPTURE(text);
        CHECK_FALSE(is_public(ip(text)));
    }
}

TEST_CASE("outside: one private network may be allowed, and nothing beside it")
{
    const auto reached = [](const char* network, const char* address) {
        return may_be_reached(ip(address), parse_network(network));
    };
    CHECK(reached("10.1.2.0/24", "10.1.2.255"));
    CHECK(reached("10.1.2.0/24", "::ffff:10.1.2.3"));
    CHECK_FALSE(reached("10.1.2.0/24", "10.1.3.0"));
    CHECK_FALSE(reached("10.1.2.0/24", "127.0.0.1"));
    CHECK_FALSE(reached("10.1.2.0/24", "2002:a01:203::1"));  // another way to the same machine
    CHECK(reached("10.1.2.0/23", "10.1.3.0"));
    CHECK(reached("127.0.0.1/32", "127.0.0.1"));
    CHECK_FALSE(reached("127.0.0.1/32", "127.0.0.2"));
    CHECK(reached("fd00::/8", "fdff::1"));
    CHECK_FALSE(reached("fd00::/8", "fc00::1"));
    CHECK(reached("0.0.0.0/0", "10.0.0.1"));
    CHECK_FALSE(reached("::/0", "10.0.0.1"));
    CHECK(reached("::/0", "fe80::1"));
    CHECK(reached("10.1.2.0/24", "8.8.8.8"));
    for (const char* text :
         {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "/8", "fd00::/129", "fd00::/8 ", "x/8", ""})
    {
        CAPTURE(text);
        CHECK_FALSE(parse_network(text).has_value());
    }
}

TEST_CASE("outside: an address of either family is read from the socket's form, another family is none")
{
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(0x7f000001);
    CHECK(ip_address_of(reinterpret_cast<sockaddr&>(v4), sizeof v4) == ip("127.0.0.1"));
    CHECK_FALSE(ip_address_of(reinterpret_cast<sockaddr&>(v4), 4).has_value());
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_addr = in6addr_loopback;
    CHECK(ip_address_of(reinterpret_cast<sockaddr&>(v6), sizeof v6) == ip("::1"));
    v6.sin6_family = AF_UNIX;
    CHECK_FALSE(ip_address_of(reinterpret_cast<sockaddr&>(v6), sizeof v6).has_value());
}

TEST_CASE("outside: Base64 both ways")
{
    for (const auto& [bytes, text] : std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                                                      {"f", "Zg=="},
                                                                                      {"fo", "Zm8="},
                                                                                      {"foo", "Zm9v"},
                                                                                      {"foob", "Zm9vYg=="},
                                                                                      {"\xff\xfe", "//4="}})
    {
        CHECK(base64_of(bytes) == text);
        CHECK(bytes_of_base64(text) == bytes);
    }
    CHECK(bytes_of_base64("Zg") == "f");
    CHECK_FALSE(bytes_of_base64("Z").has_value());
    CHECK_FALSE(bytes_of_base64("Zm9-").has_value());
}

TEST_CASE("outside: the signature is that of Standard Webhooks")
{
    // Computed by Python's hmac.
    const std::string whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const std::string by_whsec = "o9VJcpWwgYWA7ZivCG490EoXPWZDL9GmOtECpfgXt0g=";
    const std::string by_text = "5Kfwc4Ww2rI3BlCSOgv0rbNwY4UCaT+2WXSAx43zLkU=";
    const auto sign = [](const DestinationSecret& secret) {
        return webhook_signature(secret, "ackd-17", "1700000000", R"({"event":"raised"})");
    };
    CHECK(sign({whsec, ""}) == "v1," + by_whsec);
    CHECK(sign({"plain text", ""}) == "v1," + by_text);
    CHECK(sign({"plain text", whsec}) == "v1," + by_text + " v1," + by_whsec);
    CHECK_FALSE(sign({"whsec_no base64", ""}).has_value());
    CHECK_FALSE(sign({"", whsec}).has_value());
    CHECK(sign({whsec, "whsec_no base64"}) == "v1," + by_whsec);
    CHECK(webhook_timestamp(Instant{1'700'000'000'999'999us}) == "1700000000");
}

TEST_CASE("outside: a webhook is signed JSON, with the same id and body each time")
{
    Delivery delivery = delivery_of(DestinationKind::webhook);
    delivery.intended_at = Instant{1'700'000'000s};
    const auto request = request_of(delivery, {"plain text", ""});
    REQUIRE(request.has_value());
    CHECK(request->url == "https://hooks.example.com/a?token=b");
    CHECK(request->body ==
          R"({"id":"ackd-17-1700000000","event":"raised","key":"request-12","title":"Checkout is down",)"
          R"("text":"Ann asks:\nwho looks?","priority":"now","link":"https://x.example/1",)"
          R"("facts":{"route":"technical"},"at":"2023-11-14T22:13:20Z"})");
    CHECK(has(request->headers, "Content-Type: application/json"));
    CHECK(has(request->headers, "webhook-id: ackd-17-1700000000"));
    CHECK(has(request->headers, "webhook-timestamp: 1700000300"));
    CHECK(has(request->headers,
              "webhook-signature: " +
                  webhook_signature({"plain text", ""}, "ackd-17-1700000000", "1700000300", *request->body)
                      .value()));
    // Of a restored backup, which counts on from an earlier number.
    Delivery later = delivery;
    later.intended_at += 1s;
    CHECK(id_of(later) == "ackd-17-1700000001");
    delivery.attempt = 2;
    const auto again = request_of(delivery, {"plain text", ""});
    CHECK(again->body == request->body);
    message_of(delivery).title = "\xff";
    CHECK(request_of(delivery, {"plain text", ""}).has_value());
}

TEST_CASE("outside: what is missing is named, with what to set")
{
    const auto missing = request_of(delivery_of(DestinationKind::webhook), {});
    CHECK(missing.error() ==
          Fault{FaultKind::configuration,
                "ops-pager has no secret that signs what is told there: set "
                "ACKD_DESTINATION_OPS_PAGER, or the systemd credential destination-ops-pager"});
    const auto wrong = request_of(delivery_of(DestinationKind::webhook), {"whsec_?", ""});
    CHECK(wrong.error() ==
          Fault{FaultKind::configuration,
                "ACKD_DESTINATION_OPS_PAGER begins with whsec_, and what follows is no Base64"});
    const Delivery mail = delivery_of(DestinationKind::mail);
    const auto& told = std::get<TellOutside>(mail.effect);
    CHECK(build_mail(mail, told, std::nullopt).error().kind == FaultKind::configuration);
    MailServer server;
    server.user = "ackd";
    CHECK(
        build_mail(mail, told, server).error() ==
        Fault{
            FaultKind::configuration,
            "the mail server's user has no password: set SMTP_PASSWORD, or the systemd credential smtp-password"});
}

TEST_CASE("outside: a push has its title, its priority, a tag and a link; its token is optional")
{
    Delivery delivery = delivery_of(DestinationKind::push);
    auto request = request_of(delivery, {});
    REQUIRE(request.has_value());
    CHECK(request->body == "Ann asks:\nwho looks?");
    CHECK(request->headers == std::vector<std::string>{"Content-Type: text/plain; charset=utf-8",
                                                       "Title: Checkout is down",
                                                       "Priority: 5",
                                                       "Tags: raised",
                                                       "Click: https://x.example/1"});
    CHECK(has(request_of(delivery, {"tk_1", ""})->headers, "Authorization: Bearer tk_1"));
    for (const auto& [priority, number] : {std::pair{"today", "4"}, {"week", "3"}, {"fyi", "2"}}) {
        message_of(delivery).priority = priority;
        CHECK(has(request_of(delivery, {})->headers, std::string{"Priority: "} + number));
    }
    message_of(delivery).priority = "other";
    message_of(delivery).title = "Größer";
    message_of(delivery).link = "https://x.example/1\r\nX: y";
    message_of(delivery).event = "no tag";
    CHECK(request_of(delivery, {})->headers ==
          std::vector<std::string>{"Content-Type: text/plain; charset=utf-8",
                                   "Title: =?UTF-8?B?R3LDtsOfZXI=?="});
    message_of(delivery).text = "";
    CHECK(request_of(delivery, {})->body == "Größer");
    CHECK_FALSE(has_header(request_of(delivery, {})->headers, "Title"));
    message_of(delivery).text = std::string(3'999, 'x') + "ö";
    CHECK(request_of(delivery, {})->body == std::string(3'999, 'x'));
}

TEST_CASE("outside: a heartbeat is a plain GET")
{
    const auto request = request_of(delivery_of(DestinationKind::heartbeat), {});
    REQUIRE(request.has_value());
    CHECK_FALSE(request->body.has_value());
    CHECK(request->headers.empty());
}

TEST_CASE("outside: a mail is whole, the same each time, and stands in the thread of its thing")
{
    Delivery delivery = delivery_of(DestinationKind::mail);
    const OutsideMessage& message = message_of(delivery);
    const MailEnds ends{"ackd@example.com", "oncall@example.org"};
    const std::string mail = mail_text(ends, "ackd-17", message);
    const auto lines = header_lines(mail);
    CHECK(lines ==
          std::vector<std::string>{"Date: Tue, 14 Nov 2023 22:13:20 +0000",
                                   "From: ackd@example.com",
                                   "To: oncall@example.org",
                                   "Subject: Checkout is down",
                                   "Message-ID: <ackd-17@example.com>",
                                   "In-Reply-To: <about-c03ee501983cd866b2e7a33a0016ffee@example.com>",
                                   "References: <about-c03ee501983cd866b2e7a33a0016ffee@example.com>",
                                   "Auto-Submitted: auto-generated",
                                   "MIME-Version: 1.0",
                                   "Content-Type: text/plain; charset=utf-8",
                                   "Content-Transfer-Encoding: base64"});
    CHECK(body_of(mail) == "Ann asks:\r\nwho looks?\r\n\r\nhttps://x.example/1\r\n");
    CHECK(mail_text(ends, "ackd-17", message) == mail);
    OutsideMessage bare;
    bare.title = "Größer";
    const std::string second = mail_text(ends, "ackd-18", bare);
    CHECK(has(header_lines(second), "Subject: =?UTF-8?B?R3LDtsOfZXI=?="));
    CHECK(body_of(second) == "Größer\r\n");
    CHECK_FALSE(has_header(header_lines(second), "References"));
}

TEST_CASE("outside: whatever a title holds, it begins no header of its own")
{
    const auto expected = [] {
        std::vector<std::string> names;
        const auto mail = mail_text(
            {"ackd@example.com", "a@example.org"}, "ackd-1", {"raised", "k", "t", "", "", "", {}, Instant{}});
        for (const std::string& line : header_lines(mail)) names.push_back(line.substr(0, line.find(':')));
        return names;
    }();
    std::mt19937_64 random{7};
    for (int round = 0; round < 2'000; ++round) {
        const std::string text = hostile_text(random);
        CAPTURE(text);
        const OutsideMessage message{text, "k" + text, text, text, text, text, {{text, text}}, Instant{}};
        std::vector<std::string> names;
        for (const std::string& line :
             header_lines(mail_text({"ackd@example.com", "a@example.org"}, "ackd-1", message)))
        {
            CHECK(line.size() <= 78);
            CHECK(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 0x7f; }));
            if (!line.starts_with(' ')) names.push_back(line.substr(0, line.find(':')));
        }
        CHECK(names == expected);
        for (const DestinationKind kind : {DestinationKind::webhook, DestinationKind::push}) {
            Delivery delivery = delivery_of(kind);
            message_of(delivery) = message;
            const auto request = request_of(delivery, {"secret", ""});
            for (const std::string& header : request->headers)
                CHECK(std::all_of(header.begin(), header.end(), [](char c) { return c >= ' ' && c < 0x7f; }));
        }
    }
}

TEST_CASE("outside: one line stays one line, and is cut between two characters")
{
    CHECK(as_one_line("a\r\nb\tc  d ", 100) == "a b c d");
    CHECK(as_one_line("\n\n", 100) == "");
    CHECK(as_one_line("aöö", 4) == "aö");
    CHECK(as_one_line("a\xffz", 100) == "a?z");
    CHECK(as_one_line("a\u2028z", 100) == "a z");
    CHECK(as_encoded_words("=?x", " ") == "=?UTF-8?B?PT94?=");
    const std::string words = as_encoded_words(std::string(30, 'x') + "öööööööööö", "\r\n ");
    CHECK(
        words ==
        "=?UTF-8?B?eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4w7bDtsO2w7Y=?=\r\n =?UTF-8?B?w7bDtsO2w7bDtsO2?=");
    const std::string subject =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
    const auto lines = header_lines(
        mail_text({"a@b", "c@d"}, "i", {"", "", subject, "", "", "", {}, Instant{}}));
    CHECK(has(lines, "Subject: one two three four five six seven eight nine ten eleven twelve"));
    CHECK(has(lines, " thirteen fourteen"));
}

TEST_CASE("outside: what an answer means")
{
    const auto fault = [](int status, std::chrono::seconds wait = 0s) {
        return std::get<Fault>(outcome_of_http(status, wait));
    };
    for (const int status : {200, 201, 202, 204, 299})
        CHECK(std::holds_alternative<Done>(outcome_of_http(status, 0s)));
    for (const int status : {300, 301, 302, 304, 307, 308})
        CHECK(fault(status) == Fault{FaultKind::permanent, "redirects to another address"});
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 599})
        CHECK(fault(status).kind == FaultKind::temporary);
    for (const int status : {400, 401, 403, 404, 405, 410, 413, 418, 422})
        CHECK(fault(status).kind == FaultKind::permanent);
    CHECK(fault(429, 30s) == Fault{FaultKind::temporary, "answered 429", 30s});
    CHECK(fault(503, 24h).retry_after == 1h);
    CHECK(fault(410).detail == "answered 410: it is gone for good");
    CHECK(fault_of_smtp(550, "550 5.1.1 \"who\"\r\n") ==
          Fault{FaultKind::permanent, "the mail server answered 550 5.1.1 'who'"});
    CHECK(fault_of_smtp(451, "").kind == FaultKind::temporary);
    CHECK(fault_of_smtp(535, "535 no").kind == FaultKind::configuration);
}

TEST_CASE("outside: a secret is found by its credential before its variable")
{
    DestinationSecrets secrets;
    secrets.add("ACKD_DESTINATION_OPS_PAGER", "variable");
    secrets.add("ACKD_DESTINATION_OPS_PAGER_PREVIOUS", "variable before");
    CHECK(secrets.of("ops-pager").current == "variable");
    secrets.add("destination-ops-pager", "credential");
    CHECK(secrets.of("ops-pager").current == "credential");
    CHECK(secrets.of("ops-pager").previous == "variable before");
    CHECK(secrets.of("ops").current == "");
    secrets.add("destination-ops", "");
    CHECK(secrets.of("ops").current == "");
}
