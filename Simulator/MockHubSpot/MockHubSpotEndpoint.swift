/// The kinds of request that are counted apart.
package enum MockHubSpotEndpoint: String, Sendable, Hashable, CaseIterable {
    case token
    case accountInfo
    case list
    case read
    case create
    case update
    case archive
    case search
    case batchRead
    case batchCreate
    case batchUpdate
    case batchUpsert
    case batchArchive
    case merge
    case gdprDelete
    case propertyRead
    case propertyWrite
    case owners
    case pipelines
    case associationRead
    case associationWrite
    case lists
    case schemas
    case legacy
    case unknown

    /// Whether it changes records.
    package var isWrite: Bool {
        switch self {
        case .create, .update, .archive, .batchCreate, .batchUpdate, .batchUpsert,
            .batchArchive, .merge, .gdprDelete, .associationWrite:
            true
        case .token, .accountInfo, .list, .read, .search, .batchRead, .propertyRead,
            .propertyWrite, .owners, .pipelines, .associationRead, .lists, .schemas, .legacy,
            .unknown:
            false
        }
    }

    /// Whether it may make records; a lost reply then leaves their fate open.
    package var isCreate: Bool {
        self == .create || self == .batchCreate || self == .batchUpsert
    }
}
