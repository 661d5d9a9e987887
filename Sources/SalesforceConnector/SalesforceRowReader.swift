import SyncCore
import WireJSON

/// Reads Salesforce records of one object straight into blobs.
struct SalesforceRowReader {
    private let object: String
    private let hasKey: Bool
    /// The types of the mapped fields; `nil` where the object does not have one.
    private let types: [FieldType?]
    /// The fields of a record: the mapped ones at their places, then those of `Part`.
    private var fields: JSONMembers
    private var record = RecordBlobBuilder()
    /// Where `Part` begins among the names.
    private let parts: Int

    init(_ object: ObjectMapping.Object) {
        self.object = object.name
        self.hasKey = object.keyField != nil
        self.types = object.fields.map { $0?.shape.type }
        self.parts = object.fields.count
        // A field that the object does not have is looked for under no name.
        let mapped = object.fields.map { $0?.name ?? "" }
        self.fields = JSONMembers(
            names: mapped + Part.allCases.map { $0.name } + [object.keyField ?? ""]
        )
    }

    /// The row, or `nil` where the reply lacks an id or a stamp.
    mutating func row(_ json: JSON) -> RecordRow? {
        self.fields.read(json)
        let stamp = self.fields.string(self.place(.stamp)).flatMap { CivilTime.milliseconds($0) }
        guard let id = self.id(.id), let stamp else { return nil }
        return RecordRow(
            id: id,
            object: self.object,
            stamp: ServerTime(milliseconds: stamp),
            fate: self.fate(),
            values: self.values(),
            counterpartID: self.counterpart()
        )
    }

    private func counterpart() -> String? {
        guard self.hasKey else { return nil }
        let key = self.fields[self.parts + Part.allCases.count]?.string
        return key.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func fate() -> RecordRow.Fate {
        if self.fields[self.place(.isDeleted)]?.boolean == true {
            return self.id(.master).map { .merged(into: $0) } ?? .deleted
        }
        if self.fields[self.place(.isConverted)]?.boolean == true {
            return .converted(contact: self.id(.contact))
        }
        return .live
    }

    private mutating func values() -> RecordBlob {
        self.record.begin(fields: self.types.count)
        let types = self.types
        self.fields.forEachText(types.indices) { place, text in
            guard let type = types[place], let text else { return self.record.appendBlank() }
            Normalization.append(fromWire: text, type: type, to: &self.record)
        }
        return self.record.blob()
    }

    private func id(_ part: Part) -> String? {
        self.fields.string(self.place(part)).map { SalesforceID.long($0) }
    }

    private func place(_ part: Part) -> Int { self.parts + part.rawValue }

    /// What a record has besides its mapped fields.
    private enum Part: Int, CaseIterable {
        case id
        case stamp
        case isDeleted
        case master
        case isConverted
        case contact

        var name: String {
            switch self {
            case .id: "Id"
            case .stamp: "SystemModstamp"
            case .isDeleted: "IsDeleted"
            case .master: "MasterRecordId"
            case .isConverted: "IsConverted"
            case .contact: "ConvertedContactId"
            }
        }
    }
}
