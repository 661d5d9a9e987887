import SimulationKit
package import WireJSON

/// The broken runs of a soak or a sweep, by invariant, in bounded memory.
package struct BrokenRuns: Sendable {
    private struct Group {
        var invariant: String
        var count = 0
        /// The first few, told and kept in full.
        var first: [BrokenRun] = []
    }

    /// Of one invariant, how many runs are told in full and get a tape.
    package static let toldMax = 5

    /// In the order in which the invariants were first broken.
    private var groups: [Group] = []

    package init() {}

    package var count: Int { self.groups.reduce(0) { $0 + $1.count } }

    /// Adds a run; answers what to print.
    ///
    /// `keep` writes its tape, where the run is one of the first of its kind.
    package mutating func add(
        _ run: BrokenRun,
        keep: (BrokenRun) throws -> BrokenRun
    ) rethrows -> String {
        let place: Int
        if let known = self.groups.firstIndex(where: { $0.invariant == run.invariant }) {
            place = known
        } else {
            place = self.groups.count
            self.groups.append(Group(invariant: run.invariant))
        }
        self.groups[place].count += 1
        guard self.groups[place].first.count < Self.toldMax else {
            return "BROKEN  \(run.invariant) once more: \(run.seedLine)"
        }
        let kept = try keep(run)
        self.groups[place].first.append(kept)
        return kept.text
    }

    /// A line for each invariant, with the runs to look at first.
    package var summary: [String] {
        self.groups.map { group in
            let runs = group.first.map { run in
                "\(run.tape.seed)"
                    + (run.tape.deathPoint > 0 ? " at moment \(run.tape.deathPoint)" : "")
            }
            let more = group.count > group.first.count ? ", …" : ""
            let title = group.count == 1 ? "1 run, seed " : "\(group.count) runs, seeds "
            return "  \(group.invariant): \(title)" + runs.joined(separator: ", ") + more
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.name("broken")
        writer.array { list in
            for group in self.groups {
                list.object { item in
                    item.member("invariant", group.invariant)
                    item.member("count", group.count)
                    item.name("first")
                    item.array { runs in
                        for run in group.first { run.write(to: &runs) }
                    }
                }
            }
        }
    }
}
