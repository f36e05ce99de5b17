#include "tests/bench/seeded_obligations.hpp"

#include "bot/clock.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "storage/migrations.hpp"
#include "tests/bench/sample_envelopes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::bench {

namespace {

constexpr std::int64_t requests_per_transaction = 2'000;
constexpr std::int64_t channels = 20;

Request request_number(std::int64_t number, int asked, const SeedPlan& plan)
{
    Request request;
    request.state = RequestState::open;
    request.creditor = UserId{person_id(number % plan.people)};
    request.asked = asked;
    request.needed = asked;
    request.card = MessageRef{ChannelId{channel_id(number % channels)}, stamp(number)};
    request.subject = request.card;
    request.thread = request.card.stamp;
    request.is_own_post = true;
    request.text = fmt::format("request {} of the benchmark: please read the new on-call plan and say so",
                               number);
    request.asked_at = plan.asked_at;
    request.route.name = "default";
    return request;
}

}  // namespace

void seed_obligations(storage::Connection& connection,
                      const SeedPlan& plan,
                      const std::function<void(const SeededRequest&)>& visit)
{
    ObligationTable table{connection};
    const Duration apart = plan.obligations > 0 ? plan.due_within / plan.obligations : Duration{0};
    std::int64_t done = 0;
    for (std::int64_t number = 0; done < plan.obligations;) {
        storage::Transaction transaction{connection};
        for (std::int64_t end = number + requests_per_transaction; number < end && done < plan.obligations;
             ++number) {
            const auto asked = static_cast<int>(
                std::min<std::int64_t>(plan.debtors_per_request, plan.obligations - done));
            const Request request = request_number(number, asked, plan);
            SeededRequest seeded{table.insert(request), request.card, {}};
            for (int index = 0; index < asked; ++index, ++done) {
                Obligation obligation;
                obligation.request = seeded.id;
                obligation.debtor = UserId{person_id((number * 7 + index) % plan.people)};
                obligation.started_at = plan.asked_at;
                obligation.due_at = plan.due_from + done * apart;
                table.insert(obligation);
                seeded.debtors.push_back(std::move(obligation.debtor));
            }
            if (visit) visit(seeded);
        }
        transaction.commit();
    }
}

SeedPlan plan_of_open(std::int64_t obligations)
{
    using namespace std::chrono_literals;
    const Instant now = SystemClock{}.now();
    SeedPlan plan;
    plan.obligations = obligations;
    plan.asked_at = now - 1h;
    plan.due_from = now + 24h;
    plan.due_within = 30 * 24h;
    return plan;
}

void fill_database(const std::string& path, const std::function<void(storage::Connection&)>& fill)
{
    storage::Connection connection{path, storage::OpenMode::create};
    storage::migrate(connection);
    connection.execute(
        "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA wal_autocheckpoint=100000;");
    fill(connection);
    // On the disk before anything is measured: the first checkpoint of the daemon need not wait for it.
    connection.execute("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE);");
}

void seed_database(const std::string& path, const SeedPlan& plan)
{
    fill_database(path, [&plan](storage::Connection& connection) { seed_obligations(connection, plan); });
}

}  // namespace ackd::bench
