package import SyncCore

/// Everything that one decision stores; applied whole or not at all.
package struct RecordCommit: Sendable {
    /// The link as it shall be; id 0 inserts it, else `version` names the one decided on.
    package var link: Link?
    /// Further links that the decision ends, each at the version it was decided on.
    package var freeze: [Link]
    /// Entries with id 0 are inserted (on the new link where `link` is nil in them and the
    /// commit inserts one); others replace everything but what was observed.
    package var entries: [OutboxEntry]
    /// New observations of stored entries.
    package var observed: [EntryObservation]
    package var park: [ParkedRecord]
    /// Parked ids that are answered, each for its cause: one that was parked anew for another stays.
    package var unpark: [ParkedRecord]
    /// What the record waits for now, in place of what it waited for before.
    package var wait: [WaitingRecord]
    /// Records that wait for nothing any more, each named as others would refer to it.
    package var endsWait: [References.Record]
    package var raise: [Finding]
    /// Findings that no longer hold; `details` are ignored.
    package var resolve: [Finding]
    package var journal: [JournalEntry]
    /// What records tell of their pairs now.
    package var told: [ToldStatus] = []
    /// The mapping whose parked ids are all due at once, but those that flap: what kept them is over.
    package var wakes: String?

    package init(
        link: Link? = nil,
        freeze: [Link] = [],
        entries: [OutboxEntry] = [],
        observed: [EntryObservation] = [],
        park: [ParkedRecord] = [],
        unpark: [ParkedRecord] = [],
        wait: [WaitingRecord] = [],
        endsWait: [References.Record] = [],
        raise: [Finding] = [],
        resolve: [Finding] = [],
        journal: [JournalEntry] = []
    ) {
        self.link = link
        self.freeze = freeze
        self.entries = entries
        self.observed = observed
        self.park = park
        self.unpark = unpark
        self.wait = wait
        self.endsWait = endsWait
        self.raise = raise
        self.resolve = resolve
        self.journal = journal
    }

    /// Whether nothing would be stored.
    package var isEmpty: Bool {
        self.link == nil && self.freeze.isEmpty && self.entries.isEmpty && self.park.isEmpty
            && self.unpark.isEmpty && self.observed.isEmpty && self.wait.isEmpty
            && self.endsWait.isEmpty
            && self.raise.isEmpty && self.resolve.isEmpty && self.journal.isEmpty
            && self.told.isEmpty && self.wakes == nil
    }
}
