/// Short ways to define a property.
extension MockHubSpotProperty {
    static func text(
        _ name: String,
        _ label: String,
        fieldType: String = "text",
        group: String
    ) -> Self {
        MockHubSpotProperty(name, label: label, fieldType: fieldType, group: group)
    }

    static func number(_ name: String, _ label: String, group: String) -> Self {
        MockHubSpotProperty(name, label: label, kind: .number, fieldType: "number", group: group)
    }

    static func time(_ name: String, _ label: String, group: String) -> Self {
        MockHubSpotProperty(name, label: label, kind: .datetime, fieldType: "date", group: group)
    }

    /// A value that only the portal sets.
    static func system(
        _ name: String,
        _ label: String,
        _ kind: Kind,
        group: String = "contactinformation"
    ) -> Self {
        let fieldType =
            switch kind {
            case .number: "number"
            case .date, .datetime: "date"
            case .enumeration: "select"
            case .string, .bool, .phoneNumber: "text"
            }
        var property = MockHubSpotProperty(
            name,
            label: label,
            kind: kind,
            fieldType: fieldType,
            group: group
        )
        property.isReadOnly = true
        return property
    }

    /// A value that the portal works out from others.
    static func calculated(
        _ name: String,
        _ label: String,
        _ kind: Kind = .number,
        group: String = "contactinformation"
    ) -> Self {
        var property = Self.system(name, label, kind, group: group)
        property.isCalculated = true
        return property
    }

    /// Where a record came from, as every object type has it.
    static func source(group: String) -> [Self] {
        [
            .system("hs_object_source", "Record creation source", .string, group: group),
            .system("hs_object_source_id", "Record creation source ID", .string, group: group),
            .system("hs_object_source_label", "Record source", .string, group: group),
            .system("hs_object_source_detail_1", "Record source detail 1", .string, group: group),
            .system("hs_object_source_detail_2", "Record source detail 2", .string, group: group),
            .system("hs_object_source_detail_3", "Record source detail 3", .string, group: group),
            .system(
                "hs_object_source_user_id",
                "Record creation source user ID",
                .number,
                group: group
            ),
            .system("hs_created_by_user_id", "Created by user ID", .number, group: group),
            .system("hs_updated_by_user_id", "Updated by user ID", .number, group: group),
        ]
    }

    static func multiple(_ property: Self) -> Self {
        var property = property
        property.fieldType = "checkbox"
        return property
    }

    static func choice(
        _ name: String,
        _ label: String,
        _ options: [(value: String, label: String)],
        fieldType: String = "select",
        group: String = "contactinformation"
    ) -> Self {
        var property = MockHubSpotProperty(
            name,
            label: label,
            kind: .enumeration,
            fieldType: fieldType,
            group: group
        )
        property.options = options.map { MockHubSpotOption(label: $0.label, value: $0.value) }
        return property
    }

    static func yesNo(
        _ name: String,
        _ label: String,
        group: String = "contactinformation"
    ) -> Self {
        var property = MockHubSpotProperty(
            name,
            label: label,
            kind: .bool,
            fieldType: "booleancheckbox",
            group: group
        )
        property.options = [
            MockHubSpotOption(label: "True", value: "true"),
            MockHubSpotOption(label: "False", value: "false"),
        ]
        return property
    }

    /// The portal's owner of a record.
    static func owner(_ label: String, group: String = "contactinformation") -> Self {
        var property = MockHubSpotProperty(
            "hubspot_owner_id",
            label: label,
            kind: .enumeration,
            fieldType: "select",
            group: group
        )
        property.refersToOwners = true
        return property
    }

    /// What every object has but contacts: the id, both stamps, the source and the owner.
    static func common(_ created: String, _ owner: String, group: String) -> [Self] {
        let names = created == "createdate" ? [created, "hs_createdate"] : [created]
        var properties: [Self] = [.system("hs_object_id", "Record ID", .number, group: group)]
        properties += names.map { .system($0, "Create date", .datetime, group: group) }
        properties += [
            .system("hs_lastmodifieddate", "Last modified date", .datetime, group: group),
            .system("hs_merged_object_ids", "Merged record IDs", .enumeration, group: group),
        ]
        properties += Self.source(group: group)
        properties += [
            .owner(owner, group: group),
            .system("hubspot_owner_assigneddate", "Owner assigned", .datetime, group: group),
        ]
        return properties
    }
}
