import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// What belongs to a company belongs to its account: after its time to settle a linked record's company on one
/// side is the counterpart of its account on the other, or somebody is told why not; and where people last tied
/// it, there it stays.
struct TiesAgree: Checker {
    static let name = "tiesAgree"

    func violations(in evidence: Evidence) -> [String] {
        guard let field = evidence.object.reference else { return [] }
        let state = Parents(evidence)
        let contacts = Dictionary(evidence.contacts.map { ($0.id, $0) }) { first, _ in first }
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        let changes = Dictionary(
            evidence.fieldChanges().map { ($0.key, $0.changes) },
            uniquingKeysWith: { first, _ in first }
        )
        let apart = evidence.links.filter { $0.state == .active }.compactMap { link -> String? in
            guard let contact = contacts[link.hubspotID], let person = people[link.salesforceID]
            else { return nil }
            let mine = contact[field.hubspot] ?? ""
            let theirs = person[field.salesforce].text ?? ""
            let isReported = Self.isReported(link, field, in: evidence)
            if mine != theirs {
                guard !isReported, !state.excuses(mine, theirs, of: link) else { return nil }
                return "\(link.hubspotID) belongs to \(Self.text(mine)), "
                    + "\(link.salesforceID) to \(Self.text(theirs))"
            }
            let all = changes["\(link.hubspotID) \(field.hubspot)"] ?? []
            guard let last = Self.last(all, in: evidence), last.value != mine, !isReported,
                last.value.isEmpty || state.isPaired(last.value)
            else { return nil }
            return "\(link.hubspotID) and \(link.salesforceID) belong to \(Self.text(mine)), "
                + "people last said \(Self.text(last.value)) in \(last.side) at \(last.at)"
        }
        return self.forgotten(in: evidence) + apart
    }

    /// Records that wait for one that has a counterpart already.
    private func forgotten(in evidence: Evidence) -> [String] {
        let linked = Set(
            evidence.companyLinks.filter { $0.state == .active }.flatMap {
                [$0.hubspotID, $0.salesforceID]
            }
        )
        return evidence.waiting.filter {
            $0.mapping == evidence.object.name && linked.contains($0.parent.id)
        }.map { "\($0.remoteID) waits for \($0.parent.id), which has a counterpart" }
    }

    private static func text(_ company: String) -> String { company.isEmpty ? "nobody" : company }

    /// What people said last, where nobody on the other side said something else at nearly the same time.
    private static func last(
        _ changes: [Evidence.Change],
        in evidence: Evidence
    ) -> Evidence.Change? {
        let deeds = changes.filter { !$0.isEngine }
        guard let last = deeds.last, let bound = ConvergesInTime.bound(evidence) else { return nil }
        let dead = evidence.kills > 0 ? Int64(evidence.profile.deadMax) : 0
        let isContested = deeds.contains {
            $0.side != last.side && $0.value != last.value && $0.at > last.at - bound - dead
        }
        return isContested ? nil : last
    }

    /// Whether an open issue says that the two differ.
    private static func isReported(
        _ link: Link,
        _ field: SimulatedField,
        in evidence: Evidence
    ) -> Bool {
        let codes: Set<Finding.Code> = [.recordRejected, .fieldFlapping, .firstSyncDiverged]
        return evidence.findings.contains { stored in
            let finding = stored.finding
            return codes.contains(finding.code) && finding.hubspotID == link.hubspotID
                && (finding.details.contains(field.hubspot)
                    || finding.details.contains(field.salesforce))
        }
    }

    /// The companies and accounts that records belong to.
    private struct Parents {
        private let evidence: Evidence
        /// Companies that have an account, both there.
        private let paired: Set<String>
        /// For which companies a record waits, in the language of `FamilyEvidence`.
        private let waiting: [String: [String]]
        private let told: Set<String>

        init(_ evidence: Evidence) {
            self.evidence = evidence
            let companies = evidence.companyLinks.filter { $0.state == .active }
            self.paired = Set(
                companies.filter { link in
                    evidence.parents[.hubspot]?[link.hubspotID] == nil
                        && evidence.parents[.salesforce]?[link.salesforceID] == nil
                }.map(\.hubspotID)
            )
            let names = Dictionary(evidence.companyLinks.map { ($0.salesforceID, $0.hubspotID) }) {
                first,
                _ in first
            }
            self.waiting = Dictionary(grouping: evidence.waiting, by: \.remoteID).mapValues {
                $0.map { names[$0.parent.id] ?? $0.parent.id }
            }
            // Frozen: an open issue says why (`freezesAreHonest`).
            self.told = Set(
                evidence.companyLinks.filter { $0.state == .frozen }.flatMap {
                    [$0.hubspotID, $0.salesforceID]
                }
            )
        }

        func isPaired(_ company: String) -> Bool { self.paired.contains(company) }

        /// Whether one side's company is nobody's counterpart, and the record waits or it is known why.
        func excuses(_ mine: String, _ theirs: String, of link: Link) -> Bool {
            let odd = [mine, theirs].filter { !$0.isEmpty && !self.paired.contains($0) }
            let awaited = [link.hubspotID, link.salesforceID].flatMap { self.waiting[$0] ?? [] }
            return odd.contains { id in
                // Who is gone and has not been asked for since is gone unseen.
                self.told.contains(id) || awaited.contains(id) || self.isGone(id)
            }
        }

        private func isGone(_ id: String) -> Bool {
            let accounts = self.evidence.companyLinks.filter { $0.hubspotID == id }
                .map(\.salesforceID)
            return self.evidence.parents[.hubspot]?[id] != nil
                || ([id] + accounts).contains {
                    self.evidence.parents[.salesforce]?[$0] != nil
                }
        }
    }
}
