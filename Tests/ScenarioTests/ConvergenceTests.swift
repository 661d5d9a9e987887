import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// People edit both sides at random while replies get lost, rows are locked and the process dies;
/// when all is quiet again, both sides hold the same.
struct ConvergenceTests {
    private static let fields = [
        ("firstname", "FirstName"), ("lastname", "LastName"), ("jobtitle", "Title"),
        ("phone", "Phone"),
    ]

    private static let values = [
        "", "x", "  padded  ", "Zoë O'Brien", "emoji 😀", "tab\tin", "\"quoted\"", "null", "0",
        "e\u{301}", "\u{E9}", "Countess",
    ]

    /// A run of one seed.
    private final class Run {
        let rehearsal: Rehearsal
        var random: SeededRandom

        init(seed: UInt64) async throws {
            self.rehearsal = try await Rehearsal(rule: .twoWay)
            self.random = SeededRandom(seed: seed)
        }

        func pick<Element>(_ elements: [Element]) -> Element {
            elements[self.random.below(elements.count)]
        }

        func edit(_ round: Int) throws {
            let linked = self.rehearsal.contacts.filter { $0["sf_contact_key"] != nil }
            let (hubspot, salesforce) = self.pick(ConvergenceTests.fields)
            var value = self.pick(ConvergenceTests.values)
            if hubspot == "lastname", value.allSatisfy(\.isWhitespace) { value = "Last" }
            switch self.random.below(10) {
            case 0:
                let email = "h\(round).\(self.random.below(1_000))@example.com"
                try self.rehearsal.hubspotCreates(["email": email, "lastname": "New"])
            case 1:
                let email = "s\(round).\(self.random.below(1_000))@example.com"
                try self.rehearsal.salesforceCreates(
                    "Contact",
                    ["Email": email, "LastName": "New"]
                )
            case 2..<6 where !linked.isEmpty:
                try self.rehearsal.hubspotEdits(self.pick(linked).id, [hubspot: value])
            default:
                guard let key = linked.isEmpty ? nil : self.pick(linked)["sf_contact_key"] else {
                    return
                }
                try self.rehearsal.salesforceEdits(key, [salesforce: value])
            }
        }

        func disturb() {
            let (kind, every) = (self.random.below(8), 1 + self.random.below(3))
            self.rehearsal.world.with { state, _ in
                state.salesforce.faults = MockSalesforceFaults()
                state.hubspot.faults = MockHubSpotFaults()
                switch kind {
                case 0: state.salesforce.faults.dropAfterCommitEveryNthWrite = every
                case 1: state.salesforce.faults.dropBeforeCommitEveryNthWrite = every
                case 2: state.salesforce.faults.lockedRowEveryNth = 2
                case 3:
                    state.hubspot.faults.rules = [
                        MockHubSpotFaultRule(.dropAfterCommit, every: every, of: .writes)
                    ]
                case 4:
                    state.hubspot.faults.rules = [
                        MockHubSpotFaultRule(.truncatedBody, every: every + 1)
                    ]
                default: break
                }
            }
        }

        func calm() {
            self.rehearsal.world.with { state, _ in
                state.salesforce.faults = MockSalesforceFaults()
                state.hubspot.faults = MockHubSpotFaults()
            }
        }

        /// What differs between two linked records, by field.
        func differences() -> [String] {
            let people = Dictionary(
                self.rehearsal.records("Contact").map { ($0.id, $0) }
            ) { first, _ in first }
            return self.rehearsal.contacts.flatMap { contact -> [String] in
                guard let key = contact["sf_contact_key"], let person = people[key] else {
                    return ["\(contact.id) has no counterpart"]
                }
                return ConvergenceTests.fields.compactMap { hubspot, salesforce in
                    let mine = Self.normal(contact[hubspot])
                    let theirs = Self.normal(person[salesforce].text)
                    return mine == theirs ? nil : "\(contact.id) \(hubspot)"
                }
            }
        }

        private static func normal(_ text: String?) -> String {
            let trimmed = (text ?? "").drop(while: \.isWhitespace)
            return String(String(trimmed.reversed().drop(while: \.isWhitespace)).reversed())
        }
    }

    @Test(arguments: UInt64(1)...10)
    func `both sides agree after any storm, and each call is counted`(seed: UInt64) async throws {
        let run = try await Run(seed: seed)
        _ = try await run.rehearsal.runner.sync()
        for number in 0..<6 {
            try run.rehearsal.hubspotCreates([
                "email": "p\(number)@example.com", "lastname": "P\(number)",
            ])
        }
        run.rehearsal.wait()
        _ = try await run.rehearsal.runner.sync()
        for round in 0..<20 {
            for _ in 0..<(1 + run.random.below(6)) { try run.edit(round) }
            run.disturb()
            run.rehearsal.wait(seconds: run.pick([1, 5, 30, 130, 700]))
            if run.random.below(5) == 0 {
                run.rehearsal.kill(after: run.random.below(8), losesReply: run.random.below(2) == 0)
                _ = try? await run.rehearsal.runner.sync()
                run.rehearsal.revive()
                try await run.rehearsal.restart()
            } else {
                _ = try? await run.rehearsal.runner.sync()
            }
        }
        run.calm()
        for _ in 0..<5 {
            run.rehearsal.wait(seconds: 1_000)
            _ = try await run.rehearsal.runner.sync()
        }
        let differences = run.differences()
        #expect(differences.isEmpty, "seed \(seed): \(differences)")
        #expect(try await run.rehearsal.openEntries() == 0)
        let people = run.rehearsal.records("Contact")
        let keys = people.compactMap { $0["HubSpot_Record_ID__c"].text }
        #expect(Set(keys).count == people.count, "seed \(seed): somebody stands twice")
        #expect(run.rehearsal.contacts.count == people.count)
        let (ledger, billed) = (try await run.rehearsal.ledger(), run.rehearsal.billed)
        let lost = try await run.rehearsal.store.calls(since: 0).filter { $0.outcome == .unknown }
            .reduce(0) { $0 + $1.calls }
        for side in Side.allCases {
            let apart = abs((ledger[side] ?? 0) - (billed[side] ?? 0))
            #expect(apart <= lost, "seed \(seed)")
        }
    }
}
