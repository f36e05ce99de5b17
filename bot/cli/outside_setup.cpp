#include "bot/cli/outside_setup.hpp"

#include "bot/cli/secrets.hpp"

namespace ackd::cli {

outside::OutsideSettings load_outside_settings(const Configuration& configuration)
{
    outside::OutsideSettings settings;
    settings.secrets = read_destination_secrets();
    settings.mail = configuration.mail;
    std::string password = read_smtp_password();
    if (settings.mail) settings.mail->password = std::move(password);
    return settings;
}

}  // namespace ackd::cli
