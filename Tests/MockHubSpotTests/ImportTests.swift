import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Imports of CSV files: asynchronous, with counters and errors.
struct ImportTests {
    private var portal = Portal()
    private let path = "/crm/v3/imports/"

    private mutating func start(
        _ mappings: String,
        _ csv: String,
        _ more: String = "",
        file: String = "people.csv"
    ) -> (status: Int, json: JSON?) {
        let request = #"""
            {"name":"Spring"\#(more),"files":[{"fileName":"people.csv","fileFormat":"CSV",
            "fileImportPage":{"hasHeader":true,"columnMappings":[\#(mappings)]}}]}
            """#
        let mark = "----boundary42"
        let body =
            "--\(mark)\r\nContent-Disposition: form-data; name=\"importRequest\"\r\n\r\n"
            + request + "\r\n--\(mark)\r\nContent-Disposition: form-data; name=\"files\"; "
            + "filename=\"\(file)\"\r\nContent-Type: text/csv\r\n\r\n" + csv
            + "\r\n--\(mark)--\r\n"
        let response = self.portal.ask(
            .post,
            self.path,
            body,
            headers: [
                HTTPHeader("Authorization", "Bearer pat-na1-integration"),
                HTTPHeader("Content-Type", "multipart/form-data; boundary=\(mark)"),
            ]
        )
        return (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
    }

    private static func column(_ name: String, _ property: String, _ more: String = "") -> String {
        #"{"columnObjectTypeId":"0-1","columnName":"\#(name)","propertyName":"\#(property)"\#(more)}"#
    }

    private mutating func state(_ id: String) -> JSON? {
        self.portal.send(.get, self.path + id).json
    }

    private func contact(_ email: String) -> MockHubSpotRecord? {
        self.portal.mock.export(object: "contacts").first { $0["email"] == email }
    }

    @Test mutating func `rows become records by the clock, known ones by their address`() {
        _ = self.portal.make("contacts", #""email":"ada@example.com","city":"Oslo""#)
        let columns = [Self.column("Mail", "email"), Self.column("Town", "city")]
        let csv =
            "Mail,Town,Unused\r\nADA@example.com,\"Bern, old \"\"town\"\"\",x\r\n"
            + "bob@example.com,Rome,\r\n"
        let made = self.start(columns.joined(separator: ","), csv)
        #expect(made.status == 200)
        #expect(made.json?["state"]?.string == "STARTED")
        #expect(made.json?["optOutImport"]?.boolean == false)
        #expect(made.json?["mappedObjectTypeIds"]?[0]?.string == "0-1")
        #expect(made.json?["importRequestJson"]?["name"]?.string == "Spring")
        let id = made.json?["id"]?.string ?? ""
        self.portal.now += 2_500
        #expect(self.state(id)?["state"]?.string == "PROCESSING")
        #expect(self.contact("bob@example.com") == nil)
        self.portal.now += 1_000
        let done = self.state(id)
        #expect(done?["state"]?.string == "DONE")
        let counters = done?["metadata"]?["counters"]
        #expect(counters?["TOTAL_ROWS"]?.integer == 2)
        #expect(counters?["CREATED_OBJECTS"]?.integer == 1)
        #expect(counters?["UPDATED_OBJECTS"]?.integer == 1)
        #expect(counters?["UNIQUE_OBJECTS_WRITTEN"]?.integer == 2)
        #expect(counters?["PROPERTY_VALUES_EMITTED"]?.integer == 4)
        #expect(counters?["ERRORS"]?.integer == 0)
        #expect(self.contact("ada@example.com")?["city"] == #"Bern, old "town""#)
        let change = self.portal.mock.changes.last { $0.kind == .create }
        #expect(change?.author.sourceType == "IMPORT")
        #expect(change?.author.sourceID == "importId:\(id)")
        #expect(change?.at == self.portal.now - 500)
        let bob = self.contact("bob@example.com")?.id ?? ""
        let source = "?properties=hs_object_source,hs_object_source_id,hs_object_source_detail_1"
        let shown = self.portal.send(.get, "/crm/v3/objects/contacts/" + bob + source).json
        #expect(shown?["properties"]?["hs_object_source"]?.string == "IMPORT")
        #expect(shown?["properties"]?["hs_object_source_id"]?.string == "importId:\(id)")
        #expect(shown?["properties"]?["hs_object_source_detail_1"]?.string == "Spring")
        let all = self.portal.send(.get, self.path + "?limit=1").json
        #expect(all?["results"]?[0]?["id"]?.string == id)
        #expect(all?["paging"] == nil)
    }

    @Test mutating func `each value that cannot be taken has its errorType`() {
        let columns = [Self.column("Mail", "email"), Self.column("Stage", "lifecyclestage")]
        let csv =
            "Mail,Stage\nnot-an-address,\nok@example.com,whale\nfine@example.com,lead\nshort\n"
        let id = self.start(columns.joined(separator: ","), csv).json?["id"]?.string ?? ""
        self.portal.now += 10_000
        let path = self.path + id + "/errors"
        let errors = self.portal.send(.get, path + "?includeErrorMessage=True&includeRowData=true")
        let list = errors.json?["results"]?.elements ?? []
        #expect(
            list.compactMap { $0["errorType"]?.string } == [
                "INVALID_EMAIL", "INVALID_ENUMERATION_OPTION", "INCORRECT_NUMBER_OF_COLUMNS",
            ]
        )
        #expect(list.first?["invalidValue"]?.string == "not-an-address")
        #expect(list.first?["knownColumnNumber"]?.integer == 0)
        #expect(list.first?["objectType"]?.string == "CONTACT")
        #expect(list.first?["sourceData"]?["lineNumber"]?.integer == 2)
        #expect(list.first?["sourceData"]?["rowData"]?[0]?.string == "not-an-address")
        #expect(list.first?["errorMessage"]?.string?.isEmpty == false)
        #expect(self.contact("fine@example.com")?["lifecyclestage"] == "lead")
        let page = self.portal.send(.get, path + "?limit=2").json
        #expect(page?["results"]?.count == 2)
        #expect(page?["results"]?[0]?["errorMessage"] == nil)
        let after = page?["paging"]?["next"]?["after"]?.string ?? ""
        #expect(self.portal.send(.get, path + "?after=" + after).json?["results"]?.count == 1)
        #expect(self.state(id)?["metadata"]?["counters"]?["ERRORS"]?.integer == 3)
    }

    @Test(arguments: [
        ("CREATE", "CREATE_ONLY_IMPORT", 1, 0), ("UPDATE", "UPDATE_ONLY_IMPORT", 0, 1),
    ])
    mutating func `an operation takes only its own rows`(
        operation: String,
        error: String,
        created: Int64,
        updated: Int64
    ) {
        _ = self.portal.make("contacts", #""email":"ada@example.com""#)
        let columns = Self.column("Mail", "email") + "," + Self.column("Town", "city")
        let csv = "Mail,Town\nada@example.com,Bern\nbob@example.com,Rome\n"
        let more = #","importOperations":{"0-1":"\#(operation)"}"#
        let id = self.start(columns, csv, more).json?["id"]?.string ?? ""
        self.portal.now += 10_000
        let counters = self.state(id)?["metadata"]?["counters"]
        #expect(counters?["CREATED_OBJECTS"]?.integer == created)
        #expect(counters?["UPDATED_OBJECTS"]?.integer == updated)
        let errors = self.portal.send(.get, self.path + id + "/errors").json?["results"]
        #expect(errors?[0]?["errorType"]?.string == error)
    }

    @Test mutating func `ids and unique properties find records, and rows tie them`() {
        let first = self.portal.make("contacts", #""email":"ada@example.com""#)
        _ = self.portal.make("contacts", #""email":"bob@example.com","sf_contact_key":"003B""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let label = #"{"label":"Adviser","name":"adviser"}"#
        _ = self.portal.send(.post, "/crm/v4/associations/contacts/companies/labels", label)
        let columns = [
            Self.column("Id", "hs_object_id", #","columnType":"HUBSPOT_OBJECT_ID""#),
            Self.column("Key", "sf_contact_key", #","columnType":"HUBSPOT_ALTERNATE_ID""#),
            Self.column("Town", "city"),
            Self.column("Firm", "", #","columnType":"HUBSPOT_OBJECT_ID""#)
                .replacing("0-1", with: "0-2"),
            Self.column("Role", "", #","columnType":"FLEXIBLE_ASSOCIATION_LABEL""#),
        ]
        let csv =
            "Id,Key,Town,Firm,Role\n\(first),,Bern,\(company),\n,003B,Rome,\(company),Adviser\n"
            + ",003C,Oslo,\(company),Whale\n7,,Lima,,\n"
        let id = self.start(columns.joined(separator: ","), csv).json?["id"]?.string ?? ""
        self.portal.now += 10_000
        #expect(self.state(id)?["state"]?.string == "DONE")
        #expect(self.contact("ada@example.com")?["city"] == "Bern")
        #expect(self.contact("bob@example.com")?["city"] == "Rome")
        let errors = self.portal.send(.get, self.path + id + "/errors").json?["results"]?.elements
        #expect(
            errors?.compactMap { $0["errorType"]?.string } == [
                "MISSING_REQUIRED_PROPERTY", "INVALID_OBJECT_ID",
            ]
        )
        let tie = "/crm/v4/objects/companies/\(company)/associations/contacts"
        let ties = self.portal.send(.get, tie).json?["results"]?.elements ?? []
        #expect(ties.count == 2)
        let labels = ties.map { tie in
            tie["associationTypes"]?.elements.compactMap { $0["label"]?.string } ?? []
        }
        #expect(labels == [[], ["Adviser"]])
    }

    @Test mutating func `dates follow the file's order, and people get a list`() {
        let columns = [
            Self.column("Mail", "email"), Self.column("Day", "start_day"),
            Self.column("Stage", "lifecyclestage"),
        ]
        let property =
            #"{"name":"start_day","label":"D","type":"date","fieldType":"date","groupName":"contactinformation"}"#
        _ = self.portal.send(.post, "/crm/v3/properties/contacts", property)
        let csv = "Mail,Day,Stage\nada@example.com,6/5/2026,LEAD\nbob@example.com,31/31/2026,\n"
        let more = #","dateFormat":"DAY_MONTH_YEAR","createContactListFromImport":true"#
        let id = self.start(columns.joined(separator: ","), csv, more).json?["id"]?.string ?? ""
        self.portal.now += 10_000
        #expect(self.state(id)?["state"]?.string == "DONE")
        #expect(self.contact("ada@example.com")?["start_day"] == "2026-05-06")
        #expect(self.contact("ada@example.com")?["lifecyclestage"] == "lead")
        let errors = self.portal.send(.get, self.path + id + "/errors").json?["results"]
        #expect(errors?[0]?["errorType"]?.string == "COULD_NOT_PARSE_DATE")
        let list = self.state(id)?["metadata"]?["objectLists"]?[0]?["listId"]?.string ?? ""
        let members = self.portal.send(.get, "/crm/v3/lists/\(list)/memberships")
        #expect(members.json?["results"]?.count == 1)
    }

    @Test mutating func `an import that was cancelled writes nothing`() {
        let csv = "Mail\nada@example.com\n"
        let id = self.start(Self.column("Mail", "email"), csv).json?["id"]?.string ?? ""
        let cancel = self.portal.send(.post, self.path + id + "/cancel")
        #expect(cancel.status == 200)
        #expect(cancel.json?["status"]?.string == "CANCELED")
        self.portal.now += 10_000
        #expect(self.state(id)?["state"]?.string == "CANCELED")
        #expect(self.contact("ada@example.com") == nil)
        #expect(self.portal.send(.post, self.path + id + "/cancel").status == 400)
        #expect(self.portal.send(.get, self.path + "7").status == 404)
    }

    @Test mutating func `an import is taken back: what it made goes, what it changed stays`() {
        _ = self.portal.make("contacts", #""email":"ada@example.com","city":"Oslo""#)
        let columns = [Self.column("Mail", "email"), Self.column("Town", "city")]
        let csv = "Mail,Town\r\nada@example.com,Bern\r\nbob@example.com,Rome\r\n"
        let made = self.start(columns.joined(separator: ","), csv)
        let id = made.json?["id"]?.string ?? ""
        func takeBack() -> Bool {
            (try? self.portal.mock.revertImport(id, at: self.portal.now)) != nil
        }
        #expect(!takeBack(), "it has not even begun")
        self.portal.now += 10_000
        #expect(self.state(id)?["state"]?.string == "DONE")
        #expect(takeBack())
        #expect(self.state(id)?["state"]?.string == "REVERTED")
        #expect(self.contact("bob@example.com") == nil)
        #expect(self.contact("ada@example.com")?["city"] == "Bern")
        #expect(!takeBack())
        #expect(self.portal.send(.post, self.path + id + "/cancel").status == 400)
    }

    @Test mutating func `a request that makes no sense is refused at once`() {
        let mail = Self.column("Mail", "email")
        #expect(self.start("", "Mail\n").status == 400)
        #expect(self.start(mail, "Other\nx\n").status == 400)
        #expect(self.start(mail, "Mail\n\"open\n").status == 400)
        #expect(self.start(mail, "Mail\nx\n", #","importOperations":{"0-1":"EAT"}"#).status == 400)
        #expect(self.start(mail, "Mail\nx\n", #","dateFormat":"WEEK""#).status == 400)
        #expect(self.start(mail.replacing("0-1", with: "9-9"), "Mail\nx\n").status == 400)
        let alternate = Self.column("Mail", "city", #","columnType":"HUBSPOT_ALTERNATE_ID""#)
        #expect(self.start(alternate, "Mail\nx\n").status == 400)
        #expect(self.portal.send(.post, self.path, "{}").status == 415)
        self.portal.mock.settings.bulk.importRowsMax = 2
        #expect(self.start(mail, "Mail\na@x.test\nb@x.test\n").status == 400)
        #expect(self.portal.send(.get, self.path).json?["results"]?.count == 0)
    }
}
