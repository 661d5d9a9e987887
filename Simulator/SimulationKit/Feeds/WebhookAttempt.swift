import WireJSON

/// One delivery of HubSpot's webhooks, as the network between it and the observer saw it.
package struct WebhookAttempt: Sendable, Hashable {
    /// One event of the delivery.
    package struct Event: Sendable, Hashable {
        package var id: Int64
        package var attempt: Int
        package var portalID: Int64
        package var appID: Int64
        package var event: PushedEvent
    }

    /// The number of the batch, the same in all of its attempts.
    package var batch: Int64
    /// From 0.
    package var attempt: Int
    /// Milliseconds of the servers' clock, as every time here.
    package var sentAt: Int64
    package var endedAt: Int64
    /// What HubSpot was answered; `nil` for nothing in time.
    package var status: Int?
    package var events: [Event]
    /// What is wrong with its signatures.
    package var faults: [String]

    /// Whether the observer has taken it, as far as HubSpot knows.
    package var isTaken: Bool { self.status.map { (200..<300).contains($0) } ?? false }

    static func events(_ body: [UInt8]) -> [Event] {
        let list = (try? JSON(parsing: body))?.elements ?? []
        return list.map { json in
            let ids =
                (json["mergedObjectIds"]?.elements ?? []).compactMap(\.integer)
                + [json["primaryObjectId"]?.integer].compactMap(\.self)
            let objectID = json["objectId"]?.integer ?? 0
            return Event(
                id: json["eventId"]?.integer ?? 0,
                attempt: Int(json["attemptNumber"]?.integer ?? -1),
                portalID: json["portalId"]?.integer ?? 0,
                appID: json["appId"]?.integer ?? 0,
                event: PushedEvent(
                    type: json["subscriptionType"]?.string ?? "",
                    objectID: objectID,
                    occurredAt: json["occurredAt"]?.integer ?? 0,
                    property: json["propertyName"]?.string,
                    value: json["propertyValue"]?.string,
                    source: json["changeSource"]?.string ?? "",
                    sourceID: json["sourceId"]?.string ?? "",
                    // A primary record that stays is none that became another.
                    merged: Set(ids).subtracting([objectID])
                )
            )
        }
    }
}
