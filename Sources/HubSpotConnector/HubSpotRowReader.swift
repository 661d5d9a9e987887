import SyncCore
import WireJSON

/// Reads HubSpot records of one mapping straight into blobs.
struct HubSpotRowReader {
    private let fields: [(name: String, shape: FieldShape)?]
    private let keyNames: [String]
    private let object: String
    private let stampName: String

    init(_ mapping: ObjectMapping) {
        self.fields = mapping.hubspot.fields.map { field in
            field.map { (name: $0.name, shape: $0.shape) }
        }
        // The key of the object that new records become comes first.
        let names = mapping.hubspotKeyFields.sorted {
            ($0.key == mapping.createAs ? 0 : 1, $0.key) < (
                $1.key == mapping.createAs ? 0 : 1, $1.key
            )
        }
        self.keyNames = names.map(\.value)
        self.object = mapping.hubspot.name
        self.stampName = HubSpotRequests.stampProperty(mapping.hubspot.name)
    }

    /// A mapped property that a record of a reply lacks: it was archived, or may not be read.
    ///
    /// What was asked for and is not set is there as null (OpenAPI: CRM/Objects/Rollouts/424);
    /// taken for blank, it would clear the other side.
    func missingProperty(_ json: JSON) -> String? {
        guard let properties = json["properties"] else { return nil }
        return self.fields.lazy.compactMap { $0?.name }.first { properties[$0] == nil }
    }

    /// The row, or `nil` where the reply lacks an id or a stamp.
    func row(_ json: JSON, isArchived: Bool) -> RecordRow? {
        guard let id = json["id"]?.bytes, let properties = json["properties"] else { return nil }
        let stampBytes = properties[self.stampName]?.bytes ?? json["updatedAt"]?.bytes
        guard let stampBytes, let stamp = CivilTime.milliseconds(stampBytes[...]) else {
            return nil
        }
        let values = self.fields.map { field -> FieldValue in
            guard let field, let bytes = properties[field.name]?.bytes else { return .blank }
            return Normalization.value(fromWire: bytes, shape: field.shape)
                ?? FieldValue(bytes: bytes)
        }
        let isGone = isArchived || json["archived"]?.boolean == true
        return RecordRow(
            id: String(decoding: id, as: UTF8.self),
            object: self.object,
            stamp: ServerTime(milliseconds: stamp),
            fate: isGone ? .deleted : .live,
            values: RecordBlob(values: values),
            counterpartID: self.keyNames.lazy
                .compactMap { properties[$0]?.string }.first { !$0.isEmpty },
            formerIDs: properties["hs_merged_object_ids"]?.string.map {
                $0.split(separator: ";").map(String.init)
            } ?? []
        )
    }
}
