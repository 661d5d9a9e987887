import SyncCore

/// The engine asks nobody the same thing over and over with nothing in between: what did not help is
/// not paid for twenty times in a minute.
struct NoCircles: Checker {
    static let name = "noCircles"

    /// More than a minute's polls and repeated attempts.
    private static let most = 20

    func violations(in evidence: Evidence) -> [String] {
        // With room for one record in each pass there are many passes, and each begins with a poll.
        let most = evidence.profile.hasNarrowLimits ? 5 * Self.most : Self.most
        return Side.allCases.flatMap { side -> [String] in
            let frames = evidence.frames.filter { $0.side == side && !$0.isToken }
            var start = 0
            var problems: [String] = []
            for place in frames.indices.dropFirst() {
                let isSame = frames[place].digest == frames[start].digest
                let length = place - start + (isSame ? 1 : 0)
                let passed = frames[place].leftAt - frames[max(start, place - most)].leftAt
                if isSame, length > most, passed < 60_000 {
                    let until = frames[place].leftAt
                    problems.append("\(side) was asked the same over and over until \(until)")
                    start = place
                } else if !isSame {
                    start = place
                }
            }
            return Array(problems.prefix(1))
        }
    }
}
