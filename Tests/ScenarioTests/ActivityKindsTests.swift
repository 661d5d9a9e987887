import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Meetings, calls, e-mails and notes: rows S42, S43, V01 to V04.
struct ActivityKindsTests {
    private static let nine = 1_793_523_600_000 as Int64
    private static let hour = 3_600_000 as Int64

    private static func stage() async throws -> Rehearsal {
        try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities].joined(separator: "\n")
        )
    }

    private static func task(_ stage: Rehearsal, _ subject: String) -> MockSalesforceRecord? {
        stage.records("Task").first { $0["Subject"].text == subject }
    }

    @Test func `V04: an event becomes a meeting, and a meeting an event`() async throws {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let firm = try await stage.firm("Acme")
        let event = try stage.salesforceCreates(
            "Event",
            [
                "Subject": "Demo", "StartDateTime": "2026-11-01T09:00:00Z",
                "EndDateTime": "2026-11-01T10:00:00Z", "Location": "Room 1",
                "WhoId": person.salesforce, "WhatId": firm.salesforce,
            ]
        )
        let start = Self.nine + 24 * Self.hour
        let meeting = try stage.hubspotCreates(
            "meetings",
            [
                "hs_meeting_title": "Review", "hs_timestamp": String(start),
                "hs_meeting_start_time": String(start),
                "hs_meeting_end_time": String(start + Self.hour),
            ]
        )
        try stage.ties(meeting, of: "meetings", to: person.hubspot, of: "contacts")
        try await stage.plays()
        let made = try #require(
            stage.hubspotRecords("meetings").first { $0["hs_meeting_title"] == "Demo" }
        )
        #expect(made["sf_event_key"] == event)
        #expect(made["hs_meeting_location"] == "Room 1")
        #expect(stage.tied(made.id, in: "meetings", to: "contacts") == [person.hubspot])
        #expect(stage.tied(made.id, in: "meetings", to: "companies") == [firm.hubspot])
        let review = try #require(stage.records("Event").first { $0["Subject"].text == "Review" })
        #expect(review["HubSpot_Record_ID__c"].text == meeting)
        #expect(review["DurationInMinutes"].wireText == "60")
        #expect(review["WhoId"].text == person.salesforce)
        try await stage.plays()
        #expect(stage.hubspotRecords("meetings").count == 2)
        #expect(stage.records("Event").count == 2)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `a meeting that begins later ends when its people say, not when Salesforce does`()
        async throws
    {
        let stage = try await Self.stage()
        let meeting = try stage.hubspotCreates(
            "meetings",
            [
                "hs_meeting_title": "Review", "hs_timestamp": String(Self.nine),
                "hs_meeting_start_time": String(Self.nine),
                "hs_meeting_end_time": String(Self.nine + 2 * Self.hour),
            ]
        )
        try await stage.plays()
        stage.wait()
        try stage.hubspotEdits(
            meeting,
            of: "meetings",
            ["hs_meeting_start_time": String(Self.nine + Self.hour)]
        )
        try await stage.plays()
        try await stage.plays()
        let event = try #require(stage.records("Event").first)
        #expect(event["DurationInMinutes"].wireText == "60")
        #expect(event["EndDateTime"].milliseconds == Self.nine + 2 * Self.hour)
        #expect(
            stage.hubspotRecords("meetings").first?["hs_meeting_end_time"].map { end in
                CivilTime.milliseconds(end) == Self.nine + 2 * Self.hour
            } == true
        )
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V04: each Salesforce task becomes what its subtype says, and is read once`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        for (subject, subtype) in [
            ("A task", "Task"), ("A call", "Call"), ("A mail", "Email"),
            ("A campaign", "ListEmail"),
            ("A step", "Cadence"),
        ] {
            try stage.salesforceCreates(
                "Task",
                ["Subject": subject, "TaskSubtype": subtype, "WhoId": person.salesforce]
            )
        }
        try stage.salesforceCreates("Task", ["Subject": "Old", "WhoId": person.salesforce])
        let polls = try await stage.calls(to: "composite")
        try await stage.plays()
        func names(_ object: String, _ title: String) -> [String] {
            stage.hubspotRecords(object).compactMap { $0[title] }.sorted()
        }
        #expect(names("tasks", "hs_task_subject") == ["A step", "A task", "Old"])
        #expect(names("calls", "hs_call_title") == ["A call"])
        #expect(names("emails", "hs_email_subject") == ["A mail"])
        #expect(stage.hubspotRecords("notes").isEmpty)
        try await stage.plays()
        #expect(names("tasks", "hs_task_subject").count == 3)
        #expect(stage.records("Task").count == 6)
        #expect(polls > 0)
        // Seven objects in Salesforce, two calls a poll: Task is one of them.
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 2 })
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 9 })
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `S42, S43: calls, e-mails and notes become tasks that are done, of their type`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let time = ("hs_timestamp", String(Self.nine))
        let call = try stage.hubspotCreates(
            "calls",
            ["hs_call_title": "Rang", "hs_call_direction": "INBOUND", time.0: time.1]
        )
        let mail = try stage.hubspotCreates(
            "emails",
            ["hs_email_subject": "Hello", "hs_email_text": "Dear R", time.0: time.1]
        )
        let note = try stage.hubspotCreates("notes", ["hs_note_body": "Likes tea", time.0: time.1])
        for (id, object) in [(call, "calls"), (mail, "emails"), (note, "notes")] {
            try stage.ties(id, of: object, to: person.hubspot, of: "contacts")
        }
        try await stage.plays()
        let rang = try #require(Self.task(stage, "Rang"))
        #expect(rang["TaskSubtype"].text == "Call")
        #expect(rang["Type"].text == "Call")
        #expect(rang["Status"].text == "Completed")
        #expect(rang["CallType"].text == "Inbound")
        #expect(rang["WhoId"].text == person.salesforce)
        let hello = try #require(Self.task(stage, "Hello"))
        #expect(hello["TaskSubtype"].text == "Email")
        #expect(hello["Type"].text == nil)
        #expect(hello["Description"].text == "Dear R")
        let tea = try #require(
            stage.records("Task").first { $0["Description"].text == "Likes tea" }
        )
        #expect(tea["TaskSubtype"].text == "Task")
        #expect(tea["HubSpot_Note_ID__c"].text == note)
        #expect(tea["HubSpot_Record_ID__c"].text == nil)
        stage.wait()
        try stage.salesforceEdits(tea.id, ["Description": "Likes coffee"])
        try await stage.plays()
        #expect(stage.hubspot(note, "hs_note_body", of: "notes") == "Likes coffee")
        // A note's task is no task of HubSpot's.
        #expect(stage.hubspotRecords("tasks").isEmpty)
        #expect(stage.records("Task").count == 3)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `what an activity may belong to is mapped, and notes have a key of their own`()
        async throws
    {
        func problems(_ file: String) async throws -> String {
            do {
                _ = try await Rehearsal.compiled(file)
                return ""
            } catch let error as ConfigurationProblems {
                return error.description
            }
        }
        let alone = try await problems(Rehearsal.tasks)
        #expect(alone.contains("`contact` names contacts, which are not mapped."))
        #expect(
            alone.contains("`about` names tickets or deals or companies, which are not mapped.")
        )
        let shared = [Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities]
            .joined(separator: "\n").replacing(
                "creates: salesforce\n",
                with: "keys: {salesforce: HubSpot_Record_ID__c}\n"
            )
        let taken = try await problems(shared)
        #expect(
            taken.contains("`HubSpot_Record_ID__c` is the key of tasks too, so it tells no notes.")
        )
    }

    /// `type`: what the file says; `problem`: what is wrong with it.
    @Test(
        arguments: [
            ("Call", true, nil), ("Cal", true, "`taskType: Cal` is none of the types of tasks"),
            ("Call", false, "Task.Type to the integration user, so `taskType` cannot be set"),
        ] as [(String, Bool, String?)]
    )
    func `S21, S43: the type of new tasks is one of the org's, and visible`(
        type: String,
        isVisible: Bool,
        problem: String?
    ) async throws {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions()
        var org = MockSalesforce(settings: settings)
        for profile in settings.permissions?.profiles ?? [] where !isVisible {
            org.setFieldAccess(
                "Task.Type",
                of: profile.name,
                isReadable: false,
                isEditable: false,
                at: 0
            )
        }
        let file =
            Rehearsal.owners + "\n"
            + Rehearsal.tasks.replacing(
                "hubspot: tasks\n",
                with: "hubspot: tasks\n    taskType: \(type)\n"
            )
        do {
            let mappings = try await Rehearsal.compiled(file, salesforce: org)
            #expect(problem == nil)
            let constants = mappings.last?.salesforce.first?.constants ?? []
            #expect(constants.contains(.init(field: "Type", value: type)))
        } catch let error as ConfigurationProblems {
            #expect(problem.map { error.description.contains($0) } == true, "\(error)")
            #expect(error.problems.count == 1)
        }
    }

    @Test func `V03: what was there before is brought over by an import only, each as what it is`()
        async throws
    {
        let time = ManualTime()
        let compiled = try await Rehearsal.compiled(
            [Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities].joined(separator: "\n")
        )
        let stage = try await Rehearsal(
            time: time,
            mapping: compiled[0],
            others: Array(compiled.dropFirst())
        )
        for (subject, subtype) in [("A task", "Task"), ("A call", "Call"), ("A mail", "Email")] {
            try stage.salesforceCreates("Task", ["Subject": subject, "TaskSubtype": subtype])
        }
        try stage.salesforceCreates("Task", ["Subject": "Old"])
        let note = try stage.hubspotCreates(
            "notes",
            ["hs_note_body": "Likes tea", "hs_timestamp": String(Self.nine)]
        )
        stage.wait(seconds: 2_000)
        _ = try await stage.runner.sync()
        stage.wait(seconds: 2_000)
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("tasks").isEmpty)
        #expect(stage.hubspotRecords("calls").isEmpty)
        for name in ["tasks", "calls", "notes"] {
            _ = try await stage.runner.backfillAndPush(name)
            stage.wait()
        }
        #expect(
            stage.hubspotRecords("tasks").compactMap { $0["hs_task_subject"] }.sorted()
                == ["A task", "Old"]
        )
        #expect(stage.hubspotRecords("calls").compactMap { $0["hs_call_title"] } == ["A call"])
        #expect(stage.hubspotRecords("emails").isEmpty)
        #expect(stage.records("Task").filter { $0["HubSpot_Note_ID__c"].text == note }.count == 1)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("tasks").count == 2)
        #expect(stage.records("Task").count == 5)
        #expect(try await stage.findings().isEmpty)
    }

    /// `creates`: where new tasks are made.
    @Test(arguments: [
        ("both", 2, 2), ("hubspot", 2, 1), ("salesforce", 1, 2), ("none", 1, 1),
    ])
    func `S41, S42: each direction has a switch`(
        creates: String,
        inHubSpot: Int,
        inSalesforce: Int
    ) async throws {
        let stage = try await Rehearsal.playing(
            Rehearsal.owners + "\n"
                + Rehearsal.tasks.replacing(
                    "hubspot: tasks\n",
                    with: "hubspot: tasks\n    creates: \(creates)\n"
                )
        )
        try stage.hubspotCreates(
            "tasks",
            ["hs_task_subject": "Mine", "hs_timestamp": String(Self.nine)]
        )
        try stage.salesforceCreates("Task", ["Subject": "Theirs"])
        try await stage.plays()
        try await stage.plays()
        #expect(stage.hubspotRecords("tasks").count == inHubSpot)
        #expect(stage.records("Task").count == inSalesforce)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }
}
