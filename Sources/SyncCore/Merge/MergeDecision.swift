/// What follows for one record: the writes, the bases to store now, what a person must see.
package struct MergeDecision: Sendable, Hashable {
    /// A field that both sides had changed to different values.
    package struct Conflict: Sendable, Hashable {
        package var index: Int
        package var winner: Side
        package var isTie: Bool
        package var reason: String
    }

    /// A field whose value has no form on the other side.
    package struct Problem: Sendable, Hashable {
        package var index: Int
        package var problem: FieldConversion.Problem
    }

    /// A field that would be written but for the record that its value names, which has no counterpart yet.
    package struct Waiting: Sendable, Hashable {
        package var index: Int
        package var record: References.Record

        package init(index: Int, record: References.Record) {
            self.index = index
            self.record = record
        }
    }

    package var toHubSpot: [OutboxEntry.Field] = []
    package var toSalesforce: [OutboxEntry.Field] = []
    /// Fields with a write keep their base on both sides until the write settles; all others move
    /// to what was observed.
    package var hubspotBase: RecordBlob
    package var salesforceBase: RecordBlob
    package var guardHubSpot = false
    package var guardSalesforce = false
    package var conflicts: [Conflict] = []
    /// Edits of one side that the rule takes back; the history keeps their values.
    package var overruled: [Conflict] = []
    /// Fields that differ and that no rule may decide now.
    package var diverged: [Int] = []
    package var problems: [Problem] = []
    /// Their bases stay, so that they are still changes when the record that they wait for is linked.
    package var waiting: [Waiting] = []
    /// Fields of which nobody can say whether they differ: a record that one of them names has no counterpart yet.
    package var unsettled: [Waiting] = []
    /// Fields whose order HubSpot's property history can still tell.
    package var needsChangeTimes: [Int] = []

    package init(hubspotBase: RecordBlob, salesforceBase: RecordBlob) {
        self.hubspotBase = hubspotBase
        self.salesforceBase = salesforceBase
    }

    package func base(of side: Side) -> RecordBlob {
        side == .hubspot ? self.hubspotBase : self.salesforceBase
    }

    package mutating func setBase(of index: Int, _ value: [UInt8], on side: Side) {
        let field = OutboxEntry.Field(index: index, value: value, reason: "")
        switch side {
        case .hubspot: self.hubspotBase = self.hubspotBase.setting([field])
        case .salesforce: self.salesforceBase = self.salesforceBase.setting([field])
        }
    }

    /// Takes what a person must see of one field's outcome.
    mutating func note(_ outcome: FieldMerge.Outcome, of index: Int) {
        if outcome.isListed { self.diverged.append(index) }
        if outcome.needsChangeTimes { self.needsChangeTimes.append(index) }
        if let winner = outcome.winner {
            self.conflicts.append(
                Conflict(
                    index: index,
                    winner: winner,
                    isTie: outcome.isTie,
                    reason: outcome.reason
                )
            )
        } else if outcome.isOverruling, let target = outcome.target {
            self.overruled.append(
                Conflict(index: index, winner: target.other, isTie: false, reason: outcome.reason)
            )
        }
    }

    /// Takes a write of one field.
    mutating func add(_ write: OutboxEntry.Field, to target: Side, isGuarded: Bool) {
        switch target {
        case .hubspot:
            self.toHubSpot.append(write)
            self.guardHubSpot = self.guardHubSpot || isGuarded
        case .salesforce:
            self.toSalesforce.append(write)
            self.guardSalesforce = self.guardSalesforce || isGuarded
        }
    }

    /// Leaves a field until a record has a counterpart: it is decided then, and told then.
    mutating func wait(for record: References.Record, with index: Int) {
        self.waiting.append(Waiting(index: index, record: record))
        self.pass(index)
    }

    /// Leaves a field whose value has no form on the other side, or none yet.
    ///
    /// `record`: what it names.
    mutating func leave(
        _ index: Int,
        for problem: FieldConversion.Problem,
        _ record: References.Record?
    ) {
        switch (problem, record) {
        case (.notLinked, let record?): self.wait(for: record, with: index)
        case (.notLinked, nil): break
        case (.elsewhere, _): self.pass(index)
        case (.wrongType, _), (.notAChoice, _):
            self.problems.append(Problem(index: index, problem: problem))
        }
    }

    /// Takes a write back; the field's bases stay, so that it is decided anew with the next look.
    mutating func withdraw(_ index: Int, to target: Side) {
        switch target {
        case .hubspot: self.toHubSpot.removeAll { $0.index == index }
        case .salesforce: self.toSalesforce.removeAll { $0.index == index }
        }
    }

    /// Passes over a field that has nothing to say to the other side: there it stays as it is.
    mutating func pass(_ index: Int) {
        self.conflicts.removeAll { $0.index == index }
        self.overruled.removeAll { $0.index == index }
        self.needsChangeTimes.removeAll { $0 == index }
    }

    /// The same decision without these fields: their bases stay, so that both sides' edits are still
    /// edits when they are decided.
    package func leaving(_ fields: Set<Int>) -> MergeDecision {
        guard !fields.isEmpty else { return self }
        var left = self
        left.toHubSpot.removeAll { fields.contains($0.index) }
        left.toSalesforce.removeAll { fields.contains($0.index) }
        left.conflicts.removeAll { fields.contains($0.index) }
        left.overruled.removeAll { fields.contains($0.index) }
        return left
    }
}
