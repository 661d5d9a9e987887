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

    /// A person makes a person account of a business account with one contact, which becomes its shadow.
    ///
    /// - Throws: where there is no contact or more than one (Salesforce Help: person accounts); the code
    ///   and the text are nobody's.
    package mutating func convertToPerson(
        _ accountID: String,
        at now: Int64,
        author: String? = nil
    ) throws(MockSalesforceError) {
        let place = try self.locate(accountID, isDeleted: false)
        let id = self.org.tables[place.table].rows[place.row].id
        guard self.settings.hasPersonAccounts, let contacts = self.org.table("Contact"),
            let parent = self.org.tables[contacts].object.systemPlace(of: "AccountId")
        else { throw MockSalesforceError("INVALID_TYPE", "this org has no person accounts") }
        let rows = self.org.tables[contacts].rows
        let members = rows.indices.filter { row in
            let version = rows[row].current
            return !rows[row].isPurged && !version.isDeleted && version.value(parent).text == id
        }
        guard members.count == 1 else {
            throw MockSalesforceError(
                "FIELD_INTEGRITY_EXCEPTION",
                "an account with one contact can become a person account"
            )
        }
        let context = self.context(author, now, commitDelay: nil)
        try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.join(place.row, of: place.table, members[0], of: contacts, context)
        }
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
