/// Ways to break the engine on purpose, so that a test can see the checks notice.
///
/// Only simulations set one; each is a mistake that this design exists to prevent. The last four break
/// the simulated CRMs, whose feeds and segments the engine does not read yet.
package enum Sabotage: String, Sendable, Hashable, CaseIterable {
    // MARK: Rows and marks
    case acceptsStaleRows = "accepts-stale-rows"
    case skipsConfirmPolls = "skips-confirm-polls"
    case confirmsByTotal = "confirms-by-total"
    case readsPastTheRows = "reads-past-the-rows"
    case movesMarksFirst = "moves-marks-first"
    case forgetsParked = "forgets-parked"
    case keepsParked = "keeps-parked"
    case pollsTwice = "polls-twice"
    case echoesByBase = "echoes-by-base"
    case readsToTheNewest = "reads-to-the-newest"
    // MARK: Matching
    case skipsMatching = "skips-matching"
    case createsWithoutKey = "create-without-key"
    case keepsKeysBack = "keeps-keys-back"
    case keysLater = "keys-later"
    case garblesTheirKeys = "garbles-their-keys"
    case takesMissingForDeleted = "takes-missing-for-deleted"
    // MARK: Merging
    case opensTheGate = "opens-the-gate"
    case lastRecordWins = "last-record-wins"
    case hidesConflicts = "hides-conflicts"
    case turnsTiesAround = "turns-ties-around"
    case ignoresClears = "ignores-clears"
    case takesUndoForEcho = "takes-undo-for-echo"
    case movesBasesEarly = "moves-bases-early"
    case keepsOneBase = "keeps-one-base"
    case movesFlappingBases = "moves-flapping-bases"
    case answersForEver = "answers-for-ever"
    case fillsFullFields = "fills-full-fields"
    case fillsBlanks = "fills-blanks"
    // MARK: Writing
    case skipsGuards = "skips-guards"
    case guardsNeverAge = "guards-never-age"
    case leavesLate = "leaves-late"
    case forgetsConditions = "forgets-conditions"
    case sendsSuperseded = "sends-superseded"
    case keepsOldLooks = "keeps-old-looks"
    case agreesByOldLooks = "agrees-by-old-looks"
    case readsBySearch = "reads-by-search"
    case takesLostForStored = "takes-lost-for-stored"
    case takesLostForUnsent = "takes-lost-for-unsent"
    case forgetsLateLandings = "forgets-late-landings"
    case opensOnSecondReply = "opens-on-second-reply"
    case losesQueueOnRestart = "loses-queue-on-restart"
    case skipsHistory = "skips-history"
    case neverSyncs = "never-syncs"
    case syncsMarksLate = "syncs-marks-late"
    case dawdles = "dawdles"
    case undoesFirst = "undoes-first"
    case blanksFirst = "blanks-first"
    case writesOlderFirst = "writes-older-first"
    case touchesRecords = "touches-records"
    case booksFailuresAsDone = "books-failures-as-done"
    case writesUnmapped = "writes-unmapped"
    // MARK: Clocks
    case trustsOwnClock = "trusts-own-clock"
    case marksByOwnClock = "marks-by-own-clock"
    // MARK: Records that are gone
    case freezesSilently = "freezes-silently"
    case writesToFrozen = "writes-to-frozen"
    case takesMergedForDeleted = "takes-merged-for-deleted"
    case takesDeletedForMerged = "takes-deleted-for-merged"
    case createsForDeleted = "creates-for-deleted"
    case ignoresBrake = "ignores-brake"
    /// A delete goes over although the record that it comes from was restored.
    case deletesRestored = "deletes-restored"
    /// A delete goes over although its record was edited since.
    case deletesEdited = "deletes-edited"
    // MARK: Records that belong to others
    case makesChildrenFirst = "makes-children-first"
    case losesWoken = "loses-woken"
    case tiesToNeighbours = "ties-to-neighbours"
    case clearsForDeleted = "clears-for-deleted"
    case shiftsStages = "shifts-stages"
    // MARK: Which records are synced, and whose they are
    /// A pair goes on although one of its records is left out, and who is left out gets a counterpart.
    case writesLeftOut = "writes-left-out"
    /// Each record goes to the one who stands next to its owner.
    case ownsForNeighbours = "owns-for-neighbours"
    /// Every Task is an activity of each kind.
    case notesTwice = "notes-twice"
    /// Whatever becomes of a record, it tells that it is in sync.
    case tellsOnlyGood = "tells-only-good"
    /// What was wrong with a record it tells for good.
    case keepsBadNews = "keeps-bad-news"
    // MARK: Whom records are with
    /// A record that is given to another contact stays with the former one too.
    case keepsFormerTies = "keeps-former-ties"
    /// Any tie counts, where one with a label is meant.
    case ignoresLabels = "ignores-labels"
    /// Of every other pair nothing is done about a delete that shall go over.
    case overlooksDeletes = "overlooks-deletes"
    /// Nobody remembers who was erased.
    case forgetsErasures = "forgets-erasures"
    // MARK: Who plays which role
    /// Ties go over without what they say.
    case ignoresRoles = "ignores-roles"
    /// Nobody remembers which ties both CRMs had.
    case forgetsAgreements = "forgets-agreements"
    /// A record in between that Salesforce does not show counts as deleted, whoever looks.
    case takesHiddenForUntied = "takes-hidden-for-untied"
    // MARK: Other fields
    /// Bases are read by another list of fields than they were written by.
    case comparesByPlace = "compares-by-place"
    /// The engine goes on with the first list.
    case keepsOldLists = "keeps-old-lists"
    /// A field that was never read counts as blank.
    case takesUnreadForBlank = "takes-unread-for-blank"
    // MARK: Who is in a segment
    /// A segment that is gone means all records.
    case takesGoneForAll = "takes-gone-for-all"
    /// Each record is asked about once, whoever joins or leaves later.
    case asksOnceForMembers = "asks-once-for-members"
    /// What Salesforce edited while a pair rested does not go over when it is included again.
    case losesEditsOutside = "loses-edits-outside"
    /// Nobody looks who has joined.
    case overlooksJoins = "overlooks-joins"
    // MARK: Refusals
    case hidesRefusals = "hides-refusals"
    case refusesWholeRecords = "refuses-whole-records"
    case forgetsRefusals = "forgets-refusals"
    case asksAgainAfterRefusals = "asks-again-after-refusals"
    case asksForAWhile = "asks-for-a-while"
    case tellsRefusalsLater = "tells-refusals-later"
    case takesLocksForRefusals = "takes-locks-for-refusals"
    case tiesWhatResembles = "ties-what-resembles"
    case losesHolds = "loses-holds"
    case keepsRefusals = "keeps-refusals"
    case asksNeverAgain = "asks-never-again"
    case takesHiddenForBlank = "takes-hidden-for-blank"
    case tellsSecrets = "tells-secrets"
    case keepsKnocking = "keeps-knocking"
    case stopsWordless = "stops-wordless"
    // MARK: Calls
    case ignoresLimits = "ignores-limits"
    case booksReadsAsFree = "books-reads-as-free"
    case forgetsLostCalls = "forgets-lost-calls"
    case losesUnbookedReplies = "loses-unbooked-replies"
    // MARK: Budget
    case ignoresShare = "ignores-share"
    case forgetsForeignCalls = "forgets-foreign-calls"
    case forgetsBudget = "forgets-budget"
    case dropsDeferred = "drops-deferred"
    case neverClosesCalls = "never-closes-calls"
    case probesAlways = "probes-always"
    case readsInCircles = "reads-in-circles"
    // MARK: The CRMs' feeds
    case losesChangeEvents = "loses-change-events"
    case losesJournalEvents = "loses-journal-events"
    case losesWebhooks = "loses-webhooks"
    /// HubSpot's segments are never looked at again.
    case keepsOldSegments = "keeps-old-segments"
}
