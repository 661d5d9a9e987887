/// Everything that a record's merge decides from.
package struct RecordMergeInput: Sendable {
    package enum Phase: Sendable, Hashable {
        case linked
        case firstMatch
    }

    package var mapping: ObjectMapping
    /// `Contact` or `Lead`: fields that it lacks are left out.
    package var salesforceObject: String
    package var phase: Phase
    package var hubspot: RecordBlob
    package var salesforce: RecordBlob
    package var hubspotBase: RecordBlob?
    package var salesforceBase: RecordBlob?
    package var hubspotTime: ChangeTime
    package var salesforceTime: ChangeTime
    /// Exact times of HubSpot's values by field, where its history was read.
    package var hubspotFieldTimes: [Int: ServerTime]
    /// Until when a field's present value was there already, by side, where a write that waits was
    /// decided from it: the link's stamps have moved on since.
    package var seenBefore: [Side: [Int: ServerTime]] = [:]
    /// The records that fields named before these were deleted: their side shows a blank that nobody has
    /// chosen, and its value here is the one before.
    package var left: [Side: [Int: References.Record]] = [:]
    /// The records that fields named since their base and name no more; that base is here what named them.
    package var recalled: [Side: [Int: References.Record]] = [:]
    package var tolerance: Int64
    package var tieBreak: Side
    /// The counterparts of the records that the values name.
    package var references: References = .none

    package init(
        mapping: ObjectMapping,
        salesforceObject: String,
        phase: Phase,
        hubspot: RecordBlob,
        salesforce: RecordBlob,
        hubspotBase: RecordBlob?,
        salesforceBase: RecordBlob?,
        hubspotTime: ChangeTime,
        salesforceTime: ChangeTime,
        hubspotFieldTimes: [Int: ServerTime] = [:],
        tolerance: Int64 = 2_000,
        tieBreak: Side = .salesforce
    ) {
        self.mapping = mapping
        self.salesforceObject = salesforceObject
        self.phase = phase
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.hubspotBase = hubspotBase
        self.salesforceBase = salesforceBase
        self.hubspotTime = hubspotTime
        self.salesforceTime = salesforceTime
        self.hubspotFieldTimes = hubspotFieldTimes
        self.tolerance = tolerance
        self.tieBreak = tieBreak
    }

    package func values(of side: Side) -> RecordBlob {
        side == .hubspot ? self.hubspot : self.salesforce
    }

    package func base(of side: Side) -> RecordBlob? {
        side == .hubspot ? self.hubspotBase : self.salesforceBase
    }

    package mutating func setValue(of index: Int, _ value: [UInt8], on side: Side) {
        let field = OutboxEntry.Field(index: index, value: value, reason: "")
        switch side {
        case .hubspot: self.hubspot = self.hubspot.setting([field])
        case .salesforce: self.salesforce = self.salesforce.setting([field])
        }
    }

    package mutating func setBase(of index: Int, _ value: [UInt8], on side: Side) {
        let field = OutboxEntry.Field(index: index, value: value, reason: "")
        switch side {
        case .hubspot: self.hubspotBase = self.hubspotBase?.setting([field])
        case .salesforce: self.salesforceBase = self.salesforceBase?.setting([field])
        }
    }

    /// When a value that was seen before came about: nobody knows how long before that.
    func seenTime(_ index: Int, on side: Side) -> ChangeTime? {
        self.seenBefore[side]?[index].map { .interval(after: nil, notAfter: $0) }
    }
}
