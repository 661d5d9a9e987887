import SyncCore
import SyncStore

/// What is left of pairs of which one record was deleted, where a policy says what that does.
extension Evidence {
    /// Whether nobody is told that a pair is left alone, because its policy says so.
    func isIgnored(_ link: Link) -> Bool {
        link.state.goneFrom.map { self.object.deletes.action(from: $0) == .ignore } ?? false
    }

    /// Records that go on alone: their counterparts' deletes are ignored, or came after an edit, as an issue says.
    var keptByPolicy: Set<String> {
        let edited = self.findings.filter { $0.finding.code == .deletedButEdited }.flatMap {
            [$0.finding.hubspotID, $0.finding.salesforceID].compactMap { $0 }
        }
        let ignored = self.links.filter(self.isIgnored).flatMap { [$0.hubspotID, $0.salesforceID] }
        return Set(edited + ignored)
    }
}
