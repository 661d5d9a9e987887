import SyncCore

/// The engine keeps to its share of the day and leaves the reserve to others, by what came to the
/// CRMs and when, not by its own counting.
///
/// It can know no more than the replies it has read: a call goes over the reserve only where it must
/// know better, and one in a quarter of an hour may ask whether the number is still true.
struct BudgetsHold: Checker {
    static let name = "budgetsHold"

    func violations(in evidence: Evidence) -> [String] {
        guard let quota = evidence.profile.quota else { return [] }
        var problems: [String] = []
        for side in Side.allCases {
            let day = DayOfCalls(evidence, side)
            problems += self.overShare(day, quota) + self.overReserve(day, quota)
        }
        return problems
    }

    // MARK: - The day

    private func overShare(_ day: DayOfCalls, _ quota: SimulatedQuota) -> [String] {
        day.frames.compactMap { frame in
            guard let at = frame.arrivedAt, let allowed = day.allowedMax(knownAt: frame) else {
                return nil
            }
            let share = allowed * quota.sharePercent / 100
            let ours = day.ours(at: at)
            guard ours > share else { return nil }
            return "\(frame.side) got our call \(ours) of the day at \(at), the share is \(share)"
        }
    }

    private func overReserve(_ day: DayOfCalls, _ quota: SimulatedQuota) -> [String] {
        var problems: [String] = []
        for (place, frame) in day.frames.enumerated() {
            guard let at = frame.arrivedAt else { continue }
            let all = day.everybody(at: at)
            // A reply of the same millisecond may have been read before or after.
            let excess = [true, false].compactMap { isEarly -> (used: Int, usable: Int)? in
                guard let known = day.known(before: place, isEarly: isEarly) else { return nil }
                let usable = known.allowed - (known.allowed * quota.reservePercent + 99) / 100
                return known.used >= usable && all > usable ? (known.used, usable) : nil
            }
            guard excess.count == 2, let known = excess.first else { continue }
            // A probe: nothing else that tells the number went for a quarter of an hour.
            let isTelling = frame.side == .salesforce || !frame.isSearch
            let last = day.frames[..<place].last {
                frame.side == .salesforce || !$0.isSearch
            }
            if isTelling, frame.leftAt - (last?.leftAt ?? 0) >= Self.probeWait { continue }
            problems.append(
                "\(frame.side) got our call at \(at) as number \(all), of \(known.usable) for "
                    + "everybody \(known.used) were known to be used"
            )
        }
        return problems
    }

    /// A few milliseconds may lie between the engine's decision and the wire.
    private static let probeWait: Int64 = 899_000
}
