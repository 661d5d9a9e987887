import CRMInterface
import SyncCore
import SyncRuntime

/// Lookups of Salesforce's that HubSpot has as associations.
extension MappingCompiler {
    /// The reference that an association is, with the kind of tie that its label means.
    mutating func kind(
        of association: Configuration.Association,
        _ field: Configuration.Field,
        in mapping: Configuration.Mapping
    ) -> FieldMapping.Kind {
        guard let target = self.target(of: association) else {
            self.fail(
                field.place,
                "`association: \(association.object)` names records that are not mapped.",
                "Map them too: their ids go over as those of their counterparts. "
                    + Suggestion.text(
                        for: association.object,
                        among: self.mappings.filter { $0.kind.dated == nil }.map(\.name)
                    )
            )
            return .plain
        }
        self.checkTwins(of: association, field, in: mapping)
        let known = self.ties[.init(from: mapping.hubspot, to: target.hubspot)] ?? []
        guard let kind = self.tieKind(association, field, known, mapping, target) else {
            return .plain
        }
        return .reference(
            ReferenceTargets(
                [
                    .init(
                        mapping: target.name,
                        hubspot: target.hubspot,
                        salesforce: self.lookedUp(by: field, in: mapping, target),
                        keyPrefix: target.kind.isCustom
                            ? self.kind(of: target).salesforce.first?.keyPrefix : nil,
                        kind: kind
                    )
                ],
                isTied: true
            )
        )
    }

    /// The mapping whose records are at the other end: by its name, or by HubSpot's name of the object.
    func target(of association: Configuration.Association) -> Configuration.Mapping? {
        Self.target(of: association, among: self.mappings)
    }

    private static func target(
        of association: Configuration.Association,
        among mappings: [Configuration.Mapping]
    ) -> Configuration.Mapping? {
        let records = mappings.filter { $0.kind.dated == nil }
        return records.first { $0.name == association.object }
            ?? records.first {
                $0.hubspot == association.object || $0.written == association.object
            }
    }

    /// The pairs of HubSpot's objects whose records a file ties.
    static func tied(_ configuration: Configuration) -> [SchemaCache.TiePair] {
        let mappings = configuration.mappings
        return mappings.flatMap { mapping in
            let named = mapping.fields.compactMap(\.association) + mapping.relations.map(\.with)
            return named.compactMap { Self.target(of: $0, among: mappings) }.map {
                SchemaCache.TiePair(from: mapping.hubspot, to: $0.hubspot)
            }
        }
    }

    private mutating func tieKind(
        _ association: Configuration.Association,
        _ field: Configuration.Field,
        _ known: [TieKind],
        _ mapping: Configuration.Mapping,
        _ target: Configuration.Mapping
    ) -> TieKind? {
        let (own, other) = (mapping.kind.shown, target.kind.shown)
        if known.isEmpty {
            self.fail(
                field.place,
                "HubSpot lets \(own) belong to no \(other).",
                "Add the association in HubSpot's settings, under Objects, Custom Objects, "
                    + "Associations."
            )
            return nil
        }
        guard let label = association.label else {
            // Seen from either end it is the same: nobody could say which of the two belongs to the other.
            if mapping.name == target.name {
                self.fail(
                    field.place,
                    "Without a `label` an association of \(own) with \(own) does not say which of "
                        + "two belongs to the other.",
                    "Name a label of a pair, such as `label: Parent`."
                )
                return nil
            }
            return known.first { $0.label == nil } ?? known.first
        }
        let named = known.first { $0.label?.lowercased() == label.lowercased() }
        if named == nil {
            self.fail(
                field.place,
                "HubSpot has no label `\(label)` for associations of \(own) with \(other).",
                Suggestion.text(for: label, among: known.compactMap(\.label))
            )
        }
        return named
    }

    /// Two fields may show the same ties only where labels tell them apart.
    private mutating func checkTwins(
        of association: Configuration.Association,
        _ field: Configuration.Field,
        in mapping: Configuration.Mapping
    ) {
        let name = self.target(of: association)?.name
        let twins = mapping.fields.filter { other in
            other.place != field.place
                && other.association.flatMap { self.target(of: $0)?.name } == name
        }
        guard association.label == nil, !twins.isEmpty else { return }
        self.fail(
            field.place,
            "Two fields show associations with \(association.object), and this one has no `label`.",
            "Give each a label: without one it shows the ties of the others too."
        )
    }

    /// The target's Salesforce objects of which the lookup takes records.
    private func lookedUp(
        by field: Configuration.Field,
        in mapping: Configuration.Mapping,
        _ target: Configuration.Mapping
    ) -> [String] {
        let taken = mapping.salesforce.flatMap { object in
            field.salesforce.name(on: object).flatMap { name in
                self.described(object)?.field(name)?.references
            } ?? []
        }
        return target.salesforce.filter { taken.contains($0) }
    }

    /// Says where a lookup takes other records than those that are mapped, and what a lookup goes with.
    mutating func checkLookup(
        _ field: Configuration.Field,
        _ objects: [ObjectDescription],
        _ mapping: Configuration.Mapping
    ) {
        for object in objects {
            guard let name = field.salesforce.name(on: object.object),
                let found = object.field(name)
            else { continue }
            if let association = field.association {
                guard let target = self.target(of: association) else { continue }
                let wanted = target.salesforce.joined(separator: " or ")
                guard let taken = found.references else {
                    self.fail(
                        field.place,
                        "`\(name)` is no lookup, so it cannot say what `\(field.hubspot)` does.",
                        "Map a lookup of \(object.object) to \(wanted)."
                    )
                    continue
                }
                guard !target.salesforce.contains(where: taken.contains) else { continue }
                self.fail(
                    field.place,
                    "`\(name)` is a lookup to \(taken.joined(separator: ", ")), but "
                        + "\(target.kind.shown) are synced with \(wanted).",
                    "Name the association with what \(taken.joined(separator: " or ")) is in HubSpot."
                )
            } else if mapping.kind.isCustom, !field.isOwner, !self.isUser(field, in: mapping),
                let taken = found.references, field.rule != .dontSync
            {
                self.fail(
                    field.place,
                    "`\(name)` is a lookup to \(taken.joined(separator: ", ")): its ids say nothing in "
                        + "HubSpot.",
                    "Write `association:` with the object in the place of `hubspot:`."
                )
            }
        }
    }
}
