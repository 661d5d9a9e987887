/// Makes a failing tape smaller while it goes on breaking the same promise.
///
/// Choices become the harmless one, in ever smaller pieces, stream by stream; a piece that the
/// failure needs is put back. The bound is on runs, not on time, so that it ends alike everywhere.
package struct Shrinker: Sendable {
    package let invariant: String
    package let runsMax: Int
    private let breaks: @Sendable (Tape) -> Bool
    package private(set) var runs = 0

    package init(invariant: String, runsMax: Int = 500) {
        self.init(invariant: invariant, runsMax: runsMax) { tape in
            do {
                let report = try Simulation(tape: tape).run()
                return report.violations.contains { $0.invariant == invariant }
            } catch {
                return error is HungSimulation && invariant == HungSimulation.invariant
            }
        }
    }

    /// `breaks`: whether a tape still breaks the promise.
    package init(
        invariant: String,
        runsMax: Int,
        breaks: @escaping @Sendable (Tape) -> Bool
    ) {
        self.invariant = invariant
        self.runsMax = runsMax
        self.breaks = breaks
    }

    package mutating func shrink(_ tape: Tape) -> Tape {
        var best = tape
        // Fewer deeds and deaths make the others unneeded; the order of jobs comes last.
        let order: [Tape.Stream] = [
            .kills, .members, .fieldLists, .fields, .roles, .ties, .erasures, .objects, .deletes,
            .family, .troubles, .bystander,
            .queues, .plants, .faults, .outages, .disk, .clocks, .schema, .rules, .rights, .access,
            .persons, .currencies, .leads, .lives, .crowd, .feeds, .clashes, .wire, .people,
            .room, .network, .deliveries, .schedule,
        ]
        for stream in order {
            best = self.shrink(best, stream)
        }
        return best
    }

    private mutating func shrink(_ tape: Tape, _ stream: Tape.Stream) -> Tape {
        var best = tape
        let span = stream.span
        var size = max(1, (best.choices[stream]?.count ?? 0) / span)
        while size >= 1 {
            var start = 0
            while let choices = best.choices[stream], start < choices.count {
                let end = min(start + size * span, choices.count)
                if choices[start..<end].contains(where: { $0 != 0 }) {
                    guard self.runs < self.runsMax else { return best }
                    var smaller = best
                    smaller.choices[stream] = Self.without(choices, start..<end)
                    self.runs += 1
                    if self.breaks(smaller) { best = smaller }
                }
                start += size * span
            }
            size /= 2
        }
        return best
    }

    private static func without(_ choices: [Int32], _ range: Range<Int>) -> [Int32] {
        var left = choices
        for place in range { left[place] = 0 }
        while left.last == 0 { left.removeLast() }
        return left
    }
}
