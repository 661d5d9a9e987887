import SyncCore
import SyncStore

/// Every reply that says no stands in the call ledger as failed, and no other does.
///
/// What a reply says of single records is `refusalsAreTold`'s.
struct ErrorsAreVisible: Checker {
    static let name = "errorsAreVisible"

    func violations(in evidence: Evidence) -> [String] {
        // Where the wire changes replies, what the CRM said is not what the engine read.
        guard (evidence.profile.weather.wire?.spoiledPercent ?? 0) == 0 else { return [] }
        return Side.allCases.compactMap { side in
            let frames = evidence.frames.filter {
                $0.side == side && !$0.isToken && $0.deliveredAt != nil
            }
            let failed = frames.count { !(200..<400).contains($0.status ?? 0) }
            let calls = evidence.ledger.filter { $0.side == side && $0.purpose != "signIn" }
            let booked = calls.filter { $0.outcome == .failed }.reduce(0) { $0 + $1.calls }
            // A process that dies may have read a reply that it did not book.
            let dying = evidence.kills * 2
            guard booked > failed || booked < failed - dying else { return nil }
            return "\(failed) replies of \(side) said no, the ledger says \(booked)"
        }
    }
}
