package import SyncCore
import SyncStore

/// The pure decision about one record: what is stored for a row, a match or an outcome.
///
/// It holds no state. The syncer loads, calls it and commits; nothing else decides.
package struct RecordStep: Sendable {
    package let mapping: ObjectMapping
    package let settings: RuntimeSettings
    /// API names that each Salesforce object demands on create, by object.
    package let required: [String: [String]]
    /// Wall milliseconds, for the journal.
    package let now: Int64
    /// The counterparts of the records that the decided ones refer to.
    package var references: References = .none
    /// For which records the decided ones wait, each named as others would refer to it.
    package var waits: [References.Record: [References.Record]] = [:]

    package init(
        mapping: ObjectMapping,
        settings: RuntimeSettings,
        required: [String: [String]],
        now: Int64
    ) {
        self.mapping = mapping
        self.settings = settings
        self.required = required
        self.now = now
    }

    /// Parks a record's id until it can be read again.
    package func park(
        _ id: String,
        object: String,
        on side: Side,
        cause: ParkedRecord.Cause
    ) -> ParkedRecord {
        ParkedRecord(
            mapping: self.mapping.name,
            side: side,
            object: object,
            remoteID: id,
            cause: cause,
            since: self.now,
            notBefore: self.now + (cause == .staleRow ? self.settings.parkedWait : 0)
        )
    }

    /// What a row that does not count leaves: its id, which a later row or a read answers.
    package func stale(_ row: RecordRow, on side: Side) -> StepResult {
        let parked = self.park(row.id, object: row.object, on: side, cause: .staleRow)
        return StepResult(
            commit: RecordCommit(park: [parked]),
            isNews: parked.notBefore <= self.now
        )
    }

    /// Leaves a row's id for another read: nobody told what its record is tied to.
    func untold(_ row: RecordRow, on side: Side) -> ParkedRecord {
        var parked = self.park(row.id, object: row.object, on: side, cause: .missing)
        parked.notBefore = self.now + Self.untoldPause
        return parked
    }

    /// After how many milliseconds ties that HubSpot did not tell are asked for again.
    static let untoldPause: Int64 = 600_000

    /// Leaves a row's id for a read of its own, once what its page brings is stored.
    func lookedAtAgain(_ row: RecordRow, on side: Side) -> StepResult {
        let parked = self.park(row.id, object: row.object, on: side, cause: .missing)
        return StepResult(commit: RecordCommit(park: [parked]), isNews: true)
    }

    /// A finding about a linked record.
    func finding(_ code: Finding.Code, _ link: Link, _ details: [String] = []) -> Finding {
        Finding(
            code: code,
            mapping: self.mapping.name,
            hubspotID: link.hubspotID,
            salesforceID: link.salesforceID,
            details: details
        )
    }

    /// A finding about a record of one side.
    func finding(
        _ code: Finding.Code,
        _ id: String,
        on side: Side,
        _ details: [String] = []
    ) -> Finding {
        Finding(
            code: code,
            mapping: self.mapping.name,
            hubspotID: side == .hubspot ? id : nil,
            salesforceID: side == .salesforce ? id : nil,
            details: details
        )
    }

    func superseded(_ entries: [OutboxEntry], ids: [Int64]) -> [OutboxEntry] {
        entries.filter { ids.contains($0.id) }.map { entry in
            var entry = entry
            entry.state = .superseded
            return entry
        }
    }

    func fieldName(_ index: Int) -> String {
        self.mapping.fields[index].hubspot
    }
}
