package import SyncCore

/// What happened in a run, as data: for a page that plays it again.
///
/// Times are virtual milliseconds since the start.
package struct Recording: Sendable, Hashable {
    /// One request of the engine.
    package struct Request: Sendable, Hashable {
        /// How it ended, as the engine's side of the wire saw it.
        package enum Fate: String, Sendable, Hashable {
            /// Its process died before a reply.
            case open
            case answered
            /// The CRM never got it.
            case requestLost
            /// The CRM acted, the engine never knew.
            case replyLost
            /// The CRM broke the connection.
            case dropped
            /// A reply came that is not what the CRM sent.
            case damaged
        }

        package var side: Side
        /// What was called and what for, in the call ledger's words.
        package var endpoint: String
        package var purpose: String
        /// How many records it carried.
        package var count: Int
        /// Records that it names, the first few.
        package var records: [String]
        package var sentAt: Int64
        package var arrivedAt: Int64?
        package var endedAt: Int64?
        package var status: Int?
        package var fate: Fate
    }

    /// What the engine took for last seen on both sides, from then on.
    package struct Base: Sendable, Hashable {
        package var at: Int64
        package var hubspotID: String
        package var salesforceID: String
        package var isFrozen: Bool
        /// In the mapping's order, the e-mail first; `nil` before the first sync.
        package var hubspot: [String]?
        package var salesforce: [String]?
    }

    /// A moment of the world or of the engine's process.
    package struct Mark: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case started
            case killed
            case fault
            case calm
            case hidden
            case shown
        }

        package var at: Int64
        package var kind: Kind
        package var side: Side?
        package var text: String
    }

    /// A version of a record: somebody's write, with what it changed.
    package struct Change: Sendable, Hashable {
        package struct Field: Sendable, Hashable {
            package var name: String
            package var value: String
        }

        package var at: Int64
        package var side: Side
        package var record: String
        package var kind: String
        package var isEngine: Bool
        package var fields: [Field]
    }

    /// A line of the engine's own history.
    package struct Line: Sendable, Hashable {
        package var at: Int64
        package var hubspotID: String
        package var kind: String
        package var field: String?
        package var hubspot: String?
        package var salesforce: String?
        package var reason: String
    }

    /// Wall milliseconds at time 0.
    package var start: Int64
    package var end: Int64 = 0
    /// The mapped fields besides the e-mail address.
    package var fields: [SimulatedField] = []
    /// When the engine had had its time to settle.
    package var settledAt: Int64 = 0
    package var requests: [Request] = []
    package var bases: [Base] = []
    package var marks: [Mark] = []
    package var changes: [Change] = []
    package var lines: [Line] = []
    /// Issues that were open at the end.
    package var findings: [Finding] = []
    package var histogram = CallHistogram()
    /// Events beyond the bound, which only the histogram counts.
    package var left = 0

    package init(start: Int64) {
        self.start = start
    }
}
