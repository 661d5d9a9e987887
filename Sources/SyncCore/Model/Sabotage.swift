/// Ways to break the engine on purpose, so that a test can see the checks notice.
///
/// Only simulations set one; each is a mistake that this design exists to prevent.
package enum Sabotage: String, Sendable, Hashable, CaseIterable {
    // MARK: Rows and marks
    case acceptsStaleRows = "accepts-stale-rows"
    case skipsConfirmPolls = "skips-confirm-polls"
    case readsPastTheRows = "reads-past-the-rows"
    case movesMarksFirst = "moves-marks-first"
    case forgetsParked = "forgets-parked"
    case keepsParked = "keeps-parked"
    case pollsTwice = "polls-twice"
    // MARK: Matching
    case skipsMatching = "skips-matching"
    case createsWithoutKey = "create-without-key"
    case keepsKeysBack = "keeps-keys-back"
    case takesMissingForDeleted = "takes-missing-for-deleted"
    // MARK: Merging
    case opensTheGate = "opens-the-gate"
    case lastRecordWins = "last-record-wins"
    case hidesConflicts = "hides-conflicts"
    case ignoresClears = "ignores-clears"
    case takesUndoForEcho = "takes-undo-for-echo"
    case movesBasesEarly = "moves-bases-early"
    case movesFlappingBases = "moves-flapping-bases"
    case answersForEver = "answers-for-ever"
    case fillsFullFields = "fills-full-fields"
    // MARK: Writing
    case skipsGuards = "skips-guards"
    case guardsNeverAge = "guards-never-age"
    case sendsSuperseded = "sends-superseded"
    case keepsOldLooks = "keeps-old-looks"
    case takesLostForStored = "takes-lost-for-stored"
    case takesLostForUnsent = "takes-lost-for-unsent"
    case forgetsLateLandings = "forgets-late-landings"
    case opensOnSecondReply = "opens-on-second-reply"
    case losesQueueOnRestart = "loses-queue-on-restart"
    case skipsHistory = "skips-history"
    case neverSyncs = "never-syncs"
    case dawdles = "dawdles"
    case booksFailuresAsDone = "books-failures-as-done"
    // MARK: Clocks
    case trustsOwnClock = "trusts-own-clock"
    case marksByOwnClock = "marks-by-own-clock"
    // MARK: Records that are gone
    case freezesSilently = "freezes-silently"
    case writesToFrozen = "writes-to-frozen"
    case takesMergedForDeleted = "takes-merged-for-deleted"
    case takesDeletedForMerged = "takes-deleted-for-merged"
    case createsForDeleted = "creates-for-deleted"
    // MARK: Refusals
    case hidesRefusals = "hides-refusals"
    case refusesWholeRecords = "refuses-whole-records"
    case forgetsRefusals = "forgets-refusals"
    case asksAgainAfterRefusals = "asks-again-after-refusals"
    case asksForAWhile = "asks-for-a-while"
    case tellsRefusalsLater = "tells-refusals-later"
    case tellsSecrets = "tells-secrets"
    // MARK: Calls
    case ignoresLimits = "ignores-limits"
    case booksReadsAsFree = "books-reads-as-free"
    case forgetsLostCalls = "forgets-lost-calls"
    // MARK: Budget
    case ignoresShare = "ignores-share"
    case forgetsForeignCalls = "forgets-foreign-calls"
    case forgetsBudget = "forgets-budget"
    case dropsDeferred = "drops-deferred"
    case neverClosesCalls = "never-closes-calls"
    case probesAlways = "probes-always"
    case readsInCircles = "reads-in-circles"
}
