import SyncCore

/// The engine never runs into a limit by its own doing.
struct NoThrottling: Checker {
    static let name = "noThrottling"

    func violations(in evidence: Evidence) -> [String] {
        // Second copies take places that nobody can reserve.
        let copies = evidence.wire.copies[.hubspot] ?? 0
        guard evidence.throttled > copies else { return [] }
        return ["HubSpot refused \(evidence.throttled) calls"]
    }
}
