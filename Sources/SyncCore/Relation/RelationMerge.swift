/// What a tie that both CRMs have shall be: each roles' own three-way merge.
package enum RelationMerge {
    /// The roles of a tie in both CRMs, or `nil` where there shall be none.
    ///
    /// A tie that one side took away goes, unless the other side gave it a role meanwhile: an edit is not lost to a
    /// delete. Roles that are missing there are no edit: the rest of a tie that was taken away by halves shows no others.
    /// Ties that both had before either was looked at keep the roles of both.
    package static func merged(
        base: Set<String>?,
        hubspot: Set<String>?,
        salesforce: Set<String>?
    ) -> Set<String>? {
        guard let base else {
            guard hubspot != nil || salesforce != nil else { return nil }
            return (hubspot ?? []).union(salesforce ?? [])
        }
        switch (hubspot, salesforce) {
        case (nil, nil): return nil
        case (let one?, nil), (nil, let one?): return one.isSubset(of: base) ? nil : one
        case (let one?, let other?):
            return one.union(other).filter { role in
                let (inOne, inOther) = (one.contains(role), other.contains(role))
                // Where they differ one of them is as before, and the other one is news.
                return inOne == inOther ? inOne : !base.contains(role)
            }
        }
    }
}
