extension MockObject {
    /// Fields that everybody has who has the object.
    private static let open: Set<String> = [
        "Id", "Name", "OwnerId", "IsDeleted", "MasterRecordId", "CreatedDate", "CreatedById",
        "LastModifiedDate", "LastModifiedById", "SystemModstamp", "LastViewedDate",
        "LastReferencedDate", "RecordTypeId", "IsConverted", "Status", "StageName",
        "ForecastCategory",
        "WhoId", "WhatId", "IsPersonAccount", "CurrencyIsoCode",
    ]

    /// Whether object and field permissions are asked for it.
    var isSecured: Bool { self.isWritable && !PermissionSchema.names.contains(self.name) }

    /// The name under which permissions list a field; `nil` for one that is always open.
    func permissionName(of field: MockField) -> String? {
        guard !field.isRequired, field.compoundFieldName != "Name",
            !Self.open.contains(field.name)
        else { return nil }
        return field.compoundFieldName ?? field.name
    }

    /// The names of all fields that permissions list, in the order of the fields.
    var permissionNames: [String] {
        guard self.isSecured else { return [] }
        var seen: Set<String> = []
        return self.fields.compactMap { field in
            field.isRemoved ? nil : self.permissionName(of: field)
        }
        .filter { seen.insert($0).inserted }
    }

    /// Leaves what the user may see and write; `nil` for everything.
    mutating func restrict(to rights: UserRights?) {
        self.access = self.isRemoved ? .none : rights?.access(to: self) ?? .all
        guard self.isSecured else { return }
        let granted = rights?.fields[self.name] ?? [:]
        for place in self.fields.indices {
            let name = rights == nil ? nil : self.permissionName(of: self.fields[place])
            let grant = name.map { granted[$0] ?? UserRights.Field() }
            self.conceal(
                place,
                isConcealed: !(grant?.isReadable ?? true),
                isLocked: !(grant?.isEditable ?? true)
            )
        }
    }
}
