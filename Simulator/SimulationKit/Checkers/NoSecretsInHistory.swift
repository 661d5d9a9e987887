import SyncCore
import SyncStore

/// No token and no secret stands in what the engine shows to people: its history, its issues and
/// what it says while it runs.
struct NoSecretsInHistory: Checker {
    static let name = "noSecretsInHistory"

    func violations(in evidence: Evidence) -> [String] {
        func leaks(_ text: String) -> Bool { evidence.secrets.contains { text.contains($0) } }
        let lines = evidence.journal.filter { leaks($0.reason) }.map { line in
            "the history of \(line.hubspotID ?? line.salesforceID ?? "nobody") holds a secret"
        }
        let findings = evidence.findings.map(\.finding).filter { finding in
            finding.details.contains(where: leaks)
        }.map { "the issue \($0.code.rawValue) of \($0.hubspotID ?? "nobody") holds a secret" }
        let spoken = evidence.messages + evidence.stops.map { String(describing: $0.error) }
        let said = spoken.filter(leaks).map { _ in "a message holds a secret" }
        return lines + findings + said
    }
}
