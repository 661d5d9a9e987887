import SyncCore
import SyncRuntime
import SyncStore

/// Every value that the engine wrote to a linked record stands in the history with its reason: as
/// stored, or as sent with a fate that nobody can tell any more.
struct WritesAreExplained: Checker {
    static let name = "writesAreExplained"

    func violations(in evidence: Evidence) -> [String] {
        // Each line tells one write.
        var told: [String: Int] = [:]
        for line in evidence.journal where [.confirmed, .unknown].contains(line.kind) {
            let values = evidence.values(of: line)
            let value = line.target == .hubspot ? values.hubspot : values.salesforce
            let key = Self.key(line.target.map { "\($0)" }, line.hubspotID, line.field, value)
            told[key, default: 0] += 1
        }
        // What became of these stood in a store that is no more.
        let mapped = [evidence.object.identity] + evidence.fields
        for write in evidence.forgotten.writes where write.mapping == evidence.object.name {
            let contact = write.target == .hubspot ? write.targetID : write.sourceID
            for value in write.fields {
                let field = mapped[value.index]
                let text = field.common(value.value, of: write.target)
                told[Self.key("\(write.target)", contact, field.hubspot, text), default: 0] += 1
            }
        }
        // A write that goes again is told with what stood there instead: the other side's value is ours.
        for line in evidence.journal
        where line.kind == .conflict && line.reason == RecordStep.replyWasLost {
            let values = evidence.values(of: line)
            let value = line.target == .hubspot ? values.salesforce : values.hubspot
            let key = Self.key(line.target.map { "\($0)" }, line.hubspotID, line.field, value)
            told[key, default: 0] += 1
        }
        // What a new record is filled with is told by the line of its creation.
        return evidence.changes().flatMap { group in
            group.indices.compactMap { place -> String? in
                let change = group[place]
                guard change.isEngine, !change.isCreate else { return nil }
                // The other copy's reply refused it, and that is what the engine was told.
                if evidence.cameUnread(change) { return nil }
                // The first write of a record that lands again, late, was told by its creation.
                let isLate = evidence.isLanding(change)
                let isAgain = group[..<place].contains { $0.isEngine && $0.value == change.value }
                guard !isLate || !isAgain else { return nil }
                let key = Self.key("\(change.side)", change.record, change.field, change.value)
                let left = told[key] ?? 0
                told[key] = left - 1
                guard left <= 0 else { return nil }
                return "\(change.side) \(change.record) \(change.field) = \(change.value)"
            }
        }
    }

    private static func key(
        _ side: String?,
        _ record: String?,
        _ field: String?,
        _ value: String
    ) -> String {
        "\(side ?? "") \(record ?? "") \(field ?? "") \(value)"
    }
}
