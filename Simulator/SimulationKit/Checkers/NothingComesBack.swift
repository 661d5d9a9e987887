import SyncCore

/// For a record that has had a counterpart, none is made again: what was deleted stays deleted.
struct NothingComesBack: Checker {
    static let name = "nothingComesBack"

    func violations(in evidence: Evidence) -> [String] {
        evidence.creates.filter { $0.earlier == .gone && !self.isLate($0, evidence) }.map {
            create in
            "\(create.side) \(create.record) was made again for \(create.key ?? "nobody")"
        }
    }

    /// A create that lands after its record was made and deleted comes from nobody's decision.
    private func isLate(_ create: Evidence.Create, _ evidence: Evidence) -> Bool {
        let clocks = evidence.profile.clocks
        let offset = create.side == .hubspot ? clocks?.hubspotOffset : clocks?.salesforceOffset
        return evidence.wire.landings.contains {
            $0.side == create.side && $0.at == create.at - (offset ?? 0)
        }
    }
}
