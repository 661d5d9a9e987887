import SyncCore

/// What another app's requests came to.
package struct BystanderFacts: Sendable, Hashable {
    package struct Tally: Sendable, Hashable {
        package var sent = 0
        /// Those that were carried out.
        package var done = 0
    }

    /// By what the requests are about: `hubspot deals`.
    package private(set) var tallies: [String: Tally] = [:]
    /// Requests that no client could have read the reply of, the first few.
    package private(set) var unserved: [String] = []
    /// When it searched HubSpot, whose limit for a second is everybody's together; true time.
    package private(set) var searchedAt: [Int64] = []

    private static let unservedMax = 20

    /// All that its requests can be about, as `tallies` has it.
    package static let topics = Set(BystanderFamily.all.map(\.title))

    package init() {}

    package var sent: Int { self.tallies.values.reduce(0) { $0 + $1.sent } }
    package var done: Int { self.tallies.values.reduce(0) { $0 + $1.done } }

    mutating func count(_ family: BystanderFamily, _ status: Int) {
        let isDone = (200..<400).contains(status)
        self.tallies[family.title, default: Tally()].sent += 1
        if isDone { self.tallies[family.title, default: Tally()].done += 1 }
    }

    mutating func searched(at time: Int64) { self.searchedAt.append(time) }

    mutating func miss(_ text: String) {
        guard self.unserved.count < Self.unservedMax else { return }
        self.unserved.append(text)
    }
}
