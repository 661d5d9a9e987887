import SyncCore
import SyncStore

/// What the wire carried is what the ledger holds and the CRMs billed: exact, but for requests whose
/// fate nobody knows, and each of these is one that lost its reply or its process.
struct LedgerIsTransport: Checker {
    static let name = "ledgerIsTransport"

    func violations(in evidence: Evidence) -> [String] {
        Side.allCases.flatMap { side in
            self.problems(of: side, evidence)
        }
    }

    private func problems(of side: Side, _ evidence: Evidence) -> [String] {
        let frames = evidence.frames.filter { $0.side == side && !$0.isToken }
        // Neither is billed: HubSpot's rate limits, and requests that nobody signed there.
        let free = frames.filter { Self.isFree($0, evidence) }
        let arrived = frames.count { $0.arrivedAt != nil } - free.count
        // The ledger books what carried a token that HubSpot does not know: nobody says that it is free.
        let answered = frames.count {
            $0.deliveredAt != nil && (!Self.isFree($0, evidence) || evidence.isNobodys($0))
        }
        let broken = frames.count { $0.arrivedAt != nil && $0.status == nil }
        let calls = evidence.ledger.filter { $0.side == side }
        let known = calls.filter { $0.outcome != .unknown }.reduce(0) { $0 + $1.cost }
        let unknown = calls.filter { $0.outcome == .unknown }.reduce(0) { $0 + $1.cost }
        let billed = evidence.billed[side] ?? 0
        var problems: [String] = []
        // Where the wire itself copies, delays or answers requests, `ledgerIsBilling` has its counts.
        let isPlain = evidence.profile.weather.wire == nil
        if isPlain, billed > arrived || billed < arrived - broken {
            problems.append("\(side) billed \(billed) of \(arrived) that arrived")
        }
        if known > answered || answered > known + unknown {
            problems.append(
                "\(answered) replies of \(side), the ledger says \(known) to \(known + unknown)"
            )
        }
        // A process that dies leaves what it had on its way, and the call that it was about to make.
        let unanswered = frames.count { $0.deliveredAt == nil }
        let dying = evidence.kills * Self.perProcess
        if unknown > unanswered + dying {
            problems.append("\(unknown) calls to \(side) open, \(unanswered) without a reply")
        }
        return problems
    }

    private static func isFree(_ frame: NetworkFrame, _ evidence: Evidence) -> Bool {
        frame.side == .hubspot && frame.status == 429 || evidence.isNobodys(frame)
    }

    /// How many calls of one side a process may have between its ledger and the wire.
    private static let perProcess = 2
}
