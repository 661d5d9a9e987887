import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What a process that dies, a reply that is lost and a record that is gone make of activities.
struct ActivityFaultTests {
    private static let time = "1793523600000"

    private static func stage() async throws -> Rehearsal {
        try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities].joined(separator: "\n")
        )
    }

    /// `requests`: how many get through before the process ends; the last one's reply is lost.
    @Test(arguments: 1...30)
    func `one activity on either side is never two, whenever the process dies`(
        requests: Int
    ) async throws {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let task = try stage.hubspotCreates(
            "tasks",
            ["hs_task_subject": "Mine", "hs_timestamp": Self.time]
        )
        let note = try stage.hubspotCreates(
            "notes",
            ["hs_note_body": "Tea", "hs_timestamp": Self.time]
        )
        try stage.ties(task, of: "tasks", to: person.hubspot, of: "contacts")
        try stage.ties(note, of: "notes", to: person.hubspot, of: "contacts")
        try stage.salesforceCreates("Task", ["Subject": "Theirs", "WhoId": person.salesforce])
        try stage.salesforceCreates("Task", ["Subject": "Rang", "TaskSubtype": "Call"])
        stage.wait()
        stage.kill(after: requests, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        for _ in 0..<4 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.hubspotRecords("tasks").count == 2)
        #expect(stage.hubspotRecords("calls").count == 1)
        #expect(stage.hubspotRecords("notes").count == 1)
        #expect(stage.records("Task").count == 4)
        #expect(stage.records("Task").count { $0["WhoId"].text == person.salesforce } == 3)
        for made in stage.hubspotRecords("tasks") {
            #expect(stage.tied(made.id, in: "tasks", to: "contacts") == [person.hubspot])
        }
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    /// `requests`: how many get through before the process ends; the last one's reply is lost.
    @Test(arguments: 1...14)
    func `a task that is given to another contact has that one, whenever the process dies`(
        requests: Int
    ) async throws {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let third = try await stage.person("Cy")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": second.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try stage.ties(made, of: "tasks", to: first.hubspot, of: "contacts")
        try await stage.plays()
        stage.wait()
        try stage.salesforceEdits(task, ["WhoId": third.salesforce, "Description": "Now"])
        stage.wait()
        stage.kill(after: requests, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await stage.restart()
        for _ in 0..<4 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.salesforce(task, "WhoId") == third.salesforce)
        #expect(stage.hubspot(made, "hs_task_body", of: "tasks") == "Now")
        let ties = stage.tied(made, in: "tasks", to: "contacts")
        #expect(ties.contains(third.hubspot) && ties.contains(first.hubspot))
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test
    func `both sides give a task to another contact: Salesforce's stays, and the issue says so`()
        async throws
    {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let third = try await stage.person("Cy")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": first.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try await stage.plays()
        stage.wait()
        try stage.unties(made, of: "tasks", from: first.hubspot, of: "contacts")
        try stage.ties(made, of: "tasks", to: second.hubspot, of: "contacts")
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "B"])
        try stage.salesforceEdits(task, ["WhoId": third.salesforce])
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.salesforce(task, "WhoId") == third.salesforce)
        #expect(stage.tied(made, in: "tasks", to: "contacts") == [third.hubspot])
        #expect(stage.salesforce(task, "Description") == "B")
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 9 })
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `what stands for all the times of a task that repeats is no task`() async throws {
        let stage = try await Self.stage()
        try stage.salesforceCreates("Task", ["Subject": "Weekly", "IsRecurrence": "true"])
        try stage.salesforceCreates("Task", ["Subject": "This week"])
        try await stage.plays()
        #expect(stage.hubspotRecords("tasks").compactMap { $0["hs_task_subject"] } == ["This week"])
        try await stage.plays()
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a task of a contact that was deleted in HubSpot is made without it`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        stage.wait()
        try stage.world.with { state, now in
            try state.hubspot.archive(person.hubspot, object: "contacts", at: now)
        }
        try stage.salesforceCreates("Task", ["Subject": "Ask", "WhoId": person.salesforce])
        try await stage.plays()
        stage.wait(seconds: 1_000)
        _ = try await stage.runner.sync()
        let made = try #require(stage.hubspotRecords("tasks").first)
        #expect(made["hs_task_subject"] == "Ask")
        #expect(stage.tied(made.id, in: "tasks", to: "contacts").isEmpty)
        #expect(stage.records("Task").map { $0["WhoId"].text } == [person.salesforce])
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
    }

    @Test func `a contact that is deleted takes nothing from its tasks in Salesforce`()
        async throws
    {
        let stage = try await Self.stage()
        let person = try await stage.person("Roe")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": person.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        stage.wait()
        try stage.world.with { state, now in
            try state.hubspot.archive(person.hubspot, object: "contacts", at: now)
        }
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Gone?"])
        try await stage.plays()
        try await stage.plays()
        #expect(stage.salesforce(task, "Description") == "Gone?")
        #expect(stage.salesforce(task, "WhoId") == person.salesforce)
    }

    @Test
    func `a task that is given to a contact that is gone in HubSpot keeps the one it has there`()
        async throws
    {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": first.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try await stage.plays()
        stage.wait()
        try stage.world.with { state, now in
            try state.hubspot.archive(second.hubspot, object: "contacts", at: now)
        }
        try stage.salesforceEdits(task, ["WhoId": second.salesforce, "Description": "Now"])
        try await stage.plays()
        stage.wait(seconds: 1_000)
        _ = try await stage.runner.sync()
        stage.wait(seconds: 1_000)
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(made, "hs_task_body", of: "tasks") == "Now")
        #expect(stage.tied(made, in: "tasks", to: "contacts") == [first.hubspot])
        #expect(stage.salesforce(task, "WhoId") == second.salesforce)
        #expect(try await stage.findings().map(\.code).contains(.counterpartDeleted))
        #expect(try await stage.openEntries() == 0)
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 9 })
    }

    @Test func `contacts that are merged in HubSpot take their tasks along`() async throws {
        let stage = try await Self.stage()
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": second.salesforce]
        )
        try await stage.plays()
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try await stage.plays()
        stage.wait()
        let winner = try stage.world.with { state, now in
            try state.hubspot.merge(first.hubspot, with: second.hubspot, at: now)
        }
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Merged"])
        for _ in 0..<3 {
            stage.wait(seconds: 1_000)
            _ = try await stage.runner.sync()
        }
        #expect(stage.tied(made, in: "tasks", to: "contacts") == [winner])
        #expect(stage.salesforce(task, "Description") == "Merged")
        let who = stage.salesforce(task, "WhoId")
        #expect([first.salesforce, second.salesforce].contains(who))
        #expect(stage.hubspotRecords("tasks").count == 1)
        #expect(stage.records("Task").count == 1)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a task of somebody who is not synced goes without, and gets them when they are`()
        async throws
    {
        let stage = try await Rehearsal.playing(
            Rehearsal.owners.replacing(
                "hubspot: contacts\n",
                with: "hubspot: contacts\n    creates: salesforce\n"
            ) + "\n" + Rehearsal.tasks
        )
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test"]
        )
        let task = try stage.salesforceCreates("Task", ["Subject": "Ask", "WhoId": person])
        try await stage.plays()
        try await stage.plays()
        #expect(stage.contacts.isEmpty)
        let made = try #require(stage.hubspotRecords("tasks").first).id
        #expect(stage.salesforce(task, "WhoId") == person)
        stage.wait()
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try await stage.plays()
        try await stage.plays()
        #expect(stage.tied(made, in: "tasks", to: "contacts") == [contact])
        #expect(stage.records("Contact").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test func `an activity that is deleted on one side is not made again`() async throws {
        let stage = try await Self.stage()
        let task = try stage.salesforceCreates("Task", ["Subject": "Ask"])
        let note = try stage.hubspotCreates(
            "notes",
            ["hs_note_body": "Tea", "hs_timestamp": Self.time]
        )
        try await stage.plays()
        try await stage.plays()
        let written = try #require(
            stage.records("Task").first { $0["HubSpot_Note_ID__c"].text == note }
        )
        stage.wait()
        try stage.world.with { state, now in
            try state.salesforce.delete(written.id, at: now)
            try state.salesforce.delete(task, at: now)
        }
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.records("Task").isEmpty)
        #expect(stage.hubspotRecords("notes").count <= 1)
        #expect(stage.hubspotRecords("tasks").count <= 1)
        #expect(try await stage.openEntries() == 0)
    }
}
