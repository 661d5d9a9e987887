import MockSalesforce

/// What one Salesforce transaction did to one record, as the history has it: what one event tells.
struct CommittedChange: Sendable, Hashable {
    var record: String
    /// The number of its transaction.
    var transaction: Int
    /// As events name it: `CREATE`, `UPDATE`, `DELETE` or `UNDELETE`.
    var kind: String
    /// When it could be seen, in milliseconds of the org's clock.
    var at: Int64
    /// What is different after it, by the names that headers use.
    var fields: [String: MockSalesforceValue]

    /// The time that its event names.
    var second: Int64 { self.at / 1_000 * 1_000 }

    /// What it counts at most for the limit of a transaction: each field of an update is one, and
    /// stamps are fields.
    var weight: Int { self.kind == "UPDATE" ? self.fields.count + 2 : 1 }

    /// Everything that happened to contacts, in the order of the commits.
    static func all(in evidence: Evidence) -> [Self] {
        struct Key: Hashable {
            var transaction: Int
            var record: String
        }
        var changes: [Self] = []
        var before: [[String: MockSalesforceValue]] = []
        var places: [Key: Int] = [:]
        for (change, transaction) in zip(evidence.salesforce, evidence.transactions)
        where change.object == "Contact" {
            guard let kind = Self.kind(of: change.kind) else { continue }
            let key = Key(transaction: transaction, record: change.recordID)
            let place: Int
            if let known = places[key] {
                place = known
            } else {
                place = changes.count
                places[key] = place
                before.append([:])
                changes.append(
                    Self(
                        record: change.recordID,
                        transaction: transaction,
                        kind: kind,
                        at: change.visibleAt,
                        fields: [:]
                    )
                )
            }
            for field in change.fields where !Self.untold.contains(field.name) {
                let name = Self.names[field.name] ?? field.name
                if before[place][name] == nil { before[place][name] = field.before }
                changes[place].fields[name] = field.after
            }
        }
        for place in changes.indices {
            changes[place].fields = changes[place].fields.filter {
                before[place][$0.key] != $0.value
            }
        }
        // Swift's sort is stable: what is seen at once stays in the order of the writes.
        return changes.sorted { $0.at < $1.at }
    }

    func isTold(by event: ChangeMessage) -> Bool {
        event.kind == self.kind && event.committedAt == self.second
            && (event.isGap || self.kind != "UPDATE" || self.changed == Self.changed(event))
    }

    /// What the event says otherwise than the history.
    func differences(from event: ChangeMessage) -> [String] {
        // What a restored record brings along is more than its restoring changed.
        guard !event.isGap, self.kind == "CREATE" || self.kind == "UPDATE" else { return [] }
        return self.fields.sorted { $0.key < $1.key }.compactMap { name, value in
            let told = event.values[name] ?? nil
            guard !Self.isSame(value, told) else { return nil }
            return "\(self.record): event \(event.replayID) says \(name) = \(told ?? "null"), "
                + "committed was \(value.wireText)"
        }
    }

    private var changed: Set<String> { Set(self.fields.keys) }

    private static func changed(_ event: ChangeMessage) -> Set<String> {
        Set(event.changed).subtracting(["LastModifiedDate", "LastModifiedById"])
    }

    private static func isSame(_ value: MockSalesforceValue, _ told: String?) -> Bool {
        switch value {
        case .null: told == nil
        case .boolean(let flag): told == (flag ? "true" : "false")
        case .number(let text): told.flatMap { Double($0) } == Double(text)
        case .text(let text): told == text
        case .datetime: told == value.wireText.dropLast("+0000".count) + "Z"
        }
    }

    private static func kind(of kind: MockSalesforceChange.Kind) -> String? {
        switch kind {
        case .create: "CREATE"
        case .update, .convert: "UPDATE"
        case .delete, .mergedAway: "DELETE"
        case .undelete: "UNDELETE"
        // What was there from the start, and what leaves the recycle bin.
        case .seed, .hardDelete: nil
        }
    }

    /// Names are told as parts of a whole.
    private static let names = [
        "FirstName": "Name.FirstName", "LastName": "Name.LastName",
        "Salutation": "Name.Salutation",
    ]
    /// What records have and events do not.
    private static let untold: Set<String> = [
        "Id", "Name", "IsDeleted", "MasterRecordId", "SystemModstamp", "LastModifiedDate",
        "LastModifiedById",
    ]
}
