package import CRMInterface
import SyncCore

/// What is said at the start about values that Salesforce will not take.
package enum ChoiceNotices {
    /// One sentence for each free text that goes into a list of values without saying which are meant, and for each
    /// record type that the integration user may not use.
    package static func texts(
        _ configuration: Configuration,
        hubspot: [ObjectDescription],
        salesforce: [ObjectDescription]
    ) -> [String] {
        configuration.mappings.flatMap { mapping in
            let here = hubspot.first { $0.object == mapping.hubspot }
            let there = salesforce.filter { mapping.salesforce.contains($0.object) }
            return mapping.fields.filter { $0.rule != .dontSync && $0.rule != .alwaysSalesforce }
                .flatMap { field in
                    Self.freeText(field, mapping, here, there)
                        + Self.recordTypes(field, mapping, there)
                }
        }
    }

    private static func freeText(
        _ field: Configuration.Field,
        _ mapping: Configuration.Mapping,
        _ here: ObjectDescription?,
        _ there: [ObjectDescription]
    ) -> [String] {
        guard field.values.isEmpty, !field.takesLabels, field.association == nil, !field.isOwner,
            let shape = here?.field(field.hubspot)?.shape, shape.type == .text, shape.choices == nil
        else { return [] }
        for object in there {
            guard let name = field.salesforce.name(on: object.object),
                let target = object.field(name)
            else { continue }
            let isRestricted = target.picks != nil && target.shape.choices != nil
            guard isRestricted || MappingCompiler.codes(of: target, on: object)?.picks != nil else {
                continue
            }
            return [
                "`\(field.hubspot)` of \(mapping.name) is free text, and Salesforce takes only its own list of "
                    + "values in `\(name)`: others stay behind. With `values: labels` they are found by what "
                    + "people read there, whatever their case."
            ]
        }
        return []
    }

    /// Row D08: such a record type is described, and refused when it is given to a record.
    private static func recordTypes(
        _ field: Configuration.Field,
        _ mapping: Configuration.Mapping,
        _ there: [ObjectDescription]
    ) -> [String] {
        guard field.isRecordType else { return [] }
        let types = there.flatMap { $0.recordTypes ?? [] }
        return field.values.map(\.salesforce).filter { name in
            types.contains {
                [$0.name, $0.developerName, $0.id].contains(name) && $0.isAvailable == false
            }
        }.map { name in
            "The integration user may not use the record type `\(name)`, so that no record of \(mapping.name) gets "
                + "it. Assign it to the user's profile or permission set."
        }
    }
}
