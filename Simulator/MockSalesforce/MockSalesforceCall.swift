/// One REST request as the org bills it.
package struct MockSalesforceCall: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case query
        case queryMore
        case describe
        case describeGlobal
        case limits
        case recordCreate
        case recordRead
        case recordUpdate
        case recordUpsert
        case recordDelete
        case updatedOrDeleted
        case collectionCreate
        case collectionRead
        case collectionUpdate
        case collectionUpsert
        case collectionDelete
        case composite
        case compositeBatch
        case bulk
        case search
        case other
    }

    /// Server milliseconds.
    package var at: Int64
    /// The name of the credential that pays.
    package var credential: String
    package var kind: Kind
    /// In calls against the daily limit.
    package var cost: Int
    package var status: Int
}
