import SyncCore
import SyncRuntime

/// What became of a plan: what was written, what moved on, what is left.
struct ApplyOutcome {
    private let permit: WritePermit
    private let plan: PlanFile
    private let file: String

    init(_ permit: WritePermit, of plan: PlanFile, file: String) {
        self.permit = permit
        self.plan = plan
        self.file = file
    }

    /// Whether nothing that is due was left out.
    var isWhole: Bool { self.permit.refused == 0 && self.permit.waiting == 0 }

    func lines(_ open: OpenPair) async throws(SyncError) -> [String] {
        var lines = ["\(self.permit.given) of \(self.plan.header.writes) writes of the plan went."]
        if self.permit.waiting > 0 {
            lines.append("\(self.permit.waiting) more wait: duet apply \(self.file) --continue")
        }
        if self.permit.refused > 0 {
            lines.append(
                "\(self.permit.refused) are not as the plan has them, or came later: they were left alone. See them with: "
                    + "duet plan"
            )
        }
        guard self.permit.isPartial else { return lines }
        lines.append("Look at:")
        for one in self.permit.shown {
            let url = open.urls.url(of: one.id, on: one.side, mapping: one.mapping)
            lines.append("  \(url ?? one.id)")
        }
        return lines
    }
}
