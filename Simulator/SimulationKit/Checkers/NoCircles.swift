import MockHubSpot
import MockSalesforce
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
        let others = evidence.others.flatMap { $0.hubspot.map(\.at) }
        let commits =
            (evidence.hubspot.map(\.at) + evidence.salesforce.map(\.at) + others
            + evidence.activityCommits).sorted()
        return Side.allCases.flatMap { side -> [String] in
            var times: [UInt64: [Int64]] = [:]
            for frame in evidence.frames where frame.side == side && !frame.isToken {
                times[frame.digest, default: []].append(frame.leftAt)
            }
            let ends = times.values.flatMap { times -> [Int64] in
                zip(times, times.dropFirst(most)).filter { first, last in
                    last - first < 60_000 && !Self.hasCommit(in: first...last, commits)
                }.map { _, last in last }
            }
            return ends.min().map {
                ["\(side) was asked the same over and over until \($0)"]
            } ?? []
        }
    }

    private static func hasCommit(in times: ClosedRange<Int64>, _ commits: [Int64]) -> Bool {
        var (low, high) = (0, commits.count)
        while low < high {
            let middle = (low + high) / 2
            if commits[middle] < times.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < commits.count && commits[low] <= times.upperBound
    }
}
