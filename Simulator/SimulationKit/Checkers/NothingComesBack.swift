import SyncCore

/// For a record that has had a counterpart, none is made again: what was deleted stays deleted.
struct NothingComesBack: Checker {
    static let name = "nothingComesBack"

    func violations(in evidence: Evidence) -> [String] {
        let creates = evidence.creates
        return creates.filter { create in
            create.earlier == .gone && !self.isLate(create, evidence)
                && !self.isSecondCopy(create, creates, evidence)
        }.map { "\($0.side) \($0.record) was made again for \($0.key ?? "nobody")" }
    }

    /// A create that a proxy sent twice, whose first copy's record somebody deleted before the second
    /// arrived: the engine was told of the second only.
    private func isSecondCopy(
        _ create: Evidence.Create,
        _ creates: [Evidence.Create],
        _ evidence: Evidence
    ) -> Bool {
        let unread = evidence.wire.unread[create.side] ?? []
        let ways = Int64(2 * evidence.profile.weather.latencyMax)
        return creates.contains { first in
            first.side == create.side && first.key == create.key && create.key != nil
                && (create.at - ways..<create.at).contains(first.at)
                && unread.contains(evidence.trueTime(first.at, of: first.side))
        }
    }

    /// A create that lands after its record was made and deleted comes from nobody's decision.
    private func isLate(_ create: Evidence.Create, _ evidence: Evidence) -> Bool {
        let at = evidence.trueTime(create.at, of: create.side)
        return evidence.wire.landings.contains { $0.side == create.side && $0.at == at }
    }
}
