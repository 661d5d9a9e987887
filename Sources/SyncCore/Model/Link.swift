/// The durable tie of one HubSpot record to one Salesforce record, with both bases.
package struct Link: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable {
        /// Kept in step.
        case active
        /// A counterpart was deleted, merged away or converted: nothing is written until settled.
        case frozen
    }

    /// The store's number of the row; 0 for a link that is not stored yet.
    package var id: Int64
    /// The object mapping's name.
    package var mapping: String
    package var hubspotID: String
    package var salesforceID: String
    /// The Salesforce object of `salesforceID`: `Contact` or `Lead`.
    package var salesforceObject: String
    package var state: State
    /// Grows by one with every change of the row; a commit names the version it was decided on.
    package var version: Int64
    /// Last seen or confirmed on HubSpot; `nil` before the first sync.
    package var hubspotBase: RecordBlob?
    package var salesforceBase: RecordBlob?
    package var hubspotStamp: ServerTime?
    package var salesforceStamp: ServerTime?
    /// When a field of either record was last written by us, in wall milliseconds.
    package var writtenAt: Int64?
    /// The mapping revision the bases were taken under.
    package var schemaRevision: Int64

    package init(
        id: Int64 = 0,
        mapping: String,
        hubspotID: String,
        salesforceID: String,
        salesforceObject: String,
        state: State = .active,
        version: Int64 = 0,
        hubspotBase: RecordBlob? = nil,
        salesforceBase: RecordBlob? = nil,
        hubspotStamp: ServerTime? = nil,
        salesforceStamp: ServerTime? = nil,
        writtenAt: Int64? = nil,
        schemaRevision: Int64 = 0
    ) {
        self.id = id
        self.mapping = mapping
        self.hubspotID = hubspotID
        self.salesforceID = salesforceID
        self.salesforceObject = salesforceObject
        self.state = state
        self.version = version
        self.hubspotBase = hubspotBase
        self.salesforceBase = salesforceBase
        self.hubspotStamp = hubspotStamp
        self.salesforceStamp = salesforceStamp
        self.writtenAt = writtenAt
        self.schemaRevision = schemaRevision
    }

    /// The record's id on a side.
    package func recordID(on side: Side) -> String {
        switch side {
        case .hubspot: self.hubspotID
        case .salesforce: self.salesforceID
        }
    }

    package func base(on side: Side) -> RecordBlob? {
        switch side {
        case .hubspot: self.hubspotBase
        case .salesforce: self.salesforceBase
        }
    }

    package func stamp(on side: Side) -> ServerTime? {
        switch side {
        case .hubspot: self.hubspotStamp
        case .salesforce: self.salesforceStamp
        }
    }

    package mutating func setBase(_ base: RecordBlob, stamp: ServerTime?, on side: Side) {
        switch side {
        case .hubspot:
            self.hubspotBase = base
            self.hubspotStamp = stamp ?? self.hubspotStamp
        case .salesforce:
            self.salesforceBase = base
            self.salesforceStamp = stamp ?? self.salesforceStamp
        }
    }
}
