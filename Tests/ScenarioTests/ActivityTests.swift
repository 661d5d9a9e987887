import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Tasks in both CRMs: rows S41, V04, V05 and V06 of the behaviour.
struct ActivityTests {
    private static let due = "1793491200000"
    private static let dueDate = "2026-11-01"

    private static func stage() async throws -> Rehearsal {
        try await Rehearsal.playing(Rehearsal.owners + "\n" + Rehearsal.tasks)
    }

    @Test func `S41, V05: a Salesforce task becomes a HubSpot task, with whom and about what`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let deal = try await stage.deal("Boat")
        let task = try stage.salesforceCreates(
            "Task",
            [
                "Subject": "Call back", "Description": "On Monday", "Status": "In Progress",
                "Priority": "High", "ActivityDate": Self.dueDate, "WhoId": person.salesforce,
                "WhatId": deal.salesforce,
            ]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first)
        #expect(made["hs_task_subject"] == "Call back")
        #expect(made["hs_task_body"] == "On Monday")
        #expect(made["hs_task_status"] == "IN_PROGRESS")
        #expect(made["hs_task_priority"] == "HIGH")
        #expect(made["hs_timestamp"] == "2026-11-01T00:00:00Z" || made["hs_timestamp"] == Self.due)
        #expect(made["sf_task_key"] == task)
        #expect(stage.tied(made.id, in: "tasks", to: "contacts") == [person.hubspot])
        #expect(stage.tied(made.id, in: "tasks", to: "deals") == [deal.hubspot])
        // A new record brings its ties along.
        #expect(try await stage.calls(to: "associationsWrite") == 0)
        try await stage.plays()
        #expect(stage.hubspotRecords("tasks").count == 1)
        #expect(stage.records("Task").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `V06: a HubSpot task becomes a Salesforce task, and edits go both ways`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let firm = try await stage.firm("Acme")
        let task = try stage.hubspotCreates(
            "tasks",
            [
                "hs_task_subject": "Write", "hs_task_status": "NOT_STARTED",
                "hs_task_priority": "NONE", "hs_timestamp": Self.due,
            ]
        )
        try stage.ties(task, of: "tasks", to: person.hubspot, of: "contacts")
        try stage.ties(task, of: "tasks", to: firm.hubspot, of: "companies")
        try await stage.plays()
        let made = try #require(stage.records("Task").first)
        #expect(made["Subject"].text == "Write")
        #expect(made["Status"].text == "Not Started")
        #expect(made["Priority"].text == "Normal")
        #expect(made["ActivityDate"].text == Self.dueDate)
        #expect(made["TaskSubtype"].text == "Task")
        #expect(made["WhoId"].text == person.salesforce)
        #expect(made["WhatId"].text == firm.salesforce)
        #expect(made["HubSpot_Record_ID__c"].text == task)
        stage.wait()
        try stage.hubspotEdits(task, of: "tasks", ["hs_task_status": "COMPLETED"])
        try stage.salesforceEdits(made.id, ["Description": "Done by mail"])
        try await stage.plays()
        #expect(stage.salesforce(made.id, "Status") == "Completed")
        #expect(stage.hubspot(task, "hs_task_body", of: "tasks") == "Done by mail")
        // A value that several of HubSpot's become is no edit.
        #expect(stage.hubspot(task, "hs_task_priority", of: "tasks") == "NONE")
        #expect(stage.records("Task").count == 1)
        #expect(stage.hubspotRecords("tasks").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `of several ties one goes over: ticket, deal, company, and the oldest contact`()
        async throws
    {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let deal = try await stage.deal("Boat")
        let firm = try await stage.firm("Acme")
        let task = try stage.hubspotCreates(
            "tasks",
            ["hs_task_subject": "Write", "hs_timestamp": Self.due]
        )
        for (id, object) in [
            (second.hubspot, "contacts"), (first.hubspot, "contacts"), (firm.hubspot, "companies"),
            (deal.hubspot, "deals"),
        ] {
            try stage.ties(task, of: "tasks", to: id, of: object)
        }
        try await stage.plays()
        let made = try #require(stage.records("Task").first).id
        #expect(stage.salesforce(made, "WhoId") == first.salesforce)
        #expect(stage.salesforce(made, "WhatId") == deal.salesforce)
        // Somebody in Salesforce says another one: the tie that went over goes, the others stay.
        stage.wait()
        try stage.salesforceEdits(made, ["WhoId": second.salesforce, "WhatId": firm.salesforce])
        try await stage.plays()
        try await stage.plays()
        #expect(stage.tied(task, in: "tasks", to: "contacts") == [second.hubspot])
        #expect(stage.tied(task, in: "tasks", to: "deals").isEmpty)
        #expect(stage.tied(task, in: "tasks", to: "companies") == [firm.hubspot])
        #expect(stage.salesforce(made, "WhoId") == second.salesforce)
        // One more tie changes nothing; the end of the one that went over does.
        stage.wait()
        try stage.ties(task, of: "tasks", to: first.hubspot, of: "contacts")
        try stage.hubspotEdits(task, of: "tasks", ["hs_task_body": "1"])
        try await stage.plays()
        #expect(stage.salesforce(made, "WhoId") == second.salesforce)
        stage.wait()
        try stage.unties(task, of: "tasks", from: second.hubspot, of: "contacts")
        try stage.hubspotEdits(task, of: "tasks", ["hs_task_body": "2"])
        try await stage.plays()
        #expect(stage.salesforce(made, "WhoId") == first.salesforce)
        #expect(stage.salesforce(made, "Description") == "2")
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `a task of a contact that comes with it is made with that contact, once`()
        async throws
    {
        let stage = try await Self.stage()
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        let task = try stage.hubspotCreates(
            "tasks",
            ["hs_task_subject": "Write", "hs_timestamp": Self.due]
        )
        try stage.ties(task, of: "tasks", to: contact, of: "contacts")
        let lead = try stage.salesforceCreates("Lead", ["LastName": "Poe", "Company": "P"])
        try stage.salesforceCreates("Task", ["Subject": "Ask", "WhoId": lead])
        try await stage.plays()
        let person = try #require(stage.records("Contact").first).id
        let made = stage.records("Task").first { $0["Subject"].text == "Write" }
        #expect(made?["WhoId"].text == person)
        let asked = try #require(
            stage.hubspotRecords("tasks").first { $0["hs_task_subject"] == "Ask" }
        )
        let prospect = stage.contacts.first { $0["lastname"] == "Poe" }?.id
        #expect(stage.tied(asked.id, in: "tasks", to: "contacts") == [prospect])
        try await stage.plays()
        #expect(stage.records("Task").count == 2)
        #expect(stage.hubspotRecords("tasks").count == 2)
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a task without a date gets one in HubSpot and stays without in Salesforce`()
        async throws
    {
        let stage = try await Self.stage()
        let task = try stage.salesforceCreates("Task", ["Subject": "Some day"])
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first)
        #expect(made["hs_timestamp"]?.isEmpty == false)
        try await stage.plays()
        #expect(stage.salesforce(task, "ActivityDate") == "")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `what is about a campaign is about nothing in HubSpot, and stays about it`()
        async throws
    {
        let stage = try await Self.stage()
        let campaign = try stage.salesforceCreates("Campaign", ["Name": "Fair"])
        let firm = try await stage.firm("Acme")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Print", "WhatId": campaign]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        #expect(stage.tied(made, in: "tasks", to: "companies").isEmpty)
        stage.wait()
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Red"])
        try await stage.plays()
        #expect(stage.salesforce(task, "WhatId") == campaign)
        stage.wait()
        try stage.ties(made, of: "tasks", to: firm.hubspot, of: "companies")
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Blue"])
        try await stage.plays()
        #expect(stage.salesforce(task, "WhatId") == firm.salesforce)
        stage.wait()
        try stage.salesforceEdits(task, ["WhatId": campaign])
        try await stage.plays()
        #expect(stage.tied(made, in: "tasks", to: "companies") == [firm.hubspot])
        #expect(stage.salesforce(task, "WhatId") == campaign)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `what is with a lead is about nothing, as Salesforce demands`() async throws {
        let stage = try await Self.stage()
        let lead = try stage.salesforceCreates(
            "Lead",
            ["LastName": "Poe", "Company": "P", "Email": "poe@p.test"]
        )
        let firm = try await stage.firm("Acme")
        let contact = try #require(stage.contacts.first).id
        let task = try stage.hubspotCreates(
            "tasks",
            ["hs_task_subject": "Write", "hs_timestamp": Self.due]
        )
        try stage.ties(task, of: "tasks", to: contact, of: "contacts")
        try stage.ties(task, of: "tasks", to: firm.hubspot, of: "companies")
        try await stage.plays()
        let made = try #require(stage.records("Task").first)
        #expect(made["WhoId"].text == lead)
        #expect(made["WhatId"].text == nil)
        stage.wait()
        try stage.unties(task, of: "tasks", from: contact, of: "contacts")
        try stage.hubspotEdits(task, of: "tasks", ["hs_task_body": "1"])
        try await stage.plays()
        #expect(stage.salesforce(made.id, "WhoId") == "")
        stage.wait()
        try stage.salesforceEdits(made.id, ["WhatId": firm.salesforce])
        try await stage.plays()
        try stage.ties(task, of: "tasks", to: contact, of: "contacts")
        try stage.hubspotEdits(task, of: "tasks", ["hs_task_body": "2"])
        try await stage.plays()
        #expect(stage.salesforce(made.id, "WhoId") == lead)
        #expect(stage.salesforce(made.id, "WhatId") == "")
        #expect(stage.salesforce(made.id, "Description") == "2")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a poll without changes reads no ties`() async throws {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        try stage.salesforceCreates("Task", ["Subject": "Ask", "WhoId": person.salesforce])
        try await stage.plays()
        try await stage.plays()
        let reads = try await stage.calls(to: "associationsRead")
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(try await stage.calls(to: "associationsRead") == reads)
        // One search for each of the five objects, one Composite.
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 5 })
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `ties cost one call a page and object, and a new tie one`() async throws {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        for number in 0..<50 {
            try stage.salesforceCreates(
                "Task",
                ["Subject": "T \(number)", "WhoId": first.salesforce]
            )
        }
        let before = try await stage.calls(to: "associationsRead")
        try await stage.plays()
        #expect(stage.hubspotRecords("tasks").count == 50)
        try await stage.plays()
        // The echo page: contacts, companies, deals, tickets.
        #expect(try await stage.calls(to: "associationsRead") == before + 4)
        // An edit of something else looks at its targets, and not at their ties, whatever this process has
        // seen; its echo shows them.
        try await stage.restart()
        _ = try await stage.runner.sync()
        stage.wait()
        for task in stage.records("Task") {
            try stage.salesforceEdits(task.id, ["Description": "D"])
        }
        let reads = try await stage.calls(to: "associationsRead")
        try await stage.plays()
        try await stage.plays()
        #expect(stage.hubspotRecords("tasks").allSatisfy { $0["hs_task_body"] == "D" })
        #expect(try await stage.calls(to: "associationsRead") == reads + 4)
        stage.wait()
        for task in stage.records("Task") {
            try stage.salesforceEdits(task.id, ["WhoId": second.salesforce])
        }
        stage.wait()
        let writes = try await stage.calls(to: "associationsWrite")
        _ = try await stage.runner.sync()
        // One call ties fifty, one takes fifty away.
        #expect(try await stage.calls(to: "associationsWrite") == writes + 2)
        for task in stage.hubspotRecords("tasks") {
            #expect(stage.tied(task.id, in: "tasks", to: "contacts") == [second.hubspot])
        }
        try await stage.plays()
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test
    func `where ties move the stamps of what they lead to, nothing goes round`()
        async throws
    {
        var settings = MockHubSpotSettings()
        settings.tiesMoveStamps = true
        let stage = try await Rehearsal.playing(
            Rehearsal.owners + "\n" + Rehearsal.tasks,
            settings: settings
        )
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let firm = try await stage.firm("Acme")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": first.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try await stage.plays()
        stage.wait()
        try stage.ties(made, of: "tasks", to: firm.hubspot, of: "companies")
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "1"])
        try await stage.plays()
        #expect(stage.salesforce(task, "WhatId") == firm.salesforce)
        stage.wait()
        try stage.salesforceEdits(task, ["WhoId": second.salesforce])
        try await stage.plays()
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.tied(made, in: "tasks", to: "contacts") == [second.hubspot])
        #expect(stage.salesforce(task, "WhoId") == second.salesforce)
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 5 })
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }
}
