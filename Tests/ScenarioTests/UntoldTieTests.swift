import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Records of which HubSpot does not tell what they are tied to: they wait, and nobody else does.
struct UntoldTieTests {
    private static let time = "1793523600000"

    /// Two tasks of one contact in both CRMs, and another contact.
    private struct Pair {
        var stage: Rehearsal
        var first: (hubspot: String, salesforce: String)
        var second: (hubspot: String, salesforce: String)
        /// HubSpot's and Salesforce's.
        var hidden: (hubspot: String, salesforce: String)
        var shown: (hubspot: String, salesforce: String)
    }

    private static func pair(
        settings: MockHubSpotSettings = MockHubSpotSettings()
    ) async throws -> Pair {
        let stage = try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks].joined(separator: "\n"),
            settings: settings
        )
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        var tasks: [(hubspot: String, salesforce: String)] = []
        for name in ["Hidden", "Shown"] {
            let task = try stage.salesforceCreates(
                "Task",
                ["Subject": name, "WhoId": first.salesforce]
            )
            for _ in 0..<2 { try await stage.plays() }
            let made = stage.hubspotRecords("tasks").first { $0["hs_task_subject"] == name }
            tasks.append((try #require(made).id, task))
        }
        return Pair(stage: stage, first: first, second: second, hidden: tasks[0], shown: tasks[1])
    }

    @Test func `what HubSpot does not tell of one task holds up no other, and unties nothing`()
        async throws
    {
        let pair = try await Self.pair()
        let stage = pair.stage
        for (task, body) in [(pair.hidden, "One"), (pair.shown, "Two")] {
            try stage.unties(
                task.hubspot,
                of: "tasks",
                from: pair.first.hubspot,
                of: "contacts"
            )
            try stage.ties(task.hubspot, of: "tasks", to: pair.second.hubspot, of: "contacts")
            try stage.hubspotEdits(task.hubspot, of: "tasks", ["hs_task_body": body])
        }
        stage.hides(tiesOf: [pair.hidden.hubspot])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(pair.shown.salesforce, "WhoId") == pair.second.salesforce)
        #expect(stage.salesforce(pair.shown.salesforce, "Description") == "Two")
        // Its other fields need no ties.
        #expect(stage.salesforce(pair.hidden.salesforce, "Description") == "One")
        #expect(stage.salesforce(pair.hidden.salesforce, "WhoId") == pair.first.salesforce)
        stage.answers(nil)
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(pair.hidden.salesforce, "WhoId") == pair.second.salesforce)
        #expect(
            stage.tied(pair.hidden.hubspot, in: "tasks", to: "contacts") == [pair.second.hubspot]
        )
        #expect(try await stage.openEntries() == 0)
        #expect(try await stage.store.parkedCount() == 0)
    }

    @Test func `a new task is not made before HubSpot tells whom it is with`() async throws {
        let pair = try await Self.pair()
        let stage = pair.stage
        var made: [String] = []
        for name in ["Silent", "Loud"] {
            let id = try stage.hubspotCreates(
                "tasks",
                ["hs_task_subject": name, "hs_timestamp": Self.time]
            )
            try stage.ties(id, of: "tasks", to: pair.second.hubspot, of: "contacts")
            made.append(id)
        }
        stage.hides(tiesOf: [made[0]])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.records("Task").map { $0["Subject"].text }.contains("Loud"))
        #expect(!stage.records("Task").map { $0["Subject"].text }.contains("Silent"))
        stage.answers(nil)
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        let silent = try #require(stage.records("Task").first { $0["Subject"].text == "Silent" })
        #expect(silent["WhoId"].text == pair.second.salesforce)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a task is not given to another contact before HubSpot tells whose it is`()
        async throws
    {
        let pair = try await Self.pair()
        let stage = pair.stage
        for task in [pair.hidden, pair.shown] {
            try stage.salesforceEdits(task.salesforce, ["WhoId": pair.second.salesforce])
        }
        stage.hides(tiesOf: [pair.hidden.hubspot])
        for _ in 0..<2 { try await stage.plays() }
        #expect(
            stage.tied(pair.shown.hubspot, in: "tasks", to: "contacts") == [pair.second.hubspot]
        )
        #expect(
            stage.tied(pair.hidden.hubspot, in: "tasks", to: "contacts") == [pair.first.hubspot]
        )
        stage.answers(nil)
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        #expect(
            stage.tied(pair.hidden.hubspot, in: "tasks", to: "contacts") == [pair.second.hubspot]
        )
        #expect(stage.salesforce(pair.hidden.salesforce, "WhoId") == pair.second.salesforce)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a lost write of a tie waits until HubSpot tells what became of it`() async throws {
        let pair = try await Self.pair()
        let stage = pair.stage
        try stage.salesforceEdits(pair.hidden.salesforce, ["WhoId": pair.second.salesforce])
        stage.world.with { state, _ in
            state.hubspot.faults.rules = [.init(.dropBeforeCommit, every: 1, of: .writes)]
        }
        try await stage.plays()
        stage.world.with { state, _ in state.hubspot.faults.rules = [] }
        stage.hides(tiesOf: [pair.hidden.hubspot])
        stage.wait(seconds: 60)
        _ = try await stage.runner.sync()
        #expect(
            stage.tied(pair.hidden.hubspot, in: "tasks", to: "contacts") == [pair.first.hubspot]
        )
        #expect(try await stage.openEntries() == 1)
        stage.answers(nil)
        for _ in 0..<2 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(
            stage.tied(pair.hidden.hubspot, in: "tasks", to: "contacts") == [pair.second.hubspot]
        )
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a backfill leaves to a later read what HubSpot does not tell, and makes no second`()
        async throws
    {
        var settings = MockHubSpotSettings()
        // Then a list does not bring them along.
        settings.inlineTiesMax = 1
        let stage = try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks].joined(separator: "\n"),
            settings: settings
        )
        let (first, second) = (try await stage.person("Abe"), try await stage.person("Bo"))
        var made: [String] = []
        for name in ["Shown", "Hidden", "Tied"] {
            let id = try stage.hubspotCreates(
                "tasks",
                ["hs_task_subject": name, "hs_timestamp": Self.time]
            )
            for person in [first, second] {
                try stage.ties(id, of: "tasks", to: person.hubspot, of: "contacts")
            }
            made.append(id)
        }
        // Its counterpart is there already.
        let tied = try stage.salesforceCreates(
            "Task",
            ["Subject": "Tied", "HubSpot_Record_ID__c": made[2], "WhoId": first.salesforce]
        )
        stage.hides(tiesOf: [made[1], made[2]])
        _ = try await stage.runner.backfillAndPush("tasks")
        #expect(
            stage.records("Task").compactMap { $0["Subject"].text }.sorted() == ["Shown", "Tied"]
        )
        #expect(stage.hubspotRecords("tasks").count == 3)
        stage.answers(nil)
        for _ in 0..<2 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(
            stage.records("Task").compactMap { $0["Subject"].text }.sorted()
                == ["Hidden", "Shown", "Tied"]
        )
        #expect(stage.records("Task").allSatisfy { $0["WhoId"].text == first.salesforce })
        #expect(stage.hubspotRecords("tasks").count == 3)
        #expect(stage.hubspot(made[2], "sf_task_key", of: "tasks") == tied)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.parkedCount() == 0)
    }

    // MARK: - More ties than are read

    @Test func `a task with more ties than are read keeps the contact that it has`() async throws {
        var settings = MockHubSpotSettings()
        settings.tiesPageMax = 1
        let stage = try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks].joined(separator: "\n"),
            settings: settings
        )
        var people: [String] = []
        for number in 0..<24 {
            people.append(
                try stage.hubspotCreates(["email": "p\(number)@x.test", "lastname": "P\(number)"])
            )
        }
        // Whom the task is with was made last: the others come before.
        let last = try await stage.person("Zoe")
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": last.salesforce]
        )
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.hubspotRecords("tasks").first).id
        for person in people {
            try stage.ties(made, of: "tasks", to: person, of: "contacts")
        }
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Many"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(task, "Description") == "Many")
        #expect(stage.salesforce(task, "WhoId") == last.salesforce)
        // It is not asked for again and again.
        let before = try await stage.calls(to: "associationsRead")
        for _ in 0..<3 { try await stage.plays() }
        #expect(try await stage.calls(to: "associationsRead") - before <= 1)
        #expect(try await stage.findings().map(\.code) == [.tooManyTies])
        for person in people {
            try stage.unties(made, of: "tasks", from: person, of: "contacts")
        }
        try stage.hubspotEdits(made, of: "tasks", ["hs_task_body": "Few"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(task, "Description") == "Few")
        #expect(stage.salesforce(task, "WhoId") == last.salesforce)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a company that stands on a later page of ties is taken away all the same`()
        async throws
    {
        var settings = MockHubSpotSettings()
        settings.tiesPageMax = 1
        let stage = try await Rehearsal.everything(settings: settings)
        let others = try (0..<3).map { number in
            try stage.hubspotCreates("companies", ["name": "Other \(number)"])
        }
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        for other in others {
            try stage.ties(contact, of: "contacts", to: other, of: "companies")
        }
        try stage.ties(contact, to: acme)
        for _ in 0..<2 { try await stage.plays() }
        let person = try #require(stage.records("Contact").first).id
        #expect(stage.salesforce(person, "AccountId") != "")
        try stage.salesforceEdits(person, ["AccountId": ""])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.company(of: contact) == nil)
        #expect(stage.companies(of: contact) == others)
        #expect(stage.salesforce(person, "AccountId") == "")
        #expect(try await stage.openEntries() == 0)
    }
}
