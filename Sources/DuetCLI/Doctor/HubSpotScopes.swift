import SyncCore

/// The scopes that a configuration needs of HubSpot's token, each with what needs it.
package enum HubSpotScopes {
    package struct Need: Sendable, Hashable, Comparable {
        package var scope: String
        /// What does not work without it, to stand behind "for".
        package var purpose: String

        package static func < (left: Need, right: Need) -> Bool { left.scope < right.scope }
    }

    /// Each scope once, sorted.
    ///
    /// OpenAPI of each object, `security`: tasks, calls, notes and meetings go by the scopes of contacts, e-mails need
    /// one more to be read, tickets have one for both.
    package static func needed(by configuration: Configuration) -> [Need] {
        var needs: [String: String] = [:]
        for mapping in configuration.mappings {
            let object = mapping.kind.typeID.hasPrefix("2-") ? "custom" : mapping.hubspot
            for scope in Self.scopes(of: object, writes: mapping.writesHubSpot) {
                needs[scope] = needs[scope] ?? mapping.name
            }
            for field in mapping.fields {
                guard let other = field.association?.object else { continue }
                let name = configuration.mappings.first { $0.name == other }?.hubspot ?? other
                for scope in Self.scopes(of: name, writes: mapping.writesHubSpot) {
                    needs[scope] = needs[scope] ?? "the ties of \(mapping.name)"
                }
            }
            if mapping.fields.contains(where: \.isOwner) {
                needs["crm.objects.owners.read"] = "whose record it is"
            }
            if mapping.include.segment != nil {
                needs["crm.lists.read"] = "the segment of \(mapping.name)"
            }
        }
        return needs.map { Need(scope: $0.key, purpose: $0.value) }.sorted()
    }

    private static func scopes(of object: String, writes: Bool) -> [String] {
        switch object {
        case "tickets": return ["tickets"]
        case "custom":
            return ["crm.objects.custom.read", "crm.schemas.custom.read"]
                + (writes ? ["crm.objects.custom.write"] : [])
        case "contacts", "companies", "deals":
            return ["crm.objects.\(object).read"] + (writes ? ["crm.objects.\(object).write"] : [])
        case "emails": return Self.scopes(of: "contacts", writes: writes) + ["sales-email-read"]
        default: return Self.scopes(of: "contacts", writes: writes)
        }
    }
}
