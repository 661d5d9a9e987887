/// What the portal itself has counted, to be held against a client's own ledger.
package struct MockHubSpotUsage: Sendable, Hashable, Codable {
    /// The requests of one app to one kind of endpoint.
    package struct Row: Sendable, Hashable, Codable {
        package var appID: Int64
        package var endpoint: MockHubSpotEndpoint
        /// Billed requests: one each, whatever the batch holds and however it ends.
        ///
        /// Token requests are counted here too, and cost nothing.
        package var calls = 0
        /// Inputs of the billed requests; 1 for a request without a batch.
        package var records = 0
        /// Refused with 429, and not billed.
        package var throttled = 0
        /// Of these, refused because the day was used up.
        package var throttledByDay = 0
        /// Billed requests whose reply was lost on the way.
        package var unanswered = 0
    }

    /// In the order of the apps, then of the endpoints.
    package internal(set) var rows: [Row] = []
    /// Requests without a valid credential; nobody pays for them.
    package internal(set) var unauthorized = 0

    /// The billed calls of an app, or of all; without token requests.
    package func billedCalls(app: Int64? = nil) -> Int {
        self.rows.filter { $0.endpoint.isBilled && (app == nil || $0.appID == app) }
            .reduce(0) { $0 + $1.calls }
    }

    /// The calls of one kind, of all apps.
    package func calls(_ endpoint: MockHubSpotEndpoint) -> Int {
        self.rows.filter { $0.endpoint == endpoint }.reduce(0) { $0 + $1.calls }
    }

    mutating func change(
        _ appID: Int64,
        _ endpoint: MockHubSpotEndpoint,
        _ body: (inout Row) -> Void
    ) {
        if let place = self.rows.firstIndex(where: {
            $0.appID == appID && $0.endpoint == endpoint
        }) {
            body(&self.rows[place])
            return
        }
        var row = Row(appID: appID, endpoint: endpoint)
        body(&row)
        let order = MockHubSpotEndpoint.allCases
        let place = self.rows.firstIndex { other in
            (other.appID, order.firstIndex(of: other.endpoint) ?? 0)
                > (appID, order.firstIndex(of: endpoint) ?? 0)
        }
        self.rows.insert(row, at: place ?? self.rows.count)
    }
}
