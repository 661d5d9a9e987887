package import SyncCore

/// What a look at the ties of some records stores, in one transaction.
package struct RelationCommit: Sendable {
    /// What both CRMs agree on about one tie now; `nil` for none.
    package struct Agreement: Sendable, Hashable {
        package var parent: Int64
        package var child: Int64
        package var roles: Set<String>?

        package init(parent: Int64, child: Int64, roles: Set<String>?) {
            self.parent = parent
            self.child = child
            self.roles = roles
        }
    }

    /// A record at the other end without a counterpart that the tie could name: its link, or the next change of it,
    /// brings the parent back.
    package struct Wait: Sendable, Hashable {
        package var parent: Int64
        package var child: References.Record

        package init(parent: Int64, child: References.Record) {
            self.parent = parent
            self.child = child
        }
    }

    package var relation: String
    package var marks: [FeedMark] = []
    /// Links whose ties are to be looked at in both CRMs.
    package var due: [Int64] = []
    /// Salesforce ids of records of this mapping whose ties are to be looked at in both, with those of the other ends
    /// that Salesforce told of.
    package var dueInSalesforce: (mapping: String, told: [String: Set<String>])?
    package var agreements: [Agreement] = []
    package var waits: [Wait] = []
    /// Ties that are about to be written.
    package var sent: [SentTie] = []
    /// Ties, by both links, of whose writes it is known what became.
    package var answered: [Agreement] = []
    package var done: [DueRelation] = []
    /// Those that are looked at again, not before a wall time.
    package var later: [DueRelation] = []
    package var notBefore: Int64 = 0
    package var raise: [Finding] = []
    package var resolve: [Finding] = []
    package var journal: [JournalEntry] = []

    package init(_ relation: String) {
        self.relation = relation
    }
}
