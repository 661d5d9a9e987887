import HTTPTransport
import MockHubSpot
import MockSalesforce
package import SyncCore
import SyncRuntime

/// Deals and tickets whose deletes go over: people delete some of them, or many at once, bring them back, and go
/// on with what is left; at last an operator answers for what the safety stop holds.
package struct SimulatedDeletes {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        package var fromHubSpot: DeletePolicy.Action
        package var fromSalesforce: DeletePolicy.Action
        /// How many records of one side may be deleted within a day.
        package var atMost: Int
        /// Whether what no feed tells is looked at, much more often than usual.
        package var sweeps: Bool
        /// Whether the operator lets go what is held at last, or keeps it.
        package var letsGo: Bool

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(
                percent: random.pick([15, 40]),
                fromHubSpot: random.pick([.delete, .delete, .delete, .ignore, .report]),
                fromSalesforce: random.pick([.delete, .delete, .delete, .ignore, .report]),
                atMost: random.pick([1, 3, 100]),
                sweeps: random.happens(percent: 70),
                letsGo: random.happens(percent: 50)
            )
        }

        var policy: DeletePolicy {
            DeletePolicy(
                fromHubSpot: self.fromHubSpot,
                fromSalesforce: self.fromSalesforce,
                atMost: self.atMost
            )
        }

        var sweepSettings: SweepSettings? {
            guard self.sweeps else { return nil }
            var settings = SweepSettings()
            settings.archivedInterval = 600_000
            settings.refreshInterval = 1_800_000
            return settings
        }

        /// How a run's header tells it.
        var words: String {
            ", deletes of deals from HubSpot: \(self.fromHubSpot), from Salesforce: "
                + "\(self.fromSalesforce), at most \(self.atMost)" + (self.sweeps ? ", sweeps" : "")
        }
    }

    /// Whether, what, where and which record.
    static let choicesOfOne = 4

    private enum Deed: Int, CaseIterable {
        case delete, deleteAgain, deleteMany, restore, restoreAgain, editLeft
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let objects: [SimulatedObject]
    /// What can be brought back.
    private var deleted: [(side: Side, object: SimulatedObject, id: String)] = []
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
        self.objects = pair.objects.filter { Self.kinds.contains($0.name) }
    }

    /// The kinds whose deletes go over.
    static let kinds: Set<String> = ["deals", "tickets"]

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.deletes, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.deletes, below: Deed.allCases.count))
        let side: Side = choices.choose(.deletes, below: 2) == 0 ? .hubspot : .salesforce
        let which = choices.choose(.deletes, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        switch deed {
        case .delete, .deleteAgain: try self.delete(1, side, which)
        case .deleteMany: try self.delete(4, side, which)
        case .restore, .restoreAgain: try self.restore(which)
        case .editLeft: try self.editLeft(side, which)
        }
    }

    /// An operator answers for everything that is held.
    static func answer(_ pair: SimulatedPair, _ plan: Plan) async throws {
        let now = pair.time.wallMilliseconds
        pair.deletesLetGo.withLock { $0 = plan.letsGo ? now : nil }
        for object in pair.objects where Self.kinds.contains(object.name) {
            for side in Side.allCases {
                let (name, store) = (object.name, pair.store)
                _ =
                    plan.letsGo
                    ? try await DeleteRelease.apply(mapping: name, target: side, in: store)
                    : try await DeleteRelease.keep(mapping: name, target: side, in: store)
            }
        }
    }

    // MARK: - Deeds

    private mutating func delete(_ count: Int, _ side: Side, _ which: Int) throws {
        for turn in 0..<count {
            let all = self.linked(side)
            guard all.count > Self.leftMin else { return }
            let (object, id) = all[(which + turn) % all.count]
            try self.pair.world.with { state, now in
                let now = state.time(side, at: now)
                switch side {
                case .hubspot: try state.hubspot.archive(id, object: object.name, at: now)
                case .salesforce: try state.salesforce.delete(id, at: now)
                }
            }
            self.deleted.append((side, object, id))
        }
    }

    private mutating func restore(_ which: Int) throws {
        guard !self.deleted.isEmpty else { return }
        let (side, object, id) = self.deleted.remove(at: which % self.deleted.count)
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot: try state.hubspot.restore(id, object: object.name, at: now)
            case .salesforce:
                do throws(MockSalesforceError) {
                    try state.salesforce.undelete(id, at: now)
                } catch  where Self.refusals.contains(error.code) {
                    // Its key is taken, or its account is gone too: the person is told, and it stays where it is.
                }
            }
        }
    }

    /// Somebody goes on with a record whose counterpart was deleted.
    private func editLeft(_ side: Side, _ which: Int) throws {
        let gone = self.deleted.filter { $0.side != side }
        guard !gone.isEmpty else { return }
        let (_, object, lost) = gone[which % gone.count]
        let value = "left.\(self.number)"
        let description = object.name == "deals" ? "description" : "content"
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let left = state.hubspot.export(object: object.name).first {
                    $0[object.keyProperty] == lost
                }
                guard let id = left?.id else { return }
                try state.hubspot.edit(
                    id,
                    object: object.name,
                    fields: [(description, value)],
                    at: now
                )
            case .salesforce:
                let left = state.salesforce.export(object: object.salesforce).first {
                    $0[SimulatedObject.keyField].text == lost
                }
                guard let id = left?.id else { return }
                let field = MockSalesforceRecord.Field("Description", .text(value))
                try state.salesforce.edit(id, fields: [field], at: now)
            }
        }
    }

    /// The records of a side that name a counterpart.
    private func linked(_ side: Side) -> [(object: SimulatedObject, id: String)] {
        self.pair.world.with { state, _ in
            self.objects.flatMap { object in
                switch side {
                case .hubspot:
                    state.hubspot.export(object: object.name)
                        .filter { $0[object.keyProperty] != nil }.map { (object, $0.id) }
                case .salesforce:
                    state.salesforce.export(object: object.salesforce)
                        .filter { $0[SimulatedObject.keyField].text != nil }.map { (object, $0.id) }
                }
            }
        }
    }

    private static let refusals: Set<String> = ["DUPLICATE_VALUE", "UNDELETE_FAILED"]
    /// So many records of a side always stay.
    private static let leftMin = 2
}
