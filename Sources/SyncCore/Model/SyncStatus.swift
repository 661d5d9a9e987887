/// How a record stands, as duet tells it in a field of the record where the mapping asks for that.
package enum SyncStatus: UInt8, Sendable, Hashable, CaseIterable {
    /// What was edited is on both sides, or on its way.
    case inSync = 0
    /// It names a record that has no counterpart yet.
    case waiting = 1
    /// An issue names the record: something of it does not go over until a person has decided.
    case error = 2
    /// The mapping does not include it, or its counterpart.
    case notIncluded = 3

    /// What is written: a text, or one of a picklist's values.
    package var text: String {
        switch self {
        case .inSync: "In sync"
        case .waiting: "Waiting"
        case .error: "Error"
        case .notIncluded: "Not included"
        }
    }

    /// The issues that say that something of a pair does not go over.
    ///
    /// A refused key is none of them: that record's other fields go on.
    package static let problems: [Finding.Code] = [
        .ambiguousMatch, .alreadyLinked, .deletedButEdited, .firstSyncDiverged,
        .missingRequiredField, .valueNotConvertible, .recordRejected, .ownerNotFound,
        .fieldFlapping,
        .relationRefused, .tooManyTies,
    ]

    /// How a pair stands, or `nil` where its records do not belong together any more.
    package init?(_ state: Link.State, hasProblem: Bool, waits: Bool) {
        switch state {
        case .active: self = hasProblem ? .error : waits ? .waiting : .inSync
        case .outsideInHubSpot, .outsideInSalesforce, .outside: self = .notIncluded
        case .frozen, .goneFromHubSpot, .goneFromSalesforce, .mergedInHubSpot, .mergedInSalesforce:
            self = .error
        case .ended, .endedInHubSpot, .endedInSalesforce: return nil
        }
    }
}
