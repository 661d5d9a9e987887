import CRMInterface
import SyncCore
import SyncRuntime

/// Ties that are records of their own in Salesforce, against what both accounts say of them.
extension MappingCompiler {
    /// The objects in between that a file names.
    static func junctions(_ configuration: Configuration) -> [String] {
        configuration.mappings.flatMap(\.relations).map(\.through)
    }

    /// The relations of one of the file's mappings.
    mutating func relations(
        of mapping: Configuration.Mapping,
        among compiled: [ObjectMapping]
    ) -> [RelationMapping] {
        mapping.relations.compactMap { relation in
            guard let target = self.target(of: relation.with) else {
                self.fail(
                    relation.place,
                    "`with: \(relation.with.object)` names records that are not mapped.",
                    "Map them too. "
                        + Suggestion.text(
                            for: relation.with.object,
                            among: self.mappings.filter { $0.kind.dated == nil }.map(\.name)
                        )
                )
                return nil
            }
            let twins = self.mappings.flatMap(\.relations).filter { other in
                other.through == relation.through
                    || mapping.relations.contains(other)
                        && self.target(of: other.with)?.name == target.name
            }
            guard twins.count == 1,
                self.mappings.allSatisfy({ mapping in
                    !mapping.salesforce.contains(relation.through)
                })
            else {
                self.fail(
                    relation.place,
                    "\(relation.through) or ties with \(target.name) are synced twice by this file.",
                    "Keep one of the two."
                )
                return nil
            }
            guard let parent = compiled.first(where: { $0.name == mapping.name }),
                let child = compiled.first(where: { $0.name == target.name })
            else { return nil }
            return self.relation(relation, parent, child)
        }
    }

    private mutating func relation(
        _ relation: Configuration.Relation,
        _ parent: ObjectMapping,
        _ child: ObjectMapping
    ) -> RelationMapping? {
        let known = self.ties[.init(from: parent.hubspot.name, to: child.hubspot.name)] ?? []
        guard let plain = known.first(where: { $0.label == nil }) ?? known.first else {
            self.fail(
                relation.place,
                "HubSpot lets \(parent.shown) belong to no \(child.shown).",
                "Add the association in HubSpot's settings, under Objects, Associations."
            )
            return nil
        }
        guard let object = self.described(relation.through) else {
            self.fail(
                relation.place,
                "Salesforce does not show \(relation.through) to the integration user.",
                "Correct the name, or give its profile the right to read, make and delete it."
            )
            return nil
        }
        guard let lookups = self.lookups(relation, object, parent, child) else { return nil }
        let role = self.role(relation, object)
        let labels = self.labels(relation, known, role, parent, child)
        let fields =
            [lookups.parent] + lookups.children.map(\.field)
            + (relation.labels.isEmpty ? [] : [role].compactMap(\.self))
        let name = "\(parent.name) with \(child.name)"
        return RelationMapping(
            name: name,
            parent: parent,
            child: child,
            plain: plain,
            labels: labels,
            junction: Self.junction(name, relation.through, fields, parent),
            parentLookup: .init(object: parent.salesforce[0].name, index: 0),
            childLookups: lookups.children.enumerated().map { place, child in
                .init(object: child.object, index: place + 1)
            },
            roleIndex: relation.labels.isEmpty || role == nil ? nil : fields.count - 1
        )
    }

    /// The object in between as a feed reads it.
    private static func junction(
        _ name: String,
        _ object: String,
        _ fields: [ObjectDescription.Field],
        _ parent: ObjectMapping
    ) -> ObjectMapping {
        let read = fields.map { ObjectMapping.Field(name: $0.name, shape: $0.shape) }
        var junction = ObjectMapping(
            name: name,
            hubspot: .init(
                name: parent.hubspot.name,
                fields: fields.map { _ in nil },
                keyField: nil
            ),
            hubspotKeyFields: [:],
            salesforce: [.init(name: object, fields: read, keyField: nil)],
            createAs: object,
            fields: fields.enumerated().map { index, field in
                FieldMapping(index: index, hubspot: "", salesforce: field.name, rule: .dontSync)
            },
            matchFields: []
        )
        junction.kind = nil
        return junction
    }

    // MARK: - Fields

    private struct Lookups {
        var parent: ObjectDescription.Field
        var children: [(object: String, field: ObjectDescription.Field)]
    }

    /// The lookups of the object in between: one that names the parents, and one for each object at the other end.
    private mutating func lookups(
        _ relation: Configuration.Relation,
        _ object: ObjectDescription,
        _ parent: ObjectMapping,
        _ child: ObjectMapping
    ) -> Lookups? {
        func naming(_ name: String) -> [ObjectDescription.Field] {
            object.fields.filter { $0.references == [name] }
        }
        let parents = parent.salesforce.flatMap { naming($0.name) }
        let children = child.salesforce.flatMap { end in naming(end.name).map { (end.name, $0) } }
        let isClear =
            parents.count == 1 && !children.isEmpty
            && Set(children.map(\.0)).count == children.count && parent.name != child.name
        guard isClear, let lookup = parents.first else {
            let own = parent.salesforce.map(\.name).joined(separator: " or ")
            let other = child.salesforce.map(\.name).joined(separator: " or ")
            self.fail(
                relation.place,
                "\(relation.through) has not one lookup to \(own) and one to \(other).",
                "Name the object of whose records each ties one \(own) to one \(other)."
            )
            return nil
        }
        return Lookups(parent: lookup, children: children)
    }

    /// The field that says what a tie means, where labels are mapped.
    private mutating func role(
        _ relation: Configuration.Relation,
        _ object: ObjectDescription
    ) -> ObjectDescription.Field? {
        guard !relation.labels.isEmpty else { return nil }
        let name = relation.role ?? "Role"
        guard let field = object.field(name) else {
            self.fail(
                relation.place,
                "Salesforce \(relation.through) has no field `\(name)` that the integration user sees.",
                Suggestion.nearest(to: name, among: object.fields.map(\.name))
                    .map { "Did you mean `role: \($0)`?" }
                    ?? "Name the field that the labels stand for: `role: Role__c`."
            )
            return nil
        }
        if !field.shape.isWritable {
            self.fail(
                relation.place,
                "The integration user may not write `\(name)` of \(relation.through)."
            )
        }
        return field
    }

    private mutating func labels(
        _ relation: Configuration.Relation,
        _ known: [TieKind],
        _ role: ObjectDescription.Field?,
        _ parent: ObjectMapping,
        _ child: ObjectMapping
    ) -> [RelationMapping.Label] {
        // A campaign has a person once: another status is no further tie.
        if relation.through == "CampaignMember", !relation.labels.isEmpty {
            self.fail(
                relation.place,
                "A member of a campaign has one status, while a tie may have several labels.",
                "Leave `labels` out."
            )
        }
        return relation.labels.compactMap { pair in
            let found = known.first { $0.label?.lowercased() == pair.label.lowercased() }
            guard let kind = found else {
                self.fail(
                    pair.place,
                    "HubSpot has no label `\(pair.label)` for associations of \(parent.shown) with "
                        + "\(child.shown).",
                    Suggestion.text(for: pair.label, among: known.compactMap(\.label))
                )
                return nil
            }
            if let options = role?.options ?? role?.shape.choices, !options.contains(pair.role) {
                self.fail(
                    pair.place,
                    "`\(role?.name ?? "")` of \(relation.through) has no value `\(pair.role)`.",
                    Suggestion.text(for: pair.role, among: options)
                )
            }
            return RelationMapping.Label(kind: kind, role: pair.role)
        }
    }
}
