import CRMInterface
import SyncCore

/// Fields that name people besides the record's owner.
extension MappingCompiler {
    /// Whether both CRMs say that a field names people: HubSpot of its property, Salesforce of its lookup.
    func isUser(_ field: Configuration.Field, in mapping: Configuration.Mapping) -> Bool {
        self.namesUsers(field, mapping)
            && mapping.salesforce.contains { object in
                self.lookup(field, object)?.contains("User") == true
            }
    }

    /// Says where a property of HubSpot's users is mapped with a lookup to something else.
    mutating func checkUser(
        _ field: Configuration.Field,
        _ objects: [ObjectDescription],
        _ mapping: Configuration.Mapping
    ) {
        guard !field.isOwner, field.rule != .dontSync, self.namesUsers(field, mapping) else {
            return
        }
        for object in objects {
            guard let taken = self.lookup(field, object.object), !taken.contains("User") else {
                continue
            }
            let name = field.salesforce.name(on: object.object) ?? field.salesforce.first
            self.fail(
                field.place,
                "`\(field.hubspot)` names users, but `\(name)` is a lookup to "
                    + "\(taken.joined(separator: ", ")).",
                "Map a lookup of \(object.object) to User: people go over by their e-mail addresses."
            )
        }
    }

    /// Whether a property is one of HubSpot's type "HubSpot user", as every owner is (docs/api-reference/crm/properties:
    /// `referencedObjectType`).
    private func namesUsers(
        _ field: Configuration.Field,
        _ mapping: Configuration.Mapping
    ) -> Bool {
        let object = self.hubspot.first { $0.object == mapping.hubspot }
        guard let found = object?.field(field.hubspot), found.shape.type == .reference else {
            return false
        }
        return found.references?.contains("OWNER") == true
    }

    /// The objects to which a Salesforce field is a lookup; `nil` where it is none.
    private func lookup(_ field: Configuration.Field, _ object: String) -> [String]? {
        field.salesforce.name(on: object).flatMap { self.described(object)?.field($0)?.references }
    }
}
