import CRMInterface
import SyncCore

/// Mappings that share a Salesforce object, and what new records get besides their fields.
extension MappingCompiler {
    /// A Salesforce object as the mapping has it.
    mutating func object(
        _ described: ObjectDescription,
        _ fields: [ObjectMapping.Field?],
        _ mapping: Configuration.Mapping
    ) -> ObjectMapping.Object {
        var object = ObjectMapping.Object(
            name: described.object,
            fields: fields,
            keyField: mapping.salesforceKey
        )
        let counterpart = mapping.kind.salesforce.first { $0.object == described.object }
        object.share = self.share(counterpart, mapping, described)
        object.constants = self.constants(counterpart, mapping, described)
        if let type = mapping.taskType { self.checkTaskType(type, mapping, described) }
        return object
    }

    private mutating func share(
        _ counterpart: ObjectKind.Counterpart?,
        _ mapping: Configuration.Mapping,
        _ described: ObjectDescription
    ) -> RowShare? {
        guard var share = counterpart?.share else { return nil }
        for field in share.fields where described.field(field) == nil {
            self.fail(
                mapping.place,
                "Salesforce does not show \(described.object).\(field) to the integration user.",
                "Make it visible: it tells which of them are \(mapping.hubspot)."
            )
        }
        // Those that are told by a key of their own are nobody else's.
        for other in self.mappings where other.name != mapping.name {
            let theirs = other.kind.salesforce.first {
                $0.object == described.object && $0.share?.isKeyed == true
            }
            guard theirs != nil, let key = other.salesforceKey else { continue }
            if key == mapping.salesforceKey {
                self.fail(
                    other.place,
                    "`\(key)` is the key of \(mapping.hubspot) too, so it tells no \(other.hubspot).",
                    "Create a field of their own for \(other.hubspot) (Text 18, external id, unique)."
                )
            }
            share.foreignKeys.append(key)
        }
        return share
    }

    private func constants(
        _ counterpart: ObjectKind.Counterpart?,
        _ mapping: Configuration.Mapping,
        _ described: ObjectDescription
    ) -> [ObjectKind.Constant] {
        var constants = counterpart?.constants ?? []
        // An org may have other words for a task that is done.
        constants.removeAll { constant in
            let options = described.field(constant.field)?.options
            return constant.field == "Status" && options?.contains(constant.value) == false
        }
        if let type = mapping.taskType { constants.append(.init(field: "Type", value: type)) }
        let mapped = Set(mapping.fields.compactMap { $0.salesforce.name(on: described.object) })
        return constants.filter { !mapped.contains($0.field) || $0.field == "TaskSubtype" }
    }

    /// Row S21: without the right to see it, the type of a task cannot be set; row S43: people choose it from a list.
    private mutating func checkTaskType(
        _ type: String,
        _ mapping: Configuration.Mapping,
        _ described: ObjectDescription
    ) {
        guard let field = described.field("Type") else {
            self.fail(
                mapping.place,
                "Salesforce does not show \(described.object).Type to the integration user, "
                    + "so `taskType` cannot be set.",
                "Make the field Type of tasks visible in the user's profile, or leave out `taskType`."
            )
            return
        }
        if !field.shape.isWritable {
            self.fail(
                mapping.place,
                "The integration user may not write \(described.object).Type, so `taskType` cannot be set."
            )
        }
        guard let options = field.options, !options.contains(type) else { return }
        self.fail(
            mapping.place,
            "`taskType: \(type)` is none of the types of tasks in this org.",
            Suggestion.text(for: type, among: options)
        )
    }
}
