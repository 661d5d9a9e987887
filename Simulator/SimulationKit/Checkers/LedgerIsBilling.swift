import SyncStore
import SyncCore

/// The engine's ledger equals both CRMs' bills: to the call, and as an interval as wide as the calls
/// whose fate is unknown.
struct LedgerIsBilling: Checker {
    static let name = "ledgerIsBilling"

    func violations(in evidence: Evidence) -> [String] {
        Side.allCases.compactMap { side in
            let calls = evidence.ledger.filter { $0.side == side }
            let known = calls.filter { $0.outcome != .unknown }.reduce(0) { $0 + $1.cost }
            let unknown = calls.filter { $0.outcome == .unknown }.reduce(0) { $0 + $1.cost }
            // A second copy is billed and nobody can know; what a proxy answered is not.
            let copies = evidence.wire.duplicated[side] ?? 0
            let pages = evidence.wire.proxied[side] ?? 0
            let billed = (evidence.billed[side] ?? 0) - copies + pages
            // The ledger books what HubSpot refused for coming too fast, HubSpot bills it not.
            // A token that a CRM does not take is nobody's, and so may be the bill; the ledger books it.
            let unsigned = evidence.frames.count {
                $0.side == side && evidence.isNobodys($0) && $0.deliveredAt != nil
            }
            let refused = (side == .hubspot ? evidence.throttled : 0) + unsigned
            guard billed < known - refused || billed > known + unknown else { return nil }
            return "\(side) billed \(billed), the ledger says \(known) to \(known + unknown)"
        }
    }
}
