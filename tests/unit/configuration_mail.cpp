// [mail] of the configuration: where mail is handed over.
#include "bot/cli/configuration.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace ackd::cli;
using outside::MailEncryption;

namespace {

std::string problem_of_mail(const std::string& lines)
{
    const Configuration read = parse_configuration("[mail]\n" + lines);
    return read.problems.size() == 1 && read.problems.front().line > 0 ? read.problems.front().what : "?";
}

const std::string from = "from = \"ackd@example.com\"\n";

}  // namespace

TEST_CASE("configuration: a mail server is a name, a port, and whom mail comes from")
{
    CHECK_FALSE(parse_configuration("").mail.has_value());
    CHECK_FALSE(parse_configuration("[mail]\n").mail.has_value());
    const Configuration usual = parse_configuration("[mail]\nserver = \"smtp.example.com:587\"\n" + from);
    CHECK(usual.problems.empty());
    REQUIRE(usual.mail.has_value());
    CHECK(usual.mail->host == "smtp.example.com");
    CHECK(usual.mail->port == 587);
    CHECK(usual.mail->encryption == MailEncryption::starttls);
    CHECK(usual.mail->from == "ackd@example.com");
    const Configuration v6 = parse_configuration(
        "[mail]\nserver = \"[::1]:25\"\nencryption = \"none\"\nuser = \"u\"\nauthorities = \"/ca.pem\"\n" +
        from);
    REQUIRE(v6.mail.has_value());
    CHECK(v6.mail->host == "::1");
    CHECK(v6.mail->encryption == MailEncryption::none);
    CHECK(v6.mail->authorities == "/ca.pem");
    CHECK(parse_configuration("[mail]\nserver = \"relay:25\"\nencryption = \"none\"\n" + from)
              .mail.has_value());
}

TEST_CASE("configuration: what [mail] cannot be is told with its place")
{
    for (const char* server : {"smtp.example.com",
                               "smtp.example.com:",
                               ":25",
                               "a b:25",
                               "x:0",
                               "x:65536",
                               "x:2x",
                               "[1.2.3.4]:25",
                               "::1:25",
                               "smtp://x:25"})
    {
        CAPTURE(server);
        CHECK(problem_of_mail("server = \"" + std::string{server} + "\"\n" + from) ==
              "server is a name and a port: \"smtp.example.com:587\"");
    }
    CHECK(problem_of_mail(from) == "[mail] says where: server = \"smtp.example.com:587\"");
    CHECK(problem_of_mail("server = \"x:25\"") == "[mail] says who: from = \"ackd@example.com\"");
    CHECK(problem_of_mail("server = \"x:25\"\nfrom = \"ackd\"") ==
          "from is the address that mail comes from: \"ackd@example.com\"");
    CHECK(
        problem_of_mail("server = \"x:25\"\nencryption = \"none\"\nuser = \"u\"\n" + from) ==
        "with encryption = \"none\" the user's password could be read on its way: only for a server on this "
        "machine");
    CHECK(problem_of_mail("server = \"x:25\"\nencryption = \"starttl\"\n" + from).find("\"starttls\"") !=
          std::string::npos);
    CHECK(problem_of_mail("server = \"x:25\"\nauthorities = \"ca.pem\"\n" + from) ==
          "authorities is a file's whole path: \"/etc/ackd/mail-ca.pem\"");
    // Without a header of its own it has its place all the same.
    const Configuration dotted = parse_configuration("\nmail.server = \"x:25\"\n");
    REQUIRE(dotted.problems.size() == 1);
    CHECK(dotted.problems.front().line == 2);
}
