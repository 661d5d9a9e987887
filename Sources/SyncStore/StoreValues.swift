package import SyncCore

/// A portal or an org as it was first connected.
package struct StoredAccount: Sendable, Hashable {
    package var id: String
    package var recordBaseURL: String
    /// The credential text that was proven to belong to the account, so that it need not be asked.
    package var verifiedCredential: String?

    package init(id: String, recordBaseURL: String, verifiedCredential: String?) {
        self.id = id
        self.recordBaseURL = recordBaseURL
        self.verifiedCredential = verifiedCredential
    }
}

/// What the store knows of one remote id.
package struct LoadedRecord: Sendable {
    package var remoteID: String
    package var link: Link?
    /// Open entries of the link, or open creates from this record.
    package var entries: [OutboxEntry]

    package init(remoteID: String, link: Link?, entries: [OutboxEntry]) {
        self.remoteID = remoteID
        self.link = link
        self.entries = entries
    }
}

/// Everything that one decision stores; applied whole or not at all.
package struct RecordCommit: Sendable {
    /// The link as it shall be; id 0 inserts it, else `version` names the one decided on.
    package var link: Link?
    /// Entries with id 0 are inserted (on the new link where `link` is nil in them and the
    /// commit inserts one); others replace state, fields, attempts, wait and observations.
    package var entries: [OutboxEntry]
    package var park: [ParkedRecord]
    package var unpark: [ParkedRecord]
    package var raise: [Finding]
    /// Findings that no longer hold; `details` are ignored.
    package var resolve: [Finding]
    package var journal: [JournalEntry]

    package init(
        link: Link? = nil,
        entries: [OutboxEntry] = [],
        park: [ParkedRecord] = [],
        unpark: [ParkedRecord] = [],
        raise: [Finding] = [],
        resolve: [Finding] = [],
        journal: [JournalEntry] = []
    ) {
        self.link = link
        self.entries = entries
        self.park = park
        self.unpark = unpark
        self.raise = raise
        self.resolve = resolve
        self.journal = journal
    }

    /// Whether nothing would be stored.
    package var isEmpty: Bool {
        self.link == nil && self.entries.isEmpty && self.park.isEmpty && self.unpark.isEmpty
            && self.raise.isEmpty && self.resolve.isEmpty && self.journal.isEmpty
    }
}

/// A page's decisions with the marks they let move; one transaction.
package struct PageCommit: Sendable {
    package var marks: [FeedMark]
    package var records: [RecordCommit]
    package var unstage: [StagedRecord]
    package var backfill: BackfillProgress?

    package init(
        marks: [FeedMark] = [],
        records: [RecordCommit] = [],
        unstage: [StagedRecord] = [],
        backfill: BackfillProgress? = nil
    ) {
        self.marks = marks
        self.records = records
        self.unstage = unstage
        self.backfill = backfill
    }
}

/// A record whose link was not the version the decision was made on, or whose ids were taken.
package struct CommitConflict: Sendable, Hashable {
    /// The place in `PageCommit.records`.
    package var index: Int

    package init(index: Int) {
        self.index = index
    }
}

/// Which open entries to hand out.
package struct EntryQuery: Sendable {
    package var mapping: String?
    package var target: Side?
    package var states: [OutboxEntry.State]
    /// Leaves out entries whose `notBefore` is later; `nil` hands out all.
    package var readyAt: Int64?
    /// Only entries after this one in id order; for walking the outbox.
    package var afterID: Int64
    package var limit: Int

    package init(
        mapping: String? = nil,
        target: Side? = nil,
        states: [OutboxEntry.State],
        readyAt: Int64? = nil,
        afterID: Int64 = 0,
        limit: Int
    ) {
        self.mapping = mapping
        self.target = target
        self.states = states
        self.readyAt = readyAt
        self.afterID = afterID
        self.limit = limit
    }
}

/// Open entries by what they would do.
package struct OutboxCount: Sendable, Hashable {
    package var mapping: String
    package var target: Side
    package var kind: OutboxEntry.Kind
    package var state: OutboxEntry.State
    package var count: Int

    package init(
        mapping: String,
        target: Side,
        kind: OutboxEntry.Kind,
        state: OutboxEntry.State,
        count: Int
    ) {
        self.mapping = mapping
        self.target = target
        self.kind = kind
        self.state = state
        self.count = count
    }
}

/// A finding with when it was first and last seen, wall milliseconds.
package struct StoredFinding: Sendable, Hashable {
    package var finding: Finding
    package var firstSeen: Int64
    package var lastSeen: Int64

    package init(finding: Finding, firstSeen: Int64, lastSeen: Int64) {
        self.finding = finding
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

/// Calls of one kind, added up.
package struct CallSummary: Sendable, Hashable {
    package var side: Side
    package var endpoint: String
    package var purpose: String
    package var outcome: LedgerCall.Outcome
    package var calls: Int
    package var cost: Int
    package var records: Int

    package init(
        side: Side,
        endpoint: String,
        purpose: String,
        outcome: LedgerCall.Outcome,
        calls: Int,
        cost: Int,
        records: Int
    ) {
        self.side = side
        self.endpoint = endpoint
        self.purpose = purpose
        self.outcome = outcome
        self.calls = calls
        self.cost = cost
        self.records = records
    }
}

/// A record read by a backfill that has no link yet.
package struct StagedRecord: Sendable, Hashable {
    package var mapping: String
    package var side: Side
    package var row: RecordRow
    /// Its match values in HubSpot's normal form, each prefixed by its match field's index.
    package var matchKeys: [String]

    package init(mapping: String, side: Side, row: RecordRow, matchKeys: [String]) {
        self.mapping = mapping
        self.side = side
        self.row = row
        self.matchKeys = matchKeys
    }
}

/// How far a backfill has come; a crash continues it.
package struct BackfillProgress: Sendable, Hashable, Codable {
    package enum Phase: String, Sendable, Hashable, Codable {
        case readingSalesforce
        case readingHubSpot
        case matching
        case done
    }

    package var mapping: String
    package var phase: Phase
    /// The object being read and the last id stored of it.
    package var object: String?
    package var lastID: String?
    package var recordsRead: Int

    package init(
        mapping: String,
        phase: Phase,
        object: String? = nil,
        lastID: String? = nil,
        recordsRead: Int = 0
    ) {
        self.mapping = mapping
        self.phase = phase
        self.object = object
        self.lastID = lastID
        self.recordsRead = recordsRead
    }
}
