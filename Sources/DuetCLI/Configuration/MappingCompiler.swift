package import CRMInterface
package import SyncCore
package import SyncRuntime

/// Checks the mappings against what the CRMs say of their fields, and compiles them.
package struct MappingCompiler {
    let hubspot: [ObjectDescription]
    private let salesforce: [ObjectDescription]
    let mappings: [Configuration.Mapping]
    /// The segments that mappings include, by the mapping's name.
    let segments: [String: SegmentDescription]
    let ties: [SchemaCache.TiePair: [TieKind]]
    /// HubSpot's pipelines, of the objects that were asked for them.
    let pipelines: [String: [PipelineDescription]]
    private var problems: [ConfigurationProblem] = []

    private init(
        hubspot: [ObjectDescription],
        salesforce: [ObjectDescription],
        mappings: [Configuration.Mapping],
        segments: [String: SegmentDescription],
        ties: [SchemaCache.TiePair: [TieKind]],
        pipelines: [String: [PipelineDescription]]
    ) {
        self.ties = ties
        self.pipelines = pipelines
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.mappings = mappings
        self.segments = segments
    }

    /// The mappings as the engine runs them.
    ///
    /// `ties`: how records of HubSpot's objects may be tied, of those that the file ties. `pipelines`: those of
    /// `pipelined`.
    /// - Throws: `ConfigurationProblems`: fields that do not exist, types that do not fit, fields
    ///   that the rule would write but the integration user may not.
    package static func compile(
        _ configuration: Configuration,
        hubspot: [ObjectDescription],
        salesforce: [ObjectDescription],
        segments: [String: SegmentDescription] = [:],
        ties: [SchemaCache.TiePair: [TieKind]] = [:],
        pipelines: [String: [PipelineDescription]] = [:]
    ) throws(ConfigurationProblems) -> [ObjectMapping] {
        var compiler = MappingCompiler(
            hubspot: hubspot,
            salesforce: salesforce,
            mappings: configuration.mappings,
            segments: segments,
            ties: ties,
            pipelines: pipelines
        )
        var mappings = configuration.mappings.compactMap { compiler.compile($0) }
        for mapping in configuration.mappings where !mapping.relations.isEmpty {
            let relations = compiler.relations(of: mapping, among: mappings)
            guard let place = mappings.firstIndex(where: { $0.name == mapping.name }) else {
                continue
            }
            mappings[place].relations = relations
        }
        guard compiler.problems.isEmpty else {
            throw ConfigurationProblems(path: configuration.path, problems: compiler.problems)
        }
        return Self.parentsFirst(mappings)
    }

    /// What others name is brought over before them.
    private static func parentsFirst(_ mappings: [ObjectMapping]) -> [ObjectMapping] {
        func named(_ mapping: ObjectMapping) -> Set<String> {
            Set(mapping.references.flatMap { $0.targets?.mappings ?? [] }).subtracting([
                mapping.name
            ])
        }
        let parents = Set(mappings.flatMap { $0.references.flatMap { $0.targets?.mappings ?? [] } })
        var open = mappings.filter { parents.contains($0.name) }
        var sorted: [ObjectMapping] = []
        while !open.isEmpty {
            let left = Set(open.map(\.name))
            // In a circle none is first.
            let place = open.firstIndex { named($0).isDisjoint(with: left) } ?? 0
            sorted.append(open.remove(at: place))
        }
        return sorted + mappings.filter { !parents.contains($0.name) }
    }

    /// The fields that each Salesforce object demands on create, by object.
    package static func required(_ salesforce: [ObjectDescription]) -> [String: [String]] {
        var required: [String: [String]] = [:]
        for object in salesforce {
            required[object.object] = object.fields.filter(\.isRequiredOnCreate).map(\.name)
        }
        return required
    }

    /// The Salesforce objects of a mapping, as far as the integration user sees them.
    private mutating func objects(of mapping: Configuration.Mapping) -> [ObjectDescription] {
        mapping.salesforce.compactMap { name -> ObjectDescription? in
            let found = self.salesforce.first { $0.object == name }
            if found == nil {
                self.fail(
                    mapping.place,
                    "Salesforce does not show \(name) to the integration user.",
                    mapping.kind.isCustom
                        ? "Give its profile the right to read, make and edit it, or correct the name."
                        : nil
                )
            }
            return found
        }
    }

    private mutating func compile(_ mapping: Configuration.Mapping) -> ObjectMapping? {
        guard let hubspot = self.hubspot.first(where: { $0.object == mapping.hubspot }) else {
            self.fail(mapping.place, "HubSpot does not show `\(mapping.kind.shown)` to this app.")
            return nil
        }
        let objects = self.objects(of: mapping)
        self.checkKeys(mapping, hubspot, objects)
        self.checkRequired(mapping, objects)
        self.checkDeletes(mapping, objects)
        var fields: [FieldMapping] = []
        var hubspotFields: [ObjectMapping.Field?] = []
        var salesforceFields = [[ObjectMapping.Field?]](repeating: [], count: objects.count)
        for (index, field) in mapping.fields.enumerated() {
            var source = self.hubspotField(field, hubspot, mapping.kind)
            if field.isOwner { source?.shape = FieldShape(type: .reference) }
            hubspotFields.append(source)
            let targets = self.salesforceFields(field, objects, source)
            self.checkLookup(field, objects, mapping)
            self.checkUser(field, objects, mapping)
            for (place, target) in targets.enumerated() { salesforceFields[place].append(target) }
            fields.append(
                FieldMapping(
                    index: index,
                    hubspot: field.hubspot,
                    salesforce: field.salesforce.first,
                    rule: field.rule,
                    kind: self.kind(of: field, in: mapping),
                    values: self.values(of: field, objects),
                    rejectsUnlisted: field.rejectsUnlisted ?? field.isRecordType,
                    defaults: field.defaults,
                    order: self.order(of: field, source)
                )
            )
        }
        self.tellApart(&fields, mapping, objects)
        var compiled = ObjectMapping(
            name: mapping.name,
            hubspot: .init(name: mapping.hubspot, fields: hubspotFields, keyField: nil),
            hubspotKeyFields: mapping.hubspotKeys,
            salesforce: zip(objects, salesforceFields).map { self.object($0, $1, mapping) },
            createAs: mapping.createAs,
            fields: fields,
            matchFields: mapping.match.compactMap { name in
                fields.first { $0.hubspot == name }?.index
            },
            firstSync: mapping.firstSync,
            createsInSalesforce: mapping.creates == .both || mapping.creates == .salesforce,
            createsInHubSpot: mapping.creates == .both || mapping.creates == .hubspot,
            deletes: mapping.deletes,
            revision: Self.revision(mapping, lookedAt: self.lookedAt(mapping))
        )
        compiled.kind = self.kind(of: mapping)
        self.watch(mapping, hubspot, &compiled)
        self.watchSalesforce(mapping, objects, &compiled)
        compiled.createRules = self.rules(mapping, compiled)
        compiled.assignment = mapping.assignment
        compiled.inclusion = self.inclusion(mapping, compiled)
        self.includeSegment(mapping, &compiled)
        compiled.status = self.status(of: mapping, hubspot, objects)
        return compiled
    }

    /// Which field it is, apart from its type.
    private mutating func kind(
        of field: Configuration.Field,
        in mapping: Configuration.Mapping
    ) -> FieldMapping.Kind {
        let kind = mapping.kind
        if field.hubspot == kind.identity { return .identity }
        if field.isOwner { return .owner }
        if self.isUser(field, in: mapping) {
            return field.salesforce.first == "OwnerId" ? .owner : .user
        }
        if let association = field.association {
            return self.kind(of: association, field, in: mapping)
        }
        guard let reference = Self.reference(field, kind) else { return .plain }
        let targets = reference.objects.compactMap { object in
            self.mappings.first { $0.hubspot == object }
        }
        guard let target = targets.first else {
            let names = reference.objects.joined(separator: " or ")
            self.fail(
                field.place,
                "`\(field.hubspot)` names \(names), which are not mapped.",
                "Map \(names) too: their ids go over as those of their counterparts."
            )
            return .plain
        }
        guard reference.isTied else { return .reference(.init(target.name)) }
        return .reference(
            .init(
                targets.map {
                    .init(mapping: $0.name, hubspot: $0.hubspot, salesforce: $0.salesforce)
                },
                isTied: true
            )
        )
    }

    /// What Salesforce says of an object.
    func described(_ object: String) -> ObjectDescription? {
        self.salesforce.first { $0.object == object }
    }

    /// The fields that name other records, if it is such a pair.
    private static func reference(
        _ field: Configuration.Field,
        _ kind: ObjectKind
    ) -> ObjectKind.Reference? {
        kind.references.first {
            $0.hubspot == field.hubspot && $0.salesforce == field.salesforce.first
        }
    }

    private mutating func checkKeys(
        _ mapping: Configuration.Mapping,
        _ hubspot: ObjectDescription,
        _ objects: [ObjectDescription]
    ) {
        if let key = mapping.salesforceKey {
            for object in objects { self.checkUnique(key, object, mapping) }
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
                    "HubSpot \(mapping.kind.shown) has no property `\(key)` for \(object) ids.",
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
        _ object: ObjectDescription,
        _ kind: ObjectKind
    ) -> ObjectMapping.Field? {
        if field.association != nil {
            return .init(name: field.hubspot, shape: FieldShape(type: .reference))
        }
        let reference = Self.reference(field, kind)
        // Ties have no property.
        if let reference, reference.isTied {
            return .init(name: reference.hubspot, shape: FieldShape(type: .reference))
        }
        guard let found = object.field(field.hubspot) else {
            self.fail(
                field.place,
                "HubSpot \(kind.shown) has no property `\(field.hubspot)`.",
                Suggestion.nearest(to: field.hubspot, among: object.fields.map(\.name))
                    .map { "Did you mean `\($0)`?" }
            )
            return nil
        }
        // HubSpot shows it as a number that nobody writes: it is changed by tying records.
        let shape = reference == nil ? found.shape : FieldShape(type: .reference)
        return ObjectMapping.Field(name: found.name, shape: shape)
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
        self.checkCalculated(field, found)
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
        lookedAt: [String]
    ) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let names =
            mapping.fields.map { "\($0.hubspot)\u{0}\($0.salesforce.text)\u{0}" }
            + lookedAt.map { "\($0)\u{0}\u{0}" }
        for name in names {
            for byte in name.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        return Int64(bitPattern: hash >> 1)
    }
}
