import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// What change events say: their headers, their fields, and how several become one.
struct ChangeEventTests {
    private static func fields(
        _ pairs: [(String, MockSalesforceValue)]
    ) -> [MockSalesforceRecord.Field] {
        pairs.map { .init($0.0, $0.1) }
    }

    /// The events of all objects since the listener came.
    private static func all(_ rehearsal: inout Rehearsal) -> Listener {
        rehearsal.listen(to: [("/data/ChangeEvents", -1)])
    }

    @Test func `a new record is told with its fields that are not empty`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        let options = [HTTPHeader("Sforce-Call-Options", "client=hubsync")]
        let id = rehearsal.send(
            .post,
            "/sobjects/Contact",
            #"{"FirstName":"Ana","LastName":"Roux","MailingCity":"Lyon","Birthdate":"1979-01-15"}"#,
            headers: options
        ).json["id"]?.string
        let event = try rehearsal.event(listener)
        let header = try #require(event.header)
        #expect(header["entityName"]?.string == "Contact")
        #expect(event.recordIDs == [id])
        #expect(event.changeType == "CREATE")
        #expect(event.changedFields.isEmpty)
        #expect(header["changeOrigin"]?.string == "com/salesforce/api/rest/62.0;client=hubsync")
        #expect(header["sequenceNumber"]?.integer == 1)
        #expect(header["commitTimestamp"]?.integer == Rehearsal.start)
        #expect(header["commitUser"]?.string == rehearsal.mock.settings.credentials[0].userID)
        #expect(header["transactionKey"]?.string?.count == 36)
        #expect(header["nulledFields"] == nil)
        let payload = try #require(event.payload)
        #expect(payload["Name"]?["FirstName"]?.string == "Ana")
        #expect(payload["Name"]?["LastName"]?.string == "Roux")
        #expect(payload["MailingAddress"]?["City"]?.string == "Lyon")
        #expect(payload["Birthdate"]?.string == "1979-01-15")
        #expect(payload["CreatedDate"]?.string == "2026-09-21T14:13:20.000Z")
        #expect(payload["LastModifiedDate"]?.string == "2026-09-21T14:13:20.000Z")
        #expect(payload["OwnerId"]?.string != nil)
        for name in ["Id", "IsDeleted", "SystemModstamp", "Email", "FirstName"] {
            #expect(payload[name] == nil)
        }
        #expect(event["data"]?["schema"]?.string?.count == 22)
    }

    @Test func `a change is told with what is different, and null for what was cleared`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed(
            "Contact",
            [("LastName", "Roux"), ("Email", "a@x.invalid"), ("Title", "Boss")]
        )
        let listener = Self.all(&rehearsal)
        rehearsal.now += 5_000
        try rehearsal.mock.edit(
            id,
            fields: Self.fields([
                ("MailingStreet", .text("1 Main St")), ("Email", .null), ("Title", .text("Boss")),
            ]),
            at: rehearsal.now
        )
        let event = try rehearsal.event(listener)
        #expect(event.changeType == "UPDATE")
        #expect(event.changedFields == ["MailingAddress.Street", "Email", "LastModifiedDate"])
        #expect(event.payload?["Email"]?.isNull == true)
        #expect(event.payload?["MailingAddress"]?["Street"]?.string == "1 Main St")
        #expect(event.payload?["Title"] == nil)
        #expect(event.payload?["LastModifiedById"] == nil)
        #expect(
            event.header?["changeOrigin"]?.string
                == "com/salesforce/api/soap/62.0;client=SfdcInternalAPI/"
        )
        rehearsal.mock.settings.streaming.namesNulledFields = true
        rehearsal.mock.settings.streaming.sendsNulls = false
        _ = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Title":null}"#)
        let next = try rehearsal.event(listener)
        #expect(next.changedFields == ["Title", "LastModifiedDate", "LastModifiedById"])
        #expect(next.header?["nulledFields"]?[0]?.string == "Title")
        #expect(next.header?["diffFields"]?.count == 0)
        #expect(next.payload?["Title"] == nil)
    }

    @Test func `a deleted record is told bare, a restored one whole`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "Roux"), ("Title", "Boss")])
        let listener = Self.all(&rehearsal)
        try rehearsal.mock.delete(id, at: rehearsal.now)
        try rehearsal.mock.undelete(id, at: rehearsal.now)
        try rehearsal.mock.delete(id, at: rehearsal.now)
        try rehearsal.mock.hardDelete(id, at: rehearsal.now)
        let events = rehearsal.events(listener)
        #expect(events.map(\.changeType) == ["DELETE", "UNDELETE", "DELETE"])
        #expect(events[0].payload?.count == 1)
        #expect(events[1].payload?["Title"]?.string == "Boss")
        #expect(events[1].payload?["Name"]?["LastName"]?.string == "Roux")
        #expect(events[1].payload?["CreatedDate"] != nil)
    }

    @Test func `equal changes of one transaction are one event with several ids`() throws {
        var rehearsal = Rehearsal()
        let ids = try ["A", "B", "C"].map { try rehearsal.seed("Account", [("Name", $0)]) }
        let listener = Self.all(&rehearsal)
        let records = ids.enumerated().map { place, id in
            let industry = place == 1 ? "Energy" : "Apparel"
            return
                #"{"attributes":{"type":"Account"},"id":"\#(id)","Industry":"\#(industry)"}"#
        }
        _ = rehearsal.send(
            .patch,
            "/composite/sobjects",
            #"{"records":[\#(records.joined(separator: ","))]}"#
        )
        let events = rehearsal.events(listener)
        #expect(events.map(\.recordIDs) == [[ids[0], ids[2]], [ids[1]]])
        #expect(events.map { $0.header?["sequenceNumber"]?.integer } == [1, 2])
        #expect(Set(events.map { $0.header?["transactionKey"]?.string }).count == 1)
        #expect(Set(events.map { $0.header?["commitNumber"]?.integer }).count == 1)
        // The same in two requests stays two events.
        for id in [ids[0], ids[1]] {
            _ = rehearsal.send(.patch, "/sobjects/Account/\(id)", #"{"Rating":"Hot"}"#)
        }
        let apart = rehearsal.events(listener)
        #expect(apart.count == 2)
        #expect(Set(apart.map { $0.header?["transactionKey"]?.string }).count == 2)
    }

    @Test func `an account takes its contacts along in one transaction`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let contacts = try ["A", "B"].map {
            try rehearsal.seed("Contact", [("LastName", $0), ("AccountId", account)])
        }
        let listener = Self.all(&rehearsal)
        try rehearsal.mock.delete(account, at: rehearsal.now)
        let events = rehearsal.events(listener)
        #expect(events.map(\.recordIDs) == [[account], contacts])
        #expect(events.map(\.changeType) == ["DELETE", "DELETE"])
    }

    @Test func `a record that changes twice in one transaction is told once`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        _ = rehearsal.send(
            .post,
            "/composite",
            #"{"allOrNone":true,"compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Acme"}},{"method":"PATCH","url":"/services/data/v62.0/sobjects/Account/@{a.id}","referenceId":"b","body":{"Site":"Lyon","AnnualRevenue":119,"NumberOfEmployees":7}}]}"#
        )
        let events = rehearsal.events(listener)
        #expect(events.map(\.changeType) == ["CREATE"])
        #expect(events[0].payload?["Name"]?.string == "Acme")
        #expect(events[0].payload?["Site"]?.string == "Lyon")
        #expect(events[0].payload?["AnnualRevenue"]?.numberText == "119.0")
        #expect(events[0].payload?["NumberOfEmployees"]?.numberText == "7")
    }

    @Test func `what was rolled back is never told`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        _ = rehearsal.send(
            .post,
            "/composite/sobjects",
            #"{"allOrNone":true,"records":[{"attributes":{"type":"Account"},"Name":"A"},{"attributes":{"type":"Contact"}}]}"#
        )
        #expect(rehearsal.events(listener).isEmpty)
        _ = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"B"}"#)
        #expect(rehearsal.events(listener).map { $0.payload?["Name"]?.string } == ["B"])
    }

    @Test func `a conversion is one transaction, and its lead has no new date`() throws {
        var rehearsal = Rehearsal()
        let lead = try rehearsal.seed("Lead", [("LastName", "Roux"), ("Company", "Acme")])
        let listener = Self.all(&rehearsal)
        let made = try rehearsal.mock.convert(
            lead: lead,
            opportunityName: "Deal",
            at: rehearsal.now
        )
        let events = rehearsal.events(listener)
        #expect(
            events.map { "\($0.changeType) \($0.recordIDs.joined())" } == [
                "CREATE \(made.accountID)", "CREATE \(made.contactID)",
                "CREATE \(made.opportunityID ?? "")", "UPDATE \(lead)",
            ]
        )
        #expect(Set(events.map { $0.header?["transactionKey"]?.string }).count == 1)
        #expect(events.map { $0.header?["sequenceNumber"]?.integer } == [1, 2, 3, 4])
        #expect(events[3].payload?["ConvertedContactId"]?.string == made.contactID)
        #expect(events[3].payload?["LastModifiedDate"] == nil)
    }

    @Test func `a merge tells the loser's end, its children and the winner`() throws {
        var rehearsal = Rehearsal()
        let winner = try rehearsal.seed("Account", [("Name", "A")])
        let loser = try rehearsal.seed("Account", [("Name", "B")])
        let child = try rehearsal.seed("Contact", [("LastName", "C"), ("AccountId", loser)])
        let listener = Self.all(&rehearsal)
        try rehearsal.mock.merge(
            winner: winner,
            losers: [loser],
            fields: Self.fields([("Site", .text("Lyon"))]),
            at: rehearsal.now
        )
        let events = rehearsal.events(listener)
        #expect(
            events.map { "\($0.changeType) \($0.recordIDs.joined())" } == [
                "DELETE \(loser)", "UPDATE \(child)", "UPDATE \(winner)",
            ]
        )
        #expect(events[1].changedFields == ["AccountId", "LastModifiedDate"])
    }

    @Test func `events come in the order of their commits`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        try rehearsal.mock.create(
            object: "Account",
            fields: Self.fields([("Name", .text("slow"))]),
            at: rehearsal.now,
            commitDelay: 60_000
        )
        rehearsal.now += 1_000
        try rehearsal.mock.create(
            object: "Account",
            fields: Self.fields([("Name", .text("fast"))]),
            at: rehearsal.now
        )
        #expect(rehearsal.events(listener).map { $0.payload?["Name"]?.string } == ["fast"])
        rehearsal.now += 59_000
        let slow = rehearsal.listen(to: [("/data/ChangeEvents", -2)])
        let events = rehearsal.events(slow)
        #expect(events.map { $0.payload?["Name"]?.string } == ["fast", "slow"])
        #expect(events[1].header?["commitTimestamp"]?.integer == Rehearsal.start + 60_000)
        #expect(events[1].payload?["LastModifiedDate"]?.string == "2026-09-21T14:13:20.000Z")
    }

    @Test func `only selected objects are told, and channels carry what they are set to`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.streaming.selectedObjects = ["Contact"]
        rehearsal.mock.settings.streaming.channels = ["Sales__chn": ["Opportunity", "Contact"]]
        let listener = rehearsal.listen(to: [("/data/ChangeEvents", -1), ("/data/Sales__chn", -1)])
        _ = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"A"}"#)
        _ = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"B"}"#)
        _ = rehearsal.send(
            .post,
            "/sobjects/Opportunity",
            #"{"Name":"D","StageName":"Prospecting","CloseDate":"2026-12-01"}"#
        )
        let told = rehearsal.events(listener).map {
            "\($0["channel"]?.string ?? "") \($0.header?["entityName"]?.string ?? "")"
        }
        #expect(
            told == [
                "/data/ChangeEvents Contact", "/data/Sales__chn Contact",
                "/data/Sales__chn Opportunity",
            ]
        )
    }

    @Test func `gaps, overflows, doubles and swaps come on demand`() throws {
        var rehearsal = Rehearsal()
        let ids = try (0..<4).map { try rehearsal.seed("Account", [("Name", "\($0)")]) }
        rehearsal.mock.settings.streaming.gapEveryNthEvent = 2
        let listener = Self.all(&rehearsal)
        for id in ids {
            _ = rehearsal.send(.patch, "/sobjects/Account/\(id)", #"{"Site":"\#(id)"}"#)
        }
        let events = rehearsal.events(listener)
        #expect(events.map(\.changeType) == ["UPDATE", "GAP_UPDATE", "UPDATE", "GAP_UPDATE"])
        #expect(events[1].payload?.count == 1)
        #expect(events[1].recordIDs == [ids[1]])
        #expect(events[1].changedFields.isEmpty)
        rehearsal.mock.settings.streaming.gapEveryNthEvent = nil
        rehearsal.mock.settings.streaming.overflowThreshold = 2
        let records = ids.map { #"{"attributes":{"type":"Account"},"id":"\#($0)","Fax":"\#($0)"}"# }
        _ = rehearsal.send(
            .patch,
            "/composite/sobjects",
            #"{"records":[\#(records.joined(separator: ","))]}"#
        )
        let overflown = rehearsal.events(listener)
        #expect(overflown.map(\.changeType) == ["UPDATE", "GAP_OVERFLOW"])
        #expect(overflown[1].recordIDs.isEmpty)
        rehearsal.mock.settings.streaming.overflowThreshold = 100_000
        rehearsal.mock.settings.streaming.doubleEveryNthDelivery = 2
        rehearsal.mock.settings.streaming.swapEveryNthDelivery = 3
        for id in ids {
            _ = rehearsal.send(.patch, "/sobjects/Account/\(id)", #"{"Phone":"\#(id)"}"#)
        }
        // Six were delivered before: the second and the fourth come twice, the third after it.
        let disturbed = rehearsal.events(listener).map { ids.firstIndex(of: $0.recordIDs[0]) }
        #expect(disturbed == [0, 1, 1, 3, 2, 3])
    }

    @Test func `an event that is told to nobody leaves nothing but its place`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.streaming.loseEveryNthEvent = 2
        let listener = Self.all(&rehearsal)
        for name in ["A", "B", "C", "D", "E"] {
            _ = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"\#(name)"}"#)
        }
        let names = rehearsal.events(listener).map { $0.payload?["Name"]?.string }
        #expect(names == ["A", "C", "E"])
    }

    @Test func `people bring many records in one transaction, or none`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        func row(_ name: String?) -> [MockSalesforceRecord.Field] {
            [.init("Name", name.map { .text($0) } ?? .null)]
        }
        #expect(throws: MockSalesforceError.self) {
            try rehearsal.mock.create(
                object: "Account",
                rows: [row("A"), row(nil)],
                at: rehearsal.now
            )
        }
        #expect(rehearsal.mock.changes.allSatisfy { $0.object != "Account" })
        let ids = try rehearsal.mock.create(
            object: "Account",
            rows: [row("A"), row("B")],
            at: rehearsal.now
        )
        let events = rehearsal.events(listener)
        #expect(events.map(\.recordIDs) == ids.map { [$0] })
        #expect(Set(events.map { $0.header?["transactionKey"]?.string }).count == 1)
        #expect(Set(rehearsal.mock.transactions.suffix(2)).count == 1)
    }

    @Test func `an event that is too large is a gap`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.streaming.eventBytesMax = 1_000
        let listener = Self.all(&rehearsal)
        let text = String(repeating: "x", count: 2_000)
        _ = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"A","Description":"\#(text)"}"#)
        #expect(rehearsal.events(listener).map(\.changeType) == ["GAP_CREATE"])
    }

    @Test func `Bulk names its own door`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        let job =
            rehearsal.send(
                .post,
                "/jobs/ingest",
                #"{"object":"Account","operation":"insert","contentType":"CSV"}"#
            ).json["id"]?.string ?? ""
        _ = rehearsal.send(
            .put,
            "/jobs/ingest/\(job)/batches",
            "Name\nA\nB\n",
            headers: [HTTPHeader("Content-Type", "text/csv")]
        )
        _ = rehearsal.send(.patch, "/jobs/ingest/\(job)", #"{"state":"UploadComplete"}"#)
        _ = rehearsal.send(.get, "/jobs/ingest/\(job)")
        let events = rehearsal.events(listener)
        #expect(events.count == 2)
        #expect(
            events[0].header?["changeOrigin"]?.string == "com/salesforce/api/bulkapi/62.0"
        )
    }

    @Test func `an update that changes nothing is told or not, as the org is set`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Account", [("Name", "A")])
        let listener = Self.all(&rehearsal)
        _ = rehearsal.send(.patch, "/sobjects/Account/\(id)", #"{"Name":"A"}"#)
        let event = try rehearsal.event(listener)
        #expect(event.changedFields == ["LastModifiedDate", "LastModifiedById"])
        rehearsal.mock.settings.streaming.tellsUnchangedUpdates = false
        _ = rehearsal.send(.patch, "/sobjects/Account/\(id)", #"{"Name":"A"}"#)
        #expect(rehearsal.connect(listener).held != nil)
    }

    @Test func `the schema of an event is found by its id and by its name`() throws {
        var rehearsal = Rehearsal()
        let listener = Self.all(&rehearsal)
        _ = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"B"}"#)
        let id = try rehearsal.event(listener)["data"]?["schema"]?.string ?? ""
        let expanded = rehearsal.send(.get, "/event/eventSchema/\(id)").json
        #expect(expanded["name"]?.string == "ContactChangeEvent")
        #expect(expanded["namespace"]?.string == "com.sforce.eventbus")
        #expect(expanded["type"]?.string == "expanded-record")
        #expect(expanded["fields"]?[1]?["name"]?.string == "channel")
        let compact = rehearsal.send(
            .get,
            "/sobjects/ContactChangeEvent/eventSchema?payloadFormat=COMPACT"
        ).json
        #expect(compact["uuid"]?.string == id)
        let names = compact["fields"]?.elements.compactMap { $0["name"]?.string } ?? []
        #expect(names.first == "ChangeEventHeader")
        #expect(names.contains("MailingAddress") && names.contains("HubSpot_Record_ID__c"))
        #expect(!names.contains("MailingCity") && !names.contains("SystemModstamp"))
        #expect(rehearsal.send(.get, "/event/eventSchema/nope").status == 404)
        #expect(
            rehearsal.send(.get, "/event/eventSchema/\(id)?payloadFormat=NOPE").status == 400
        )
        rehearsal.mock.addField(
            MockSalesforceCustomField(object: "Contact", name: "New__c", label: "New"),
            at: rehearsal.now
        )
        let later = rehearsal.send(.get, "/sobjects/ContactChangeEvent/eventSchema").json
        #expect(later["fields"]?.count == 2)
        #expect(rehearsal.send(.get, "/event/eventSchema/\(id)").status == 404)
    }
}
