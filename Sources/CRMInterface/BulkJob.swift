/// A job that a CRM works off by itself.
package struct BulkJob: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        /// It waits for its file.
        case open
        case waiting
        case running
        /// It has ended; single rows may have failed all the same.
        case done
        case failed
        case cancelled
    }

    package var id: String
    package var state: State
    package var processed: Int64
    package var failed: Int64
    /// The vendor's code of what ended it; never its text.
    package var problem: String?
    /// Where its file is, for a short time.
    package var file: String?

    /// Whether nothing more will become of it.
    package var isOver: Bool { [.done, .failed, .cancelled].contains(self.state) }

    package init(
        id: String,
        state: State,
        processed: Int64 = 0,
        failed: Int64 = 0,
        problem: String? = nil,
        file: String? = nil
    ) {
        self.id = id
        self.state = state
        self.processed = processed
        self.failed = failed
        self.problem = problem
        self.file = file
    }
}
