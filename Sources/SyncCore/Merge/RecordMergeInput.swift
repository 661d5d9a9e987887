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
    package var tolerance: Int64
    package var tieBreak: Side

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
}
