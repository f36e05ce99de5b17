// Silence as an answer: it decides once, never after an objection, and not before everybody has had time.
#pragma once

#include "tests/simulation/journal_fold.hpp"

namespace ackd::simulation {

/// Told of every fact about an obligation: whoever is taken at their silence could have objected, and nobody
/// has.
void check_silence(storage::Connection& connection,
                   const JournalFact& fact,
                   const FoldedObligation& obligation);

/// A clause runs exactly as long as its request waits, and decides nothing twice.
void check_clauses(storage::Connection& connection);

}  // namespace ackd::simulation
