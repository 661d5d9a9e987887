import MockHubSpot
import SyncCore

extension Evidence {
    /// When which record was out of the segment, which also counts as there where it is deleted for a while.
    var outOfSegment: [String: [MemberSpan]] {
        guard self.object.segment != nil else { return [:] }
        var spans: [String: [MemberSpan]] = [:]
        for version in self.hubspot where version.kind == .create || version.kind == .seed {
            let isOurs = version.author.sourceType == "INTEGRATION"
            let at = self.trueTime(version.at, of: .hubspot)
            spans[version.recordID] = [MemberSpan(from: at, isFromTheStart: !isOurs)]
        }
        for change in self.members.changes where change.object == self.object.name {
            guard let record = change.record else { continue }
            if !change.isIn {
                spans[record, default: []].append(MemberSpan(from: change.at))
            } else if let last = spans[record]?.indices.last {
                spans[record]?[last].to = change.at
            }
        }
        return spans
    }

    /// When the segment was deleted, true time.
    var segmentGone: [MemberSpan] {
        var spans: [MemberSpan] = []
        for change in self.members.changes
        where change.object == self.object.name && change.record == nil {
            if !change.isIn {
                spans.append(MemberSpan(from: change.at))
            } else if let last = spans.indices.last {
                spans[last].to = change.at
            }
        }
        return spans
    }

    /// HubSpot's records that are not in the segment at last.
    var outAtLast: [String] {
        guard self.object.segment != nil else { return [] }
        return self.contacts.map(\.id).filter { !self.members.has($0, of: self.object.name) }
    }
}
