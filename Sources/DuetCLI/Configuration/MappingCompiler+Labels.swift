import CRMInterface
import SyncCore

/// `values: labels`: the pairs are what people read in Salesforce's picklist, and what it holds.
///
/// Row M09: in an org with picklists of states and countries `MailingCountryCode` holds `DE` and shows `Germany`, and
/// `MailingCountry` beside it takes the names of that list alone (Salesforce Help: State and Country/Territory Picklists).
extension MappingCompiler {
    mutating func labels(
        of field: Configuration.Field,
        _ objects: [ObjectDescription]
    ) -> [FieldMapping.ValuePair] {
        var lists: [(object: String, pairs: [FieldMapping.ValuePair])] = []
        for object in objects {
            guard let name = field.salesforce.name(on: object.object),
                let found = object.field(name)
            else { continue }
            guard let pairs = Self.pairs(found, on: object) else {
                self.fail(
                    field.place,
                    "`\(name)` of \(object.object) is no picklist, so `values: labels` finds nothing.",
                    "Leave `values` out, or list them as `HubSpot value: Salesforce value`."
                )
                return []
            }
            lists.append((object.object, pairs))
        }
        guard let first = lists.first else { return [] }
        if let other = lists.first(where: { $0.pairs != first.pairs }) {
            self.fail(
                field.place,
                "`values: labels` finds other values on \(other.object) than on \(first.object).",
                "List them under `values`, as `HubSpot value: Salesforce value`."
            )
        }
        return first.pairs
    }

    /// What a picklist shows and holds; of a text beside the picklist of its codes, the names that it takes.
    private static func pairs(
        _ field: ObjectDescription.Field,
        on object: ObjectDescription
    ) -> [FieldMapping.ValuePair]? {
        if let picks = field.picks {
            let controller = field.controlledBy.flatMap { object.field($0) }?.picks
            return picks.filter(\.isActive).flatMap { pick -> [FieldMapping.ValuePair] in
                guard let places = pick.validFor, let controller else {
                    return [.init(hubspot: pick.label, salesforce: pick.value)]
                }
                return places.filter(controller.indices.contains).map { place in
                    .init(
                        hubspot: pick.label,
                        salesforce: pick.value,
                        within: controller[place].value
                    )
                }
            }
        }
        guard let picks = Self.codes(of: field, on: object)?.picks else { return nil }
        let names = Set(picks.filter(\.isActive).map(\.label)).sorted()
        return names.map { .init(hubspot: $0, salesforce: $0) }
    }

    /// The picklist of codes beside a text that takes its names alone.
    static func codes(
        of field: ObjectDescription.Field,
        on object: ObjectDescription
    ) -> ObjectDescription.Field? {
        guard field.name.hasSuffix("Country") || field.name.hasSuffix("State") else { return nil }
        return object.field(field.name + "Code")
    }

    /// The same code is a state in several countries, and so is the same name: the country tells which is meant.
    mutating func tellPicksApart(
        _ compiled: inout FieldMapping,
        _ field: Configuration.Field,
        _ mapping: Configuration.Mapping,
        _ objects: [ObjectDescription]
    ) {
        let pairs = compiled.values
        guard pairs.contains(where: { $0.within != nil }) else { return }
        let controlling = objects.lazy.compactMap { object -> (String, String)? in
            guard let name = field.salesforce.name(on: object.object),
                let by = object.field(name)?.controlledBy
            else { return nil }
            return (object.object, by)
        }.first
        guard let (object, by) = controlling else { return }
        let place = mapping.fields.firstIndex {
            $0.rule != .dontSync && $0.salesforce.name(on: object) == by
        }
        if let place {
            compiled.controller = .init(index: place, side: .salesforce)
            return
        }
        let labels = Dictionary(grouping: pairs, by: { $0.hubspot.lowercased() })
        let values = Dictionary(grouping: pairs, by: \.salesforce)
        let isAmbiguous =
            labels.values.contains { Set($0.map(\.salesforce)).count > 1 }
            || values.values.contains { Set($0.map(\.hubspot)).count > 1 }
        guard isAmbiguous else { return }
        let name = field.salesforce.name(on: object) ?? field.salesforce.first
        self.fail(
            field.place,
            "What `\(name)` holds means another thing with each `\(by)`, which is not mapped.",
            name.hasSuffix("Code")
                ? "Map `\(by)` too, or map `\(name.dropLast(4))` instead of `\(name)`: it takes the names."
                : "Map `\(by)` too."
        )
    }
}
