/// The durable tie of one HubSpot record to one Salesforce record, with both bases.
package struct Link: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable {
        /// Kept in step.
        case active
        /// Nothing is written until a person has decided, in one of the CRMs.
        case frozen
        /// One record was deleted or cannot be seen: nothing is written until it is seen again.
        case goneFromHubSpot
        case goneFromSalesforce
        /// One record was merged into another that has a counterpart of its own: two records stand for
        /// one here, until people merge them too.
        case mergedInHubSpot
        case mergedInSalesforce
        /// Both records are gone; the ids are remembered, so that nothing is made again.
        case ended
        /// One record was merged into one with a counterpart of its own, and then its own counterpart left.
        case endedInHubSpot
        case endedInSalesforce
        /// Both records are there, and one of them is not included by the mapping any more, or not yet: the links
        /// and the values stay, and nothing is written until it is included.
        case outsideInHubSpot
        case outsideInSalesforce
        case outside

        /// Where records of a pair are not included; kept in step where there is no such side.
        package static func outside(on sides: Set<Side>) -> State {
            guard sides.count == 1, let side = sides.first else {
                return sides.isEmpty ? .active : .outside
            }
            return side == .hubspot ? .outsideInHubSpot : .outsideInSalesforce
        }

        package static func gone(from side: Side) -> State {
            side == .hubspot ? .goneFromHubSpot : .goneFromSalesforce
        }

        package static func merged(on side: Side) -> State {
            side == .hubspot ? .mergedInHubSpot : .mergedInSalesforce
        }

        package static func ended(on side: Side) -> State {
            side == .hubspot ? .endedInHubSpot : .endedInSalesforce
        }

        /// Whether neither record is there any more.
        package var isOver: Bool {
            [.ended, .endedInHubSpot, .endedInSalesforce].contains(self)
        }

        /// Where one of the records is gone.
        package var goneFrom: Side? {
            switch self {
            case .goneFromHubSpot: .hubspot
            case .goneFromSalesforce: .salesforce
            default: nil
            }
        }

        /// The sides whose records are not included.
        package var outsideOn: Set<Side> {
            switch self {
            case .outsideInHubSpot: [.hubspot]
            case .outsideInSalesforce: [.salesforce]
            case .outside: Set(Side.allCases)
            default: []
            }
        }

        /// Whether nothing but the mapping's own choice keeps the pair from being kept in step.
        package var isOutside: Bool { !self.outsideOn.isEmpty }

        /// Whether both records are there and belong together, kept in step or not.
        package var isWhole: Bool { self == .active || self.isOutside }

        /// Whether a side's record is gone, or nobody knows what became of it.
        package func isGone(from side: Side) -> Bool {
            switch self {
            case .active, .outsideInHubSpot, .outsideInSalesforce, .outside: false
            case .frozen, .ended, .endedInHubSpot, .endedInSalesforce: true
            case .goneFromHubSpot, .mergedInHubSpot: side == .hubspot
            case .goneFromSalesforce, .mergedInSalesforce: side == .salesforce
            }
        }

        /// Whether records that were gone are kept in step again once both are seen.
        package var mayReturn: Bool { self.goneFrom != nil || self == .ended }

        /// Where one of the records was merged into one with a counterpart of its own.
        package var mergedOn: Side? {
            switch self {
            case .mergedInHubSpot: .hubspot
            case .mergedInSalesforce: .salesforce
            default: nil
            }
        }
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

    /// The revision of a link whose bases hold fields that were never read.
    package static let unreadRevision: Int64 = 0

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
