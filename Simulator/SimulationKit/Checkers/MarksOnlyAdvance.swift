import SyncCore

/// No durable mark goes back, over any number of deaths, and `confirmed` never comes nearer to the
/// server's present than changes can still appear.
///
/// With a backup that takes the store's place the marks go back, and only forward from there.
struct MarksOnlyAdvance: Checker {
    static let name = "marksOnlyAdvance"

    func violations(in evidence: Evidence) -> [String] {
        var newest: [String: FeedMark] = [:]
        var problems: [String] = []
        for sample in evidence.marks {
            let mark = sample.mark
            let key = "\(mark.side) \(mark.object) \(sample.restores)"
            if let before = newest[key] {
                if mark.read < before.read || mark.confirmed < before.confirmed {
                    problems.append("the marks of \(key) went back at \(sample.serverTime)")
                }
                let distance = sample.serverTime - mark.confirmed.milliseconds
                if mark.confirmed != before.confirmed, distance < Self.horizon(mark.side) {
                    problems.append(
                        "\(key) is confirmed up to \(distance) ms before \(sample.serverTime)"
                    )
                }
                if mark.read.milliseconds > sample.serverTime + Self.clocksApart {
                    problems.append("\(key) is read into the future at \(sample.serverTime)")
                }
            }
            newest[key] = mark
        }
        return problems
    }

    /// How far back changes can still appear: Salesforce's longest transaction, HubSpot's search lag.
    private static func horizon(_ side: Side) -> Int64 {
        side == .salesforce ? 600_000 - Self.clocksApart : 120_000 - Self.clocksApart
    }

    /// `Date` headers and Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 2_000
}
