import SyncCore

/// The engine never runs into a limit by its own doing: nothing is refused, and no window of the
/// requests as they arrived holds more than the limit.
struct NoThrottling: Checker {
    static let name = "noThrottling"

    func violations(in evidence: Evidence) -> [String] {
        // Second copies take places that nobody can reserve.
        let copies = evidence.wire.copies[.hubspot] ?? 0
        let own = evidence.throttled - self.crowded(evidence)
        let refused = own > copies ? ["HubSpot refused \(own) calls"] : []
        return refused + self.bursts(evidence)
    }

    /// Searches that were refused within a second of another app's: all apps share that limit.
    private func crowded(_ evidence: Evidence) -> Int {
        let others = evidence.bystander.searchedAt
        guard !others.isEmpty else { return 0 }
        return evidence.frames.count { frame in
            guard frame.limit == .second, let at = frame.arrivedAt else { return false }
            return others.contains { $0 <= at && at < $0 + 1_000 }
        }
    }

    // MARK: - Bursts

    private func bursts(_ evidence: Evidence) -> [String] {
        let arrived = evidence.frames.filter { $0.side == .hubspot && !$0.isToken }
        let rest = arrived.filter { !$0.isSearch }.compactMap(\.arrivedAt).sorted()
        let searches = arrived.filter(\.isSearch).compactMap(\.arrivedAt).sorted()
        return Self.over(evidence.profile.burst, in: 10_000, rest, "calls in ten seconds")
            + Self.over(5, in: 1_000, searches, "searches in a second")
    }

    private static func over(
        _ most: Int,
        in window: Int64,
        _ times: [Int64],
        _ words: String
    ) -> [String] {
        times.indices.dropFirst(most).compactMap { place in
            guard times[place] - times[place - most] < window else { return nil }
            return "more than \(most) \(words) until \(times[place])"
        }
    }
}
