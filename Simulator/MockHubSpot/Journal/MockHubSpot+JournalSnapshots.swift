import HTTPTransport
import WireJSON

/// Requests for records' states, and how far they are.
extension MockHubSpot {
    /// `POST …/snapshots/{version}/crm`.
    mutating func requestSnapshots(
        _ path: [String],
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        guard path == ["crm"] else { return self.error(404, "resource not found", now: now) }
        guard request.method == .post else {
            return self.error(405, "Method not allowed", now: now)
        }
        if let refusal = self.journalRefusal("snapshots.write", reader, now) { return refusal }
        guard let items = Self.body(request)?["snapshotRequests"]?.elements else {
            return self.unreadableBody(now)
        }
        let most = self.settings.journal.snapshotsMax
        guard (1...max(1, most)).contains(items.count) else {
            return self.invalid("snapshotRequests must hold 1 to \(most) items", now)
        }
        var asked: [JournalSnapshot] = []
        for item in items {
            guard let portal = item["portalId"]?.integer, portal == self.settings.portalID,
                let type = item["objectTypeId"]?.string.flatMap(self.typeID),
                let id = item["objectId"]?.integer, let names = item["properties"]?.elements
            else {
                return self.invalid(
                    "portalId, objectTypeId, objectId and properties must be valid",
                    now
                )
            }
            asked.append(
                JournalSnapshot(
                    id: self.journal.uuid(at: now),
                    appID: reader.appID,
                    objectTypeID: type,
                    objectID: id,
                    properties: names.compactMap(\.string),
                    initiatedAt: now,
                    readyAt: now + max(0, self.settings.journal.snapshotDelay)
                )
            )
        }
        let oldest = now - self.settings.journal.retention
        self.journal.snapshots.removeAll { $0.initiatedAt <= oldest }
        self.journal.snapshots += asked
        var writer = JSONWriter()
        writer.object { root in
            root.name("snapshotResponses")
            root.array { list in
                for snapshot in asked {
                    list.object { item in
                        item.member("portalId", self.settings.portalID)
                        item.member("objectId", snapshot.objectID)
                        item.member("objectTypeId", snapshot.objectTypeID)
                        item.member("snapshotStatusId", snapshot.id)
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    mutating func snapshotStatus(
        _ id: String,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        guard
            let snapshot = self.journal.snapshots.first(where: {
                $0.id == id && $0.appID == reader.appID
            })
        else { return self.error(404, "resource not found", now: now) }
        let isOld = snapshot.initiatedAt <= now - self.settings.journal.retention
        let half = snapshot.initiatedAt + (snapshot.readyAt - snapshot.initiatedAt) / 2
        var writer = JSONWriter()
        writer.object { root in
            root.member("id", snapshot.id)
            root.member("initiatedAt", snapshot.initiatedAt)
            switch snapshot.isFound {
            case _ where isOld: root.member("status", "EXPIRED")
            case true?:
                root.member("status", "SUCCESS")
                root.member("completedAt", snapshot.readyAt)
            case false?:
                root.member("status", "FAILED")
                root.member("completedAt", snapshot.readyAt)
                root.member("errorCode", "VALIDATION_ERROR")
                root.member("message", "The object does not exist")
            case nil: root.member("status", now < half ? "PENDING" : "IN_PROGRESS")
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    mutating func invalid(_ message: String, _ now: Int64) -> HTTPResponse {
        self.error(400, message, category: "VALIDATION_ERROR", now: now)
    }
}
