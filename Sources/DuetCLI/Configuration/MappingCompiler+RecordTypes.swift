import CRMInterface
import SyncCore

extension MappingCompiler {
    /// The value pairs of a field; record types stand there by their names, so that one file serves every org.
    mutating func values(
        of field: Configuration.Field,
        _ objects: [ObjectDescription]
    ) -> [FieldMapping.ValuePair] {
        if field.takesLabels { return self.labels(of: field, objects) }
        guard field.isRecordType, field.rule != .dontSync else { return field.values }
        let having = objects.filter { object in
            field.salesforce.name(on: object.object).flatMap { object.field($0) } != nil
        }
        guard having.count == 1, let object = having.first else {
            if let first = having.first {
                self.fail(
                    field.place,
                    "Record types of \(having.map(\.object).joined(separator: " and ")) are not the same.",
                    "Name the object: `salesforce: {\(first.object): RecordTypeId}`."
                )
            }
            return field.values
        }
        let types = object.recordTypes ?? []
        if field.values.isEmpty {
            self.fail(
                field.place,
                "`RecordTypeId` holds ids that only this org understands.",
                "List them under `values`, as `HubSpot's value: record type's name`."
            )
        }
        return field.values.compactMap { pair in
            let found = types.first { type in
                [type.name, type.developerName, type.id].contains(pair.salesforce)
            }
            guard let found else {
                self.fail(
                    field.place,
                    "Salesforce \(object.object) has no record type `\(pair.salesforce)`.",
                    Suggestion.text(for: pair.salesforce, among: types.map(\.name))
                )
                return nil
            }
            return .init(hubspot: pair.hubspot, salesforce: found.id)
        }
    }
}
