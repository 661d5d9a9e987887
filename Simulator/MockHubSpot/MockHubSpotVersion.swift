/// One version of one record, for oracles.
package struct MockHubSpotVersion: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case seed
        case create
        case update
        case archive
        case restore
        /// The survivor of a merge.
        case merge
        /// A record whose id now points to the survivor.
        case mergedAway
        case gdprDelete
    }

    /// One property's value before and after; `nil` is unset.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var before: String?
        package var after: String?

        package init(_ name: String, before: String?, after: String?) {
            self.name = name
            self.before = before
            self.after = after
        }
    }

    /// Counts the commits of the portal, from 1.
    package var sequence: Int
    package var recordID: String
    package var kind: Kind
    /// Server milliseconds of the commit.
    package var at: Int64
    package var author: MockHubSpotAuthor
    /// Only what differs; none for a write that changed nothing.
    package var fields: [Field]

    package init(
        sequence: Int,
        recordID: String,
        kind: Kind,
        at: Int64,
        author: MockHubSpotAuthor,
        fields: [Field]
    ) {
        self.sequence = sequence
        self.recordID = recordID
        self.kind = kind
        self.at = at
        self.author = author
        self.fields = fields
    }
}
