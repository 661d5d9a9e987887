/// What goes wrong, on demand.
package struct MockHubSpotFaults: Sendable, Hashable, Codable {
    /// The first rule whose turn it is decides; each counts the requests of its own scope.
    package var rules: [MockHubSpotFaultRule]
    /// Faults of the coming requests (no token requests), one each, taken from the front;
    /// `nil` lets one pass.
    package var coming: [MockHubSpotFault?]
    /// Versions that are served no longer, such as `2026-09`: every request of theirs is refused.
    package var retiredVersions: Set<String> = []
    /// The status of that refusal, which no text tells; other vendors answer 410 or 404.
    package var retiredStatus = 410
    /// How long a server layer should wait before it answers, in milliseconds.
    package var latencyMilliseconds: Int64 = 0
    private var counts: [Int] = []

    package init(rules: [MockHubSpotFaultRule] = [], coming: [MockHubSpotFault?] = []) {
        self.rules = rules
        self.coming = coming
    }

    /// Sets other rules, which count their requests from now on.
    package mutating func replaceRules(by rules: [MockHubSpotFaultRule]) {
        self.rules = rules
        self.counts = []
    }

    mutating func next(for endpoint: MockHubSpotEndpoint) -> MockHubSpotFault? {
        var due: MockHubSpotFault?
        if endpoint != .token, !self.coming.isEmpty { due = self.coming.removeFirst() }
        // A caller may have replaced the rules since the last request.
        while self.counts.count < self.rules.count { self.counts.append(0) }
        for (place, rule) in self.rules.enumerated() where rule.scope.includes(endpoint) {
            self.counts[place] += 1
            if due == nil, rule.everyNth > 0, self.counts[place] % rule.everyNth == 0 {
                due = rule.fault
            }
        }
        return due
    }
}
