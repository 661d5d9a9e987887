import SyncCore
import WireJSON

/// One file of HubSpot's journal as the observer got it.
package struct JournalFile: Sendable, Hashable {
    /// One event of the file.
    package struct Event: Sendable, Hashable {
        package var type: String
        package var action: String
        package var portalID: Int64
        package var objectTypeID: String
        package var objectID: Int64
        /// Milliseconds of the servers' clock, as every time here.
        package var occurredAt: Int64
        package var properties: [String: String]
        package var primaryID: Int64?
        package var mergedIDs: [Int64]
    }

    package var at: Int64
    /// Counts how often the observer began with the earliest file.
    package var reading: Int
    package var offset: String
    package var publishedAt: Int64
    package var events: [Event]
    /// Whether the file is the one that its entry named.
    package var isRight: Bool

    init(_ json: JSON, at time: Int64, reading: Int, askedFor offset: String) {
        self.at = time
        self.reading = reading
        self.offset = json["offset"]?.string ?? ""
        self.isRight = self.offset == offset
        self.publishedAt = Self.time(json["publishedAt"])
        self.events = (json["journalEvents"]?.elements ?? []).map { event in
            Event(
                type: event["type"]?.string ?? "",
                action: event["action"]?.string ?? "",
                portalID: event["portalId"]?.integer ?? 0,
                objectTypeID: event["objectTypeId"]?.string ?? "",
                objectID: event["objectId"]?.integer ?? 0,
                occurredAt: Self.time(event["occurredAt"]),
                properties: Dictionary(
                    (event["propertyChanges"]?.members ?? []).map {
                        ($0.name, $0.value.string ?? "")
                    },
                    uniquingKeysWith: { first, _ in first }
                ),
                primaryID: event["primaryObjectId"]?.integer,
                mergedIDs: (event["mergedObjectIds"]?.elements ?? []).compactMap(\.integer)
            )
        }
    }

    private static func time(_ json: JSON?) -> Int64 {
        json?.string.flatMap { CivilTime.milliseconds(Array($0.utf8)[...]) } ?? 0
    }
}
