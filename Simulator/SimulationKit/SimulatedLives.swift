package import MockHubSpot
import MockSalesforce
import SyncCore

/// People merge, delete and restore records, and go on editing what is left of a pair.
package struct SimulatedLives {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        /// Whether a HubSpot merge keeps the primary record's id.
        package var keepsID: Bool
        /// What HubSpot's batches do with an id that was merged into another record, where it is not the usual.
        package var mergedIDsInReads: MockHubSpotMergedIDs?
        package var mergedIDsInUpdates: MockHubSpotMergedIDs?
    }

    /// Whether, what, which record and which other one.
    static let choicesOfOne = 4

    private enum Deed: Int {
        case mergeContacts, mergePeople, archive, delete, restore, purge, editSurvivor
    }

    private let pair: SimulatedPair
    private let plan: Plan
    /// What can be brought back.
    private var deleted: [(side: Side, id: String)] = []
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    /// `hidden`: the record that the integration user cannot see now is left alone.
    mutating func act(except hidden: String?) throws {
        let choices = self.pair.choices
        let happens = choices.happens(.lives, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.lives, below: 7)) ?? .mergeContacts
        let first = choices.choose(.lives, below: 1_000)
        let second = choices.choose(.lives, below: 1_000)
        guard happens else { return }
        switch deed {
        case .mergeContacts: try self.mergeContacts(first, second, hidden)
        case .mergePeople: try self.mergePeople(first, second, hidden)
        case .archive: try self.archive(first, hidden)
        case .delete: try self.delete(first, hidden)
        case .restore: try self.restore(first)
        case .purge: try self.purge(first)
        case .editSurvivor: try self.editSurvivor(first)
        }
    }

    // MARK: - Deeds

    private func contacts(_ hidden: String?) -> [String] {
        self.pair.world.with { state, _ in
            state.hubspot.export(object: "contacts").filter {
                $0["sf_contact_key"] != nil && $0.id != hidden
            }.map(\.id)
        }
    }

    private func people(_ hidden: String?) -> [String] {
        self.pair.world.with { state, _ in
            state.salesforce.export(object: "Contact").filter {
                $0["HubSpot_Record_ID__c"].text != nil && $0.id != hidden
            }.map(\.id)
        }
    }

    /// Two of them; none where too few are left for the day's work.
    private static func two(_ ids: [String], _ first: Int, _ second: Int) -> (String, String)? {
        guard ids.count > Self.leftMin else { return nil }
        let place = first % ids.count
        let other = (place + 1 + second % (ids.count - 1)) % ids.count
        return (ids[place], ids[other])
    }

    private func mergeContacts(_ first: Int, _ second: Int, _ hidden: String?) throws {
        guard let (winner, loser) = Self.two(self.contacts(hidden), first, second) else { return }
        try self.pair.world.with { state, now in
            let now = state.time(.hubspot, at: now)
            _ = try state.hubspot.merge(winner, with: loser, at: now)
        }
    }

    private func mergePeople(_ first: Int, _ second: Int, _ hidden: String?) throws {
        guard let (winner, loser) = Self.two(self.people(hidden), first, second) else { return }
        try self.pair.world.with { state, now in
            let now = state.time(.salesforce, at: now)
            try state.salesforce.merge(winner: winner, losers: [loser], at: now)
        }
    }

    private mutating func archive(_ first: Int, _ hidden: String?) throws {
        guard let (id, _) = Self.two(self.contacts(hidden), first, 0) else { return }
        try self.pair.world.with { state, now in
            try state.hubspot.archive(id, at: state.time(.hubspot, at: now))
        }
        self.deleted.append((.hubspot, id))
    }

    private mutating func delete(_ first: Int, _ hidden: String?) throws {
        guard let (id, _) = Self.two(self.people(hidden), first, 0) else { return }
        try self.pair.world.with { state, now in
            try state.salesforce.delete(id, at: state.time(.salesforce, at: now))
        }
        self.deleted.append((.salesforce, id))
    }

    private mutating func restore(_ first: Int) throws {
        guard !self.deleted.isEmpty else { return }
        let (side, id) = self.deleted.remove(at: first % self.deleted.count)
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.restore(id, at: now)
            case .salesforce:
                do throws(MockSalesforceError) {
                    try state.salesforce.undelete(id, at: now)
                } catch  where error.code == "DUPLICATE_VALUE" {
                    // Somebody has taken its key: the person is told, and it stays where it is.
                }
            }
        }
    }

    /// Empties the recycle bin of one record.
    private mutating func purge(_ first: Int) throws {
        let places = self.deleted.indices.filter { self.deleted[$0].side == .salesforce }
        guard !places.isEmpty else { return }
        let (_, id) = self.deleted.remove(at: places[first % places.count])
        try self.pair.world.with { state, now in
            try state.salesforce.hardDelete(id, at: state.time(.salesforce, at: now))
        }
    }

    /// Somebody goes on with a record whose counterpart is gone.
    private mutating func editSurvivor(_ first: Int) throws {
        self.number += 1
        let value = "left.\(self.number)"
        try self.pair.world.with { state, now in
            let contacts = state.hubspot.export(object: "contacts")
            let people = state.salesforce.export(object: "Contact")
            let (mine, theirs) = (Set(contacts.map(\.id)), Set(people.map(\.id)))
            let lonely: [(Side, String)] =
                contacts.filter { $0["sf_contact_key"].map { !theirs.contains($0) } == true }
                .map { (.hubspot, $0.id) }
                + people.filter {
                    $0["HubSpot_Record_ID__c"].text.map { !mine.contains($0) } == true
                }
                .map { (.salesforce, $0.id) }
            guard !lonely.isEmpty else { return }
            let (side, id) = lonely[first % lonely.count]
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try? state.hubspot.edit(id, fields: [("jobtitle", value)], at: now)
            case .salesforce:
                try state.salesforce.edit(id, fields: [.init("Title", .text(value))], at: now)
            }
        }
    }

    /// So many pairs always stay.
    private static let leftMin = 4
}
