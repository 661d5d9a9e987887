import SyncCore
import WireJSON

/// Reads HubSpot records of one mapping straight into blobs.
struct HubSpotRowReader {
    /// The types of the mapped fields; `nil` where HubSpot does not have one.
    private let types: [FieldType?]
    private let names: [String]
    private let object: String
    /// The properties of a record: the mapped ones at their places, then the ones below.
    private var properties: JSONMembers
    /// The record itself.
    private var parts = JSONMembers(names: [
        "id", "properties", "updatedAt", "archived", "archivedAt",
    ])
    private var record = RecordBlobBuilder()
    /// Where the stamp, the merged ids and the key properties are among the names.
    private let stamp: Int
    private let merged: Int
    private let keys: Range<Int>

    init(_ mapping: ObjectMapping) {
        let properties = mapping.hubspotProperties
        self.types = properties.map { $0?.shape.type }
        // A field that HubSpot does not have is looked for under no name.
        let mapped = properties.map { $0?.name ?? "" }
        // The key of the object that new records become comes first.
        let keys = mapping.hubspotKeyFields.sorted {
            ($0.key == mapping.createAs ? 0 : 1, $0.key) < (
                $1.key == mapping.createAs ? 0 : 1, $1.key
            )
        }
        let own = [
            HubSpotRequests.stampProperty(mapping.hubspot.name), "hs_merged_object_ids",
        ]
        self.names = mapped + own + keys.map(\.value)
        self.stamp = mapped.count
        self.merged = mapped.count + 1
        self.keys = mapped.count + 2..<mapped.count + 2 + keys.count
        self.properties = JSONMembers(names: self.names)
        self.object = mapping.hubspot.name
    }

    /// A mapped property that the last record lacks: it was archived, or may not be read.
    ///
    /// What was asked for and is not set is there as null (OpenAPI: CRM/Objects/Rollouts/424);
    /// taken for blank, it would clear the other side.
    var missingProperty: String? {
        guard self.parts.has(Part.properties) else { return nil }
        return self.types.indices.first { place in
            self.types[place] != nil && !self.properties.has(place)
        }.map { self.names[$0] }
    }

    /// The row, or `nil` where the reply lacks an id or a stamp.
    mutating func row(_ json: JSON, isArchived: Bool) -> RecordRow? {
        self.parts.read(json)
        guard let properties = self.parts[Part.properties] else { return nil }
        self.properties.read(properties)
        guard let id = self.parts.string(Part.id), let stamp = self.modified() else { return nil }
        let isGone = isArchived || self.parts[Part.archived]?.boolean == true
        var row = RecordRow(
            id: id,
            object: self.object,
            stamp: ServerTime(milliseconds: stamp),
            fate: isGone ? .deleted : .live,
            values: self.values(),
            counterpartID: self.counterpart(),
            formerIDs: self.properties[self.merged]?.string.map {
                $0.split(separator: ";").map(String.init)
            } ?? []
        )
        if isGone {
            row.goneAt = self.parts[Part.archivedAt]?.bytes
                .flatMap { CivilTime.milliseconds($0[...]) }.map { ServerTime(milliseconds: $0) }
        }
        return row
    }

    private func modified() -> Int64? {
        // The one that the feeds go by; what has none says it in the record itself.
        let text = self.properties.string(self.stamp) ?? self.parts.string(Part.updatedAt)
        return text.flatMap { CivilTime.milliseconds($0) }
    }

    private func counterpart() -> String? {
        self.keys.lazy.compactMap { self.properties[$0]?.string }.first { !$0.isEmpty }
    }

    private mutating func values() -> RecordBlob {
        self.record.begin(fields: self.types.count)
        let types = self.types
        self.properties.forEachText(types.indices) { place, text in
            guard let type = types[place], let text else { return self.record.appendBlank() }
            Normalization.append(fromWire: text, type: type, to: &self.record)
        }
        return self.record.blob()
    }

    /// The places in a record.
    private enum Part {
        static let id = 0
        static let properties = 1
        static let updatedAt = 2
        static let archivedAt = 4
        static let archived = 3
    }
}
