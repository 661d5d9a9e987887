import SyncCore
import SyncStore

/// What one decision stored, in the words of a trace: for people who follow a run line by line.
enum CommitText {
    static func lines(_ commit: RecordCommit) -> [String] {
        var lines = ([commit.link].compactMap { $0 } + commit.freeze).map(Self.text)
        lines += commit.entries.map(Self.text)
        lines += commit.observed.map { seen in
            "entry \(seen.entry) sees \(seen.side) \(Self.text(seen.observation))"
        }
        lines += commit.park.map { "parks \($0.side) \($0.remoteID) \($0.cause)" }
        lines += commit.unpark.map { "unparks \($0.side) \($0.remoteID) \($0.cause)" }
        lines += commit.raise.map { finding in
            let ids = [finding.hubspotID, finding.salesforceID].compactMap { $0 }
            return "issue \(finding.code) \(ids) \(finding.details)"
        }
        lines += commit.journal.map { line in
            "history \(line.kind) \(line.hubspotID ?? "-") \(line.field ?? "record") "
                + "\(Self.text(line.hubspotValue)) \(Self.text(line.salesforceValue)): \(line.reason)"
        }
        return lines
    }

    private static func text(_ link: Link) -> String {
        "link \(link.hubspotID) \(link.salesforceID) \(link.state) "
            + "hubspot \(Self.text(link.hubspotBase)) at \(Self.text(link.hubspotStamp)), "
            + "salesforce \(Self.text(link.salesforceBase)) at \(Self.text(link.salesforceStamp))"
    }

    private static func text(_ entry: OutboxEntry) -> String {
        let fields = entry.fields.map { "\($0.index)=\(Self.text($0.value))" }
        let seen = Side.allCases.compactMap { side in
            entry.observed(on: side).map { "\(side) \(Self.text($0))" }
        }
        let attempts = entry.attempts.map { "\($0.fate) \($0.sentAt)" }
        return "entry \(entry.id) \(entry.kind) \(entry.target) \(entry.targetID ?? "new") "
            + "for \(entry.sourceID) \(entry.state) \(fields) "
            + "attempts \(attempts) not before \(entry.notBefore.map(String.init) ?? "-") "
            + "saw \(seen)"
    }

    private static func text(_ observation: Observation) -> String {
        "\(Self.text(observation.values)) at \(Self.text(observation.stamp))"
    }

    private static func text(_ blob: RecordBlob?) -> String {
        guard let blob else { return "unseen" }
        return "[" + blob.values.map { Self.text($0.bytes) }.joined(separator: " ") + "]"
    }

    private static func text(_ stamp: ServerTime?) -> String {
        stamp.map { String($0.milliseconds) } ?? "-"
    }

    private static func text(_ bytes: [UInt8]?) -> String {
        guard let bytes, !bytes.isEmpty else { return "''" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
