import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// People who ask to be forgotten: one CRM or both lose their records, an operator erases them from the store, and then
/// somebody makes them anew or goes on with what is left of them.
package struct SimulatedErasures {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        /// Of a hundred deaths, how many an operator uses to erase somebody.
        package var erasesPercent: Int

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(percent: random.pick([20, 40]), erasesPercent: random.pick([60, 100]))
        }
    }

    /// Whether, what, where and whom.
    static let choicesOfOne = 4

    private enum Deed: Int, CaseIterable {
        case name, nameAgain, nameOnceMore, makeAnew, editLeft
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.erasures, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.erasures, below: Deed.allCases.count))
        let side: Side = choices.choose(.erasures, below: 2) == 0 ? .hubspot : .salesforce
        let which = choices.choose(.erasures, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        switch deed {
        case .name, .nameAgain, .nameOnceMore: try self.name(side, which)
        case .makeAnew: try self.makeAnew(which)
        case .editLeft: try self.editLeft(which)
        }
    }

    /// A name that nobody else has and that no other text contains.
    private var ghost: String { "\(ErasedPerson.mark)\(self.number)." }

    /// Somebody gets a name by which they are found wherever it stands.
    private func name(_ side: Side, _ which: Int) throws {
        let ids = Self.linked(self.pair)
        guard !ids.isEmpty else { return }
        let (contact, person) = ids[which % ids.count]
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                try state.hubspot.edit(contact, fields: [("lastname", self.ghost)], at: now)
            case .salesforce:
                let field = MockSalesforceRecord.Field("LastName", .text(self.ghost))
                try state.salesforce.edit(person, fields: [field], at: now)
            }
        }
    }

    /// A form makes somebody anew who was erased.
    private func makeAnew(_ which: Int) throws {
        let erased = self.pair.erased.withLock { $0 }
        guard !erased.isEmpty else { return }
        let address = erased[which % erased.count].address
        try self.pair.world.with { state, now in
            let isThere = state.hubspot.export(object: "contacts").contains {
                $0["email"] == address
            }
            guard !isThere else { return }
            _ = try state.hubspot.create(
                fields: [("email", address), ("lastname", self.ghost)],
                at: state.time(.hubspot, at: now)
            )
        }
    }

    /// Somebody goes on with what Salesforce still has.
    private func editLeft(_ which: Int) throws {
        let erased = self.pair.erased.withLock { $0 }
        guard !erased.isEmpty else { return }
        let id = erased[which % erased.count].salesforceID
        try self.pair.world.with { state, now in
            guard state.salesforce.record(id)?.isDeleted == false else { return }
            let field = MockSalesforceRecord.Field("LastName", .text(self.ghost))
            let now = state.time(.salesforce, at: now)
            try state.salesforce.edit(id, fields: [field], at: now)
        }
    }

    // MARK: - The operator

    /// Erases somebody while no process runs, where the plan says so.
    ///
    /// Where a write is on its way that would bring the values back, the command refuses, and the operator lets it be.
    static func erase(_ pair: SimulatedPair, _ plan: Plan) async throws {
        let happens = pair.choices.happens(.erasures, percent: plan.erasesPercent)
        let which = pair.choices.choose(.erasures, below: 1_000)
        let isWhole = pair.choices.choose(.erasures, below: 2) == 1
        _ = pair.choices.choose(.erasures, below: 2)
        let all = Self.linked(pair)
        // Whoever has such a name first.
        let named = all.filter { Self.name($0.hubspot, pair).hasPrefix(ErasedPerson.mark) }
        let ids = named.isEmpty ? all : named
        guard happens, !ids.isEmpty else { return }
        let (contact, other) = ids[which % ids.count]
        let address = pair.world.with { state, _ in state.hubspot.record(contact)?["email"] }
        guard let address, let fields = pair.peopleFields else { return }
        var person = Person()
        person.add(contact, on: .hubspot)
        let request = ErasureRequest(person: person, fields: [fields], command: "duet erase")
        guard (try? await pair.store.erase(request)) != nil else { return }
        try pair.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contact, at: state.time(.hubspot, at: now))
            guard isWhole, state.salesforce.record(other)?.isDeleted == false else { return }
            try state.salesforce.delete(other, at: state.time(.salesforce, at: now))
        }
        let erased = ErasedPerson(
            address: address,
            hubspotID: contact,
            salesforceID: other,
            at: pair.time.wallMilliseconds
        )
        pair.erased.withLock { $0.append(erased) }
        pair.lines?.withLock { $0.append("\(erased.at) an operator erases \(contact)") }
    }

    private static func name(_ contact: String, _ pair: SimulatedPair) -> String {
        pair.world.with { state, _ in state.hubspot.record(contact)?["lastname"] ?? "" }
    }

    /// Those who are there on both sides and name one another.
    private static func linked(
        _ pair: SimulatedPair
    ) -> [(hubspot: String, salesforce: String)] {
        pair.world.with { state, _ in
            state.hubspot.export(object: "contacts").compactMap { contact in
                guard let key = contact["sf_contact_key"],
                    let person = state.salesforce.record(key), !person.isDeleted,
                    person[SimulatedObject.keyField].text == contact.id
                else { return nil }
                return (contact.id, key)
            }
        }
    }
}
