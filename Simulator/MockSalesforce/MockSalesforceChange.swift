/// One version of one record, for oracles.
package struct MockSalesforceChange: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case seed
        case create
        case update
        case delete
        case undelete
        case hardDelete
        /// A loser of a merge, deleted with `MasterRecordId`.
        case mergedAway
        case convert
    }

    /// One field's values before and after.
    package struct Field: Sendable, Hashable, Codable {
        package var name: String
        package var before: MockSalesforceValue
        package var after: MockSalesforceValue
    }

    package var object: String
    /// The 18-character record id.
    package var recordID: String
    package var kind: Kind
    /// Server milliseconds of the write; the stamp is this time in whole seconds.
    package var at: Int64
    /// When the version can be seen.
    package var visibleAt: Int64
    /// The 18-character id of the user who wrote.
    package var author: String
    /// Whether it came over REST.
    package var isRest: Bool
    /// Without the stamps, in the object's field order.
    package var fields: [Field]
}
