import SyncCore
import SyncRuntime

/// Once settled, each poll costs one call a side and nothing else.
struct IdleCostsReadsOnly: Checker {
    static let name = "idleCostsReadsOnly"

    func violations(in evidence: Evidence) -> [String] {
        // A poll takes its messages' time on top of the pause; a sign-in may fall between.
        let passes = Int(evidence.quietTime / evidence.profile.pollInterval) + 1
        let travel = Int64(evidence.profile.weather.latencyMax) * 4
        let slowest = Int(evidence.quietTime / (evidence.profile.pollInterval + travel))
        return Side.allCases.compactMap { side in
            let calls = evidence.idleCalls[side] ?? 0
            // Salesforce shows several objects at once, HubSpot's search one.
            let activities =
                evidence.profile.objects?.hasActivities == true
                ? SimulatedActivities.names.count : 0
            let objects = side == .hubspot ? 1 + evidence.others.count + activities : 1
            let polls = passes * objects
            // Where calls are few, polls are rare; a call for the day's number may come between.
            let least = evidence.profile.quota == nil ? min(polls * 9 / 10, slowest * objects) : 0
            // Nobody tells when a session ends: a poll of each finds out by one call more.
            let lifetime = side == .salesforce ? evidence.profile.worlds?.sessionLifetime : nil
            let sessions = lifetime.map { Int(evidence.quietTime / $0) + 1 } ?? 0
            let most = polls + sessions + self.sweeps(side, in: evidence)
            guard calls > most || calls < least else { return nil }
            return "\(calls) calls to \(side) in \(polls) idle polls"
        }
    }

    /// What looks at what no feed tells cost: a walk and a read of each kind, now and then.
    private func sweeps(_ side: Side, in evidence: Evidence) -> Int {
        guard let settings = evidence.profile.sweepSettings else { return 0 }
        // Who plays which role is looked at in both CRMs.
        let looks = Int(evidence.quietTime / settings.refreshInterval) + 1
        let roles = evidence.roles == nil ? 0 : looks
        guard side == .hubspot else { return roles }
        let walks = Int(evidence.quietTime / settings.archivedInterval) + 1
        let reads = Int(evidence.quietTime / settings.refreshInterval) + 1
        // A page of each fits into one call; ids that are not shown are asked for among the archived ones too.
        let segments = evidence.profile.members?.objects.count ?? 0
        // Who joined, and of the records that are read who is in.
        let joins = Int(evidence.quietTime / settings.joinedInterval) + 1
        return (1 + evidence.others.count) * (walks + 2 * reads) + roles + segments
            * (joins + reads)
    }
}
