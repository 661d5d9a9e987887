extension MockSalesforce {
    /// Gives Account the fields of persons and the org its two record types.
    mutating func addPersonAccounts() {
        guard self.settings.hasPersonAccounts else { return }
        self.org.hasPersonAccounts = true
        for field in MockSchema.personFields { self.org.add(field, to: "Account") }
        if let flag = MockSchema.personFields.first(where: { $0.name == "IsPersonAccount" }) {
            self.org.add(flag, to: "Contact")
        }
        self.org.add(PermissionSchema.flag("IsPersonType"), to: "RecordType")
    }

    mutating func seedRecordTypes() {
        guard self.settings.hasPersonAccounts else { return }
        let types = [
            (MockOrg.businessRecordType, "Business Account", "Business_Account", false),
            (MockOrg.personRecordType, "Person Account", "PersonAccount", true),
        ]
        for (id, name, developerName, isPerson) in types {
            self.plant(
                "RecordType",
                [
                    ("Id", .text(id)), ("Name", .text(name)),
                    ("DeveloperName", .text(developerName)), ("SobjectType", .text("Account")),
                    ("IsActive", .boolean(true)), ("IsPersonType", .boolean(isPerson)),
                ],
                self.settings.metadataChangedAt
            )
        }
    }
}
