import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Two CRMs in which people give tasks to other contacts, while the process dies again and again.
struct ActivityConvergenceTests {
    private static let time = "1793523600000"

    @Test(arguments: 1...20)
    func `both sides end with the same tasks of the same contacts`(seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stage = try await Rehearsal.playing(Rehearsal.owners + "\n" + Rehearsal.tasks)
        var people: [(hubspot: String, salesforce: String)] = []
        for name in ["Abe", "Bo", "Cy"] { people.append(try await stage.person(name)) }
        var made = 0
        // Who somebody in Salesforce said last that a task is with, where nobody in HubSpot said anything since.
        var lastWords: [String: String] = [:]
        for _ in 0..<14 {
            for _ in 0..<random.below(3) + 1 {
                made += 1
                try self.act(on: stage, people, number: made, &random, &lastWords)
            }
            stage.wait(seconds: Int64(random.below(40)) + 1)
            if random.below(3) == 0 {
                stage.kill(after: random.below(25) + 1, losesReply: random.below(2) == 0)
                _ = try? await stage.runner.sync()
                stage.revive()
                try await stage.restart()
            } else {
                _ = try await stage.runner.sync()
            }
        }
        for _ in 0..<4 {
            stage.wait(seconds: 1_500)
            // An edit of everything shows ties that moved no stamp.
            for task in stage.hubspotRecords("tasks") {
                try stage.hubspotEdits(task.id, of: "tasks", ["hs_task_reminders": "\(made)"])
            }
            made += 1
            stage.wait()
            _ = try await stage.runner.sync()
        }
        try await self.check(stage, people)
        for (task, who) in lastWords {
            #expect(stage.salesforce(task, "WhoId") == who, "\(task)")
        }
    }

    private func act(
        on stage: Rehearsal,
        _ people: [(hubspot: String, salesforce: String)],
        number: Int,
        _ random: inout SeededRandom,
        _ lastWords: inout [String: String]
    ) throws {
        let tasks = stage.hubspotRecords("tasks")
        let theirs = stage.records("Task")
        let person = people[random.below(people.count)]
        switch random.below(6) {
        case 0:
            let id = try stage.hubspotCreates(
                "tasks",
                ["hs_task_subject": "H \(number)", "hs_timestamp": Self.time]
            )
            try stage.ties(id, of: "tasks", to: person.hubspot, of: "contacts")
        case 1:
            try stage.salesforceCreates(
                "Task",
                ["Subject": "S \(number)", "WhoId": person.salesforce]
            )
        case 2 where !tasks.isEmpty:
            let task = tasks[random.below(tasks.count)].id
            let tied = stage.tied(task, in: "tasks", to: "contacts")
            if tied.contains(person.hubspot) {
                try stage.unties(task, of: "tasks", from: person.hubspot, of: "contacts")
            } else {
                try stage.ties(task, of: "tasks", to: person.hubspot, of: "contacts")
            }
            try stage.hubspotEdits(task, of: "tasks", ["hs_task_reminders": "\(number)"])
            for other in theirs where other["HubSpot_Record_ID__c"].text == task {
                lastWords[other.id] = nil
            }
            lastWords[stage.hubspot(task, "sf_task_key", of: "tasks")] = nil
        case 3 where !theirs.isEmpty:
            let task = theirs[random.below(theirs.count)].id
            // Where other ties are left, a clear lets the next of them go over.
            let isCleared = random.below(4) == 0
            try stage.salesforceEdits(task, ["WhoId": isCleared ? "" : person.salesforce])
            lastWords[task] = isCleared ? nil : person.salesforce
        case 4 where !tasks.isEmpty:
            let task = tasks[random.below(tasks.count)].id
            try stage.hubspotEdits(task, of: "tasks", ["hs_task_body": "H \(number)"])
        case 5 where !theirs.isEmpty:
            let task = theirs[random.below(theirs.count)].id
            try stage.salesforceEdits(task, ["Description": "S \(number)"])
        default: break
        }
    }

    private func check(
        _ stage: Rehearsal,
        _ people: [(hubspot: String, salesforce: String)]
    ) async throws {
        let tasks = stage.hubspotRecords("tasks")
        let theirs = stage.records("Task")
        #expect(tasks.count == theirs.count)
        #expect(try await stage.store.linkCount(mapping: "tasks") == tasks.count)
        for task in tasks {
            let other = try #require(theirs.first { $0.id == task["sf_task_key"] })
            #expect(other["HubSpot_Record_ID__c"].text == task.id)
            #expect(other["Subject"].text == task["hs_task_subject"])
            #expect(other["Description"].text ?? "" == task["hs_task_body"] ?? "")
            let tied = stage.tied(task.id, in: "tasks", to: "contacts")
            let who = people.first { $0.salesforce == other["WhoId"].text }
            // One of the ties, or none where there is none.
            if let who {
                #expect(tied.contains(who.hubspot), "\(task.id)")
            } else {
                #expect(tied.isEmpty, "\(task.id)")
            }
        }
        #expect(try await stage.openEntries() == 0)
        let codes = Set(try await stage.findings().map(\.code))
        #expect(codes.isSubset(of: [.conflict]))
    }
}
