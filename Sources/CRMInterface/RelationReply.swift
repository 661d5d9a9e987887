package import SyncCore

/// The ties that were read, by the record's id; a record without any has an empty list.
///
/// Of a record that is missing nobody knows which ties it has: it is asked for again.
package struct RelationReply: Sendable {
    package var ties: [String: [RelatedRecord]]
    /// Records with more ties than are read.
    package var tooMany: Set<String>

    package init(ties: [String: [RelatedRecord]] = [:], tooMany: Set<String> = []) {
        self.ties = ties
        self.tooMany = tooMany
    }
}
