/// Objects whose rows the org works out for each query: its shape and the user's rights.
enum Definitions {
    private static let names: Set<String> = [
        "entitydefinition", "fielddefinition", "userpermissionaccess", "userrecordaccess",
    ]

    /// Whether a statement is over one of them.
    static func contain(_ object: String) -> Bool { Self.names.contains(object.lowercased()) }

    static let entity = PermissionSchema.object(
        "EntityDefinition",
        "",
        isWritable: false,
        [
            "DurableId", "QualifiedApiName", "DeveloperName", "MasterLabel", "Label", "PluralLabel",
            "KeyPrefix", "NamespacePrefix",
        ].map(PermissionSchema.text)
            + ["IsQueryable", "IsTriggerable", "IsSearchable", "IsCustomizable"].map(
                PermissionSchema.flag
            )
    )

    static let field = PermissionSchema.object(
        "FieldDefinition",
        "",
        isWritable: false,
        [
            "DurableId", "QualifiedApiName", "DeveloperName", "MasterLabel", "Label", "DataType",
            "NamespacePrefix", "RelationshipName",
        ].map(PermissionSchema.text)
            + ["Length", "Precision", "Scale"].map(PermissionSchema.number)
            + ["IsNillable", "IsIndexed", "IsCalculated"].map(PermissionSchema.flag)
            + [Self.entityReference]
    )

    static let permission = PermissionSchema.object(
        "UserPermissionAccess",
        "",
        isWritable: false,
        PermissionSchema.systemPermissions(isWritable: false)
    )

    static let record = PermissionSchema.object(
        "UserRecordAccess",
        "",
        isWritable: false,
        [Self.id("RecordId"), Self.id("UserId"), PermissionSchema.text("MaxAccessLevel")]
            + ["Read", "Edit", "Delete", "Transfer", "All"].map {
                PermissionSchema.flag("Has\($0)Access")
            }
    )

    /// Custom fields as the Tooling API lists them, without their `Metadata`.
    static let customField = PermissionSchema.object(
        "CustomField",
        "",
        isWritable: false,
        ["DeveloperName", "TableEnumOrId", "FullName", "NamespacePrefix", "ManageableState"].map(
            PermissionSchema.text
        ) + ["Length", "Precision", "Scale"].map(PermissionSchema.number)
    )

    /// Custom objects as the Tooling API lists them.
    static let customObject = PermissionSchema.object(
        "CustomObject",
        "",
        isWritable: false,
        [
            "DeveloperName", "Description", "ExternalName", "NamespacePrefix", "ManageableState",
            "SharingModel",
        ].map(PermissionSchema.text)
    )

    /// The object of a field; its ids are names.
    private static var entityReference: MockField {
        var field = PermissionSchema.reference("EntityDefinitionId", "EntityDefinition")
        field.type = .string
        return field
    }

    private static func id(_ name: String) -> MockField {
        MockField(name: name, label: name, type: .reference)
    }

    /// The vendor's word for a field's type in a definition.
    static func dataType(_ field: MockField) -> String {
        if field.isAutoNumber { return "Auto Number" }
        if field.isMasterDetail {
            return "Master-Detail(\(field.referenceTo.joined(separator: ",")))"
        }
        return switch field.type {
        case .id, .reference: "Lookup(\(field.referenceTo.joined(separator: ",")))"
        case .string, .combobox: "Text(\(field.length))"
        case .textarea:
            field.length > 255 ? "Long Text Area(\(field.length))" : "Text Area(\(field.length))"
        case .picklist: "Picklist"
        case .multipicklist: "Picklist (Multi-Select)"
        case .boolean: "Checkbox"
        case .int, .double: "Number(\(max(0, field.precision - field.scale)), \(field.scale))"
        case .currency: "Currency(\(max(0, field.precision - field.scale)), \(field.scale))"
        case .percent: "Percent(\(max(0, field.precision - field.scale)), \(field.scale))"
        case .date: "Date"
        case .datetime: "Date/Time"
        case .time: "Time"
        case .email: "Email"
        case .phone: "Phone"
        case .url: "URL(\(field.length))"
        case .address: "Address"
        case .encryptedstring: "Text (Encrypted)(\(field.length))"
        }
    }
}
