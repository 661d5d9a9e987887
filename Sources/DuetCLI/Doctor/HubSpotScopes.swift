import CRMInterface
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
    /// one more to be read, tickets have one for both; a tie needs those of both its ends.
    package static func needed(by configuration: Configuration) -> [Need] {
        var needs: [String: String] = [:]
        func add(_ scopes: [String], _ purpose: String) {
            for scope in scopes { needs[scope] = needs[scope] ?? purpose }
        }
        for mapping in configuration.mappings {
            let writes = mapping.writesHubSpot
            add(Self.scopes(of: Self.object(mapping), writes: writes), mapping.name)
        }
        for mapping in configuration.mappings {
            for end in Self.ends(of: mapping) {
                add(
                    Self.scopes(of: Self.object(end.name, configuration), writes: end.isWritten),
                    "the associations of \(mapping.name)"
                )
            }
            if mapping.fields.contains(where: \.isOwner) {
                add(["crm.objects.owners.read"], "the owners of \(mapping.name)")
            }
            if mapping.include.segment != nil {
                add(["crm.lists.read"], "the segment of \(mapping.name)")
            }
        }
        return needs.map { Need(scope: $0.key, purpose: $0.value) }.sorted()
    }

    /// Those that a token lacks.
    static func missing(
        in rights: AccessRights,
        _ configuration: Configuration
    ) -> Set<String> {
        Set(Self.needed(by: configuration).map(\.scope)).subtracting(rights.scopes ?? [])
    }

    /// What a mapping's properties cannot be read without.
    static func reading(_ mapping: Configuration.Mapping) -> [String] {
        Self.scopes(of: Self.object(mapping), writes: false)
    }

    /// To what a mapping's records are tied, by the names that the file has for it.
    private static func ends(
        of mapping: Configuration.Mapping
    ) -> [(name: String, isWritten: Bool)] {
        mapping.relations.map { ($0.with.object, true) }
            + mapping.fields.compactMap { field in
                field.association.map { ($0.object, field.rule.writes(to: .hubspot)) }
            }
    }

    /// HubSpot's object behind a mapping's name; "custom" for those that the account made.
    private static func object(_ name: String, _ configuration: Configuration) -> String {
        let mapping = configuration.mappings.first { $0.name == name || $0.written == name }
        return mapping.map(Self.object) ?? name
    }

    private static func object(_ mapping: Configuration.Mapping) -> String {
        mapping.kind.isCustom ? "custom" : mapping.hubspot
    }

    private static func scopes(of object: String, writes: Bool) -> [String] {
        switch object {
        case "tickets": ["tickets"]
        case "custom":
            ["crm.objects.custom.read", "crm.schemas.custom.read"]
                + (writes ? ["crm.objects.custom.write"] : [])
        case "contacts", "companies", "deals":
            ["crm.objects.\(object).read"] + (writes ? ["crm.objects.\(object).write"] : [])
        case "emails": Self.scopes(of: "contacts", writes: writes) + ["sales-email-read"]
        default: Self.scopes(of: "contacts", writes: writes)
        }
    }
}
