import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// An operator gives the configuration another list of fields between two runs of the engine: rows come, go, get another
/// rule and another place; people edit those fields all the while, whether they are synced or not.
package struct SimulatedFieldLists {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with an edit of one of these fields.
        package var percent: Int
        /// Whether the rows that come and go have other rules than two-way too.
        package var hasRules: Bool

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(percent: random.pick([50, 80]), hasRules: random.happens(percent: 50))
        }

        /// How a run's header tells it.
        package var words: String {
            "lists of fields that change" + (self.hasRules ? " with their rules" : "")
        }
    }

    /// The fields that come and go.
    static let coming = [
        SimulatedField("jobtitle", "Title"), SimulatedField("phone", "Phone"),
        SimulatedField("city", "MailingCity"),
    ]

    /// Whether, where, which field and whose.
    static let choicesOfOne = 4
    /// What becomes of each field, with which rule, and where they stand.
    static let choicesOfOneList = 2 * Self.coming.count + 1

    private let pair: SimulatedPair
    private let plan: Plan
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        (self.pair, self.plan) = (pair, plan)
    }

    // MARK: - The configuration

    /// The first list.
    static func prepare(_ pair: SimulatedPair, _ plan: Plan?) {
        guard plan != nil else { return }
        pair.configure(Self.coming, place: 0)
    }

    /// Another list, while no process runs; half of the rows stay as they are.
    static func turn(_ pair: SimulatedPair, _ plan: Plan) {
        let before = pair.fieldLists.withLock { $0.last?.fields } ?? []
        let list = Self.coming.compactMap { field -> SimulatedField? in
            let known = before.first { $0.hubspot == field.hubspot }
            let choice = pair.choices.choose(.fieldLists, below: 10)
            let rule = pair.choices.choose(.fieldLists, below: SyncRule.allCases.count)
            guard choice >= 5 else { return known }
            guard known == nil || choice >= 8 else { return nil }
            var other = field
            if plan.hasRules { other.rule = SyncRule.allCases[rule] }
            return other
        }
        pair.configure(list, place: pair.choices.choose(.fieldLists, below: 3))
    }

    /// What the engine starts with: the fields that are always there and the others, these at one of three places.
    static func fields(
        _ own: [SimulatedField],
        _ coming: [SimulatedField],
        place: Int
    ) -> [SimulatedField] {
        switch place {
        case 0: own + coming
        case 1: coming.reversed() + own
        default: own.prefix(1) + coming + own.dropFirst()
        }
    }

    // MARK: - People

    mutating func act() throws {
        let choices = self.pair.choices
        let happens = choices.happens(.fields, percent: self.plan.percent)
        let side: Side = choices.choose(.fields, below: 2) == 0 ? .hubspot : .salesforce
        let field = Self.coming[choices.choose(.fields, below: Self.coming.count)]
        let record = choices.choose(.fields, below: 1_000)
        guard happens else { return }
        self.number += 1
        let value = "\(side == .hubspot ? "h" : "s").l.\(self.number)"
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let ids = state.hubspot.ids(of: "contacts")
                guard !ids.isEmpty else { return }
                let id = ids[record % min(ids.count, Self.hotMax)]
                try state.hubspot.edit(id, fields: [(field.hubspot, value)], at: now)
            case .salesforce:
                let ids = state.salesforce.export(object: "Contact").map(\.id)
                guard !ids.isEmpty else { return }
                let id = ids[record % min(ids.count, Self.hotMax)]
                let written = MockSalesforceRecord.Field(field.salesforce, .text(value))
                try state.salesforce.edit(id, fields: [written], at: now)
            }
        }
    }

    /// So many contacts get most of the edits.
    private static let hotMax = 12
}
