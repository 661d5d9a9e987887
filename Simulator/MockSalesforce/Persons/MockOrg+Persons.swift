/// Person accounts: an Account and the Contact in its shadow are one person.
extension MockOrg {
    /// The id of the record type that makes an account a person.
    static let personRecordType = SalesforceID.make(prefix: "012", number: 2)
    static let businessRecordType = SalesforceID.make(prefix: "012", number: 1)

    private static let names = ["FirstName", "LastName", "Salutation"]

    /// What Account and Contact call the same value.
    private static func pairs(
        _ account: MockObject,
        _ contact: MockObject
    )
        -> [(account: Int, contact: String)]
    {
        account.fields.enumerated().compactMap { place, field in
            let isShared =
                Self.names.contains(field.name) || ["Phone", "Fax", "OwnerId"].contains(field.name)
            let name = isShared ? field.name : String(field.name.dropFirst("Person".count))
            guard isShared || field.name.hasPrefix("Person"), field.type != .address,
                contact.systemPlace(of: name) != nil
            else { return nil }
            return (place, name)
        }
    }

    /// Whether a row of values is that of a person.
    func isPerson(_ table: Int, _ values: [Value]) -> Bool {
        guard self.hasPersonAccounts,
            let place = self.tables[table].object.systemPlace(of: "IsPersonAccount")
        else { return false }
        return place < values.count && values[place] == .boolean(true)
    }

    /// Makes an account a person or a business, and refuses the fields of the other kind.
    ///
    /// A new account is a person by its record type, or by a last name where it has no type.
    func shapeAccount(
        _ table: Int,
        _ values: inout [Value],
        _ writes: [FieldWrite],
        isNew: Bool,
        _ context: WriteContext
    ) throws(RequestFailure) {
        guard self.hasPersonAccounts else { return }
        let object = self.tables[table].object
        guard object.name == "Account",
            let flag = object.systemPlace(of: "IsPersonAccount"),
            let name = object.systemPlace(of: "Name"),
            let last = object.systemPlace(of: "LastName"),
            let first = object.systemPlace(of: "FirstName"),
            let type = object.systemPlace(of: "RecordTypeId")
        else { return }
        var isPerson = values[flag] == .boolean(true)
        if isNew {
            let typed = values[type].text
            isPerson = typed == Self.personRecordType || (typed == nil && !values[last].isNull)
            values[flag] = .boolean(isPerson)
            if typed == nil {
                values[type] = .text(isPerson ? Self.personRecordType : Self.businessRecordType)
            }
        }
        let given = writes.filter { !$0.value.isNull }.map { object.fields[$0.place].name }
        let foreign = given.filter { written in
            isPerson
                ? written == "Name"
                : Self.names.contains(written) || written.hasPrefix("Person")
        }
        if !context.isSeed, !foreign.isEmpty {
            throw RequestFailure(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "Account: bad field names on insert/update call: "
                    + foreign.joined(separator: ", "),
                fields: foreign
            )
        }
        guard isPerson else { return }
        guard !values[last].isNull else {
            throw RequestFailure(
                "REQUIRED_FIELD_MISSING",
                "Required fields are missing: [LastName]",
                fields: ["LastName"]
            )
        }
        let parts = [values[first].text, values[last].text].compactMap(\.self)
        values[name] = .text(parts.joined(separator: " "))
    }

    /// The id of the contact that a new person will have.
    mutating func reserveContact(_ table: Int, _ values: inout [Value]) {
        guard self.isPerson(table, values), let contacts = self.table("Contact"),
            let place = self.tables[table].object.systemPlace(of: "PersonContactId")
        else { return }
        values[place] = .text(self.nextID(contacts))
    }

    /// Brings the contact of a person up to date; a new person gets one.
    mutating func mirrorPerson(_ table: Int, _ row: Int, _ context: WriteContext) {
        guard self.hasPersonAccounts else { return }
        let account = self.tables[table].rows[row]
        guard self.isPerson(table, account.current.values), let contacts = self.table("Contact"),
            let link = self.tables[table].object.systemPlace(of: "PersonContactId"),
            let id = account.current.value(link).text
        else { return }
        var context = context
        context.isSeed = true
        context.isMirror = true
        context.movesStampsUnchanged = false
        var inputs = Self.pairs(self.tables[table].object, self.tables[contacts].object).map {
            FieldInput($0.contact, account.current.value($0.account))
        }
        // What has passed the account's checks passes those of the contact, which are the same.
        if let shadow = self.tables[contacts].row(ofID: id) {
            try? self.update(contacts, shadow, inputs, context)
        } else {
            inputs += [
                FieldInput("Id", .text(id)), FieldInput("AccountId", .text(account.id)),
                FieldInput("IsPersonAccount", .boolean(true)),
            ]
            _ = try? self.create(contacts, inputs, context)
        }
    }

    /// Makes a person of an account and its contact, whose values the account takes over.
    mutating func join(
        _ account: Int,
        of table: Int,
        _ contact: Int,
        of contacts: Int,
        _ context: WriteContext
    ) throws(RequestFailure) {
        var context = context
        context.isSeed = true
        let person = self.tables[contacts].rows[contact]
        let object = self.tables[contacts].object
        let fields = self.tables[table].object.fields
        let shared = Self.pairs(self.tables[table].object, object).compactMap { pair in
            object.systemPlace(of: pair.contact).map {
                FieldInput(fields[pair.account].name, person.current.value($0))
            }
        }
        try self.update(
            contacts,
            contact,
            [FieldInput("IsPersonAccount", .boolean(true))],
            context
        )
        try self.update(
            table,
            account,
            shared + [
                FieldInput("IsPersonAccount", .boolean(true)),
                FieldInput("PersonContactId", .text(person.id)),
                FieldInput("RecordTypeId", .text(Self.personRecordType)),
            ],
            context
        )
    }

    /// The contact of a person is written and deleted through its account.
    func requireNoShadow(
        _ table: Int,
        _ row: Int,
        _ context: WriteContext
    ) throws(RequestFailure) {
        guard !context.isSeed, self.tables[table].object.name == "Contact",
            self.isPerson(table, self.tables[table].rows[row].current.values)
        else { return }
        throw RequestFailure(
            "INVALID_PERSON_ACCOUNT_OPERATION",
            "cannot reference person contact",
            fields: []
        )
    }
}
