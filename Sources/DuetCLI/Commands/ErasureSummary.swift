import SyncCore
package import SyncStore
package import WireJSON

/// What an erasure took out of the store, for people and for scripts; nothing in it names the person.
package struct ErasureSummary: Sendable, Hashable {
    /// Whether it was done; else it is a preview.
    package var isDone: Bool
    package var outcome: ErasureOutcome

    package init(isDone: Bool, outcome: ErasureOutcome) {
        self.isDone = isDone
        self.outcome = outcome
    }

    /// What goes, a kind of thing each.
    package var parts: [String] {
        let counted = [
            (self.outcome.links, "last synced values of a record and its counterpart"),
            (self.outcome.entries, "waiting writes"),
            (self.outcome.historyLines, "lines of history"),
            (self.outcome.findings, "issues"),
            (self.outcome.staged, "records of an initial sync"),
            (self.outcome.waiting, "notes that a record is to be read again"),
        ]
        return counted.filter { $0.0 > 0 }.map { "  \($0.0) × \($0.1)" }
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("done", self.isDone)
            if let number = self.outcome.number { object.member("number", Int(number)) }
            object.member("records", self.outcome.person.recordCount)
            object.member("sharingAnAddress", self.outcome.sharing.recordCount)
            object.member("lastSyncedValues", self.outcome.links)
            object.member("waitingWrites", self.outcome.entries)
            object.member("onTheirWay", self.outcome.onTheirWay)
            object.member("history", self.outcome.historyLines)
            object.member("issues", self.outcome.findings)
            object.member("initialSync", self.outcome.staged)
            object.member("toBeReadAgain", self.outcome.waiting)
            object.member("hashes", self.outcome.person.names.count)
        }
    }
}
