import MockHubSpot
import MockSalesforce
import SyncCore

/// People who come and go among those who are synced, who own records, and what was done with them: people of both
/// CRMs say who is synced, give records to one another and note what they do.
package struct SimulatedObjects {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        /// Whether contacts of HubSpot say whether they are synced, and those of Salesforce.
        package var looksInHubSpot: Bool
        package var looksInSalesforce: Bool
        /// Whether everybody is let in at last.
        package var letsAllIn: Bool
        /// Whether owners are carried over.
        package var hasOwners: Bool
        /// Whether tasks and calls are kept in step.
        package var hasActivities: Bool
        /// Whether contacts tell how they stand.
        package var tells: Bool?

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(
                percent: random.pick([40, 70]),
                looksInHubSpot: random.happens(percent: 70),
                looksInSalesforce: random.happens(percent: 50),
                letsAllIn: random.happens(percent: 50),
                hasOwners: random.happens(percent: 60),
                hasActivities: random.happens(percent: 50)
            )
        }

        var looksIn: Set<Side> {
            Set(
                Side.allCases.filter {
                    $0 == .hubspot ? self.looksInHubSpot : self.looksInSalesforce
                }
            )
        }

        /// How a run's header tells it.
        package var words: String {
            let parts = [
                self.looksInHubSpot ? "contacts that HubSpot leaves out" : nil,
                self.looksInSalesforce ? "contacts that Salesforce leaves out" : nil,
                self.letsAllIn && !self.looksIn.isEmpty ? "all let in at last" : nil,
                self.hasOwners ? "owners" : nil, self.hasActivities ? "tasks and calls" : nil,
                self.tells == true ? "statuses" : nil,
            ]
            return parts.compactMap(\.self).joined(separator: ", ")
        }
    }

    /// Whether, what, where, which record and what with it.
    static let choicesOfOne = 5

    private enum Deed: Int, CaseIterable {
        case leave, leaveAgain, comeIn, comeInAgain, makeOut, makeTwin
        case own, ownAgain, disown
        case note, noteAgain, editNote, passNote
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let activities: SimulatedActivities?
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.activities = plan.hasActivities ? SimulatedActivities(pair) : nil
    }

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.objects, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.objects, below: Deed.allCases.count))
        let side: Side = choices.choose(.objects, below: 2) == 0 ? .hubspot : .salesforce
        let first = choices.choose(.objects, below: 1_000)
        let second = choices.choose(.objects, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        switch deed {
        case .leave, .leaveAgain: try self.say(out: true, side, first, second)
        case .comeIn, .comeInAgain: try self.say(out: false, side, first, second)
        case .makeOut: try self.makeOut(side)
        case .makeTwin: try self.makeTwin(side, first)
        case .own, .ownAgain: try self.own(side, first, second)
        case .disown: try self.disown(first)
        case .note, .noteAgain: try self.activities?.make(side, self.number, first, second)
        case .editNote: try self.activities?.edit(side, self.number, first)
        case .passNote: try self.activities?.pass(side, self.number, first, second)
        }
    }

    /// Everybody is let in, where the plan says so.
    func end() throws {
        guard self.plan.letsAllIn else { return }
        for side in Side.allCases where self.plan.looksIn.contains(side) {
            for id in self.contacts(side, out: true) {
                try self.edit(side, id, [SimulatedObject.standing(side, isOut: false)])
            }
        }
    }

    // MARK: - Coming and going

    /// A record says that it is left out, or that it is synced; often with an edit of something else.
    private func say(out: Bool, _ side: Side, _ first: Int, _ second: Int) throws {
        guard self.plan.looksIn.contains(side) else { return }
        let contacts = self.contacts(side, out: !out)
        guard !contacts.isEmpty else { return }
        var fields = [SimulatedObject.standing(side, isOut: out)]
        if second % 2 == 0 { fields.append(self.name(side)) }
        try self.edit(side, contacts[first % contacts.count], fields)
    }

    private func makeOut(_ side: Side) throws {
        guard self.plan.looksIn.contains(side) else { return }
        let standing = SimulatedObject.standing(side, isOut: true)
        try self.make(side, "o\(self.number)@example.com", [standing])
    }

    /// Somebody makes a record of a person who is left out on the other side.
    private func makeTwin(_ side: Side, _ first: Int) throws {
        let other = side.other
        guard self.plan.looksIn.contains(other) else { return }
        let alone = self.pair.world.with { state, _ in
            switch other {
            case .hubspot:
                state.hubspot.export(object: "contacts").filter {
                    SimulatedObject.isOut($0) && $0["sf_contact_key"] == nil
                }.compactMap { $0["email"] }
            case .salesforce:
                state.salesforce.export(object: "Contact").filter {
                    SimulatedObject.isOut($0) && $0[SimulatedObject.keyField].text == nil
                }.compactMap { $0["Email"].text }
            }
        }
        let known = Set(self.emails(side))
        let missing = alone.filter { !known.contains($0) }
        guard !missing.isEmpty else { return }
        try self.make(side, missing[first % missing.count], [])
    }

    // MARK: - Owners

    private func own(_ side: Side, _ first: Int, _ second: Int) throws {
        guard self.plan.hasOwners else { return }
        let contacts = self.contacts(side, out: nil)
        guard !contacts.isEmpty else { return }
        let people = SimulatedOwners.people
        let owner = people[second % people.count]
        let field =
            side == .hubspot
            ? (SimulatedOwners.property, owner.hubspot)
            : (SimulatedOwners.field, owner.salesforce)
        try self.edit(side, contacts[first % contacts.count], [field])
    }

    /// A contact of HubSpot is nobody's any more.
    private func disown(_ first: Int) throws {
        guard self.plan.hasOwners else { return }
        let contacts = self.contacts(.hubspot, out: nil)
        guard !contacts.isEmpty else { return }
        try self.edit(.hubspot, contacts[first % contacts.count], [(SimulatedOwners.property, "")])
    }

    // MARK: - Pieces

    /// `out`: whether those who are left out on that side, or the others; `nil` for all.
    private func contacts(_ side: Side, out: Bool?) -> [String] {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.export(object: "contacts")
                    .filter { out == nil || SimulatedObject.isOut($0) == out }.map(\.id)
            case .salesforce:
                state.salesforce.export(object: "Contact")
                    .filter { out == nil || SimulatedObject.isOut($0) == out }.map(\.id)
            }
        }
    }

    private func emails(_ side: Side) -> [String] {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot: state.hubspot.export(object: "contacts").compactMap { $0["email"] }
            case .salesforce:
                state.salesforce.export(object: "Contact").compactMap { $0["Email"].text }
            }
        }
    }

    private func name(_ side: Side) -> (String, String) {
        side == .hubspot ? ("lastname", "h.o.\(self.number)") : ("LastName", "s.o.\(self.number)")
    }

    private func make(_ side: Side, _ email: String, _ more: [(String, String)]) throws {
        let number = self.number
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let fields = [("email", email), ("lastname", "Last o\(number)")] + more
                _ = try state.hubspot.create(fields: fields, at: now)
            case .salesforce:
                let fields = [("Email", email), ("LastName", "Last o\(number)")] + more
                _ = try state.salesforce.create(
                    object: "Contact",
                    fields: fields.map { .init($0.0, .text($0.1)) },
                    at: now
                )
            }
        }
    }

    private func edit(_ side: Side, _ id: String, _ fields: [(String, String)]) throws {
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.edit(id, fields: fields, at: now)
            case .salesforce:
                try state.salesforce.edit(
                    id,
                    fields: fields.map { .init($0.0, .text($0.1)) },
                    at: now
                )
            }
        }
    }
}
