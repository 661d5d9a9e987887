/// The engine never runs into a limit by its own doing.
struct NoThrottling: Checker {
    static let name = "noThrottling"

    func violations(in evidence: Evidence) -> [String] {
        evidence.throttled == 0 ? [] : ["HubSpot refused \(evidence.throttled) calls"]
    }
}
