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
        var keys: [Place: Int] = [:]
        for refusal in evidence.refusals {
            // A key alone goes with each version of the record that lacks it: its own edits count.
            if refusal.isUpdate, refusal.fields.isEmpty, let target = refusal.targetID {
                keys[.init(target: refusal.target.other, sourceID: target), default: 0] += 1
                continue
            }
            counts[.init(target: refusal.target, sourceID: refusal.sourceID), default: 0] += 1
        }
        let starts = evidence.profile.kills
        func areTooMany(_ place: Place, _ count: Int) -> Bool {
            // The write of a new record's key is nobody's edit.
            count > Self.timesMax * (edits[place, default: 0] + 1) + starts
        }
        func told(_ place: Place, _ count: Int, _ side: Side) -> String {
            "\(side) refused \(place.sourceID) \(count) times, edited "
                + "\(edits[place, default: 0]) times"
        }
        return counts.filter { areTooMany($0.key, $0.value) }.map {
            told($0.key, $0.value, $0.key.target)
        }.sorted()
            + keys.filter { areTooMany($0.key, $0.value) }.map {
                told($0.key, $0.value, $0.key.target.other)
            }.sorted()
    }
}
