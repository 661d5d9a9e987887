import HTTPTransport
import MockHubSpot
import MockSalesforce
package import SyncCore
import SyncRuntime

/// Tasks, calls and wares, each with a contact: people make them, give them to others, to nobody or to one more, delete
/// and restore them in either CRM, and go on with what is left of a pair.
package struct SimulatedTies {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        package var hasActivities: Bool
        package var hasWares: Bool
        /// Whether the contact of a ware is the one whose tie has a label.
        package var isLabelled: Bool
        /// Whether HubSpot moves a record's stamp when its ties change; else whoever ties one changes something else
        /// of it too.
        package var tiesMoveStamps: Bool
        package var fromHubSpot: DeletePolicy.Action
        package var fromSalesforce: DeletePolicy.Action
        /// How many records of one kind and side may be deleted within a day.
        package var atMost: Int

        static func drawn(_ random: inout SeededRandom) -> Self {
            var plan = Plan(
                percent: random.pick([50, 80]),
                hasActivities: random.happens(percent: 60),
                hasWares: random.happens(percent: 60),
                isLabelled: random.happens(percent: 50),
                tiesMoveStamps: random.happens(percent: 50),
                fromHubSpot: random.pick([.delete, .delete, .ignore, .report]),
                fromSalesforce: random.pick([.delete, .delete, .ignore, .report]),
                atMost: random.pick([2, 100, 100])
            )
            if !plan.hasActivities, !plan.hasWares { plan.hasActivities = true }
            return plan
        }

        var deletes: DeletePolicy {
            DeletePolicy(
                fromHubSpot: self.fromHubSpot,
                fromSalesforce: self.fromSalesforce,
                atMost: self.atMost
            )
        }

        /// What is kept in step besides contacts.
        var objects: [SimulatedObject] {
            var objects: [SimulatedObject] = []
            if self.hasActivities { objects += [.tasks, .calls] }
            if self.hasWares { objects.append(.wares(isLabelled: self.isLabelled)) }
            for place in objects.indices { objects[place].deletes = self.deletes }
            return objects
        }

        /// HubSpot's feed tells of no deletes: its archived list does.
        var sweepSettings: SweepSettings {
            var settings = SweepSettings()
            settings.archivedInterval = 600_000
            settings.refreshInterval = 1_800_000
            return settings
        }

        /// How a run's header tells it.
        package var words: String {
            let parts = [
                self.hasActivities ? "tasks and calls" : nil,
                self.hasWares
                    ? "an object of their own" + (self.isLabelled ? " with a label" : "") : nil,
                self.tiesMoveStamps ? "ties that move stamps" : nil,
                "deletes from HubSpot: \(self.fromHubSpot), from Salesforce: "
                    + "\(self.fromSalesforce), at most \(self.atMost)",
            ]
            return parts.compactMap(\.self).joined(separator: ", ")
        }
    }

    /// Whether, what, where, which record and what with it.
    static let choicesOfOne = 5

    private enum Deed: Int, CaseIterable {
        case make, makeAgain, makeWithContact, edit, editAgain
        case pass, passAgain, passOnce, passAnywhere, part, join, mark, markAgain
        case delete, deleteAgain, deleteMany, restore, editLeft
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let hand: TiedHand
    private let objects: [SimulatedObject]
    private var number = 0
    /// What can be brought back.
    private var deleted: [(side: Side, object: SimulatedObject, id: String)] = []

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.hand = TiedHand(pair, movesStamps: plan.tiesMoveStamps)
        self.objects = pair.objects.filter { $0.partner != nil }
    }

    /// How the portal is before anybody looks.
    static func prepare(_ pair: SimulatedPair, _ plan: Plan?) {
        guard let plan else { return }
        pair.world.with { state, _ in
            state.hubspot.settings.tiesMoveStamps = plan.tiesMoveStamps
        }
    }

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.ties, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.ties, below: Deed.allCases.count))
        let side: Side = choices.choose(.ties, below: 2) == 0 ? .hubspot : .salesforce
        let first = choices.choose(.ties, below: 1_000)
        let second = choices.choose(.ties, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        switch deed {
        case .make, .makeAgain: try self.make(side, first, second, isContactNew: false)
        case .makeWithContact: try self.make(side, first, second, isContactNew: true)
        case .edit, .editAgain: try self.edit(side, first, second)
        case .pass, .passAgain, .passOnce: try self.pass(self.own(side), side, first, second)
        case .passAnywhere: try self.pass(self.living(side), side, first, second)
        case .part: try self.part(side, first)
        case .join: try self.join(first, second)
        case .mark, .markAgain: try self.mark(first, second)
        case .delete, .deleteAgain: try self.delete(1, side, first)
        case .deleteMany: try self.delete(3, side, first)
        case .restore: try self.restore(first)
        case .editLeft: try self.editLeft(side, first)
        }
    }

    /// An operator lets go everything that is held.
    static func answer(_ pair: SimulatedPair) async throws {
        let now = pair.time.wallMilliseconds
        pair.deletesLetGo.withLock { $0 = now }
        for object in pair.objects where object.partner != nil {
            for side in Side.allCases {
                let (name, store) = (object.name, pair.store)
                _ = try await DeleteRelease.apply(mapping: name, target: side, in: store)
            }
        }
    }

    // MARK: - Deeds

    private func make(_ side: Side, _ first: Int, _ second: Int, isContactNew: Bool) throws {
        guard !self.objects.isEmpty else { return }
        let object = self.objects[first % self.objects.count]
        var contact = self.pick(self.hand.contacts(side), second)
        // Somebody comes together with what is theirs.
        if isContactNew { contact = try self.hand.makeContact(side, self.number) }
        // Now and then it is with nobody.
        if !isContactNew, second % 5 == 0 { contact = nil }
        try self.hand.make(object, side, self.number, with: contact)
    }

    private func edit(_ side: Side, _ first: Int, _ second: Int) throws {
        guard let (object, id) = self.pick(self.living(side), first) else { return }
        let fields = object.fields
        try self.hand.edit(object, side, id, fields[second % fields.count], self.number)
    }

    /// A record is with another contact from now on.
    private func pass(
        _ records: [(object: SimulatedObject, id: String)],
        _ side: Side,
        _ first: Int,
        _ second: Int
    ) throws {
        guard let (object, id) = self.pick(records, first),
            let contact = self.pick(self.hand.contacts(side), second)
        else { return }
        try self.hand.pass(object, side, id, to: contact, self.number)
    }

    /// A record is with nobody any more.
    private func part(_ side: Side, _ first: Int) throws {
        guard let (object, id) = self.pick(self.living(side), first) else { return }
        try self.hand.pass(object, side, id, to: nil, self.number)
    }

    /// A record of HubSpot's is with one more contact.
    private func join(_ first: Int, _ second: Int) throws {
        guard let (object, id) = self.pick(self.living(.hubspot), first),
            let contact = self.pick(self.hand.contacts(.hubspot), second)
        else { return }
        try self.hand.join(object, id, to: contact, self.number)
    }

    /// Where a label is meant, a tie without one is made besides: it says nothing.
    private func mark(_ first: Int, _ second: Int) throws {
        let labelled = self.living(.hubspot).filter { $0.object.partner?.label != nil }
        guard let (object, id) = self.pick(labelled, first),
            let contact = self.pick(self.hand.contacts(.hubspot), second)
        else { return }
        try self.hand.tie(object, id, to: contact, as: nil)
        try self.hand.touch(object, id, self.number)
    }

    private mutating func delete(_ count: Int, _ side: Side, _ first: Int) throws {
        for turn in 0..<count {
            let all = self.living(side)
            guard all.count > Self.leftMin else { return }
            let (object, id) = all[(first + turn) % all.count]
            try self.hand.delete(object, side, id)
            self.deleted.append((side, object, id))
        }
    }

    private mutating func restore(_ first: Int) throws {
        guard !self.deleted.isEmpty else { return }
        let (side, object, id) = self.deleted.remove(at: first % self.deleted.count)
        try self.hand.restore(object, side, id)
    }

    /// Somebody goes on with a record whose counterpart was deleted.
    private func editLeft(_ side: Side, _ first: Int) throws {
        let gone = self.deleted.filter { $0.side != side }
        guard let (_, object, lost) = self.pick(gone, first),
            let id = self.hand.counterpart(of: lost, object, on: side)
        else { return }
        try self.hand.edit(object, side, id, object.fields[0], self.number)
    }

    // MARK: - Pieces

    private func pick<Element>(_ all: [Element], _ which: Int) -> Element? {
        all.isEmpty ? nil : all[which % all.count]
    }

    /// A few of those that were made on that side: most of what is said of one is said on one side.
    private func own(_ side: Side) -> [(object: SimulatedObject, id: String)] {
        let own = self.objects.flatMap { object in
            self.hand.living(object, side, madeThere: true).map { (object, $0) }
        }
        return own.suffix(Self.hotMax)
    }

    private func living(_ side: Side) -> [(object: SimulatedObject, id: String)] {
        self.objects.flatMap { object in self.hand.living(object, side).map { (object, $0) } }
    }

    private static let hotMax = 5
    /// So many records of a side always stay.
    private static let leftMin = 3
}
