import SyncCore
import WireJSON

/// Reads Salesforce records of one object straight into blobs.
struct SalesforceRowReader {
    private let object: ObjectMapping.Object

    init(_ object: ObjectMapping.Object) {
        self.object = object
    }

    /// The row, or `nil` where the reply lacks an id or a stamp.
    func row(_ json: JSON) -> RecordRow? {
        guard let id = json["Id"]?.string, let stampBytes = json["SystemModstamp"]?.bytes,
            let stamp = CivilTime.milliseconds(stampBytes[...])
        else { return nil }
        let values = self.object.fields.map { field -> FieldValue in
            guard let field, let bytes = Self.bytes(json[field.name]) else { return .blank }
            return Normalization.value(fromWire: bytes, shape: field.shape)
                ?? FieldValue(bytes: bytes)
        }
        return RecordRow(
            id: SalesforceID.long(id),
            object: self.object.name,
            stamp: ServerTime(milliseconds: stamp),
            fate: Self.fate(json),
            values: RecordBlob(values: values),
            counterpartID: self.object.keyField.flatMap { json[$0]?.string }
                .flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    private static func fate(_ json: JSON) -> RecordRow.Fate {
        let master = json["MasterRecordId"]?.string.map(SalesforceID.long)
        if json["IsDeleted"]?.boolean == true {
            return master.map { .merged(into: $0) } ?? .deleted
        }
        if json["IsConverted"]?.boolean == true {
            return .converted(contact: json["ConvertedContactId"]?.string.map(SalesforceID.long))
        }
        return .live
    }

    private static func bytes(_ json: JSON?) -> [UInt8]? {
        guard let json else { return nil }
        if let flag = json.boolean { return Array((flag ? "true" : "false").utf8) }
        return json.bytes
    }
}
