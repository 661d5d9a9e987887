package import SyncCore

/// What a step came to on both sides, each of which ran to its end.
package struct BothOutcomes: Sendable {
    private let hubspot: Result<Int, SyncError>
    private let salesforce: Result<Int, SyncError>

    package init(hubspot: Result<Int, SyncError>, salesforce: Result<Int, SyncError>) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    /// What both answered together.
    ///
    /// - Throws: where both failed, what an operator must mend rather than what passes by itself: the
    ///   other side may be away for days, and the one that refuses would be asked all the while.
    package func total() throws(SyncError) -> Int {
        switch (self.hubspot, self.salesforce) {
        case (.success(let first), .success(let second)): return first + second
        case (.failure(let error), .success), (.success, .failure(let error)): throw error
        case (.failure(let first), .failure(let second)):
            throw first.disposition.wait != nil && second.disposition.wait == nil ? second : first
        }
    }
}
