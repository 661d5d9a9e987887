import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Nothing is written to a record that is left out, nor to its counterpart, and nothing is made of one: neither what
/// takes it out nor what is edited while it is out, and a record that leaves is not deleted anywhere.
struct LeftOutStaysAlone: Checker {
    static let name = "leftOutStaysAlone"

    func violations(in evidence: Evidence) -> [String] {
        guard !evidence.object.looksIn.isEmpty || evidence.object.segment != nil else { return [] }
        let unseen = evidence.unseen
        let spans = Self.spans(evidence).merging(evidence.outOfSegment) { $0 + $1 }
        var counterparts: [String: String] = [:]
        for link in evidence.links {
            counterparts[link.hubspotID] = link.salesforceID
            counterparts[link.salesforceID] = link.hubspotID
        }
        return Self.writes(evidence).compactMap { write in
            let ids = [write.record, write.key, counterparts[write.record]].compactMap(\.self)
            let since = ids.flatMap { spans[$0] ?? [] }.first { span in
                let grace = span.isFromTheStart ? 0 : unseen
                return span.from + grace < write.at && write.at < span.to
            }
            guard let since else { return nil }
            return "\(write.side) \(write.record) was \(write.deed) at \(write.at), it has been "
                + "left out since \(since.from)"
        }
    }

    private struct Write {
        var side: Side
        var record: String
        /// For whom it was made.
        var key: String?
        var deed: String
        var at: Int64
    }

    private static func spans(_ evidence: Evidence) -> [String: [MemberSpan]] {
        var spans: [String: [MemberSpan]] = [:]
        func says(_ record: String, isOut: Bool, at: Int64) {
            let isOpen = spans[record]?.last.map { $0.to == .max } ?? false
            if isOut, !isOpen { spans[record, default: []].append(MemberSpan(from: at)) }
            if !isOut, isOpen, let last = spans[record]?.indices.last {
                spans[record]?[last].to = at
            }
        }
        if evidence.object.looksIn.contains(.hubspot) {
            for version in evidence.hubspot {
                guard let isOut = SimulatedObject.saysOut(version) else { continue }
                let at = evidence.trueTime(version.at, of: .hubspot)
                says(version.recordID, isOut: isOut, at: at)
            }
        }
        if evidence.object.looksIn.contains(.salesforce) {
            for change in evidence.salesforce where change.object == evidence.object.salesforce {
                guard let isOut = SimulatedObject.saysOut(change) else { continue }
                let at = evidence.trueTime(change.at, of: .salesforce)
                says(change.recordID, isOut: isOut, at: at)
            }
        }
        return spans
    }

    /// What the engine did, on both sides.
    private static func writes(_ evidence: Evidence) -> [Write] {
        let object = evidence.object
        // That it is left out is told in a field of the record's own.
        let mine = evidence.hubspot.filter {
            $0.author.sourceType == "INTEGRATION" && !object.isTold($0.fields.map(\.name))
        }.map { version in
            Write(
                side: .hubspot,
                record: version.recordID,
                key: version.fields.first { $0.name == object.keyProperty }?.after,
                deed: "\(version.kind)d",
                at: evidence.trueTime(version.at, of: .hubspot)
            )
        }
        let theirs = evidence.salesforce.filter {
            $0.isRest && $0.object == object.salesforce && !object.isTold($0.fields.map(\.name))
        }.map { change in
            Write(
                side: .salesforce,
                record: change.recordID,
                key: change.fields.first { $0.name == SimulatedObject.keyField }?.after.text,
                deed: "\(change.kind)d",
                at: evidence.trueTime(change.at, of: .salesforce)
            )
        }
        return mine + theirs
    }
}
