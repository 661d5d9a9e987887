import SyncCore

/// Requests about one thing, in the order in which an app sends them; after the last comes the first.
struct BystanderFamily: Sendable {
    var name: String
    var side: Side
    var calls: [BystanderCall]

    init(_ name: String, _ side: Side, _ calls: [BystanderCall]) {
        self.name = name
        self.side = side
        self.calls = calls
    }

    /// `hubspot deals`.
    var title: String { "\(self.side) \(self.name)" }

    static let all = Self.hubspot + Self.salesforce

    static func families(of side: Side) -> [BystanderFamily] {
        side == .hubspot ? Self.hubspot : Self.salesforce
    }
}
