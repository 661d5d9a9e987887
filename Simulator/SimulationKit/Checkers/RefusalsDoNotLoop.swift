import MockHubSpot
import MockSalesforce
import SyncCore

/// A refused write is not tried for ever: each edit by a person is refused a few times at most.
struct RefusalsDoNotLoop: Checker {
    static let name = "refusalsDoNotLoop"

    /// An edit, its second look by a confirm poll, and one more after a start.
    static let timesMax = 3

    private struct Place: Hashable {
        var target: Side
        var sourceID: String
    }

    func violations(in evidence: Evidence) -> [String] {
        var edits: [Place: Int] = [:]
        for version in evidence.hubspot where version.author.sourceType != "INTEGRATION" {
            edits[.init(target: .salesforce, sourceID: version.recordID), default: 0] += 1
        }
        for change in evidence.salesforce where !change.isRest {
            edits[.init(target: .hubspot, sourceID: change.recordID), default: 0] += 1
        }
        var counts: [Place: Int] = [:]
        for refusal in evidence.refusals {
            counts[.init(target: refusal.target, sourceID: refusal.sourceID), default: 0] += 1
        }
        let starts = evidence.profile.kills
        return counts.filter { place, count in
            // The write of a new record's key is nobody's edit.
            count > Self.timesMax * (edits[place, default: 0] + 1) + starts
        }
        .map {
            "\($0.key.target) refused \($0.key.sourceID) \($0.value) times, edited "
                + "\(edits[$0.key, default: 0]) times"
        }.sorted()
    }
}
