extension MockSalesforce {
    /// Fills the tables that every org has: itself, its users and its lead statuses.
    mutating func seedOrganization() {
        let now = self.settings.metadataChangedAt
        self.plant(
            "Organization",
            [
                ("Id", .text(self.organizationID)),
                ("Name", .text(self.settings.organizationName)),
                ("OrganizationType", .text(self.settings.organizationType)),
                ("IsSandbox", .boolean(self.settings.isSandbox)),
                ("InstanceName", .text("CS420")),
                ("DefaultLocaleSidKey", .text("en_US")),
                ("TimeZoneSidKey", .text("Etc/UTC")),
                ("LanguageLocaleKey", .text("en_US")),
                ("FiscalYearStartMonth", .number("1")),
            ]
                + (self.settings.trialExpiresAt.map {
                    [("TrialExpirationDate", .datetime(SalesforceTime.wholeSeconds($0)))]
                } ?? []),
            now
        )
        for credential in self.settings.credentials {
            self.plantUser(
                credential.userID,
                first: nil,
                last: credential.name,
                email: Self.username(credential),
                isActive: true,
                now
            )
        }
        for user in self.settings.users {
            self.plantUser(
                user.id,
                first: user.firstName,
                last: user.lastName,
                email: user.email,
                isActive: user.isActive,
                now
            )
        }
        let statuses = [
            ("Open - Not Contacted", true, false), ("Working - Contacted", false, false),
            ("Closed - Converted", false, true), ("Closed - Not Converted", false, false),
        ]
        for (place, status) in statuses.enumerated() {
            self.plant(
                "LeadStatus",
                [
                    ("MasterLabel", .text(status.0)), ("ApiName", .text(status.0)),
                    ("SortOrder", .number(String(place + 1))), ("IsDefault", .boolean(status.1)),
                    ("IsConverted", .boolean(status.2)),
                ],
                now
            )
        }
    }

    /// Changes the settings of an org that runs, as its administrators do; what only its start reads
    /// stays as it was.
    package mutating func change(_ settings: MockSalesforceSettings, at now: Int64) {
        let before = self.settings
        var changed = settings
        (changed.permissions, changed.currencies) = (before.permissions, before.currencies)
        self.settings = changed
        if let permissions = settings.permissions, permissions != before.permissions {
            self.changePermissions(permissions, at: now)
        }
        if let currencies = settings.currencies, currencies != before.currencies {
            self.changeCurrencies(currencies, at: now)
        }
        self.renameOrganization(at: now)
    }

    /// Puts what the settings say of the org into its own record.
    private mutating func renameOrganization(at now: Int64) {
        guard let table = self.org.table("Organization"),
            let row = self.org.tables[table].row(ofID: self.organizationID)
        else { return }
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        context.movesStampsUnchanged = false
        let inputs = [
            FieldInput("Name", .text(self.settings.organizationName)),
            FieldInput("OrganizationType", .text(self.settings.organizationType)),
            FieldInput("IsSandbox", .boolean(self.settings.isSandbox)),
            FieldInput(
                "TrialExpirationDate",
                self.settings.trialExpiresAt.map { .datetime(SalesforceTime.wholeSeconds($0)) }
                    ?? .null
            ),
        ]
        // What the org itself writes passes its own checks.
        try? self.org.update(table, row, inputs, context)
    }

    /// An administrator lets somebody in, or changes who is there: leaves and returns, another e-mail address.
    package mutating func change(user: MockSalesforceUser, at now: Int64) {
        let known = self.settings.users.firstIndex { $0.id == user.id }
        guard let known, let table = self.org.table("User"),
            let row = self.org.tables[table].row(ofID: user.id)
        else {
            self.settings.users.append(user)
            return self.plantUser(
                user.id,
                first: user.firstName,
                last: user.lastName,
                email: user.email,
                isActive: user.isActive,
                now
            )
        }
        self.settings.users[known] = user
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        let inputs = [
            FieldInput("FirstName", .text(user.firstName)),
            FieldInput("LastName", .text(user.lastName)),
            FieldInput("Name", .text("\(user.firstName) \(user.lastName)")),
            FieldInput("Email", .text(user.email)), FieldInput("IsActive", .boolean(user.isActive)),
        ]
        try? self.org.update(table, row, inputs, context)
    }

    private mutating func plantUser(
        _ id: String,
        first: String?,
        last: String,
        email: String,
        isActive: Bool,
        _ now: Int64
    ) {
        let profile = self.settings.permissions?.profile(of: id) ?? 0
        let name = first.map { "\($0) \(last)" } ?? last
        self.plant(
            "User",
            [
                ("Id", .text(id)), ("Username", .text(email)), ("Email", .text(email)),
                ("FirstName", first.map { .text($0) } ?? .null), ("LastName", .text(last)),
                ("Name", .text(name)), ("Alias", .text(String(last.prefix(8)).lowercased())),
                ("IsActive", .boolean(isActive)), ("TimeZoneSidKey", .text("Etc/UTC")),
                ("LocaleSidKey", .text("en_US")), ("UserType", .text("Standard")),
                ("ProfileId", .text(SalesforceID.make(prefix: "00e", number: profile + 1))),
            ],
            now
        )
    }

    mutating func plant(_ object: String, _ fields: [(String, Value)], _ now: Int64) {
        guard let table = self.org.table(object) else { return }
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        let inputs = fields.map { FieldInput($0.0, $0.1) }
        // The fields are the schema's own; a wrong one would be missing from every test.
        _ = try? self.org.create(table, inputs, context)
    }
}
