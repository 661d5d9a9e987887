import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// Who plays which role in a deal: people of HubSpot tie contacts to deals, with labels and without, people of
/// Salesforce make, change and delete contact roles.
package struct SimulatedRoles {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
        /// Whether HubSpot moves a record's stamp when its ties change; else whoever ties one changes something else
        /// of it too.
        package var tiesMoveStamps: Bool
        /// Whether contact roles are hidden from the integration user and shown again.
        package var hides: Bool

        static func drawn(_ random: inout SeededRandom) -> Self {
            Plan(
                percent: random.pick([50, 80]),
                tiesMoveStamps: random.happens(percent: 50),
                hides: random.happens(percent: 50)
            )
        }

        /// HubSpot's feed tells of no tie, and of none that was there before.
        var sweepSettings: SweepSettings {
            var settings = SweepSettings()
            settings.archivedInterval = 1_800_000
            settings.refreshInterval = 1_800_000
            return settings
        }

        /// How a run's header tells it.
        package var words: String {
            "contact roles of deals" + (self.hides ? ", hidden ones" : "")
                + (self.tiesMoveStamps ? ", ties that move stamps" : "")
        }
    }

    /// Whether, what, where, which deal or tie, whom and as what.
    static let choicesOfOne = 6

    private enum Deed: Int, CaseIterable {
        case makeDeal, tie, tieAgain, tieOnce, change, changeAgain, changeOnce, lessen, untie
        case untieAgain, pass, editDeal, hide, hideAgain
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private let watch: RoleWatch
    private let hand: DealHand
    private var number = 0

    init?(_ pair: SimulatedPair, _ plan: Plan) {
        guard let watch = pair.roles else { return nil }
        (self.pair, self.plan, self.watch, self.hand) = (pair, plan, watch, DealHand(pair))
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
        let happens = choices.happens(.roles, percent: self.plan.percent)
        let deed = Deed(rawValue: choices.choose(.roles, below: Deed.allCases.count))
        let side: Side = choices.choose(.roles, below: 2) == 0 ? .hubspot : .salesforce
        let first = choices.choose(.roles, below: 1_000)
        let second = choices.choose(.roles, below: 1_000)
        let third = choices.choose(.roles, below: 1_000)
        guard happens, let deed else { return }
        self.number += 1
        self.watch.settles()
        defer { self.watch.peopleActed() }
        switch deed {
        case .makeDeal: try self.hand.make(side, self.number)
        case .tie, .tieAgain, .tieOnce: try self.tie(side, first, second, third)
        case .change, .changeAgain, .changeOnce: try self.change(side, first, third)
        case .lessen: try self.lessen(side, first, third)
        case .untie, .untieAgain: try self.untie(side, first)
        case .pass: try self.pass(side, first, second, third)
        case .editDeal: try self.editDeal(side, first)
        case .hide, .hideAgain: try self.hide(first)
        }
    }

    /// Nothing is hidden any more.
    func end() throws { try self.showAll() }

    // MARK: - Deals

    private func editDeal(_ side: Side, _ first: Int) throws {
        guard let deal = self.pick(self.deals(side), first) else { return }
        try self.hand.edit(side, deal: deal, "r.\(self.number)")
    }

    /// Where no stamp tells of a tie, something else of the deal is changed with it.
    private func touch(_ deal: String) throws {
        guard !self.plan.tiesMoveStamps else { return }
        try self.pair.world.with { state, now in
            try state.hubspot.edit(
                deal,
                object: "deals",
                fields: [("description", "h.t.\(self.number)")],
                at: state.time(.hubspot, at: now)
            )
        }
    }

    // MARK: - Ties

    private func tie(_ side: Side, _ first: Int, _ second: Int, _ third: Int) throws {
        guard let deal = self.pick(self.deals(side), first),
            let contact = self.pick(self.contacts(side), second)
        else { return }
        try self.tie(side, RoleTie(deal: deal, contact: contact), third)
    }

    /// `which`: with which label or role; there is none in one of four.
    private func tie(_ side: Side, _ tie: RoleTie, _ which: Int) throws {
        let label = RoleLabel.all.indices.contains(which % 4) ? RoleLabel.all[which % 4] : nil
        switch side {
        case .hubspot: try self.label(tie, label)
        case .salesforce:
            // Nobody gives one person two records that say the same.
            guard self.rows(of: tie).isEmpty else { return }
            let role = label?.role ?? (which % 4 == 2 ? RoleLabel.unlisted : nil)
            try self.pair.world.with { state, now in
                var fields: [MockSalesforceRecord.Field] = [
                    .init("OpportunityId", .text(tie.deal)),
                    .init("ContactId", .text(tie.contact)),
                ]
                if let role { fields.append(.init("Role", .text(role))) }
                let now = state.time(side, at: now)
                try state.salesforce.create(object: RoleLabel.junction, fields: fields, at: now)
            }
        }
    }

    private func label(_ tie: RoleTie, _ label: RoleLabel?) throws {
        try self.pair.world.with { state, _ in
            try state.hubspot.tie(
                tie.deal,
                of: "deals",
                to: tie.contact,
                of: "contacts",
                as: label?.name
            )
        }
        try self.touch(tie.deal)
    }

    /// A tie gets one more label in HubSpot, or another role, or none, in Salesforce.
    private func change(_ side: Side, _ first: Int, _ third: Int) throws {
        guard let view = self.pick(self.views(side), first) else { return }
        let label = RoleLabel.all[third % RoleLabel.all.count]
        switch side {
        case .hubspot: try self.label(view.tie, label)
        case .salesforce:
            let rows = self.rows(of: view.tie)
            guard let row = self.pick(rows, third / 10) else { return }
            let roles = RoleLabel.all.map(\.role) + [RoleLabel.unlisted, ""]
            let role = roles[third % roles.count]
            // Nobody gives one person two records that say the same.
            guard !rows.contains(where: { $0["Role"].text ?? "" == role }) else { return }
            try self.pair.world.with { state, now in
                try state.salesforce.edit(
                    row.id,
                    fields: [.init("Role", role.isEmpty ? .null : .text(role))],
                    at: state.time(side, at: now)
                )
            }
        }
    }

    /// A label is taken away in HubSpot, or one of a contact's records in Salesforce.
    private func lessen(_ side: Side, _ first: Int, _ third: Int) throws {
        let views = self.views(side)
        switch side {
        case .hubspot:
            let labelled = views.filter { !$0.labels.isEmpty }
            guard let view = self.pick(labelled, first),
                let name = self.pick(view.labels.sorted(), third),
                let label = RoleLabel.all.first(where: { $0.name == name })
            else { return }
            let isDone = self.pair.world.with { state, now in
                label.remove(from: view.tie, in: &state.hubspot, at: state.time(side, at: now))
            }
            if isDone { try self.touch(view.tie.deal) }
        case .salesforce:
            guard let view = self.pick(views, first),
                let row = self.pick(self.rows(of: view.tie), third)
            else { return }
            try self.pair.world.with { state, now in
                try state.salesforce.delete(row.id, at: state.time(side, at: now))
            }
        }
    }

    private func untie(_ side: Side, _ first: Int) throws {
        guard let view = self.pick(self.views(side), first) else { return }
        try self.untie(side, view.tie)
    }

    private func untie(_ side: Side, _ tie: RoleTie) throws {
        switch side {
        case .hubspot:
            try self.pair.world.with { state, _ in
                try state.hubspot.untie(tie.deal, of: "deals", from: tie.contact, of: "contacts")
            }
            try self.touch(tie.deal)
        case .salesforce:
            for row in self.rows(of: tie) {
                try self.pair.world.with { state, now in
                    try state.salesforce.delete(row.id, at: state.time(side, at: now))
                }
            }
        }
    }

    /// Somebody else plays a contact's part from now on.
    private func pass(_ side: Side, _ first: Int, _ second: Int, _ third: Int) throws {
        guard let view = self.pick(self.views(side), first),
            let contact = self.pick(self.contacts(side), second), contact != view.tie.contact
        else { return }
        try self.untie(side, view.tie)
        try self.tie(side, RoleTie(deal: view.tie.deal, contact: contact), third)
    }

    // MARK: - Hidden ones

    private func hide(_ first: Int) throws {
        guard self.plan.hides else { return }
        guard self.watch.hidden.allSatisfy({ $0.to != nil }) else { return try self.showAll() }
        let rows = self.pair.world.with { state, _ in
            state.salesforce.export(object: RoleLabel.junction)
        }
        guard let row = self.pick(rows, first), let deal = row["OpportunityId"].text,
            let contact = row["ContactId"].text
        else { return }
        try self.pair.world.with { state, _ in try state.salesforce.setVisible(row.id, false) }
        self.watch.hides(row.id, of: RoleTie(deal: deal, contact: contact))
    }

    private func showAll() throws {
        for row in self.watch.showsAll() {
            try self.pair.world.with { state, _ in try state.salesforce.setVisible(row, true) }
        }
    }

    // MARK: - Who is there

    private func pick<Element>(_ all: [Element], _ which: Int) -> Element? {
        all.isEmpty ? nil : all[which % all.count]
    }

    /// The newest: most of what is said is said of a few.
    private func deals(_ side: Side) -> [String] {
        Array(self.hand.all(side).suffix(Self.hotMax))
    }

    private func contacts(_ side: Side) -> [String] {
        self.pair.world.with { state, _ in
            let all =
                side == .hubspot
                ? state.hubspot.ids(of: "contacts")
                : state.salesforce.export(object: "Contact").map(\.id)
            return Array(all.prefix(2 * Self.hotMax))
        }
    }

    private func views(_ side: Side) -> [RoleView] {
        self.pair.world.with { state, _ in RoleView.all(side, in: state) }
    }

    private func rows(of tie: RoleTie) -> [MockSalesforceRecord] {
        self.pair.world.with { state, _ in
            state.salesforce.export(object: RoleLabel.junction).filter {
                $0["OpportunityId"].text == tie.deal && $0["ContactId"].text == tie.contact
            }
        }
    }

    private static let hotMax = 4
}
