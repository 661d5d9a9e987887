import SyncCore
import SyncStore

/// What somebody noted once is one activity in each CRM, of the same kind, with the same text: none is made twice, none
/// becomes another kind's, and none is missing after its time to settle.
struct ActivitiesAreOne: Checker {
    static let name = "activitiesAreOne"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.profile.objects?.hasActivities == true else { return [] }
        // People give each a title of its own and never change it.
        let groups = Dictionary(grouping: evidence.activities, by: \.title)
        return groups.sorted { $0.key < $1.key }.flatMap { title, group -> [String] in
            let mine = group.filter { $0.side == .hubspot }
            let theirs = group.filter { $0.side == .salesforce }
            let twice = [mine, theirs].filter { $0.count > 1 }.map { records in
                "\(title) is there \(records.count) times in \(records[0].side): "
                    + records.map { "\($0.kind) \($0.id)" }.joined(separator: ", ")
            }
            guard twice.isEmpty else { return twice }
            guard let one = mine.first, let other = theirs.first else {
                return ["\(title) is in \(group[0].side) only"]
            }
            guard one.key == other.id, other.key == one.id, one.kind == other.kind else {
                return [
                    "\(title): \(one.kind) \(one.id) names \(one.key ?? "nobody"), "
                        + "\(other.kind) \(other.id) names \(other.key ?? "nobody")"
                ]
            }
            let isTold = evidence.activityIssues.contains { stored in
                stored.finding.hubspotID == one.id || stored.finding.salesforceID == other.id
            }
            guard one.text != other.text, !isTold else { return [] }
            return ["\(title) says \(one.text) and \(other.text)"]
        }
    }
}
