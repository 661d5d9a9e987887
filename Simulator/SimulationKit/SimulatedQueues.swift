import HTTPTransport
import MockSalesforce
import SyncCore

/// Leads that belong to a queue: some are made there, others are put there, and people take them.
///
/// Nobody has mapped leads: the engine must not touch their owners.
package struct SimulatedQueues {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
    }

    static let choicesOfOne = Choices.choicesOfOneDeed

    private enum Deed: Int, CaseIterable { case make, put, take, convert }

    private let pair: SimulatedPair
    private let plan: Plan
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() throws {
        let turn: (deed: Deed, record: Int)? = self.pair.choices.deed(
            .queues,
            percent: self.plan.percent
        )
        guard let (deed, record) = turn else { return }
        switch deed {
        case .make: try self.make()
        case .put: try self.give(record, from: nil, to: Self.id)
        case .take: try self.give(record, from: Self.id, to: Self.people[record % 2])
        case .convert: try self.convert(record)
        }
    }

    private mutating func make() throws {
        self.number += 1
        let number = self.number
        let id = try self.pair.world.with { state, now in
            try state.salesforce.create(
                object: "Lead",
                fields: [
                    .init("LastName", .text("Queued \(number)")),
                    .init("Company", .text("Queue \(number)")),
                    .init("Email", .text("q\(number)@example.com")),
                    .init("OwnerId", .text(Self.id)),
                ],
                at: state.time(.salesforce, at: now)
            )
        }
        self.note(id, Self.id)
    }

    /// The open leads of an owner, or of people.
    private func leads(of owner: String?) -> [String] {
        self.pair.world.with { state, _ in
            state.salesforce.export(object: "Lead").filter { lead in
                lead["IsConverted"] != .boolean(true)
                    && (owner.map { lead["OwnerId"] == .text($0) }
                        ?? (lead["OwnerId"] != .text(Self.id)))
            }.map(\.id)
        }
    }

    private func give(_ record: Int, from owner: String?, to other: String) throws {
        let leads = self.leads(of: owner)
        guard !leads.isEmpty else { return }
        let id = leads[record % leads.count]
        try self.pair.world.with { state, now in
            try state.salesforce.edit(
                id,
                fields: [.init("OwnerId", .text(other))],
                at: state.time(.salesforce, at: now)
            )
        }
        self.note(id, other)
    }

    /// Somebody takes a lead and converts it at once.
    private func convert(_ record: Int) throws {
        let leads = self.leads(of: Self.id)
        guard !leads.isEmpty else { return }
        let id = leads[record % leads.count]
        try self.pair.world.with { state, now in
            _ = try state.salesforce.convert(
                lead: id,
                ownerID: Self.people[record % 2],
                at: state.time(.salesforce, at: now)
            )
        }
        self.tell("\(id) is converted")
    }

    private func note(_ id: String, _ owner: String) {
        if owner == Self.id { self.pair.recorder.probes.hit(.leadQueued) }
        self.pair.book.withLock {
            $0.note(UnmappedRecord(.salesforce, "Lead", id, ["OwnerId": owner]))
        }
        self.tell("\(id) belongs to \(owner)")
    }

    private func tell(_ text: String) {
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) queues: \(text)") }
    }

    /// Whom a person has to name who converts a lead; `nil` where its own owner is one.
    static func ownerToName(of lead: String, in salesforce: MockSalesforce) -> String? {
        salesforce.record(lead)?["OwnerId"] == .text(Self.id) ? Self.people[0] : nil
    }

    static let queue = MockSalesforceQueue(name: "Web leads", objects: ["Lead"])
    private static let id = MockSalesforceQueue.id(0)
    private static let people = MockSalesforceUser.standard.prefix(2).map(\.id)
}
