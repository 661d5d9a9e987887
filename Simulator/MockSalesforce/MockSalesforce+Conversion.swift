extension MockSalesforce {
    /// What a conversion made of a lead.
    package struct Conversion: Sendable, Hashable {
        package var accountID: String
        package var contactID: String
        package var opportunityID: String?
    }

    /// A person converts a lead into an account, a contact and perhaps an opportunity.
    ///
    /// The lead stays, undeleted, with `IsConverted` and the ids of what it became. Custom
    /// fields are carried over only where they are named, as an administrator would map them.
    /// What is made belongs to `ownerID`, to the lead's owner where nobody is named.
    ///
    /// - Throws: for a lead that is converted already, and for a queue's lead without an `ownerID`.
    @discardableResult
    package mutating func convert(
        lead id: String,
        accountID: String? = nil,
        contactID: String? = nil,
        opportunityName: String? = nil,
        carrying customFields: [String] = [],
        ownerID: String? = nil,
        at now: Int64,
        author: String? = nil,
        commitDelay: Int64? = nil
    ) throws(MockSalesforceError) -> Conversion {
        var context = self.context(author, now, commitDelay: commitDelay)
        context.duplicates.areSkipped = true
        let place = try self.locate(id, isDeleted: false)
        var lead = self.record(place.table, place.row)
        guard lead["IsConverted"] != .boolean(true) else {
            throw MockSalesforceError("CANNOT_UPDATE_CONVERTED_LEAD", "lead already converted")
        }
        let owner = ownerID ?? lead["OwnerId"].text ?? ""
        guard !owner.hasPrefix("00G") else {
            // The text is what clients compare with; its code is nobody's.
            throw MockSalesforceError(
                "UNKNOWN_EXCEPTION",
                "Converted objects can only be owned by users.  If the lead is not owned by a user, "
                    + "you must specify a user for the Owner field."
            )
        }
        lead.set("OwnerId", .text(owner))
        let account = try self.account(for: lead, accountID, context)
        let contact = try self.contact(for: lead, contactID, account, customFields, context)
        var conversion = Conversion(accountID: account, contactID: contact)
        if let opportunityName {
            let close = SalesforceTime.formatDate(now + 30 * SalesforceTime.day)
            conversion.opportunityID = try self.make(
                "Opportunity",
                [
                    .init("Name", .text(opportunityName)),
                    .init("StageName", .text("Prospecting")),
                    .init("CloseDate", .text(close)), .init("AccountId", .text(account)),
                    .init("OwnerId", .text(owner)),
                ],
                context
            )
        }
        self.markConverted(place, conversion, context)
        return conversion
    }

    private mutating func account(
        for lead: MockSalesforceRecord,
        _ given: String?,
        _ context: WriteContext
    ) throws(MockSalesforceError) -> String {
        if let given { return given }
        var fields = [MockSalesforceRecord.Field("Name", lead["Company"])]
        let pairs = [
            ("Street", "BillingStreet"), ("City", "BillingCity"), ("State", "BillingState"),
            ("PostalCode", "BillingPostalCode"), ("Country", "BillingCountry"),
            ("Phone", "Phone"), ("Website", "Website"), ("Industry", "Industry"),
            ("OwnerId", "OwnerId"),
        ]
        for (from, to) in pairs { fields.append(.init(to, lead[from])) }
        return try self.make("Account", fields, context)
    }

    private mutating func contact(
        for lead: MockSalesforceRecord,
        _ given: String?,
        _ account: String,
        _ customFields: [String],
        _ context: WriteContext
    ) throws(MockSalesforceError) -> String {
        if let given { return given }
        var fields = [MockSalesforceRecord.Field("AccountId", .text(account))]
        let pairs = [
            ("Street", "MailingStreet"), ("City", "MailingCity"), ("State", "MailingState"),
            ("PostalCode", "MailingPostalCode"), ("Country", "MailingCountry"),
        ]
        for (from, to) in pairs { fields.append(.init(to, lead[from])) }
        let same = [
            "Salutation", "FirstName", "LastName", "Email", "Phone", "MobilePhone", "Fax", "Title",
            "LeadSource", "OwnerId",
        ]
        for name in same + customFields { fields.append(.init(name, lead[name])) }
        return try self.make("Contact", fields, context)
    }

    private mutating func make(
        _ object: String,
        _ fields: [MockSalesforceRecord.Field],
        _ context: WriteContext
    ) throws(MockSalesforceError) -> String {
        let table = try self.table(object)
        let given = Self.inputs(fields.filter { $0.value != .null })
        return try self.unwrapping { (mock) throws(RequestFailure) in
            try mock.org.create(table, given, context)
        }
    }

    private mutating func markConverted(
        _ place: (table: Int, row: Int),
        _ conversion: Conversion,
        _ context: WriteContext
    ) {
        let object = self.org.tables[place.table].object
        var version = self.org.tables[place.table].rows[place.row].current
        self.org.stampChange(&version, place.table, context)
        let date = SalesforceTime.formatDate(context.now)
        let writes: [(String, Value)] = [
            ("IsConverted", .boolean(true)),
            ("ConvertedDate", .text(date)),
            ("ConvertedAccountId", .text(conversion.accountID)),
            ("ConvertedContactId", .text(conversion.contactID)),
            ("ConvertedOpportunityId", conversion.opportunityID.map { .text($0) } ?? .null),
            ("Status", .text("Closed - Converted")),
        ]
        for (name, value) in writes {
            if let field = object.place(of: name) { version.values[field] = value }
        }
        self.org.push(version, on: place.row, of: place.table, context, as: .convert)
    }
}
