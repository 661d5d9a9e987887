import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// One workload without conflicts under other circumstances: all must end in the same state, and in
/// the one that an omniscient observer expects.
package struct MetamorphicRun: Sendable {
    /// What is different from a calm run.
    package enum Circumstance: String, Sendable, Hashable, CaseIterable {
        case calm
        /// Other jobs go first, messages take other times.
        case otherOrder
        /// The process dies again and again.
        case crash
        /// Requests and replies get lost.
        case lossy
        case slowPolls
        /// Salesforce gives one row a page.
        case smallPages
        /// Both CRMs show changes late.
        case late
        /// One write a call.
        case smallBatches
    }

    private let seed: UInt64
    private let circumstance: Circumstance

    package init(seed: UInt64, _ circumstance: Circumstance) {
        self.seed = seed
        self.circumstance = circumstance
    }

    /// Runs all circumstances of a seed; answers how they differ, a sentence each.
    package static func differences(seed: UInt64) throws -> [String] {
        var differences: [String] = []
        for circumstance in Circumstance.allCases {
            let run = try MetamorphicRun(seed: seed, circumstance).run()
            for (actual, expected) in zip(run.actual, run.expected) where actual != expected {
                differences.append(
                    "seed \(seed), \(circumstance.rawValue): \(actual), should be \(expected)"
                )
            }
            if run.actual.count != run.expected.count {
                differences.append(
                    "seed \(seed), \(circumstance.rawValue): \(run.actual.count) records, "
                        + "should be \(run.expected.count)"
                )
            }
        }
        return differences
    }

    private struct Person {
        var email: String
        /// Where a person made the record; `nil` for both sides.
        var origin: Side?
        var values: [String]
    }

    private func run() throws -> (actual: [String], expected: [String]) {
        let place = Circumstance.allCases.firstIndex(of: self.circumstance) ?? 0
        let fields = SimulatedField.texts + SimulatedField.typed
        let pair = try SimulatedPair(
            choices: Choices(seed: self.seed &* 31 &+ UInt64(place)),
            fields: fields
        )
        self.prepare(pair)
        let people = try pair.executor.run { try await self.program(pair, fields) }
        let expected = people.map { person in
            let values = zip(fields, person.values).map { $0.common(hubspot: $1) }
            return "\(person.email): \(values.joined(separator: ", ")) on both sides"
        }
        let actual = pair.world.with { state, _ in
            let theirs = state.salesforce.export(object: "Contact")
            return people.map { person -> String in
                let contact = state.hubspot.export(object: "contacts").filter {
                    $0["email"] == person.email
                }
                let other = theirs.filter { $0["Email"].text == person.email }
                guard contact.count == 1, other.count == 1 else {
                    return "\(person.email): \(contact.count) contacts, \(other.count) people"
                }
                let left = fields.map { $0.common(hubspot: contact[0][$0.hubspot]) }
                let right = fields.map { $0.common(salesforce: other[0][$0.salesforce]) }
                guard left == right else { return "\(person.email): \(left) and \(right)" }
                return "\(person.email): \(left.joined(separator: ", ")) on both sides"
            }
        }
        return (actual, expected)
    }

    private func prepare(_ pair: SimulatedPair) {
        switch self.circumstance {
        case .calm, .crash, .slowPolls, .smallBatches: break
        case .otherOrder: pair.weather.withLock { $0.latencyMax = 3_000 }
        case .lossy:
            pair.weather.withLock {
                $0 = .init(latencyMax: 500, lostRequestsPercent: 10, lostRepliesPercent: 10)
            }
        case .smallPages:
            pair.world.with { state, _ in state.salesforce.settings.pageRowsMax = 1 }
        case .late:
            pair.world.with { state, _ in
                state.hubspot.settings.indexDelay = 60_000
                state.salesforce.settings.commitDelay = 60_000
            }
        }
    }

    // MARK: - The program

    private func program(
        _ pair: SimulatedPair,
        _ fields: [SimulatedField]
    ) async throws -> [Person] {
        let living = Locked<SimulatedProcess?>(nil)
        self.start(pair, living)
        try await pair.time.sleep(milliseconds: 30_000)
        // The people's choices are the same in every circumstance.
        var random = SeededRandom(seed: self.seed)
        var people: [Person] = []
        for number in 1...Self.peopleCount {
            let place = random.below(3)
            let person = Person(
                email: "p\(number)@example.com",
                origin: place == 2 ? nil : place == 0 ? .hubspot : .salesforce,
                values: fields.map { $0.hubspot == "lastname" ? "Last \(number)" : "" }
            )
            try self.create(person, pair)
            people.append(person)
        }
        try await self.pause(600_000, pair, living)
        for number in 1...Self.editsCount {
            let one = random.below(people.count)
            let place = random.below(fields.count)
            let field = fields[place]
            let isClear = random.below(6) == 0 && field.hubspot != "lastname"
            // Each field of a record is one side's own, so nothing can conflict.
            let side = people[one].origin ?? ((one + place) % 2 == 0 ? .hubspot : .salesforce)
            // One value of a choice on one side can be two on the other.
            let value = isClear ? "" : field.value(number, on: side)
            let inHubSpot =
                side == .hubspot ? value : Self.hubspotForm(of: value, field)
            people[one].values[place] = inHubSpot
            try self.write(value, field, people[one].email, side, pair)
            try await self.pause(Int64(random.below(40_000)), pair, living)
        }
        pair.weather.withLock { $0 = .calm }
        try await pair.time.sleep(milliseconds: 7_200_000)
        living.withLock { $0 }?.kill()
        return people
    }

    private static func hubspotForm(of value: String, _ field: SimulatedField) -> String {
        value.split(separator: ";").map { part in
            field.options?.first { $0.salesforce == part }?.hubspot ?? String(part)
        }.joined(separator: ";")
    }

    /// Waits; the process may die meanwhile.
    private func pause(
        _ milliseconds: Int64,
        _ pair: SimulatedPair,
        _ living: Locked<SimulatedProcess?>
    ) async throws {
        guard self.circumstance == .crash, pair.choices.happens(.kills, percent: 40) else {
            return try await pair.time.sleep(milliseconds: milliseconds)
        }
        let before = Int64(pair.choices.choose(.kills, below: Int(max(1, milliseconds))))
        try await pair.time.sleep(milliseconds: before)
        living.withLock { $0 }?.kill()
        self.start(pair, living)
        try await pair.time.sleep(milliseconds: milliseconds - before)
    }

    private func start(_ pair: SimulatedPair, _ living: Locked<SimulatedProcess?>) {
        let process = SimulatedProcess(pair.executor)
        living.withLock { $0 = process }
        let circumstance = self.circumstance
        pair.executor.start(process) {
            while true {
                do {
                    let runner = try await pair.runner(of: process) { settings in
                        switch circumstance {
                        case .slowPolls: settings.pollInterval = 300_000
                        case .smallBatches: settings.matchBatchMax = 1
                        default: break
                        }
                    }
                    try await runner.run()
                } catch {
                    try? await pair.time.sleep(milliseconds: 60_000)
                }
            }
        }
    }

    // MARK: - Deeds

    private func create(_ person: Person, _ pair: SimulatedPair) throws {
        let name = "Last " + person.email.dropFirst().prefix { $0 != "@" }
        try pair.world.with { state, now in
            if person.origin != .salesforce {
                _ = try state.hubspot.create(
                    fields: [("email", person.email), ("lastname", name)],
                    at: now
                )
            }
            if person.origin != .hubspot {
                _ = try state.salesforce.create(
                    object: "Contact",
                    fields: [
                        .init("Email", .text(person.email)), .init("LastName", .text(name)),
                    ],
                    at: now
                )
            }
        }
    }

    private func write(
        _ value: String,
        _ field: SimulatedField,
        _ email: String,
        _ side: Side,
        _ pair: SimulatedPair
    ) throws {
        try pair.world.with { state, now in
            switch side {
            case .hubspot:
                let contact = state.hubspot.export(object: "contacts").first {
                    $0["email"] == email
                }
                guard let contact else { return }
                try state.hubspot.edit(contact.id, fields: [(field.hubspot, value)], at: now)
            case .salesforce:
                let person = state.salesforce.export(object: "Contact").first {
                    $0["Email"].text == email
                }
                guard let person else { return }
                try state.salesforce.edit(
                    person.id,
                    fields: [.init(field.salesforce, field.salesforceValue(value))],
                    at: now
                )
            }
        }
    }

    private static let peopleCount = 10
    private static let editsCount = 60
}
