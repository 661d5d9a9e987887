import WireJSON

/// One change event as the observer got it.
package struct ChangeMessage: Sendable, Hashable {
    /// Milliseconds of the servers' clock at which it came.
    package var at: Int64
    /// Counts the observer's subscriptions, and the replies within all of them.
    package var session: Int
    package var reply: Int
    package var replayID: Int64
    /// Such as `UPDATE`, `GAP_UPDATE` or `GAP_OVERFLOW`.
    package var type: String
    package var entity: String
    package var records: [String]
    /// Names as the header lists them.
    package var changed: [String]
    package var committedAt: Int64
    package var commitNumber: Int64
    package var transactionKey: String
    /// The fields of the event by the names that headers use; `nil` for null.
    package var values: [String: String?]

    /// `nil` for a message that is no change event.
    init?(_ json: JSON, at time: Int64, session: Int, reply: Int) {
        guard let payload = json["data"]?["payload"], let header = payload["ChangeEventHeader"],
            let replayID = json["data"]?["event"]?["replayId"]?.integer
        else { return nil }
        self.at = time
        self.session = session
        self.reply = reply
        self.replayID = replayID
        self.type = header["changeType"]?.string ?? ""
        self.entity = header["entityName"]?.string ?? ""
        self.records = (header["recordIds"]?.elements ?? []).compactMap(\.string)
        self.changed = (header["changedFields"]?.elements ?? []).compactMap(\.string)
        self.committedAt = header["commitTimestamp"]?.integer ?? 0
        self.commitNumber = header["commitNumber"]?.integer ?? 0
        self.transactionKey = header["transactionKey"]?.string ?? ""
        self.values = [:]
        for (name, value) in payload.members where name != "ChangeEventHeader" {
            guard value.kind == .object else {
                self.values[name] = .some(Self.text(of: value))
                continue
            }
            for (part, value) in value.members {
                self.values["\(name).\(part)"] = .some(Self.text(of: value))
            }
        }
    }

    private static func text(of json: JSON) -> String? {
        json.string ?? json.numberText ?? json.boolean.map { $0 ? "true" : "false" }
    }

    /// Whether it stands for an event that could not be made.
    package var isGap: Bool { self.type.hasPrefix("GAP_") }

    /// Whether it stands for an object's changes that were too many, and names no record.
    package var isOverflow: Bool { self.type == "GAP_OVERFLOW" }

    /// What became of the records.
    package var kind: String { self.isGap ? String(self.type.dropFirst("GAP_".count)) : self.type }
}
