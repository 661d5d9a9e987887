import SyncCore

/// What a configuration needs of Salesforce's integration user, object by object.
package struct SalesforceNeeds: Sendable, Hashable {
    /// What is done with one object's records.
    package struct Object: Sendable, Hashable {
        package var name: String
        package var isCreated = false
        package var isEdited = false
        package var isDeleted = false
        /// Whether a mapping looks for all its records.
        package var isMapped = false
        /// The fields that are read, and whether they are written too.
        package var fields: [String: Bool] = [:]
        /// Those that hold HubSpot's ids.
        package var keys: Set<String> = []
        /// Fields that may be missing, since another object of the same mapping has them.
        package var shared: Set<String> = []
        /// The mapped object that a standard object in between has its rights from; `nil` for all others.
        package var followed: String?

        init(_ name: String) { self.name = name }

        mutating func add(_ field: String, isWritten: Bool) {
            self.fields[field] = isWritten || self.fields[field] == true
        }
    }

    /// Sorted by name.
    package private(set) var objects: [Object] = []

    package init(_ configuration: Configuration) {
        var objects: [String: Object] = [:]
        for mapping in configuration.mappings {
            for name in mapping.salesforce {
                Self.add(mapping, to: &objects[name, default: Object(name)])
            }
            for relation in mapping.relations {
                let name = relation.through
                Self.add(relation, to: &objects[name, default: Object(name)])
                if !name.hasSuffix("__c") { objects[name]?.followed = mapping.salesforce.first }
            }
        }
        self.objects = objects.values.sorted { $0.name < $1.name }
    }

    private static func add(_ mapping: Configuration.Mapping, to object: inout Object) {
        object.isMapped = true
        let makes =
            mapping.createsInSalesforce
            && (object.name == mapping.createAs
                || mapping.createRules.contains { $0.object == object.name })
        object.isCreated = object.isCreated || makes
        object.isDeleted = object.isDeleted || mapping.deletes.fromHubSpot == .delete
        for field in mapping.fields where field.rule != .dontSync {
            guard let name = field.salesforce.name(on: object.name) else { continue }
            let isWritten = field.rule.writes(to: .salesforce)
            object.add(name, isWritten: isWritten)
            object.isEdited = object.isEdited || isWritten
            if field.salesforce.byObject.isEmpty, mapping.salesforce.count > 1 {
                object.shared.insert(name)
            }
        }
        if let key = mapping.salesforceKey {
            object.add(key, isWritten: true)
            object.keys.insert(key)
            object.isEdited = true
        }
        if let status = mapping.status?.fields.salesforce {
            for name in [status.status, status.page].compactMap(\.self) {
                object.add(name, isWritten: true)
                object.isEdited = true
            }
        }
        for condition in mapping.include.salesforce.flatMap(\.self) {
            object.add(condition.field, isWritten: false)
        }
        Self.addKind(of: mapping, makes: makes, to: &object)
    }

    /// What tells activities apart, and what a new one is given.
    private static func addKind(
        of mapping: Configuration.Mapping,
        makes: Bool,
        to object: inout Object
    ) {
        let counterpart = mapping.kind.salesforce.first { $0.object == object.name }
        for field in counterpart?.share?.fields ?? [] { object.add(field, isWritten: false) }
        guard makes else { return }
        for constant in counterpart?.constants ?? [] {
            object.add(constant.field, isWritten: true)
        }
        if mapping.taskType != nil { object.add("Type", isWritten: true) }
    }

    /// Ties are made and taken away, and never found by themselves.
    private static func add(_ relation: Configuration.Relation, to object: inout Object) {
        object.isCreated = true
        object.isDeleted = true
        if !relation.labels.isEmpty { object.add(relation.role ?? "Role", isWritten: true) }
    }
}
