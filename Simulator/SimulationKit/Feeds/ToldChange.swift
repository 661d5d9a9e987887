import MockHubSpot

/// What one commit did to a HubSpot contact, as the history has it and as both of its feeds tell it.
struct ToldChange: Sendable, Hashable {
    var id: Int64
    /// As the journal names it.
    var action: String
    /// Milliseconds of the portal's clock.
    var at: Int64
    /// The properties that the observer asked for, with their new values; empty for cleared ones.
    var properties: [String: String]
    var author: MockHubSpotAuthor
    /// The records that became this one, where it is a merge's.
    var merged: Set<Int64> = []

    /// Everything that happened to contacts, in the order of the commits.
    static func all(in evidence: Evidence) -> [Self] {
        var merged: [Int64: Set<Int64>] = [:]
        for version in evidence.hubspot where version.kind == .mergedAway {
            merged[version.at, default: []].insert(Int64(version.recordID) ?? 0)
        }
        return evidence.hubspot.compactMap { version in
            guard let action = Self.action(of: version.kind) else { return nil }
            let asked = version.fields.filter { FeedObserver.properties.contains($0.name) }
            // A change of nothing that anybody asked for.
            if action == "UPDATE", asked.isEmpty { return nil }
            let tells = ["CREATE", "UPDATE"].contains(action)
            return Self(
                id: Int64(version.recordID) ?? 0,
                action: action,
                at: version.at,
                properties: tells
                    ? Dictionary(
                        asked.map { ($0.name, $0.after ?? "") },
                        uniquingKeysWith: { first, _ in first }
                    ) : [:],
                author: version.author,
                merged: action == "MERGE" ? merged[version.at] ?? [] : []
            )
        }
    }

    /// The events that HubSpot pushes of it.
    ///
    /// A creation is told with each of its properties as a change besides, and a privacy deletion is
    /// no deletion besides: both are settings of the mock.
    var pushed: [PushedEvent] {
        func event(_ verb: String, _ property: String? = nil) -> PushedEvent {
            PushedEvent(
                type: "contact.\(verb)",
                objectID: self.id,
                occurredAt: self.at,
                property: property,
                value: property.map { self.properties[$0] ?? "" },
                source: self.author.sourceType,
                sourceID: self.author.sourceID,
                merged: self.merged
            )
        }
        let changes = self.properties.keys.sorted().map { event("propertyChange", $0) }
        switch self.action {
        case "CREATE": return [event("creation")] + changes
        case "UPDATE": return changes
        case "DELETE": return [event("deletion")]
        case "RESTORE": return [event("restore")]
        case "MERGE": return [event("merge")]
        default: return [event("privacyDeletion")]
        }
    }

    private static func action(of kind: MockHubSpotVersion.Kind) -> String? {
        switch kind {
        case .seed, .create: "CREATE"
        case .update: "UPDATE"
        case .archive: "DELETE"
        case .restore: "RESTORE"
        case .merge: "MERGE"
        case .gdprDelete: "GDPR_DELETE"
        // The survivor's event names it.
        case .mergedAway: nil
        }
    }
}
