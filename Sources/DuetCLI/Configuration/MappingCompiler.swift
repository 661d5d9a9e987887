package import CRMInterface
package import SyncCore

/// Checks the mappings against what the CRMs say of their fields, and compiles them.
package struct MappingCompiler {
    private let hubspot: [ObjectDescription]
    private let salesforce: [ObjectDescription]
    private let mappings: [Configuration.Mapping]
    private var problems: [ConfigurationProblem] = []

    private init(
        hubspot: [ObjectDescription],
        salesforce: [ObjectDescription],
        mappings: [Configuration.Mapping]
    ) {
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.mappings = mappings
    }

    /// The mappings as the engine runs them.
    ///
    /// - Throws: `ConfigurationProblems`: fields that do not exist, types that do not fit, fields
    ///   that the rule would write but the integration user may not.
    package static func compile(
        _ configuration: Configuration,
        hubspot: [ObjectDescription],
        salesforce: [ObjectDescription]
    ) throws(ConfigurationProblems) -> [ObjectMapping] {
        var compiler = MappingCompiler(
            hubspot: hubspot,
            salesforce: salesforce,
            mappings: configuration.mappings
        )
        let mappings = configuration.mappings.compactMap { compiler.compile($0) }
        guard compiler.problems.isEmpty else {
            throw ConfigurationProblems(path: configuration.path, problems: compiler.problems)
        }
        // Parents come first: what others name is brought over before them.
        let parents = Set(
            mappings.flatMap { mapping in
                mapping.references.compactMap { field -> String? in
                    guard case .reference(let name) = field.kind else { return nil }
                    return name
                }
            }
        )
        return mappings.filter { parents.contains($0.name) }
            + mappings.filter { !parents.contains($0.name) }
    }

    /// The fields that each Salesforce object demands on create, by object.
    package static func required(_ salesforce: [ObjectDescription]) -> [String: [String]] {
        var required: [String: [String]] = [:]
        for object in salesforce {
            required[object.object] = object.fields.filter(\.isRequiredOnCreate).map(\.name)
        }
        return required
    }

    private mutating func compile(_ mapping: Configuration.Mapping) -> ObjectMapping? {
        guard let hubspot = self.hubspot.first(where: { $0.object == mapping.hubspot }) else {
            self.fail(mapping.place, "HubSpot does not show `\(mapping.hubspot)` to this app.")
            return nil
        }
        let objects = mapping.salesforce.compactMap { name -> ObjectDescription? in
            let found = self.salesforce.first { $0.object == name }
            if found == nil {
                self.fail(
                    mapping.place,
                    "Salesforce does not show \(name) to the integration user."
                )
            }
            return found
        }
        self.checkKeys(mapping, hubspot, objects)
        var fields: [FieldMapping] = []
        var hubspotFields: [ObjectMapping.Field?] = []
        var salesforceFields = [[ObjectMapping.Field?]](repeating: [], count: objects.count)
        for (index, field) in mapping.fields.enumerated() {
            var source = self.hubspotField(field, hubspot)
            // HubSpot shows it as a number that nobody writes: it is changed by tying records.
            if field.isOwner || Self.reference(field, ObjectKind.named(mapping.hubspot)) != nil {
                source?.shape = FieldShape(type: .reference)
            }
            hubspotFields.append(source)
            let targets = self.salesforceFields(field, objects, source)
            for (place, target) in targets.enumerated() { salesforceFields[place].append(target) }
            fields.append(
                FieldMapping(
                    index: index,
                    hubspot: field.hubspot,
                    salesforce: field.salesforce.first,
                    rule: field.rule,
                    kind: self.kind(of: field, in: mapping),
                    values: field.values,
                    rejectsUnlisted: field.rejectsUnlisted ?? false,
                    defaults: field.defaults,
                    order: self.order(of: field, source)
                )
            )
        }
        var compiled = ObjectMapping(
            name: mapping.name,
            hubspot: .init(name: mapping.hubspot, fields: hubspotFields, keyField: nil),
            hubspotKeyFields: mapping.hubspotKeys,
            salesforce: zip(objects, salesforceFields).map {
                .init(name: $0.object, fields: $1, keyField: mapping.salesforceKey)
            },
            createAs: mapping.createAs,
            fields: fields,
            matchFields: mapping.match.compactMap { name in
                fields.first { $0.hubspot == name }?.index
            },
            firstSync: mapping.firstSync,
            deletes: mapping.deletes,
            revision: Self.revision(mapping)
            revision: Self.revision(mapping, watched: self.watched(mapping))
        )
        self.watch(mapping, hubspot, &compiled)
        compiled.createRules = self.rules(mapping, compiled)
        return compiled
    }

    /// Which field it is, apart from its type.
    private mutating func kind(
        of field: Configuration.Field,
        in mapping: Configuration.Mapping
    ) -> FieldMapping.Kind {
        let kind = ObjectKind.named(mapping.hubspot)
        if field.hubspot == kind?.identity { return .identity }
        if field.isOwner { return .owner }
        guard let reference = Self.reference(field, kind) else { return .plain }
        guard let target = self.mappings.first(where: { $0.hubspot == reference.object }) else {
            self.fail(
                field.place,
                "`\(field.hubspot)` names \(reference.object), which are not mapped.",
                "Map \(reference.object) too: their ids go over as those of their counterparts."
            )
            return .plain
        }
        return .reference(target.name)
    }

    /// The fields that name other records, if it is such a pair.
    private static func reference(
        _ field: Configuration.Field,
        _ kind: ObjectKind?
    ) -> ObjectKind.Reference? {
        kind?.references.first {
            $0.hubspot == field.hubspot && $0.salesforce == field.salesforce.first
        }
    }

    private mutating func checkKeys(
        _ mapping: Configuration.Mapping,
        _ hubspot: ObjectDescription,
        _ objects: [ObjectDescription]
    ) {
        if let key = mapping.salesforceKey {
            for object in objects where object.field(key) == nil {
                self.fail(
                    mapping.place,
                    "Salesforce \(object.object) has no field `\(key)` that the integration user sees.",
                    "Create it (Text 18, external id, unique), or write `keys: none`."
                )
            }
        }
        for (object, key) in mapping.hubspotKeys.sorted(by: { $0.key < $1.key }) {
            guard let field = hubspot.field(key) else {
                self.fail(
                    mapping.place,
                    "HubSpot \(mapping.hubspot) has no property `\(key)` for \(object) ids.",
                    "Create it as unique single-line text, or write `keys: none`."
                )
                continue
            }
            if !field.isUnique {
                self.fail(
                    mapping.place,
                    "HubSpot's property `\(key)` does not demand unique values, so it cannot be a key."
                )
            }
        }
    }

    private mutating func hubspotField(
        _ field: Configuration.Field,
        _ object: ObjectDescription
    ) -> ObjectMapping.Field? {
        guard let found = object.field(field.hubspot) else {
            self.fail(
                field.place,
                "HubSpot \(object.object) has no property `\(field.hubspot)`.",
                Suggestion.nearest(to: field.hubspot, among: object.fields.map(\.name))
                    .map { "Did you mean `\($0)`?" }
            )
            return nil
        }
        return ObjectMapping.Field(name: found.name, shape: found.shape)
    }

    private mutating func salesforceFields(
        _ field: Configuration.Field,
        _ objects: [ObjectDescription],
        _ source: ObjectMapping.Field?
    ) -> [ObjectMapping.Field?] {
        let found = objects.map { object in
            field.salesforce.name(on: object.object).flatMap { object.field($0) }
        }
        self.checkNames(field, objects, found)
        return found.map { target in
            guard let target else { return nil }
            if let source,
                let reason = FieldConversion.incompatibility(
                    hubspot: source.shape,
                    salesforce: target.shape
                )
            {
                self.fail(
                    field.place,
                    "`\(field.hubspot)` (\(source.shape.type.rawValue)) does not fit "
                        + "`\(target.name)` (\(target.shape.type.rawValue)): \(reason)."
                )
            }
            return ObjectMapping.Field(name: target.name, shape: target.shape)
        }
    }

    /// Says which Salesforce field is not there: one name for all objects need be on one of them only, a name
    /// for an object must be on that one.
    private mutating func checkNames(
        _ field: Configuration.Field,
        _ objects: [ObjectDescription],
        _ found: [ObjectDescription.Field?]
    ) {
        let isAnywhere = found.contains { $0 != nil }
        let lacking = zip(objects, found).filter { object, found in
            found == nil && field.salesforce.name(on: object.object) != nil
                && (!field.salesforce.byObject.isEmpty || !isAnywhere)
        }.map(\.0)
        let groups = field.salesforce.byObject.isEmpty ? [lacking] : lacking.map { [$0] }
        for group in groups {
            guard let first = group.first,
                let name = field.salesforce.name(on: first.object)
            else { continue }
            self.fail(
                field.place,
                "Salesforce \(group.map(\.object).joined(separator: " and ")) has no field `\(name)`.",
                Suggestion.nearest(to: name, among: group.flatMap { $0.fields.map(\.name) })
                    .map { "Did you mean `\($0)`?" }
            )
        }
    }

    /// The order of a field's values, each of which HubSpot must know.
    private mutating func order(
        of field: Configuration.Field,
        _ source: ObjectMapping.Field?
    ) -> ValueOrder? {
        guard let order = field.order else { return nil }
        // The vendor's own order stands for any portal, also for one that has fewer stages.
        guard let choices = source?.shape.choices, order != .lifecycle else { return order }
        for value in order.values where !choices.contains(value) {
            self.fail(
                field.place,
                "`order` names `\(value)`, which `\(field.hubspot)` does not have.",
                Suggestion.text(for: value, among: choices)
            )
        }
        return order
    }

    mutating func fail(
        _ place: Configuration.Place,
        _ message: String,
        _ suggestion: String? = nil
    ) {
        self.problems.append(ConfigurationProblem(place, message, suggestion: suggestion))
    }

    /// A number that changes with anything that changes the meaning of a stored base (FNV-1a).
    private static func revision(
        _ mapping: Configuration.Mapping,
        watched: [String]
    ) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let names =
            mapping.fields.map { "\($0.hubspot)\u{0}\($0.salesforce.text)\u{0}" }
            + watched.map { "\($0)\u{0}\u{0}" }
        for name in names {
            for byte in name.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        return Int64(bitPattern: hash >> 1)
    }
}
