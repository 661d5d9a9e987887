import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

extension Evidence {
    /// Records that say at last that they are left out, with their counterparts.
    var leftOut: Set<String> {
        guard !self.object.looksIn.isEmpty || self.object.segment != nil else { return [] }
        var out = Set(
            self.contacts.filter(self.object.leavesOut).map(\.id)
                + self.people.filter(self.object.leavesOut).map(\.id) + self.outAtLast
        )
        for link in self.links {
            let ids = [link.hubspotID, link.salesforceID]
            if !out.isDisjoint(with: ids) { out.formUnion(ids) }
        }
        return out
    }

    /// Takes what is said of tasks and calls apart from what is said of contacts.
    mutating func takeActivities(of pair: SimulatedPair) {
        guard self.profile.objects?.hasActivities == true else { return }
        let names = Set(SimulatedActivities.names)
        self.activities = SimulatedActivities.all(pair)
        self.activityIssues = self.findings.filter { names.contains($0.finding.mapping) }
        self.findings.removeAll { names.contains($0.finding.mapping) }
        self.refusals.removeAll { names.contains($0.mapping) }
        self.activityCommits = pair.world.with { state, _ in
            SimulatedActivities.names.flatMap { state.hubspot.changes(of: $0).map(\.at) }
        }
    }
}
