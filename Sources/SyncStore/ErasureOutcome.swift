package import SyncCore

/// What an erasure takes out of the store, and by what the person is recognised from then on.
package struct ErasureOutcome: Sendable, Hashable {
    /// Everything by which the person is known.
    package var person: Person
    /// Records that nobody named: they have one of the person's addresses.
    package var sharing: Person
    package var links = 0
    package var entries = 0
    /// Entries whose bytes may still reach a CRM; an erasure waits for them.
    package var onTheirWay = 0
    package var historyLines = 0
    package var findings = 0
    /// Records that were to be read again, or waited for others, or others for them.
    package var waiting = 0
    package var staged = 0
    /// The erasure's number; `nil` for a preview.
    package var number: Int64?

    package init(person: Person, sharing: Person) {
        self.person = person
        self.sharing = sharing
    }

    /// Whether the store holds anything of the person.
    package var isEmpty: Bool {
        self.links + self.entries + self.historyLines + self.findings + self.waiting + self.staged
            == 0
    }
}
